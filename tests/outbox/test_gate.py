"""The one exit: which bytes may leave as which letter."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from vendorhub.itip.compose import Attendee, Entry, request
from vendorhub.itip.imip import Head, letter
from vendorhub.itip.mailboxes import Mailbox
from vendorhub.outbox.gate import Poison, check

AT = datetime(2027, 1, 13, 13, tzinfo=UTC)
HEAD = Head(
    sender=Mailbox("Vera", "meet-abc@hub.example"),
    recipient=Mailbox("Chris", "chris@northwind.example"),
    subject="Hello",
    message_id="<1@hub.example>",
    date=AT,
)
ENTRY = Entry(
    uid="uid-1",
    sequence=3,
    dtstamp=AT,
    created=AT,
    last_modified=AT,
    start=AT,
    end=AT.replace(hour=14),
    zone="Europe/Berlin",
    summary="Backup costs",
    description="SEQUENCE:9\nUID:other",
    location="",
    url="",
    organiser=Mailbox("Vera", "meet-abc@hub.example"),
    attendees=(Attendee("chris@northwind.example", "Chris"),),
)
PLAIN = letter(HEAD, "text", "<p>text</p>")
INVITED = letter(HEAD, "text", "<p>text</p>", request(ENTRY), "REQUEST")
CHRIS = "chris@northwind.example"


def test_what_is_as_it_was_written_may_leave() -> None:
    check(PLAIN, recipient=CHRIS, uid="", method="", sequence=0)
    check(INVITED, recipient="Chris@Northwind.example", uid="uid-1", method="REQUEST", sequence=3)


@pytest.mark.parametrize(
    ("message", "given", "why"),
    [
        (PLAIN, {"recipient": "vera@acme.example"}, "it is not addressed to its recipient alone"),
        (PLAIN.replace(b"To:", b"Cc: x@y.example\r\nTo:", 1), {}, "it is not addressed to its recipient alone"),
        (PLAIN.replace(b"To:", b"X-To:", 1), {}, "it is not addressed to its recipient alone"),
        (INVITED, {}, "it carries a calendar object and no invitation stands behind it"),
        (PLAIN, {"method": "REQUEST", "uid": "uid-1"}, "its calendar object is missing"),
        (INVITED, {"method": "CANCEL", "uid": "uid-1"}, "its calendar object is not the one that it was written for"),
        (INVITED, {"method": "REQUEST", "uid": "uid-2"}, "its calendar object is not the one that it was written for"),
        (
            INVITED,
            {"method": "REQUEST", "uid": "uid-1", "sequence": 2},
            "its calendar object is not the one that it was written for",
        ),
    ],
)
def test_anything_else_may_not(message: bytes, given: dict[str, object], why: str) -> None:
    expected = {"recipient": CHRIS, "uid": "", "method": "", "sequence": 3} | given
    with pytest.raises(Poison) as refused:
        check(message, **expected)  # type: ignore[arg-type]
    assert str(refused.value) == why


def test_two_faces_in_one_letter_are_poison() -> None:
    one, other = request(ENTRY), request(replace(ENTRY, summary="Something else"))
    two_faced = INVITED[::-1].replace(one[::-1], other[::-1], 1)[::-1]
    assert two_faced != INVITED
    with pytest.raises(Poison) as refused:
        check(two_faced, recipient=CHRIS, uid="uid-1", method="REQUEST", sequence=3)
    assert str(refused.value) == "its calendar parts differ"
