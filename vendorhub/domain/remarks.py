"""What a person of the buyer may say of how an ask came although there was an answer; nothing counts until they do."""

from enum import StrEnum
from typing import Final

from vendorhub.domain.refusals import Unfit


class Remark(StrEnum):
    """How they came to ask again (M4)."""

    WENT_AROUND = "went_around"
    TOLD_TO = "told_to"
    INVITED = "invited"


COUNTS_AGAINST: Final = frozenset({Remark.WENT_AROUND})  # the others are answers that settle it


def check_remark(said: str) -> Remark:
    """The remark. Raises Unfit for what is none."""
    if said not in list(Remark):
        raise Unfit("remark", "Please choose one of the three.")
    return Remark(said)
