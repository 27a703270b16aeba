"""Answers what each kind of letter looks like: written by the outbox from a sample world, and no database asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Final

from flask_babel import lazy_gettext as _
from markupsafe import Markup

from vendorhub.demo import cast, vendors
from vendorhub.demo.cast import Company, Member
from vendorhub.domain.heard import Channel
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.refusals import NotThere
from vendorhub.itip import compose
from vendorhub.outbox.entries import MeetingFacts, calendar_part, meeting_context
from vendorhub.outbox.letters import written
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient
from vendorhub.outbox.signatures import OURS, Signature

NOW: Final = datetime(2027, 1, 4, 9, tzinfo=UTC)  # a Monday
_START: Final = datetime(2027, 1, 13, 13, tzinfo=UTC)
_OVER: Final = datetime(2026, 12, 30, 23, tzinfo=UTC)
_UID: Final = "5f0c7b1e-6a44-4f59-9a53-0d1f6f1c2b7a"


def _row(**facts: Any) -> Any:
    """Something that letters read like a stored row."""
    return SimpleNamespace(**facts)


def _organisation(company: Company) -> Any:
    return _row(name=company.name, zone=company.zone)


def _to(member: Member, *, serves: str = "") -> Recipient:
    zone = member.company.zone if member.company else "UTC"
    return Recipient(None, member.email, member.name, zone, serves=serves)


def _signed(member: Member, *, for_: Member | None = None) -> Signature:
    return Signature(member.company.name if member.company else "", member.name, for_.name if for_ else "")


def _span(start: datetime, minutes: int = 45) -> Any:
    return _row(start_at=start, end_at=start + timedelta(minutes=minutes))


_BUYER: Final = _organisation(cast.HAVELMARK)
_COMPANY: Final = _organisation(vendors.KEELSAFE)
_CIO: Final = _to(cast.CIO)
_ASSISTANT: Final = _to(cast.ASSISTANT, serves=cast.CIO.name)
_ASKER: Final = _to(vendors.MAYA)
_BY_CIO: Final = _signed(cast.CIO)
_BY_ASSISTANT: Final = _signed(cast.ASSISTANT, for_=cast.CIO)
_BY_ASKER: Final = _signed(vendors.MAYA)
_BY_NOBODY: Final = Signature(cast.HAVELMARK.name)
_ZONES: Final = (cast.HAVELMARK.zone, vendors.KEELSAFE.zone)
_ASK: Final = _row(
    code="K7Q2M4X",
    topic="Restoring the claims system in four hours",
    outcome="Whether a rehearsal on one branch’s data this spring is worth two of your people for a day.",
    learned=(
        "Your claims system is from 2009 and stays until 2029, so we will not talk about replacing it.\n"
        "We have not found out how long the last real restore took, and would ask that first."
    ),
    minutes=45,
    answer_by=datetime(2027, 1, 11, 23, tzinfo=UTC),
    again_on=None,
    note="",
)
_GUESTS: Final = [_row(name=member.name, role=member.title) for member in (vendors.MAYA, vendors.TOM)]
_PLACE: Final = "Havelmark Insurance, Elbe room, third floor"
_PITCH: Final = "I came across your profile. Are you the right person for a quick call about restores on Thursday?"
_NOTE: Final = "Mornings are best; the Elbe room has the better coffee."


def _about(to: Recipient, **facts: Any) -> dict[str, Any]:
    """What every letter about the ask says alike."""
    zones = (to.zone, *_ZONES)
    return {"request": _ASK, "buyer": _BUYER, "company": _COMPANY, "asker": _ASKER, "zones": zones, **facts}


def _plain(kind: LetterKind, to: Recipient, signed: Signature, **facts: Any) -> bytes:
    context = _about(to, **facts)
    return written(kind, to, signed=signed, context=context, now=NOW, message_id=_message_id(kind)).message


def _ask(to: Recipient) -> Callable[[LetterKind], bytes]:
    goal = "Restore the claims system within four hours"
    return lambda kind: _plain(
        kind, to, _BY_ASKER, goal=goal, guests=_GUESTS, link=office().links.decision("the-secret-of-this-letter")
    )


def _answer(signed: Signature, *, standing: bool = False, **answer: Any) -> Callable[[LetterKind], bytes]:
    request = _row(**{**vars(_ASK), **answer})
    return lambda kind: _plain(
        kind,
        _ASKER,
        signed,
        request=request,
        minutes=30,
        place=_PLACE,
        standing=standing,
        link=office().links.meeting_request(_ASK.code),
    )


def _times(to: Recipient, signed: Signature) -> Callable[[LetterKind], bytes]:
    slots = [_span(_START + timedelta(days=days, hours=hours)) for days, hours in ((0, 0), (1, -3), (2, 1))]
    return lambda kind: _plain(kind, to, signed, slots=slots, note=_NOTE, link=office().links.offers(_ASK.code))


def _wish(to: Recipient, signed: Signature) -> Callable[[LetterKind], bytes]:
    return lambda kind: _plain(
        kind,
        to,
        signed,
        meeting=_meeting(),
        slots=[_span(_START + timedelta(days=1))],
        note="Tom is on a train that day, and he is the one who restores.",
        link=office().links.meeting(_UID),
    )


def _meeting(*, sequence: int = 0, note: str = "") -> Any:
    return _row(
        **vars(_span(_START)),
        buyer_id=1,
        uid=_UID,
        sequence=sequence,
        topic=_ASK.topic,
        zone=cast.HAVELMARK.zone,
        note=note,
        created_at=NOW,
        changed_at=NOW,
    )


def _calendar(
    to: Member,
    signed: Signature,
    *,
    method: str = "REQUEST",
    sequence: int = 0,
    note: str = "",
    moved_from: Any = None,
) -> Callable[[LetterKind], bytes]:
    attendees = [
        _row(person_id=number, name=who.name, email=who.email, side=side, partstat=partstat)
        for number, (who, side, partstat) in enumerate(
            (
                (cast.CIO, "buyer", "ACCEPTED"),
                (vendors.MAYA, "vendor", "NEEDS-ACTION"),
                (vendors.TOM, "vendor", "NEEDS-ACTION"),
            )
        )
    ]

    def write(kind: LetterKind) -> bytes:
        facts = MeetingFacts(
            request=_ASK,
            meeting=_meeting(sequence=sequence, note=note),
            attendees=tuple(attendees),
            listed=tuple(compose.Attendee(one.email, one.name, one.partstat) for one in attendees),
            buyer=_BUYER,
            company=_COMPANY,
            people={},
            agenda=(
                _row(title="What a restore would need", minutes=20, segment="vendor"),
                _row(title="How the last one went", minutes=15, segment="buyer"),
            ),
            place=_PLACE,
            asker=vendors.MAYA.name,
            decider=cast.CIO.name,
            link=office().links.meeting(_UID),
        )
        attendee = next(one for one in attendees if one.email == to.email)
        reader = _to(to)
        return written(
            kind,
            reader,
            signed=signed,
            context=meeting_context(facts, attendee, reader, moved_from=moved_from),
            now=NOW,
            message_id=_message_id(kind),
            calendar=calendar_part(facts, attendee, reader, method=method, stamp=NOW, thread=None),
        ).message

    return write


def _noted(channel: Channel, words: str = "") -> Callable[[LetterKind], bytes]:
    facts = {"request": _row(**{**vars(_ASK), "channel": channel, "words": words}), "noted_by": cast.ASSISTANT.name}
    return lambda kind: _plain(kind, _CIO, _BY_ASSISTANT, **facts, link=office().links.decision("the-secret"))


def _front_door(kind: LetterKind) -> bytes:
    facts = {"buyer": _row(**vars(_BUYER), response_days=5), "topic": _ASK.topic, "invited": True}
    return _plain(kind, _ASKER, _BY_CIO, **facts, link=office().links.front_door(cast.HAVELMARK.slug))


def _hand_over(kind: LetterKind) -> bytes:
    link = office().links.hand_over("the-secret-of-this-letter")
    to = replace(_ASKER, name="", zone=cast.HAVELMARK.zone)
    return _plain(kind, to, _BY_NOBODY, until=NOW + timedelta(days=3), link=link)


def _sign_in(kind: LetterKind) -> bytes:
    link = office().links.sign_in("the-secret-of-this-letter")
    return _plain(kind, _CIO, OURS, link=link, code="314159", minutes=15)


def _password(kind: LetterKind) -> bytes:
    said = str(_("Your password was changed just now, and every other browser was signed out."))
    html = Markup("<p>{}</p>").format(said)
    return _plain(kind, _CIO, OURS, subject=str(_("Your password for VendorHub was changed")), text=said, html=html)


def _message_id(kind: LetterKind) -> str:
    return f"<sample-{kind}@{office().domain}>"


@dataclass(frozen=True)
class Sample:
    """A letter of the gallery; `told` says who gets it and when."""

    name: str
    kind: LetterKind
    told: Any
    write: Callable[[LetterKind], bytes]

    def message(self) -> bytes:
        """Its bytes, as they would leave."""
        return self.write(self.kind)


def _all() -> Iterator[Sample]:
    kind = LetterKind
    moved_from = _span(_START - timedelta(days=1))
    yield Sample("ask_received", kind.ASK_RECEIVED, _("To who may decide, when somebody asks"), _ask(_CIO))
    yield Sample("ask_received-assistant", kind.ASK_RECEIVED, _("The same to their assistant"), _ask(_ASSISTANT))
    told = _("To who may decide, when an ask came elsewhere")
    yield Sample("ask_noted", kind.ASK_NOTED, told, _noted(Channel.PHONE))
    told = _("The same, of a mail that was forwarded")
    yield Sample("ask_noted-mail", kind.ASK_NOTED, told, _noted(Channel.MAIL, words=_PITCH))
    told = _("To who asked elsewhere: how to ask")
    yield Sample("front_door", kind.FRONT_DOOR, told, _front_door)
    yield Sample("withdrawn", kind.WITHDRAWN, _("When the ask is taken back"), lambda it: _plain(it, _CIO, _BY_ASKER))
    yield Sample("yes", kind.YES, _("To who asked: the yes"), _answer(_BY_CIO, note="We look forward to it."))
    yield Sample("not_now", kind.NOT_NOW, _("Not now"), _answer(_BY_ASSISTANT, again_on=date(2027, 4, 1)))
    told = _("Not now, because an earlier answer still stands")
    yield Sample("not_now-stands", kind.NOT_NOW, told, _answer(_BY_NOBODY, standing=True, again_on=date(2027, 4, 1)))
    note = "We have renewed elsewhere until 2029.\nAll the best to you."
    yield Sample("no", kind.NO, _("No; a lasting no says the same"), _answer(_BY_CIO, note=note))
    told = _("No, because an earlier answer still stands")
    yield Sample("no-stands", kind.NO, told, _answer(_BY_NOBODY, standing=True))
    yield Sample("lapsed", kind.LAPSED, _("When nobody has answered in time"), _answer(_BY_NOBODY, answer_by=_OVER))
    told = _("To who asked: times to choose from")
    yield Sample("times_offered", kind.TIMES_OFFERED, told, _times(_ASKER, _BY_ASSISTANT))
    told = _("To the buyer’s side: the times that suit them")
    yield Sample("times_suggested", kind.TIMES_SUGGESTED, told, _times(_ASSISTANT, _BY_ASKER))
    told = _("When times no longer stand")
    yield Sample("times_taken_back", kind.TIMES_TAKEN_BACK, told, _times(_ASKER, _BY_CIO))
    told = _("To everybody who comes, when the time is agreed")
    yield Sample("invitation", kind.INVITATION, told, _calendar(vendors.TOM, _BY_ASKER))
    told = _("When the meeting has another time")
    moved = _calendar(vendors.MAYA, _BY_ASSISTANT, sequence=1, moved_from=moved_from)
    yield Sample("update", kind.UPDATE, told, moved)
    told = _("When something else about it has changed")
    yield Sample("update-same_time", kind.UPDATE, told, _calendar(vendors.MAYA, _BY_CIO, sequence=2))
    told = _("To the buyer’s side: they wish for another time")
    yield Sample("move_wished", kind.MOVE_WISHED, told, _wish(_ASSISTANT, _BY_ASKER))
    told = _("To who wished for it: the time stays")
    yield Sample("move_refused", kind.MOVE_REFUSED, told, _wish(_ASKER, _BY_CIO))
    off = _calendar(cast.CIO, _BY_ASKER, method="CANCEL", sequence=3, note="We have nothing new to show yet; sorry.")
    yield Sample("cancellation", kind.CANCELLATION, _("When the meeting is called off"), off)
    told = _("To the address that somebody gave at the front door")
    yield Sample("hand_over", kind.HAND_OVER, told, _hand_over)
    yield Sample("sign_in", kind.SIGN_IN, _("The way in, to whoever asked for it"), _sign_in)
    yield Sample("password", kind.PASSWORD, _("When a password was chosen or changed"), _password)


SAMPLES: Final = {sample.name: sample for sample in _all()}


def sample(name: str) -> Sample:
    """One of the gallery. Raises NotThere."""
    try:
        return SAMPLES[name]
    except KeyError:
        raise NotThere from None
