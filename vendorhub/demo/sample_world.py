"""Answers who and what the samples of letters are about: a few people of the demo world, and one ask."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Final

from vendorhub.demo import cast, vendors
from vendorhub.demo.cast import Company, Member
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.letters import written
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient
from vendorhub.outbox.signatures import Signature

NOW: Final = datetime(2027, 1, 4, 9, tzinfo=UTC)  # a Monday
START: Final = datetime(2027, 1, 13, 13, tzinfo=UTC)
OVER: Final = datetime(2026, 12, 30, 23, tzinfo=UTC)
UID: Final = "5f0c7b1e-6a44-4f59-9a53-0d1f6f1c2b7a"


def row(**facts: Any) -> Any:
    """Something that letters read like a stored row."""
    return SimpleNamespace(**facts)


def organisation(company: Company) -> Any:
    """A company as letters name it."""
    return row(name=company.name, zone=company.zone, wordings={})


def recipient_of(member: Member, *, serves: str = "") -> Recipient:
    """Somebody as who reads a letter."""
    zone = member.company.zone if member.company else "UTC"
    return Recipient(None, member.email, member.name, zone, serves=serves)


def signed_by(member: Member, *, for_: Member | None = None) -> Signature:
    """Somebody as who signs one."""
    return Signature(member.company.name if member.company else "", member.name, for_.name if for_ else "")


def span(start: datetime, minutes: int = 45) -> Any:
    """A time, as long as such a meeting takes."""
    return row(start_at=start, end_at=start + timedelta(minutes=minutes))


BUYER: Final = organisation(cast.HAVELMARK)
COMPANY: Final = organisation(vendors.KEELSAFE)
CIO: Final = recipient_of(cast.CIO)
ASSISTANT: Final = recipient_of(cast.ASSISTANT, serves=cast.CIO.name)
ASKER: Final = recipient_of(vendors.MAYA)
BY_CIO: Final = signed_by(cast.CIO)
BY_ASSISTANT: Final = signed_by(cast.ASSISTANT, for_=cast.CIO)
BY_ASKER: Final = signed_by(vendors.MAYA)
BY_NOBODY: Final = Signature(cast.HAVELMARK.name)
ZONES: Final = (cast.HAVELMARK.zone, vendors.KEELSAFE.zone)
ASK: Final = row(
    code="K7Q2M4X",
    buyer_id=1,
    company_id=2,
    kind="topic",
    topic="Restoring the claims system in four hours",
    outcome="Whether a rehearsal on one branch’s data this spring is worth two of your people for a day.",
    learned=(
        "Your claims system is from 2009 and stays until 2029, so we will not talk about replacing it.\n"
        "We have not found out how long the last real restore took, and would ask that first."
    ),
    minutes=45,
    answer_by=datetime(2027, 1, 11, 23, tzinfo=UTC),
    again_on=None,
    standing=False,
    minutes_agreed=30,
    question="How long did your last three customers need for a first rehearsal, and with how many of their people?",
    question_answer="Two days each, with two or three people; one of them took a week, for want of a test machine.",
    note="",
    parked="",
    channel="",
)
GUESTS: Final = [row(name=member.name, role=member.title) for member in (vendors.MAYA, vendors.TOM)]
PLACE: Final = "Havelmark Insurance, Elbe room, third floor"
PITCH: Final = "I came across your profile. Are you the right person for a quick call about restores on Thursday?"
NOTE: Final = "Mornings are best; the Elbe room has the better coffee."


def about(to: Recipient, **facts: Any) -> dict[str, Any]:
    """What every letter about the ask says alike."""
    zones = (to.zone, *ZONES)
    return {"request": ASK, "buyer": BUYER, "company": COMPANY, "asker": ASKER, "zones": zones, **facts}


def plain(kind: LetterKind, to: Recipient, signed: Signature, **facts: Any) -> bytes:
    """One letter about the ask, without a calendar part."""
    context = about(to, **facts)
    return written(kind, to, signed=signed, context=context, now=NOW, message_id=message_id_of(kind)).message


def message_id_of(kind: LetterKind) -> str:
    """The Message-ID of a sample."""
    return f"<sample-{kind}@{office().domain}>"
