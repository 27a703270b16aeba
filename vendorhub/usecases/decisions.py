"""Answering: yes, not now, no, never; each held for a while (undo.py takes it back)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain import places
from vendorhub.domain.codes import new_code
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Refused
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.terms import VALID_FOR, Terms, new_guests
from vendorhub.domain.terms import Guest as NamedGuest
from vendorhub.domain.wall_times import in_zone
from vendorhub.store import (
    Block,
    Guest,
    MeetingRequest,
    Membership,
    Organisation,
    Person,
)
from vendorhub.store.write import Work, write
from vendorhub.usecases.answering import given, not_shut_out, taken_up, told

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
        request, to = taken_up(work, actor, code, Deed.ACCEPT)
        not_shut_out(work, request)
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
        answer = given(work, actor, request, Deed.ACCEPT, to, kind=DecisionKind.ACCEPT, note=note, terms=terms)
        request.consent_id = answer.id
        told(work, actor, request, answer, Deed.ACCEPT)
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
        request, to = taken_up(work, actor, code, deed, answer=kind)
        if kind not in list(Refused):
            raise Unfit("kind", "Please choose one of the answers.")
        if scope not in ("person", "company"):
            raise Unfit("scope", "Please choose this person or this company.")
        buyer = work.session.get_one(Organisation, request.buyer_id)
        today = in_zone(work.now, buyer.zone).date()
        request.again_on = rules.check_again_on(again_on, today=today) if kind == Refused.NOT_NOW else None
        answer = given(work, actor, request, deed, to, kind=DecisionKind(kind), note=note)
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
        told(work, actor, request, answer, deed)
        work.result = code


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
