"""What a yes is to: as asked, narrower, or other than asked; then the asking side agrees before anything rests on it.

No use-case by itself but for the agreement: a yes is written in decisions.py, whichever of the three it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain import places, texts
from vendorhub.domain.decisions import why_not_live
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.terms import VALID_FOR, Terms, new_guests, widened
from vendorhub.domain.terms import Guest as Named
from vendorhub.domain.windows import window_ends
from vendorhub.outbox import about, to_and_fro
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.people import own_addresses
from vendorhub.store import Amendment, Decision, Guest, MeetingRequest, Organisation
from vendorhub.store.amendments import Coming, amendment_of, listed
from vendorhub.store.briefings import vendors_named
from vendorhub.store.consents import consent_of
from vendorhub.store.history import record
from vendorhub.store.holding import forget_answer
from vendorhub.store.ledger import latest_answer
from vendorhub.store.write import Work, write
from vendorhub.usecases.judged import judged
from vendorhub.usecases.lining_up import ask_vendors

PlaceGiven = str | tuple[str, str] | None  # free text, or how and detail


@dataclass(frozen=True)
class Wish:
    """What the buyer's side would have: the terms, everybody who comes, how to meet ("" where that is not said).

    `other` says that it goes beyond what was asked: people or a topic that they did not name (law 2).
    """

    terms: Terms
    coming: Coming
    place_how: str
    place_detail: str
    other: bool


def wish(
    work: Work,
    request: MeetingRequest,
    *,
    minutes: int | None,
    attendees: Sequence[tuple[str, str, str]] | None,
    topic: str | None,
    place: PlaceGiven,
) -> Wish:
    """Reads what the yes would be to; None is as asked. `attendees` are all who shall come, as (name, email, role).

    Raises Unfit, naming the field: more minutes than were asked for, none of their people, a text that won't do.
    """
    named = work.session.scalars(
        select(Guest)
        .where(Guest.buyer_id == request.buyer_id, Guest.request_id == request.id, Guest.side == Side.VENDOR)
        .order_by(Guest.id)
    )
    asked_for = tuple(Named(row.email, row.name, row.role) for row in named)
    theirs, own = asked_for, tuple[Named, ...]()
    if attendees is not None:
        theirs, own = _coming(work, request, asked_for, attendees)
    asked = Terms(
        company=request.company_id,
        guests=asked_for,
        topic=request.topic,
        minutes=request.minutes,
        kind=request.kind,
        valid_until=work.now + VALID_FOR,
        vendors=tuple(vendors_named(work.session, request)),
    )
    terms = Terms(
        company=asked.company,
        guests=theirs,
        topic=request.topic if topic is None else texts.line(topic, at_most=rules.TOPIC_AT_MOST, what="topic"),
        minutes=_fewer(minutes, request),
        kind=asked.kind,
        valid_until=asked.valid_until,
        vendors=asked.vendors,
    )
    how, detail = _place(place)
    coming = tuple(
        (side.value, guest.name, guest.email, guest.role)
        for side, guests in ((Side.VENDOR, theirs), (Side.BUYER, own))
        for guest in guests
    )
    return Wish(terms, coming, how, detail, other=bool(widened(terms, asked)))


def settle(work: Work, request: MeetingRequest, wanted: Wish | Amendment) -> None:
    """Makes this what the request is now about: the yes needs nobody else's word, or has it."""
    if isinstance(wanted, Wish):
        topic, minutes, coming = wanted.terms.topic, wanted.terms.minutes, wanted.coming
    else:
        topic, minutes, coming = wanted.topic, wanted.minutes, wanted.people()
    request.topic, request.minutes_agreed = topic, minutes
    if wanted.place_how:
        request.place_how, request.place_detail = wanted.place_how, wanted.place_detail
    rows = work.session.scalars(
        select(Guest).where(Guest.buyer_id == request.buyer_id, Guest.request_id == request.id)
    ).all()
    known, wished = {row.email for row in rows}, {email for _side, _name, email, _role in coming}
    for row in rows:
        row.left_out = row.side == Side.VENDOR and row.email not in wished
    for side, name, email, role in coming:
        if email not in known:
            work.session.add(
                Guest(buyer_id=request.buyer_id, request_id=request.id, side=side, email=email, name=name, role=role)
            )


def keep(work: Work, request: MeetingRequest, wanted: Wish, answer: Decision) -> Amendment:
    """Writes down what the yes wants otherwise; the asking side has a window of its own to agree to it."""
    buyer = work.session.get_one(Organisation, request.buyer_id)
    kept = Amendment(
        buyer_id=request.buyer_id,
        request_id=request.id,
        decision_id=answer.id,
        decided_by=request.decided_by or answer.by,
        made_at=work.now,
        asked_topic=request.topic,
        asked_until=request.answer_by,
        topic=wanted.terms.topic,
        minutes=wanted.terms.minutes,
        coming=listed(wanted.coming),
        place_how=wanted.place_how,
        place_detail=wanted.place_detail,
        note=request.note,
    )
    work.session.add(kept)
    request.answer_by = window_ends(answer.effective_at, working_days=buyer.response_days, zone=buyer.zone)
    return kept


def agree(actor: Actor, code: str) -> None:
    """The asking side agrees to what a yes wants otherwise: from now on it is a yes like any other.

    Their word wins over an answer that the buyer's side gives meanwhile and that is still held. Raises WrongState
    where the yes no longer counts.
    """
    with write(actor) as work:
        request, _ = judged(work, actor, code, Deed.AGREE)
        to = rules.after(State(seen.see(actor, code).state), Deed.AGREE)
        if _held(request, work.now) and (answer := latest_answer(work.session, request)) is not None:
            about.stop_answer(work, request.buyer_id, answer.id)
            forget_answer(work, request)
        if refusal := why_not_live(consent_of(work.session, request).facts, work.now):
            raise WrongState(refusal)
        agreed_to = amendment_of(work.session, request)
        if agreed_to is None:
            raise WrongState("There is nothing to agree to any more; here is how things stand now.")
        agreed_to.agreed_by, agreed_to.agreed_at = actor.person, work.now
        request.state = to
        settle(work, request, agreed_to)
        record(work, Deed.AGREE, request=request)
        to_and_fro.agreed(work, request, agreed_to)
        ask_vendors(work, request)
        work.result = code


def _held(request: MeetingRequest, now: datetime) -> bool:
    return rules.is_held(request.held_until, now)


def _fewer(minutes: int | None, request: MeetingRequest) -> int:
    if minutes is None:
        return request.minutes
    if rules.check_minutes(minutes, request.kind) > request.minutes:
        raise Unfit(
            "minutes",
            "They asked for %(asked)s minutes; a yes can't give more than was asked.",
            asked=request.minutes,
        )
    return minutes


def _coming(
    work: Work, request: MeetingRequest, asked_for: tuple[Named, ...], attendees: Sequence[tuple[str, str, str]]
) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Who of the asking side comes, those they named first; and who of the buyer's own."""
    wanted = rules.check_guests(attendees)
    addresses = {guest.email for guest in wanted}
    strangers = new_guests(wanted, asked_for)
    own = own_addresses(work.session, request.buyer_id, [guest.email for guest in strangers])
    theirs = (
        *(guest for guest in asked_for if guest.email in addresses),
        *(guest for guest in strangers if guest.email not in own),
    )
    if not theirs:
        raise Unfit("attendees", "Please keep at least one of their people.")
    return theirs, tuple(guest for guest in strangers if guest.email in own)


def _place(given: PlaceGiven) -> tuple[str, str]:
    if not given:
        return "", ""
    place = places.parse(given) if isinstance(given, str) else places.place(*given)
    return place.how, place.detail
