"""What happens to an agreed meeting: moved, wished elsewhere, called off, given a place."""

from sqlalchemy import select

from vendorhub.domain import meetings as rules
from vendorhub.domain import offers as times
from vendorhub.domain import places, texts
from vendorhub.domain.codes import meant, new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meetings import MeetingState, Step
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit, WrongState
from vendorhub.domain.rights import require
from vendorhub.outbox import arranging
from vendorhub.outbox.invitations import call_off, invite
from vendorhub.queries import meetings as seen
from vendorhub.queries.meetings import find_meeting
from vendorhub.queries.offers import side_of
from vendorhub.queries.scope import decider
from vendorhub.store import AgreedSlot, Meeting, MeetingRequest, Person, Proposal, Slot
from vendorhub.store.attendance import shift
from vendorhub.store.briefings import briefing_of
from vendorhub.store.confirming import agree, attendees_of, call_it_off, put_slot, refuse_clash
from vendorhub.store.consents import consent_of
from vendorhub.store.history import record
from vendorhub.store.write import Work, write


def move(actor: Actor, uid: str, *, slot: times.SlotGiven, note: str = "") -> None:
    """The buyer's side moves a confirmed meeting: a new agreed slot, and everybody else answers anew.

    Raises Unfit for a time that won't do, Clash if somebody is taken then.
    """
    with write(actor) as work:
        meeting, request, step = _judged(work, actor, uid, Deed.MOVE)
        put = put_slot(work, request, _slot(work, meeting, request, slot), side=side_of(actor), by=actor.person)
        work.session.flush()
        meeting.note = texts.text(note, at_most=1000, what="note")
        _to(work, actor, meeting, request, put, step)
        record(work, Deed.MOVE, request=request)
        work.result = uid


def propose(actor: Actor, uid: str, *, slot: times.SlotGiven, note: str = "") -> str:
    """The asking side wishes to move a meeting; nothing changes until the buyer agrees. Answers the wish's code."""
    with write(actor) as work:
        meeting, request, _ = _judged(work, actor, uid, Deed.PROPOSE_MOVE)
        put = put_slot(work, request, _slot(work, meeting, request, slot), side=side_of(actor), by=actor.person)
        work.session.flush()
        for earlier in _open_proposals(work, meeting):
            earlier.state = "retracted"
        wish = Proposal(
            buyer_id=meeting.buyer_id,
            code=new_code(10),
            meeting_id=meeting.id,
            slot_id=put.id,
            by=actor.person,
            state="open",
            note=texts.text(note, at_most=1000, what="note"),
            created_at=work.now,
        )
        work.session.add(wish)
        work.session.flush()
        record(work, Deed.PROPOSE_MOVE, request=request)
        arranging.move_wished(work, request, meeting, wish, put)
        work.result = wish.code
        return wish.code


def accept_move(actor: Actor, uid: str, proposal: str) -> None:
    """The buyer's side agrees to a wish: the meeting moves to it."""
    with write(actor) as work:
        meeting, request, step = _judged(work, actor, uid, Deed.ACCEPT_MOVE)
        wish, put = _open_proposal(work, meeting, proposal)
        if put.start_at <= work.now:
            raise WrongState("That time has passed; please choose another.")
        wish.state = "accepted"
        _to(work, actor, meeting, request, put, step)
        record(work, Deed.ACCEPT_MOVE, request=request)
        work.result = uid


def refuse_move(actor: Actor, uid: str, proposal: str) -> None:
    """The buyer's side keeps the agreed time."""
    with write(actor) as work:
        meeting, request, _ = _judged(work, actor, uid, Deed.REFUSE_MOVE)
        wish, put = _open_proposal(work, meeting, proposal)
        wish.state = "refused"
        record(work, Deed.REFUSE_MOVE, request=request)
        arranging.move_refused(work, request, meeting, wish, put)
        work.result = uid


def cancel(actor: Actor, uid: str, *, note: str = "") -> None:
    """Calls a meeting off; everybody who was invited gets the cancellation."""
    with write(actor) as work:
        meeting, request, _ = _judged(work, actor, uid, Deed.CANCEL)
        meeting.note = texts.text(note, at_most=1000, what="note")
        call_off(work, request, meeting, call_it_off(work, meeting))
        record(work, Deed.CANCEL, request=request)
        work.result = uid


def set_place(actor: Actor, uid: str, *, place: str | tuple[str, str]) -> None:
    """Says how the meeting is held; an update to everybody, never a new consent.

    The asking side may fill in what is theirs to say (their link, their room). Raises NotAllowed for the rest.
    """
    with write(actor) as work:
        meeting, request, step = _judged(work, actor, uid, Deed.SET_PLACE)
        new = places.parse(place, by=actor.side) if isinstance(place, str) else places.place(*place)
        if meeting.place_how:
            old = places.Place(places.How(meeting.place_how), meeting.place_detail)
            if not places.may_change(old, new, side=actor.side):
                raise NotAllowed("Where you meet is for the other side to say.")
            if new == old:
                work.result = uid
                return
        meeting.place_how, meeting.place_detail = new.how, new.detail
        _again(work, meeting, request, step)
        record(work, Deed.SET_PLACE, request=request)
        work.result = uid


def _judged(work: Work, actor: Actor, uid: str, deed: Deed) -> tuple[Meeting, MeetingRequest, Step]:
    """The meeting, locked and judged: 404, 403, 409 in that order, and what the deed does to it."""
    meeting, _, _ = find_meeting(actor, uid)
    work.lock_buyer(meeting.buyer_id)
    meeting, request, stands = find_meeting(actor, uid)
    require(actor, deed, stands, decider=decider(request))
    work.match(lambda: seen.see(actor, uid).version)
    return meeting, request, rules.after(MeetingState(meeting.state), deed, start=meeting.start_at, now=work.now)


def _slot(work: Work, meeting: Meeting, request: MeetingRequest, given: times.SlotGiven) -> times.Slot:
    minutes = int((meeting.end_at - meeting.start_at).total_seconds() // 60)
    valid_until = consent_of(work.session, request).facts.valid_until
    read = times.read_slots([given], minutes=minutes)
    slot = times.check_slots(read, minutes=minutes, now=work.now, valid_until=valid_until)[0]
    if slot.start == meeting.start_at:
        raise Unfit("slot", "The meeting is at that time already.")
    return slot


def _to(work: Work, actor: Actor, meeting: Meeting, request: MeetingRequest, slot: Slot, step: Step) -> None:
    attendees = attendees_of(work, meeting)
    people = [work.session.get_one(Person, attendee.person_id) for attendee in attendees]
    refuse_clash(work, actor, people, start=slot, but=meeting.id)
    consent = consent_of(work.session, request)
    agreed = agree(work, consent, slot, agreed_by=actor.person)
    meeting.agreed_slot_id = agreed.id
    meeting.start_at, meeting.end_at, meeting.zone = slot.start_at, slot.end_at, slot.zone
    work.session.flush()
    shift(work.session, meeting.id, [person.id for person in people], start=slot.start_at, end=slot.end_at)
    if meeting.kind == Kind.BRIEFING:  # its agenda is due by another day
        briefing = briefing_of(work.session, request)
        briefing.agreed_slot_id, briefing.asked_at = agreed.id, None
    _again(work, meeting, request, step)


def _again(work: Work, meeting: Meeting, request: MeetingRequest, step: Step) -> None:
    """A new version of the invitation to everybody; answers start anew where the time changed (RFC 6638, 3.2.8)."""
    attendees = attendees_of(work, meeting)
    if step.raises_sequence:
        meeting.sequence = rules.next_sequence(meeting.sequence)
    if step.asks_anew:
        for attendee in attendees:
            attendee.partstat = rules.partstat_at_start(decided=attendee.decided)
    meeting.changed_at = work.now
    work.session.flush()
    agreed = work.session.get_one(AgreedSlot, meeting.agreed_slot_id)
    invite(work, consent_of(work.session, request), request, meeting, agreed, attendees, first=False)


def _open_proposals(work: Work, meeting: Meeting) -> list[Proposal]:
    return list(
        work.session.scalars(
            select(Proposal).where(
                Proposal.buyer_id == meeting.buyer_id, Proposal.meeting_id == meeting.id, Proposal.state == "open"
            )
        )
    )


def _open_proposal(work: Work, meeting: Meeting, code: str) -> tuple[Proposal, Slot]:
    row = work.session.scalar(
        select(Proposal).where(
            Proposal.buyer_id == meeting.buyer_id, Proposal.meeting_id == meeting.id, Proposal.code == meant(code)
        )
    )
    if row is None:
        raise NotThere
    if row.state != "open":
        raise WrongState("This wish has already been answered.")
    return row, work.session.get_one(Slot, row.slot_id)
