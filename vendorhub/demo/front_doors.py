"""What the two buyers of the demo world say at their front doors."""

from dataclasses import dataclass
from typing import Final

from vendorhub.demo.cast import ALDERSUND, HAVELMARK, Company

RESTORE: Final = "Restore the claims system within four hours"
FEWER: Final = "Halve the number of infrastructure suppliers by 2028"
PAPERLESS: Final = "Send every second letter without paper"
LEAVERS: Final = "Take back every access within a day of somebody leaving"
HAIL: Final = "Pay a hail claim within ten days"
COSTS: Final = "Know what each policy costs us in computing"

WARDS: Final = "Log a nurse in at any bed within five seconds"
NIGHTS: Final = "No planned outage between six in the evening and six in the morning"
HEAT: Final = "Heat the children's ward with the data centre"


@dataclass(frozen=True)
class FrontDoor:
    """One buyer's words: who it is, what it wants to hear of and what not, its goals, and how soon it answers."""

    company: Company
    brief: str
    open_to: str
    not_open_to: str
    goals: tuple[str, ...]
    response_days: int


HAVELMARKS: Final = FrontDoor(
    HAVELMARK,
    brief=(
        "We insure homes, farms and small firms between the Elbe and the Oder: 900,000 policies, 1,400 people, one "
        "data centre of our own and one rented. The claims system is from 2009 and stays until 2029; everything around "
        "it may change. We decide slowly, pay on time, and keep suppliers for years.\n\n"
        "Please come with the question you need answered rather than with slides. Half of every hour is ours."
    ),
    open_to=(
        "Restoring after an attack, sending letters to customers without paper where they wish it, and anything that "
        "lets us run fewer products than today."
    ),
    not_open_to=(
        "A new claims system, telephony (signed until 2028), and products that need an agent on every desktop."
    ),
    goals=(RESTORE, FEWER, PAPERLESS, LEAVERS, HAIL, COSTS),
    response_days=5,
)
ALDERSUNDS: Final = FrontDoor(
    ALDERSUND,
    brief=(
        "Four hospitals on three islands, 6,200 people, and a ferry between the server room and its backup. Our "
        "patients never sleep all at once, so nothing of ours may either. We buy together with two other regions and "
        "publish what we pay."
    ),
    open_to="Faster sign-in at the bedside, and equipment that one person can repair in a rubber boat.",
    not_open_to="Anything that needs a screen on which nurses are ranked.",
    goals=(WARDS, NIGHTS, HEAT),
    response_days=10,
)
