"""The times that are up for all at a briefing as they stand: who is asked, and what each party has said of which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from vendorhub.domain import polls as rules
from vendorhub.domain.briefings import SAY_WHEN
from vendorhub.domain.polls import Parties, Rank, Suits
from vendorhub.store.briefings import Availability, Participation
from vendorhub.store.meeting_requests import MeetingRequest
from vendorhub.store.offers import Offer, Slot, open_offers
from vendorhub.store.people import Organisation


@dataclass(frozen=True)
class Standing:
    """Everything that is said of times that are up, by whomever; `companies` are the ids of the parties by slug."""

    slots: Sequence[Slot]
    parties: Parties
    buyer: tuple[str, str]  # slug and name
    companies: Mapping[str, int]
    answers: rules.Answers

    def owing(self, now: datetime) -> list[str]:
        """The slugs of those who have not said of every time ahead."""
        ahead = [slot.code for slot in self.slots if slot.start_at > now]
        return rules.still_to_answer(ahead, self.parties, self.answers)

    def ranking(self, now: datetime) -> list[Rank]:
        """The times ahead in order, with the reason of each."""
        return rules.ranked(
            [(slot.code, slot.start_at) for slot in self.slots if slot.start_at > now],
            self.parties,
            self.answers,
            buyer=self.buyer,
        )


def open_poll(session: Session, request: MeetingRequest, *, now: datetime) -> Offer | None:
    """The times that lie open for all, if any do."""
    found = [offer for offer in open_offers(session, request.buyer_id, request.id, now=now) if offer.poll]
    return found[-1] if found else None


def slots_of(session: Session, offer: Offer) -> Sequence[Slot]:
    """Its times, in order."""
    return session.scalars(
        select(Slot).where(Slot.buyer_id == offer.buyer_id, Slot.offer_id == offer.id).order_by(Slot.start_at)
    ).all()


def standing(session: Session, request: MeetingRequest, offer: Offer) -> Standing:
    """Who says what of these times: the VAR that brings the vendors, and each vendor that may yet come."""
    vendors = session.execute(
        select(Organisation.id, Organisation.slug, Organisation.name)
        .join(Participation, Participation.company_id == Organisation.id)
        .where(
            Participation.buyer_id == request.buyer_id,
            Participation.request_id == request.id,
            Participation.state.in_(SAY_WHEN),
        )
        .order_by(Participation.position)
    ).all()
    buyer = session.get_one(Organisation, request.buyer_id)
    found = [(row.id, row.slug, row.name) for row in vendors]
    if request.company_id != request.buyer_id:
        var = session.get_one(Organisation, request.company_id)
        found.insert(0, (var.id, var.slug, var.name))
    slots = slots_of(session, offer)
    codes = {slot.id: slot.code for slot in slots}
    slugs = {buyer.id: buyer.slug, **{company: slug for company, slug, _ in found}}
    answers: dict[str, dict[str, Suits]] = {}
    for row in session.scalars(select(Availability).where(Availability.slot_id.in_(codes))):
        if row.company_id in slugs:
            answers.setdefault(codes[row.slot_id], {})[slugs[row.company_id]] = Suits(row.answer)
    return Standing(
        slots=slots,
        parties={slug: name for _, slug, name in found},
        buyer=(buyer.slug, buyer.name),
        companies={slug: company for company, slug, _ in found},
        answers=answers,
    )


def say(session: Session, slot: Slot, company: int, answer: Suits, *, by: int, now: datetime) -> None:
    """Keeps what a company says of a time, in the place of what it said before."""
    row = session.get(Availability, (slot.id, company))
    if row is None:
        row = Availability(buyer_id=slot.buyer_id, slot_id=slot.id, company_id=company)
        session.add(row)
    row.answer, row.by, row.made_at = answer, by, now
