"""Answers which calendar letters an agreed meeting causes; takes a live Consent, or there is none (law 1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from vendorhub.domain.decisions import Consent, why_not_live
from vendorhub.domain.letters import LetterKind, LetterState
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.people import Side
from vendorhub.domain.refusals import WrongState
from vendorhub.outbox.entries import MeetingFacts, calendar_part, meeting_context, meeting_facts
from vendorhub.outbox.letters import CalendarPart, post
from vendorhub.outbox.readers import Recipient, organisation, recipient
from vendorhub.outbox.signatures import Signature, by_actor, by_clock
from vendorhub.outbox.visits import own_links, without_account
from vendorhub.store import AgreedSlot, Attendee, Invitation, Letter, Meeting, MeetingRequest, Slot
from vendorhub.store.confirming import attendees_of
from vendorhub.store.write import Work

_A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class _Told:
    """What an attendee has been written about a meeting before: all of it, and what may have left."""

    unsent: tuple[int, ...] = ()
    first: str | None = None  # the Message-ID of the first that may have left
    last_stamp: datetime | None = None

    def stamp(self, now: datetime) -> datetime:
        """A DTSTAMP of this second, or the first one that is later than the letter before (ITIP 36)."""
        floor = now.replace(microsecond=0)
        return max(floor, self.last_stamp + _A_SECOND) if self.last_stamp else floor


def invite(
    work: Work,
    consent: Consent,
    request: MeetingRequest,
    meeting: Meeting,
    agreed: AgreedSlot,
    attendees: Sequence[Attendee],
    *,
    first: bool,
    whom: Sequence[Attendee] | None = None,
) -> None:
    """Invites every attendee to the meeting as it stands: an Invitation and a METHOD:REQUEST letter for each; or, where
    the others have theirs, those of them `whom` it is new to.

    `first` is False for an update, whose SEQUENCE the caller has raised. An older letter that still waits is
    stopped: the new one takes its place, and is an invitation to whom nothing has left yet. Nothing is written
    about a meeting that is over (ITIP 62). Raises WrongState if the consent isn't live, or is not the meeting's.
    """
    work.lock_buyer(request.buyer_id)
    why = why_not_live(replace(consent.facts, used=meeting.use_no - 1), work.now)
    if why or (consent.decision, consent.terms_hash) != (meeting.consent_id, meeting.terms_hash):
        raise WrongState(why or "This meeting rests on another yes.")
    if meeting.end_at <= work.now:
        return
    invited = attendees if whom is None else whom
    facts = replace(
        meeting_facts(work, request, meeting, attendees, decider=consent.decided_by), visits=own_links(work, invited)
    )
    told, signed = _told(work, meeting), _signed(work, request)
    befores = [told.get(attendee.email, _Told()) for attendee in invited]
    moved = {} if first else _moved_from(work, meeting, agreed)
    _stop(work, befores)
    invitations = [
        Invitation(
            buyer_id=meeting.buyer_id,
            meeting_id=meeting.id,
            attendee_id=attendee.id,
            consent_id=meeting.consent_id,
            terms_hash=meeting.terms_hash,
            agreed_slot_id=agreed.id,
            sequence=meeting.sequence,
            made_at=work.now,
        )
        for attendee in invited
    ]
    work.session.add_all(invitations)
    work.session.flush()
    for invitation, attendee, before in zip(invitations, invited, befores, strict=True):
        updates = before.first is not None and not first
        kind = LetterKind.UPDATE if updates else LetterKind.INVITATION
        moved_from = moved.get(attendee.id) if updates else None
        _write(work, kind, "REQUEST", facts, signed, attendee, invitation, before, moved_from=moved_from)


@dataclass(frozen=True)
class Renewed:
    """What the calendar of somebody who is invited says of a meeting now: for a letter to the address that the entry
    lists, which tells what is new."""

    email: str
    calendar: CalendarPart
    invitation: Invitation


def renewed(work: Work, request: MeetingRequest, meeting: Meeting | None) -> dict[int, Renewed]:
    """The entries of those who are invited, by person, where neither time nor place is another: the same SEQUENCE and
    answers, a later DTSTAMP (ITIP 33, 36, 38). Each goes with the letter that tells its reader what differs.

    Whom no invitation has reached yet gets it written anew instead. Of a meeting that is over there are none (ITIP 62).
    """
    if meeting is None or meeting.end_at <= work.now:
        return {}
    listed, told = attendees_of(work, meeting), _told(work, meeting)
    latest = _latest_invitations(work, meeting)
    invited = [each for each in listed if each.id in latest]
    facts = meeting_facts(work, request, meeting, listed, decider=request.decided_by)
    facts = replace(facts, visits={each.email: "" for each in without_account(work, invited)})
    unreached = [each for each in invited if not told[each.email].first]
    _stop(work, [told[each.email] for each in unreached])
    again, signed = replace(facts, visits=own_links(work, unreached)), _signed(work, request)
    for each in unreached:
        _write(work, LetterKind.INVITATION, "REQUEST", again, signed, each, latest[each.id], told[each.email])
    found = {}
    for each in invited:
        if each not in unreached:
            before = told[each.email]
            part = calendar_part(
                facts,
                each,
                _recipient(each, facts),
                method="REQUEST",
                stamp=before.stamp(work.now),
                thread=before.first,
            )
            found[each.person_id] = Renewed(each.email, part, latest[each.id])
    return found


def tell_anew(
    work: Work,
    kind: LetterKind,
    to: Recipient,
    entry: Renewed | None,
    *,
    signed: Signature,
    context: Mapping[str, Any],
    buyer_id: int,
) -> None:
    """Writes a letter that tells what is new, with the entry of its reader's calendar where they have one."""
    if entry is None:
        post(work, kind, to, signed=signed, context=context, buyer_id=buyer_id)
        return
    to = replace(to, email=entry.email)
    calendar, invitation = entry.calendar, entry.invitation
    post(work, kind, to, signed=signed, context=context, buyer_id=buyer_id, calendar=calendar, invitation=invitation)


def call_off(
    work: Work, request: MeetingRequest, meeting: Meeting, attendees: Sequence[Attendee], *, leaving: bool = False
) -> frozenset[str]:
    """Calls the meeting off with everybody who may have been invited, and answers the addresses that are told so; the
    caller has raised SEQUENCE (ITIP 58).

    Invitations that still wait are stopped, and whom none can have reached gets nothing. Of a meeting that is
    over nothing is written (ITIP 62). With `leaving` it is called off with these alone, who come no more, and the
    meeting stands.
    """
    work.lock_buyer(request.buyer_id)
    facts = replace(
        meeting_facts(work, request, meeting, attendees, decider=request.decided_by, leaving=leaving),
        visits=dict.fromkeys((each.email for each in without_account(work, attendees)), ""),  # which open nothing now
    )
    told, signed, latest = _told(work, meeting), by_actor(work, request), _latest_invitations(work, meeting)
    befores = [told.get(attendee.email, _Told()) for attendee in attendees]
    _stop(work, befores)
    if meeting.end_at <= work.now:
        return frozenset()
    invited = [(attendee, before) for attendee, before in zip(attendees, befores, strict=True) if before.first]
    for attendee, before in invited:
        _write(work, LetterKind.CANCELLATION, "CANCEL", facts, signed, attendee, latest[attendee.id], before)
    return frozenset(attendee.email for attendee, _ in invited)


def _signed(work: Work, request: MeetingRequest) -> Signature:
    """Whoever pressed; but that the last vendor has joined is no rival's name to the others."""
    if request.kind == Kind.BRIEFING and work.actor is not None and work.actor.side is Side.VENDOR:
        return by_clock(organisation(work, request.buyer_id))
    return by_actor(work, request)


def _told(work: Work, meeting: Meeting) -> dict[str, _Told]:
    """By address. What was claimed once may have left, whatever became of it since."""
    found: dict[str, _Told] = {}
    rows = work.session.execute(
        select(
            Letter.id,
            Letter.recipient,
            Letter.method,
            Letter.message_id,
            Letter.state,
            Letter.attempts,
            Letter.created_at,
            Letter.sealed.is_not(None).label("whole"),
        )
        .where(Letter.uid == meeting.uid)
        .order_by(Letter.id)
    )
    for row in rows:
        one = found.get(row.recipient, _Told())
        waits = row.state == LetterState.WAITING or (row.state == LetterState.STOPPED and row.whole)
        left = row.method == "REQUEST" and row.attempts > 0
        found[row.recipient] = _Told(
            unsent=(*one.unsent, row.id) if waits and row.method == "REQUEST" else one.unsent,
            first=one.first or (row.message_id if left else None),
            last_stamp=max(filter(None, (one.last_stamp, row.created_at))),
        )
    return found


def _stop(work: Work, befores: Sequence[_Told]) -> None:
    """What still waits is not said any more; a newer letter says what holds."""
    unsent = [letter_id for before in befores for letter_id in before.unsent]
    if not unsent:
        return
    work.session.execute(
        update(Letter)
        .where(
            Letter.id.in_(unsent),
            Letter.state.in_([LetterState.WAITING.value, LetterState.STOPPED.value]),
        )
        .values(state=LetterState.STOPPED.value, sealed=None)
        .execution_options(synchronize_session=False)
    )


def _write(
    work: Work,
    kind: LetterKind,
    method: str,
    facts: MeetingFacts,
    signed: Signature,
    attendee: Attendee,
    invitation: Invitation,
    before: _Told,
    *,
    moved_from: Slot | None = None,
) -> None:
    to, stamp = _recipient(attendee, facts), before.stamp(work.now)
    post(
        work,
        kind,
        to,
        signed=signed,
        context=meeting_context(facts, attendee, to, moved_from=moved_from),
        buyer_id=facts.meeting.buyer_id,
        calendar=calendar_part(facts, attendee, to, method=method, stamp=stamp, thread=before.first),
        invitation=invitation,
    )


def _recipient(attendee: Attendee, facts: MeetingFacts) -> Recipient:
    """The attendee, at the address that the entry lists: else no calendar shows them the buttons (ITIP 49)."""
    person = recipient(facts.people[attendee.person_id], facts.home(attendee))
    return replace(person, email=attendee.email, name=attendee.name)


def _latest_invitations(work: Work, meeting: Meeting) -> dict[int, Invitation]:
    """By attendee."""
    rows = work.session.scalars(
        select(Invitation).where(Invitation.meeting_id == meeting.id).order_by(Invitation.sequence)
    )
    return {row.attendee_id: row for row in rows}


def _moved_from(work: Work, meeting: Meeting, agreed: AgreedSlot) -> dict[int, Slot]:
    """By attendee: the time to which they were invited before, where it is another."""
    rows = work.session.execute(
        select(Invitation.attendee_id, Invitation.agreed_slot_id, Slot)
        .join(AgreedSlot, AgreedSlot.id == Invitation.agreed_slot_id)
        .join(Slot, Slot.id == AgreedSlot.slot_id)
        .where(Invitation.meeting_id == meeting.id)
        .order_by(Invitation.sequence)
    )
    latest = {attendee_id: (agreed_id, slot) for attendee_id, agreed_id, slot in rows}
    return {attendee_id: slot for attendee_id, (agreed_id, slot) in latest.items() if agreed_id != agreed.id}
