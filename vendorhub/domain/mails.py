"""What becomes of a mail that somebody sent to us, and why: each is kept, whatever it is."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

LARGEST: Final = 30_000_000  # octets
CARDS_AT_MOST: Final = 20  # of one mail
KEPT_FOR: Final = timedelta(days=30)  # then its bytes and words are erased, and what became of it stays
LETTER_ONCE_IN: Final = timedelta(days=30)  # to one sender from one buyer, however often they invite

ASK_BOX: Final = "ask"  # ask@ is the address of whichever buyer the sender is of
REPLY_BOX: Final = "meet-"
UNKNOWN: Final = "Unknown sender (%(code)s)"  # a name of its own: an answer to one is none to the next


class MailState(StrEnum):
    """taken: there is a card for it; kept: a person has to look; ignored: understood, and there is nothing to do."""

    TAKEN = "taken"
    KEPT = "kept"
    IGNORED = "ignored"


class Nature(StrEnum):
    """Who is behind a mail: a person, or a machine of some sort; machines are never written to."""

    PERSONAL = "personal"
    LIST = "list"
    AUTOMATIC = "automatic"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"


class Why(StrEnum):
    """Why a mail is where it is; in the database as it is written here."""

    FORWARDED = "forwarded"
    UNASKED = "unasked"
    CONFIRMED = "confirmed"
    UNPROVEN = "unproven"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    STRANGER = "stranger"
    NO_BUYER = "no_buyer"
    NOT_A_VENDOR = "not_a_vendor"
    OWN = "own"
    NOBODY = "nobody"
    OURS = "ours"
    OTHER_CALENDAR = "other_calendar"
    REPLY = "reply"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"


STATE_OF: Final[dict[Why, MailState]] = {
    Why.FORWARDED: MailState.TAKEN,
    Why.UNASKED: MailState.TAKEN,
    Why.CONFIRMED: MailState.TAKEN,
    Why.UNPROVEN: MailState.KEPT,
    Why.UNREADABLE: MailState.KEPT,
    Why.EMPTY: MailState.KEPT,
    Why.NOBODY: MailState.KEPT,
    Why.STRANGER: MailState.IGNORED,
    Why.NO_BUYER: MailState.IGNORED,
    Why.NOT_A_VENDOR: MailState.IGNORED,
    Why.OWN: MailState.IGNORED,
    Why.OURS: MailState.IGNORED,
    Why.OTHER_CALENDAR: MailState.IGNORED,
    Why.REPLY: MailState.IGNORED,
    Why.AUTO_REPLY: MailState.IGNORED,
    Why.BOUNCE: MailState.IGNORED,
}

SENTENCES: Final[dict[Why, str]] = {
    Why.FORWARDED: "Forwarded by one of your people.",
    Why.UNASKED: "An invitation that nobody had agreed to. Its time was thrown away, and it is on no calendar.",
    Why.CONFIRMED: "Its sender has said here that they sent it.",
    Why.UNPROVEN: "It says who it is from, but nothing shows that it is. Whoever it names can say so here.",
    Why.UNREADABLE: "It could not be read. Please note the ask in one line instead.",
    Why.EMPTY: "There is nothing in it to make a card of.",
    Why.NOBODY: "It says it is from your company, of somebody who has no place here.",
    Why.STRANGER: "Sent straight from outside. Whoever wants to meet asks at your front door.",
    Why.NO_BUYER: "It names nobody who is asked here.",
    Why.NOT_A_VENDOR: "From somebody on your list of those who are no vendors.",
    Why.OWN: "From your own company, so nobody asks you for anything.",
    Why.OURS: "One of our own letters.",
    Why.OTHER_CALENDAR: "It changes an entry in a calendar and asks for nothing.",
    Why.REPLY: "An answer to an invitation. Such mail is not read yet; please answer on the meeting’s page.",
    Why.AUTO_REPLY: "An automatic reply.",
    Why.BOUNCE: "It tells that a letter could not be delivered.",
}


def mailbox_of(address: str, *, domain: str) -> str:
    """Which mailbox of ours an address means, in small letters, without what stands after a plus; "" for none."""
    local, at, host = address.strip().lower().rpartition("@")
    return local.partition("+")[0] if at and host == domain.lower() else ""


def ask_address(domain: str, slug: str = "") -> str:
    """Where people forward what they were asked elsewhere: the mailbox of all buyers at `domain`, or of the one with
    this slug."""
    return f"{slug or ASK_BOX}@{domain}"
