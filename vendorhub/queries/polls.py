"""Which times are up for all, and what each party says of them; a vendor sees the times and its own marks only."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select, true
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain import polls as rules
from vendorhub.domain.briefings import SAY_WHEN
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.offers import OfferState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.polls import Answers, Rank, Suits
from vendorhub.domain.refusals import NotAllowed, NotThere
from vendorhub.domain.rights import Relation, may
from vendorhub.queries import briefings
from vendorhub.queries.offers import SlotView, true_state
from vendorhub.queries.scope import decider
from vendorhub.store import (
    AgreedSlot,
    Availability,
    Briefing,
    Meeting,
    MeetingRequest,
    Offer,
    Organisation,
    Participation,
    Slot,
    db,
)

_BUYER, _COMPANY = aliased(Organisation, name="buyer"), aliased(Organisation, name="company")
_CHOSEN = aliased(Slot, name="chosen")
_OF_ITS_REQUEST = and_(MeetingRequest.buyer_id == Offer.buyer_id, MeetingRequest.id == Offer.request_id)
_OF_ITS_BRIEFING = and_(Briefing.buyer_id == Offer.buyer_id, Briefing.request_id == Offer.request_id)
_LIVE = and_(
    Meeting.buyer_id == Offer.buyer_id,
    Meeting.request_id == Offer.request_id,
    Meeting.state == MeetingState.CONFIRMED,
)
_POLLS: Select[*tuple[Any, ...]] = (
    select(
        Offer,
        Slot,
        MeetingRequest,
        Briefing,
        _CHOSEN.start_at.label("chosen"),
        Meeting.uid.label("meeting"),
        _BUYER.slug.label("buyer_slug"),
        _BUYER.name.label("buyer_name"),
        _COMPANY.slug.label("company_slug"),
        _COMPANY.name.label("company_name"),
    )
    .join(Slot, and_(Slot.buyer_id == Offer.buyer_id, Slot.offer_id == Offer.id))
    .join(MeetingRequest, _OF_ITS_REQUEST)
    .join(Briefing, _OF_ITS_BRIEFING)
    .join(_BUYER, _BUYER.id == MeetingRequest.buyer_id)
    .join(_COMPANY, _COMPANY.id == MeetingRequest.company_id)
    .outerjoin(AgreedSlot, AgreedSlot.id == Briefing.agreed_slot_id)
    .outerjoin(_CHOSEN, _CHOSEN.id == AgreedSlot.slot_id)
    .outerjoin(Meeting, _LIVE)
    .where(Offer.poll)
    .order_by(Offer.id, Slot.start_at, Slot.id)
)


@dataclass(frozen=True)
class PartyView:
    """Whom the times concern, and what they say of each, by slot; `asked` says whether the others wait for them."""

    slug: str
    name: str
    own: bool
    asked: bool
    says: Mapping[str, Suits]


@dataclass(frozen=True)
class PollView:
    """Times up for all. A vendor finds itself alone among the `parties`, and no ranking.

    `chosen` is the slot that the buyer has chosen, while it waits for those who have not joined too; a vendor hears of
    it with the meeting. `owing` are the names of those who have not said of every time ahead.
    """

    code: str
    side: str
    state: OfferState
    created_at: datetime
    slots: tuple[SlotView, ...]
    parties: tuple[PartyView, ...]
    ranking: tuple[Rank, ...]
    owing: tuple[str, ...]
    chosen: str | None
    meeting: str | None
    may: frozenset[Deed]

    @property
    def own(self) -> PartyView | None:
        """The reader's own company, where it is one of those whom the times concern."""
        return next((party for party in self.parties if party.own), None)

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        told = repr([value if name != "may" else sorted(value) for name, value in vars(self).items()])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def of_briefing(actor: Actor, code: str) -> list[PollView]:
    """The times that are and were up for all at a briefing, oldest first. Raises NotThere for a briefing not theirs."""
    rows = db.session.execute(_POLLS.where(MeetingRequest.code == meant(code), _in_sight(actor))).all()
    if not rows:
        briefings.find(actor, code)
    return _shown(actor, rows)


def see(actor: Actor, poll: str) -> PollView:
    """One of them by its code. Raises NotThere if it isn't the actor's to see."""
    found = _shown(actor, db.session.execute(_POLLS.where(Offer.code == meant(poll), _in_sight(actor))).all())
    if not found:
        raise NotThere
    return found[0]


def is_poll(actor: Actor, code: str) -> bool:
    """Whether these are times up for all, which this actor sees."""
    query = select(Offer.id).join(MeetingRequest, _OF_ITS_REQUEST)
    return db.session.scalar(query.where(Offer.poll, Offer.code == meant(code), _in_sight(actor))) is not None


def briefing_at(actor: Actor, poll: str) -> str:
    """The code of the briefing for which these times are up. Raises NotThere."""
    query = select(MeetingRequest.code).join(Offer, _OF_ITS_REQUEST)
    code = db.session.scalar(query.where(Offer.poll, Offer.code == meant(poll), _in_sight(actor)))
    if code is None:
        raise NotThere
    return code


def asked_of(actor: Actor, code: str, *, vendor: str = "") -> PollView | None:
    """The times that lie open at a briefing, of which the actor's company says when; None while none do.

    `vendor` is the slug of whom the door speaks of: raises NotThere if that is nobody in the briefing, NotAllowed if
    it is another company than the actor's.
    """
    if vendor:
        view = briefings.see(actor, code)
        if vendor not in {view.buyer, view.company_slug, *(part.slug for part in view.vendors)}:
            raise NotThere
        if vendor != db.session.scalar(select(Organisation.slug).where(Organisation.id == actor.organisation)):
            raise NotAllowed("This is for that company to say.")
    lying = [poll for poll in of_briefing(actor, code) if poll.state is OfferState.OPEN]
    return lying[-1] if lying and lying[-1].own else None


def _in_sight(actor: Actor) -> ColumnElement[bool]:
    """The times of a briefing that is there for them, once the yes counts; of a vendor, while it takes part."""
    seen = true() if actor.side is Side.BUYER else Offer.visible_at <= clock.now()
    if actor.side is not Side.VENDOR:
        return and_(briefings.scope(actor), seen)
    part = (
        select(Participation.id)
        .where(
            Participation.buyer_id == MeetingRequest.buyer_id,
            Participation.request_id == MeetingRequest.id,
            Participation.company_id == actor.organisation,
            Participation.state.in_(SAY_WHEN),
        )
        .exists()
    )
    return and_(briefings.scope(actor), part, seen)


def _shown(actor: Actor, rows: Sequence[Row[Any]]) -> list[PollView]:
    if not rows:
        return []
    requests = {row.MeetingRequest.id: row for row in rows}
    answers: dict[int, dict[str, Suits]] = {}
    said = (
        select(Availability.slot_id, Availability.answer, Organisation.slug)
        .join(Organisation, Organisation.id == Availability.company_id)
        .where(Availability.slot_id.in_([row.Slot.id for row in rows]))
    )
    parts = (
        select(Participation.request_id, Organisation.slug, Organisation.name, Organisation.id)
        .join(Organisation, Organisation.id == Participation.company_id)
        .where(Participation.request_id.in_(requests), Participation.state.in_(SAY_WHEN))
        .order_by(Participation.position)
    )
    if actor.side is Side.VENDOR:  # nothing of anybody else is even asked for
        said = said.where(Availability.company_id == actor.organisation)
        parts = parts.where(Participation.company_id == actor.organisation)
    for slot, answer, slug in db.session.execute(said):
        answers.setdefault(slot, {})[slug] = Suits(answer)
    vendors: dict[int, dict[str, str]] = {}
    for part in db.session.execute(parts):
        vendors.setdefault(part.request_id, {})[part.slug] = part.name
    polls: dict[int, list[Row[Any]]] = {}
    for row in rows:
        polls.setdefault(row.Offer.id, []).append(row)
    return [_view(actor, those, vendors.get(those[0].MeetingRequest.id, {}), answers) for those in polls.values()]


def _view(
    actor: Actor, rows: Sequence[Row[Any]], vendors: Mapping[str, str], answers: Mapping[int, Mapping[str, Suits]]
) -> PollView:
    row, now = rows[0], clock.now()
    offer: Offer = row.Offer
    slots: list[Slot] = [each.Slot for each in rows]
    vendor = actor.side is Side.VENDOR
    said: Answers = {slot.code: answers.get(slot.id, {}) for slot in slots}
    asked = vendors if vendor else {**_organiser(row), **vendors}
    state = true_state(offer, slots, now)
    if state is OfferState.OPEN and row.meeting is not None:
        state = OfferState.CHOSEN
    parties = asked if vendor else {row.buyer_slug: row.buyer_name, **asked}
    ahead = [slot.code for slot in slots if slot.start_at > now]
    own = _own_slugs(actor, row, vendors)
    owing = rules.still_to_answer(ahead, asked, said) if state is OfferState.OPEN else []
    chosen = None if vendor and row.meeting is None else row.chosen
    return PollView(
        code=offer.code,
        side=offer.side,
        state=state,
        created_at=offer.created_at,
        slots=tuple(SlotView(slot.code, slot.start_at, slot.end_at, slot.zone) for slot in slots),
        parties=tuple(
            PartyView(
                slug=slug,
                name=name,
                own=slug in own,
                asked=slug in asked,
                says={code: by[slug] for code, by in said.items() if slug in by},
            )
            for slug, name in parties.items()
        ),
        ranking=()
        if vendor
        else tuple(
            rules.ranked(
                [(slot.code, slot.start_at) for slot in slots if slot.code in ahead],
                asked,
                said,
                buyer=(row.buyer_slug, row.buyer_name),
            )
        ),
        owing=tuple(asked[slug] for slug in owing),
        chosen=next((slot.code for slot in slots if slot.start_at == chosen), None),
        meeting=row.meeting,
        may=_deeds(actor, row, state, own=bool(own)),
    )


def _organiser(row: Row[Any]) -> dict[str, str]:
    """The VAR that brings the vendors; nobody where the buyer does it itself."""
    if row.company_slug == row.buyer_slug:
        return {}
    return {row.company_slug: row.company_name}


def _own_slugs(actor: Actor, row: Row[Any], vendors: Mapping[str, str]) -> frozenset[str]:
    if actor.side is Side.VENDOR:
        return frozenset(vendors)
    return frozenset({row.buyer_slug if actor.side is Side.BUYER else row.company_slug})


def _deeds(actor: Actor, row: Row[Any], state: OfferState, *, own: bool) -> frozenset[Deed]:
    """What this actor can do with these times now."""
    if state is not OfferState.OPEN or row.MeetingRequest.state != State.ACCEPTED:
        return frozenset()
    stands = (
        frozenset({Relation.PARTY}) if actor.side is Side.VENDOR else briefings.relations(actor, row.MeetingRequest)
    )
    possible = {Deed.SET_TIME, *({Deed.SAY_WHEN} if own else ())}
    return frozenset(deed for deed in possible if may(actor, deed, stands, decider=decider(row.MeetingRequest)))
