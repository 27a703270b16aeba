"""Who lives in the demo world: an insurer, the VAR it trusts, two vendors, and what the insurer says at its door."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Company:
    """An organisation; its people's addresses are of its domain."""

    kind: str
    name: str
    slug: str
    domain: str
    zone: str
    fiscal_year_start: int = 1


@dataclass(frozen=True)
class Member:
    """A person with their place; `part` says who they are in the story."""

    part: str
    name: str
    mailbox: str
    company: Company | None
    role: str
    reports_to: "Member | None" = None

    @property
    def email(self) -> str:
        """Their address."""
        return f"{self.mailbox}@{self.company.domain if self.company else 'vendorhub.example'}"


HAVELMARK: Final = Company("buyer", "Havelmark Insurance", "havelmark", "havelmark.example", "Europe/Berlin", 4)
LINDHOLT: Final = Company("var", "Lindholt Systems", "lindholt", "lindholt.example", "Europe/Berlin")
KEELSAFE: Final = Company("vendor", "Keelsafe", "keelsafe", "keelsafe.example", "Europe/London")
QUILLMARE: Final = Company("vendor", "Quillmare", "quillmare", "quillmare.example", "Asia/Kolkata")
COMPANIES: Final = (HAVELMARK, LINDHOLT, KEELSAFE, QUILLMARE)

BOSS: Final = Member("the CIO's boss", "Henrik Brandis", "henrik.brandis", HAVELMARK, "decider")
CIO: Final = Member("CIO", "Katrin Vogtländer", "katrin.vogtlaender", HAVELMARK, "decider", BOSS)
ASSISTANT: Final = Member("the CIO's assistant", "Jonas Ahrend", "jonas.ahrend", HAVELMARK, "assistant", CIO)
VAR: Final = Member("VAR", "Rosa Albin", "rosa.albin", LINDHOLT, "member")
VAR_ADMIN: Final = Member("VAR, admin", "Emil Thorsen", "emil.thorsen", LINDHOLT, "admin")
KEELSAFE_SALES: Final = Member("vendor", "Maya Adeyemi-Cole", "maya", KEELSAFE, "member")
KEELSAFE_ADMIN: Final = Member("vendor, admin", "Tom Hallam", "tom", KEELSAFE, "admin")
QUILLMARE_SALES: Final = Member("vendor", "Arjun Deshmane", "arjun", QUILLMARE, "member")
QUILLMARE_ADMIN: Final = Member("vendor, admin", "Leela Varier", "leela", QUILLMARE, "admin")
OPERATOR: Final = Member("operator", "Pat Winterfeld", "pat.winterfeld", None, "operator")

# Who reports to somebody comes after them; the operator is made when all else is.
PEOPLE: Final = (
    BOSS,
    CIO,
    ASSISTANT,
    VAR,
    VAR_ADMIN,
    KEELSAFE_SALES,
    KEELSAFE_ADMIN,
    QUILLMARE_SALES,
    QUILLMARE_ADMIN,
)

BRIEF: Final = (
    "We insure homes, farms and small firms between the Elbe and the Oder: 900,000 policies, 1,400 people, one data "
    "centre of our own and one rented. The claims system is from 2009 and stays until 2029; everything around it may "
    "change. We decide slowly, pay on time, and keep suppliers for years."
)
OPEN_TO: Final = (
    "Restoring after an attack, sending letters to customers without paper where they wish it, and anything that "
    "lets us run fewer products than today."
)
NOT_OPEN_TO: Final = (
    "A new claims system, telephony (signed until 2028), and products that need an agent on every desktop."
)
GOALS: Final = (
    "Restore the claims system within four hours",
    "Halve the number of infrastructure suppliers by 2028",
    "Send every second letter without paper",
)
