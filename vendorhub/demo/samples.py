"""Answers what each kind of letter looks like: written by the outbox from a sample world, and no database asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import starmap
from typing import Any, Final

from flask_babel import lazy_gettext as _
from markupsafe import Markup

from vendorhub.demo import (
    cast,
    paper_samples,
    sample_briefings,
    sample_names,
    sample_promises,
    sample_times,
    sample_weeks,
    vendors,
)
from vendorhub.demo.sample_meetings import calendar, meeting
from vendorhub.demo.sample_world import (
    ASK,
    ASKER,
    ASSISTANT,
    BUYER,
    BY_ASKER,
    BY_ASSISTANT,
    BY_CIO,
    BY_NOBODY,
    CIO,
    GUESTS,
    NOTE,
    NOW,
    OVER,
    PITCH,
    PLACE,
    START,
    UID,
    about,
    plain,
    recipient_of,
    row,
    signed_by,
    span,
)
from vendorhub.domain.amending import Other
from vendorhub.domain.heard import Channel
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.refusals import NotThere
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient
from vendorhub.outbox.signatures import OURS, Signature


def _ask(to: Recipient, signed: Signature = BY_ASKER, *, passed_by: str = "") -> Callable[[LetterKind], bytes]:
    goal = "Restore the claims system within four hours"
    return lambda kind: plain(
        kind,
        to,
        signed,
        goal=goal,
        guests=GUESTS,
        passed_by=passed_by,
        line_up=(),
        buyer_share=0,
        link=office().links.decision("the-secret-of-this-letter"),
    )


def _pile(kind: LetterKind) -> bytes:
    other = row(**{**vars(ASK), "code": "M3T8W2Q", "topic": "Your licence position, final friendly notice"})
    sorted_for = {"line": "They restored our mail in 2024; thirty minutes would do.", "suggested": "yes"}
    asks = [
        about(CIO, **sorted_for, by=cast.ASSISTANT.name, link=office().links.decision("the-secret-of-this-letter")),
        about(CIO, request=other, line="", suggested="", by=None, link=office().links.decision("another-secret")),
    ]
    return plain(kind, CIO, BY_NOBODY, asks=asks, home=office().links.home())


def _answer(signed: Signature, *, standing: bool = False, **answer: Any) -> Callable[[LetterKind], bytes]:
    request = row(**{**vars(ASK), **answer})
    return lambda kind: plain(
        kind,
        ASKER,
        signed,
        request=request,
        minutes=30,
        place=PLACE,
        standing=standing,
        link=office().links.meeting_request(ASK.code),
    )


def _lapsed(waited: str) -> Callable[[LetterKind], bytes]:
    request = row(**{**vars(ASK), "answer_by": OVER})
    return lambda kind: plain(
        kind, ASKER, BY_NOBODY, request=request, waited=waited, link=office().links.meeting_request(ASK.code)
    )


def _but(kind: LetterKind) -> bytes:
    other = Other(
        30, "What a rehearsal on one branch’s data takes", ("Ida Restorer",), (vendors.TOM.name,), (cast.RECOVERY.name,)
    )
    facts = {"decider": cast.CIO.name, "other": other, "note": NOTE, "place": PLACE}
    return plain(kind, ASKER, BY_ASSISTANT, **facts, link=office().links.meeting_request(ASK.code))


def _back(to: Recipient, signed: Signature, **facts: Any) -> Callable[[LetterKind], bytes]:
    return lambda kind: plain(kind, to, signed, link=office().links.meeting_request(ASK.code), **facts)


def _passed(kind: LetterKind) -> bytes:
    link = office().links.meeting_request(ASK.code)
    return plain(kind, ASKER, BY_CIO, receiver=cast.RECOVERY.name, answer_by=ASK.answer_by, link=link)


def _reopened(kind: LetterKind) -> bytes:
    reason = "They have hired the people who ran our last restore. I would like to hear them for half an hour."
    link = office().links.meeting_request(ASK.code)
    return plain(kind, CIO, signed_by(cast.BOSS), who=cast.BOSS.name, reason=reason, bound=True, link=link)


def _introduced(kind: LetterKind) -> bytes:
    return plain(kind, recipient_of(cast.INFRASTRUCTURE), BY_NOBODY, outcome="not_now", again_on=date(2027, 4, 1))


def _times(to: Recipient, signed: Signature) -> Callable[[LetterKind], bytes]:
    slots = [span(START + timedelta(days=days, hours=hours)) for days, hours in ((0, 0), (1, -3), (2, 1))]
    return lambda kind: plain(kind, to, signed, slots=slots, note=NOTE, link=office().links.offers(ASK.code))


def _wish(to: Recipient, signed: Signature) -> Callable[[LetterKind], bytes]:
    return lambda kind: plain(
        kind,
        to,
        signed,
        meeting=meeting(),
        slots=[span(START + timedelta(days=1))],
        note="Tom is on a train that day, and he is the one who restores.",
        link=office().links.meeting(UID),
    )


def _noted(channel: Channel, words: str = "") -> Callable[[LetterKind], bytes]:
    facts = {"request": row(**{**vars(ASK), "channel": channel, "words": words}), "noted_by": cast.ASSISTANT.name}
    return lambda kind: plain(
        kind, CIO, BY_ASSISTANT, **facts, passed_by="", link=office().links.decision("the-secret")
    )


def _front_door(kind: LetterKind) -> bytes:
    facts = {"buyer": row(**vars(BUYER), response_days=5), "topic": ASK.topic, "note": "", "invited": True}
    return plain(kind, ASKER, BY_CIO, **facts, link=office().links.front_door(cast.HAVELMARK.slug))


def _hand_over(kind: LetterKind) -> bytes:
    link = office().links.hand_over("the-secret-of-this-letter")
    to = replace(ASKER, name="", zone=cast.HAVELMARK.zone)
    return plain(kind, to, BY_NOBODY, until=NOW + timedelta(days=3), link=link)


def _sign_in(kind: LetterKind) -> bytes:
    link = office().links.sign_in("the-secret-of-this-letter")
    return plain(kind, CIO, OURS, link=link, code="314159", minutes=15)


def _password(kind: LetterKind) -> bytes:
    said = str(_("Your password was changed just now, and every other browser was signed out."))
    html = Markup("<p>{}</p>").format(said)
    return plain(kind, CIO, OURS, subject=str(_("Your password for VendorHub was changed")), text=said, html=html)


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
    moved_from = span(START - timedelta(days=1))
    yield Sample("ask_received", kind.ASK_RECEIVED, _("To who may decide, when somebody asks"), _ask(CIO))
    yield Sample("ask_received-assistant", kind.ASK_RECEIVED, _("The same to their assistant"), _ask(ASSISTANT))
    told = _("To who may decide, when an ask came elsewhere")
    yield Sample("ask_noted", kind.ASK_NOTED, told, _noted(Channel.PHONE))
    told = _("The same, of a mail that was forwarded")
    yield Sample("ask_noted-mail", kind.ASK_NOTED, told, _noted(Channel.MAIL, words=PITCH))
    told = _("To who asked elsewhere: how to ask")
    yield Sample("front_door", kind.FRONT_DOOR, told, _front_door)
    yield Sample("pile", kind.PILE, _("To who decides, at the hours they chose: all that waits"), _pile)
    told = _("When the ask is taken back")
    yield Sample("withdrawn", kind.WITHDRAWN, told, lambda it: plain(it, CIO, BY_ASKER, goes_on=False))
    yield Sample("yes", kind.YES, _("To who asked: the yes"), _answer(BY_CIO, note="We look forward to it."))
    told = _("The same to who asked elsewhere")
    yield Sample("yes-elsewhere", kind.YES, told, _answer(BY_CIO, channel=Channel.PHONE))
    yield Sample("not_now", kind.NOT_NOW, _("Not now"), _answer(BY_ASSISTANT, again_on=date(2027, 4, 1)))
    told = _("Not now, because an earlier answer still stands")
    yield Sample("not_now-stands", kind.NOT_NOW, told, _answer(BY_NOBODY, standing=True, again_on=date(2027, 4, 1)))
    note = "We have renewed elsewhere until 2029.\nAll the best to you."
    yield Sample("no", kind.NO, _("No; a lasting no says the same"), _answer(BY_CIO, note=note))
    told = _("No, because an earlier answer still stands")
    yield Sample("no-stands", kind.NO, told, _answer(BY_NOBODY, standing=True))
    yield from (Sample(*each) for each in paper_samples.told())
    told = _("The same to anybody but the company that had the answer: in words that tell nothing of it")
    yield Sample("not_taken_up", kind.NOT_TAKEN_UP, told, _answer(BY_NOBODY))
    told = _("To the decider whose answer it was, when the ask waits again")
    yield Sample("reopened", kind.REOPENED, told, _reopened)
    yield Sample("introduced", kind.INTRODUCED, _("To whoever introduced them, when the answer is known"), _introduced)
    yield Sample("lapsed", kind.LAPSED, _("When nobody has answered in time"), _lapsed("pending"))
    told = _("When nobody has answered the question")
    yield Sample("lapsed-question", kind.LAPSED, told, _lapsed("asked_back"))
    yield Sample("lapsed-changes", kind.LAPSED, _("When nobody has agreed to the changes"), _lapsed("amended"))
    yield Sample("yes_but", kind.YES_BUT, _("To who asked: a yes with changes"), _but)
    told = _("To the buyer’s side: they agree to the changes")
    yield Sample("agreed", kind.AGREED, told, _back(CIO, BY_ASKER, asked_topic="Restoring in four hours"))
    yield Sample("question", kind.QUESTION, _("To who asked: a question first"), _back(ASKER, BY_CIO))
    told = _("To who may decide: the question is answered")
    yield Sample("question_answered", kind.QUESTION_ANSWERED, told, _back(ASSISTANT, BY_ASKER))
    told = _("To a colleague, to whom an ask is passed")
    to_colleague = _ask(recipient_of(cast.RECOVERY), BY_CIO, passed_by=cast.CIO.name)
    yield Sample("ask_received-passed", kind.ASK_RECEIVED, told, to_colleague)
    yield Sample("passed_on", kind.PASSED_ON, _("To who asked: somebody else answers"), _passed)
    told = _("To who asked: times to choose from")
    yield Sample("times_offered", kind.TIMES_OFFERED, told, _times(ASKER, BY_ASSISTANT))
    told = _("To the buyer’s side: the times that suit them")
    yield Sample("times_suggested", kind.TIMES_SUGGESTED, told, _times(ASSISTANT, BY_ASKER))
    told = _("When times no longer stand")
    yield Sample("times_taken_back", kind.TIMES_TAKEN_BACK, told, _times(ASKER, BY_CIO))
    told = _("To everybody who comes, when the time is agreed")
    yield Sample("invitation", kind.INVITATION, told, calendar(vendors.TOM, BY_ASKER))
    told = _("The same to somebody who has no account")
    yield Sample("invitation-visitor", kind.INVITATION, told, calendar(vendors.TOM, BY_ASKER, account=False))
    told = _("When the meeting has another time")
    moved = calendar(vendors.MAYA, BY_ASSISTANT, sequence=1, moved_from=moved_from)
    yield Sample("update", kind.UPDATE, told, moved)
    told = _("When something else about it has changed")
    yield Sample("update-same_time", kind.UPDATE, told, calendar(vendors.MAYA, BY_CIO, sequence=2))
    told = _("To the buyer’s side: they wish for another time")
    yield Sample("move_wished", kind.MOVE_WISHED, told, _wish(ASSISTANT, BY_ASKER))
    told = _("To who wished for it: the time stays")
    yield Sample("move_refused", kind.MOVE_REFUSED, told, _wish(ASKER, BY_CIO))
    off = calendar(cast.CIO, BY_ASKER, method="CANCEL", sequence=3, note="We have nothing new to show yet; sorry.")
    yield Sample("cancellation", kind.CANCELLATION, _("When the meeting is called off"), off)
    goal = "Restore the claims system within four hours"
    yield from starmap(Sample, sample_names.letters(plain, goal=goal, guests=GUESTS))
    yield from starmap(Sample, sample_briefings.letters(plain))
    yield from starmap(Sample, sample_times.letters(plain))
    yield from starmap(Sample, sample_promises.letters(plain))
    yield from starmap(Sample, sample_weeks.letters(plain))
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
