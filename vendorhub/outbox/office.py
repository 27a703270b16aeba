"""Answers what every letter is made with: the instance's keys, its addresses, and who it comes from."""

from dataclasses import dataclass
from typing import Final

from flask import current_app

from vendorhub.keys import Keys
from vendorhub.links import Links

EXTENSION: Final = "vendorhub.office"


@dataclass(frozen=True)
class Office:
    """`sender` is the address of letters that nobody answers; `domain` the one of the reply addresses."""

    keys: Keys
    links: Links
    sender: str
    domain: str

    def reply_address(self, *, buyer_id: int, person_id: int) -> str:
        """The lasting address to which this person answers about this buyer's meetings (ITIP 22, 27)."""
        return f"meet-{self.keys.reply_token(buyer_id, person_id)}@{self.domain}"


def office() -> Office:
    """The app's office; raises KeyError for an app that was made without one."""
    found: Office = current_app.extensions[EXTENSION]
    return found
