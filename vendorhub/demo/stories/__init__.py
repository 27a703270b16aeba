"""What has happened between the people of the demo world in five quarters, and what lies ahead of them."""

from typing import Final

from vendorhub.demo.steps import Ask, Knock
from vendorhub.demo.stories import briefings, claims, hospitals, network, partners, refused, to_and_fro, waiting, watch

ALL: Final[tuple[Ask, ...]] = (
    *partners.ALL,
    *network.ALL,
    *watch.ALL,
    *claims.ALL,
    *refused.ALL,
    *to_and_fro.ALL,
    *hospitals.ALL,
    *briefings.BRIEFINGS,
    *waiting.ALL,
)
KNOCKS: Final[tuple[Knock, ...]] = waiting.KNOCKS
