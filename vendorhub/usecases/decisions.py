"""Answering: yes, not now, no, never; each held for a while (undo.py takes it back)."""

from collections.abc import Sequence
from datetime import date, datetime

from flask import current_app
from sqlalchemy import select

from vendorhub.domain import decisions as holds
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain import places
from vendorhub.domain.codes import new_code
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Refused, State
from vendorhub.domain.people import Actor, DoorName, Side
from vendorhub.domain.refusals import SomebodyWasFaster, Unfit, WrongState
from vendorhub.domain.rights import answers_for, on_behalf_of, require
from vendorhub.domain.terms import VALID_FOR, Terms, new_guests
from vendorhub.domain.terms import Guest as NamedGuest
from vendorhub.domain.texts import text as a_text
from vendorhub.domain.wall_times import in_zone
from vendorhub.outbox import notices
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.scope import decider, find
from vendorhub.store import (
    Block,
    Decision,
    Guest,
    MeetingRequest,
    Membership,
    Organisation,
    Person,
)
from vendorhub.store.blocks import shut_out
from vendorhub.store.history import record
from vendorhub.store.ledger import append, latest_answer
from vendorhub.store.write import Work, write

NOTE_AT_MOST = 1000
PlaceGiven = str | tuple[str, str] | None  # free text, or how and detail


def accept(
    actor: Actor,
    code: str,
    *,
    note: str = "",
    minutes: int | None = None,
    attendees: Sequence[tuple[str, str, str]] | None = None,
    place: PlaceGiven = None,
) -> None:
    """Says yes, held for a while. Fewer minutes, fewer of their people, or more of our own are part of the yes.

    `attendees`, where given, are all who shall come, as (name, email, role). Raises Unfit where the yes would be
    wider than what was asked (law 2).
    """
    with write(actor) as work:
        request, to = _answering(work, actor, code, Deed.ACCEPT)
        _not_shut_out(work, request)
        agreed_minutes = _fewer(minutes, request.minutes)
        guests = _coming(work, request, attendees)
        _settle_place(request, place)
        terms = Terms(
            company=request.company_id,
            guests=guests,
            topic=request.topic,
            minutes=agreed_minutes,
            kind=request.kind,
            valid_until=work.now + VALID_FOR,
        )
        request.minutes_agreed = agreed_minutes
        answer = _answer(work, actor, request, Deed.ACCEPT, to, kind=DecisionKind.ACCEPT, note=note, terms=terms)
        request.consent_id = answer.id
        _tell(work, actor, request, answer, Deed.ACCEPT)
        work.result = code


def refuse(
    actor: Actor,
    code: str,
    *,
    kind: str,
    again_on: date | None = None,
    note: str = "",
    scope: str = "company",
) -> None:
    """Says not now (with the date from which they may ask again), no, or never (this person, or this company).

    Held like a yes. Raises Unfit for an unknown kind or scope, or a date that won't do.
    """
    deed = Deed.BLOCK if kind == Refused.NEVER else Deed.DECLINE
    with write(actor) as work:
        request, to = _answering(work, actor, code, deed)
        if kind not in list(Refused):
            raise Unfit("kind", "Please choose one of the answers.")
        if scope not in ("person", "company"):
            raise Unfit("scope", "Please choose this person or this company.")
        buyer = work.session.get_one(Organisation, request.buyer_id)
        today = in_zone(work.now, buyer.zone).date()
        request.again_on = rules.check_again_on(again_on, today=today) if kind == Refused.NOT_NOW else None
        answer = _answer(work, actor, request, deed, to, kind=DecisionKind(kind), note=note)
        if kind == Refused.NEVER:
            work.session.add(
                Block(
                    buyer_id=request.buyer_id,
                    code=new_code(10),
                    decision_id=answer.id,
                    company_id=request.company_id,
                    person_id=request.asked_by if scope == "person" else None,
                    by=actor.person,
                    made_at=work.now,
                    effective_at=answer.effective_at,
                )
            )
        _tell(work, actor, request, answer, deed)
        work.result = code


def _answering(work: Work, actor: Actor, code: str, deed: Deed) -> tuple[MeetingRequest, State]:
    """The request, locked and judged: 404, 403, 409 in that order, and the state the answer leads to."""
    request, _ = find(actor, code)
    work.lock_buyer(request.buyer_id)
    request, stands = find(actor, code)
    require(actor, deed, stands, decider=decider(request))
    work.match(lambda: seen.see(actor, code).version)
    state = rules.true_state(State(request.state), answer_by=request.answer_by, now=work.now)
    try:
        to = rules.after(state, deed)
    except WrongState as refusal:
        raise _somebody_was_faster(work, request, state) or refusal from None
    work.use_link(buyer_id=request.buyer_id, request_id=request.id, person_id=actor.person)
    return request, to


def _somebody_was_faster(work: Work, request: MeetingRequest, state: State) -> SomebodyWasFaster | None:
    """Who of the same side has answered, in words; None where it was the clock, a block, or the asking side."""
    answer = latest_answer(work.session, request)
    if answer is None or state in (State.LAPSED, State.WITHDRAWN):
        return None
    name = work.session.get_one(Person, answer.by).name
    return SomebodyWasFaster("%(name)s has already answered this; please have a look at what they said.", name=name)


def _answer(
    work: Work,
    actor: Actor,
    request: MeetingRequest,
    deed: Deed,
    to: State,
    *,
    kind: DecisionKind,
    note: str,
    terms: Terms | None = None,
) -> Decision:
    request.note = a_text(note, at_most=NOTE_AT_MOST, what="note")
    request.decided_by = answers_for(actor, request.asked_of, deed)
    answer = append(
        work,
        buyer_id=request.buyer_id,
        request_id=request.id,
        kind=kind,
        effective_at=_effective_at(work, actor),
        on_behalf_of=on_behalf_of(actor, request.asked_of, deed),
        terms=terms,
    )
    request.before_answer, request.state = request.state, to
    request.answered_at = work.now
    request.held_until = answer.effective_at
    return answer


def _tell(work: Work, actor: Actor, request: MeetingRequest, answer: Decision, deed: Deed) -> None:
    record(
        work,
        deed,
        request=request,
        visible_at=answer.effective_at,
        decision_id=answer.id,
        words=answer.kind,
    )
    notices.answered(work, request, answer)


def _effective_at(work: Work, actor: Actor) -> datetime:
    first_by_link = actor.door.name is DoorName.LINK and not work.session.scalar(
        select(Decision.id).where(Decision.by == actor.person, Decision.door == DoorName.LINK).limit(1)
    )
    return holds.effective_at(work.now, hold_seconds=current_app.config["HOLD_SECONDS"], first_by_link=first_by_link)


def _not_shut_out(work: Work, request: MeetingRequest) -> None:
    if work.session.scalar(select(shut_out(request.buyer_id, request.company_id, request.asked_by, now=work.now))):
        raise WrongState("This company is not to ask again; somebody has to lift that before a yes can count.")


def _fewer(minutes: int | None, asked: int) -> int:
    if minutes is None:
        return asked
    if rules.check_minutes(minutes) > asked:
        raise Unfit("minutes", "They asked for %(asked)s minutes; a yes can't give more than was asked.", asked=asked)
    return minutes


def _coming(
    work: Work, request: MeetingRequest, attendees: Sequence[tuple[str, str, str]] | None
) -> tuple[NamedGuest, ...]:
    """Who of the asking side comes; people of the buyer's own are added to the guests of the request."""
    rows = work.session.scalars(
        select(Guest).where(Guest.buyer_id == request.buyer_id, Guest.request_id == request.id).order_by(Guest.id)
    ).all()
    asked_for = tuple(NamedGuest(row.email, row.name, row.role) for row in rows if row.side == Side.VENDOR)
    if attendees is None:
        return asked_for
    wanted = rules.check_guests(attendees)
    own = set(
        work.session.scalars(
            select(Person.email)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.organisation_id == request.buyer_id, Person.email.in_([each.email for each in wanted]))
        )
    )
    strangers = [guest for guest in new_guests(wanted, asked_for) if guest.email not in own]
    if strangers:
        raise Unfit("attendees", "%(name)s is not among the people they named.", name=strangers[0].name)
    chosen = {guest.email for guest in wanted}
    for row in rows:
        row.left_out = row.side == Side.VENDOR and row.email not in chosen
    for guest in wanted:
        if guest.email in own and guest.email not in {named.email for named in asked_for}:
            work.session.add(
                Guest(
                    buyer_id=request.buyer_id,
                    request_id=request.id,
                    side=Side.BUYER,
                    email=guest.email,
                    name=guest.name,
                    role=guest.role,
                )
            )
    coming = tuple(guest for guest in asked_for if guest.email in chosen)
    if not coming:
        raise Unfit("attendees", "Please keep at least one of their people.")
    return coming


def _settle_place(request: MeetingRequest, given: PlaceGiven) -> None:
    if not given:
        return
    place = places.parse(given) if isinstance(given, str) else places.place(*given)
    request.place_how, request.place_detail = place.how, place.detail
