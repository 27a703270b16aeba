"""Answers how a meeting is held, what its LOCATION says, and which side may change that."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from vendorhub.domain.people import Side
from vendorhub.domain.texts import TextRefused, line

LONGEST: Final = 200

_LINK: Final = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_HTTPS: Final = re.compile(r"https://[^\s\"<>\\^`{|}]+")
_NUMBER: Final = re.compile(r"(?:tel: ?(?=[+0-9])|(?=[+0]))(\+?[0-9][0-9 ()/.,;x#-]{6,})", re.IGNORECASE)


class How(StrEnum):
    """Whose link or room it is, named from outside: the buyer's or the vendor's."""

    VIDEO_BUYER = "video_buyer"
    VIDEO_VENDOR = "video_vendor"
    ROOM_BUYER = "room_buyer"
    ROOM_VENDOR = "room_vendor"
    PHONE = "phone"


VIDEO: Final = frozenset({How.VIDEO_BUYER, How.VIDEO_VENDOR})
VENDORS: Final = frozenset({How.VIDEO_VENDOR, How.ROOM_VENDOR})


@dataclass(frozen=True)
class Place:
    """How a meeting is held, with the join link, the room or the number, or "" while that is open."""

    how: How
    detail: str = ""


def place(how: str, detail: str = "") -> Place:
    """The place with its detail cleaned: one line of at most 200 characters, for video an https link.

    Raises TextRefused ("how", "not_https", or as texts.line does), its `what` "place".
    """
    if how not in list(How):
        raise TextRefused("how", "Please say how you meet: by video, in a room or by phone.", what="place")
    clean = line(detail, at_most=LONGEST, what="place") if detail.strip() else ""
    if clean and How(how) in VIDEO and not _is_https(clean):
        raise TextRefused("not_https", "Please give the join link alone; it begins with https://.", what="place")
    return Place(How(how), clean)


def parse(value: str, *, by: Side = Side.BUYER) -> Place:
    """The place that free text means, in which whoever wrote a link or a room means their own.

    A How's value, alone or before a colon, is taken as said; "video" alone leaves the link to the vendor, who
    asked; a link alone is a video's, a number alone a phone's; anything else is the name of a room, so no word is
    lost. Raises TextRefused as place() does.
    """
    said = line(value, at_most=LONGEST, what="place")
    word, _, rest = said.partition(":")
    if word.lower() in list(How):
        return place(word.lower(), rest)
    if said.lower() == "video":
        return place(How.VIDEO_VENDOR)
    if _LINK.fullmatch(said):
        return place(How.VIDEO_BUYER if by is Side.BUYER else How.VIDEO_VENDOR, said)
    if number := _NUMBER.fullmatch(said):
        return place(How.PHONE, number[1])
    return place(How.ROOM_BUYER if by is Side.BUYER else How.ROOM_VENDOR, said)


def location(place: Place, *, buyer_name: str, company_name: str) -> str:
    """The LOCATION text (RFC 5545 3.8.1.7): join link, room or number; while that is open, who gives it."""
    whose = company_name if place.how in VENDORS else buyer_name
    if place.how is How.PHONE:
        return f"Phone {place.detail}" if place.detail else "Phone; the number follows"
    if place.detail:
        return place.detail
    return f"Video; {whose} sends the link" if place.how in VIDEO else f"In a room of {whose}"


def may_set_detail(place: Place, *, side: Side) -> bool:
    """Whether a side may write the detail: the buyer's always, the other where link or room are theirs or
    the number is open. A VAR stands with its vendors.
    """
    return side is Side.BUYER or place.how in VENDORS or place == Place(How.PHONE)


def may_change(before: Place, after: Place, *, side: Side) -> bool:
    """Whether a side may make one place another: the buyer's always, the other by a detail it may set."""
    return side is Side.BUYER or before == after or (before.how is after.how and may_set_detail(before, side=side))


def _is_https(link: str) -> bool:
    # A name or password before the host is how one link dresses up as another.
    try:
        address = urlsplit(link)
    except ValueError:
        return False
    return bool(_HTTPS.fullmatch(link) and address.hostname) and "@" not in address.netloc
