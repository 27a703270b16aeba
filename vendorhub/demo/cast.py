"""Who lives in the demo world: two buyers with their people, the VARs they trust, and who looks after it all."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Company:
    """An organisation; its people's addresses are of its domain."""

    kind: str
    name: str
    slug: str
    zone: str
    fiscal_year_start: int = 1

    @property
    def domain(self) -> str:
        """Where its people get their mail: a name that nobody can have (RFC 2606)."""
        return f"{self.slug}.example"


@dataclass(frozen=True)
class Member:
    """A person with their place; `part` says who they are in the story, `title` how they are named in an ask."""

    part: str
    name: str
    mailbox: str
    company: Company | None
    role: str = "member"
    reports_to: "Member | None" = None
    title: str = ""

    @property
    def email(self) -> str:
        """Their address."""
        return f"{self.mailbox}@{self.company.domain if self.company else 'vendorhub.example'}"

    @property
    def named(self) -> tuple[str, str, str]:
        """Name, address and role, as an ask names who would come."""
        return self.name, self.email, self.title


HAVELMARK: Final = Company("buyer", "Havelmark Insurance", "havelmark", "Europe/Berlin", 4)
ALDERSUND: Final = Company("buyer", "Aldersund Hospitals", "aldersund", "Europe/Copenhagen")
LINDHOLT: Final = Company("var", "Lindholt Systems", "lindholt", "Europe/Berlin")
TIDESMITH: Final = Company("var", "Tidesmith & Daughters", "tidesmith", "Europe/Copenhagen")

BOSS: Final = Member("the CIO's boss", "Henrik Brandis", "henrik.brandis", HAVELMARK, "decider", title="CFO")
CIO: Final = Member("CIO", "Katrin Vogtländer", "katrin.vogtlaender", HAVELMARK, "decider", BOSS, "CIO")
ASSISTANT: Final = Member("the CIO's assistant", "Jonas Ahrend", "jonas.ahrend", HAVELMARK, "assistant", CIO)
INFRASTRUCTURE: Final = Member(
    "head of infrastructure", "Mirela Dragomirescu", "mirela.dragomirescu", HAVELMARK, "decider", CIO, "Infrastructure"
)
APPLICATIONS: Final = Member(
    "head of claims systems", "Tobias Ekwueme", "tobias.ekwueme", HAVELMARK, "decider", CIO, "Claims systems"
)
RECOVERY: Final = Member(
    "recovery engineer", "Wanda Kupferschmid", "wanda.kupferschmid", HAVELMARK, "colleague", title="Recovery"
)

SIGNE: Final = Member("CIO", "Signe Falkenborg", "signe.falkenborg", ALDERSUND, "decider", title="CIO")
MIKKEL: Final = Member("the CIO's assistant", "Mikkel Thorup-Ray", "mikkel", ALDERSUND, "assistant", SIGNE)

VAR: Final = Member("VAR", "Rosa Albin", "rosa.albin", LINDHOLT, title="Your account lead")
VAR_ADMIN: Final = Member("VAR, admin", "Emil Thorsen", "emil.thorsen", LINDHOLT, "admin", title="Recovery engineer")
TIDE: Final = Member("VAR", "Grethe Tidesmith", "grethe", TIDESMITH, "admin", title="Owner, second generation")
TIDE_CLOUD: Final = Member("VAR", "Idris Benhaddou", "idris", TIDESMITH, title="Hosting")

OPERATOR: Final = Member("operator", "Pat Winterfeld", "pat.winterfeld", None, "operator")

# Who reports to somebody comes after them.
HAVELMARKS: Final = (BOSS, CIO, ASSISTANT, INFRASTRUCTURE, APPLICATIONS, RECOVERY)
ALDERSUNDS: Final = (SIGNE, MIKKEL)
VARS: Final = (VAR, VAR_ADMIN, TIDE, TIDE_CLOUD)
