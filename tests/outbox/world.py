"""One buyer, one vendor and what passes between them, put straight into the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from sqlalchemy import select

from vendorhub.domain.decisions import Consent
from vendorhub.domain.people import Actor, Door, DoorName, Role, Side
from vendorhub.domain.terms import Guest as Named
from vendorhub.domain.terms import Terms
from vendorhub.outbox.office import office
from vendorhub.store import (
    AgreedSlot,
    Attendee,
    Decision,
    Domain,
    Goal,
    Guest,
    Letter,
    Meeting,
    MeetingRequest,
    Membership,
    Offer,
    Organisation,
    Person,
    Slot,
    db,
    ledger,
)
from vendorhub.store.confirming import agree, confirm
from vendorhub.store.consents import consent_of
from vendorhub.store.write import Work, write

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)  # a Monday
EFFECTIVE = NOW + timedelta(seconds=60)


@dataclass(frozen=True)
class World:
    """The ids of what `build` made; rows are read afresh in each transaction."""

    buyer: int
    company: int
    cio: int
    boss: int
    assistant: int
    vera: int
    victor: int
    request: int


def build(*, zone: str = "Europe/Berlin") -> World:
    """Northwind with its CIO, his boss and his assistant; Acme in London with Vera, who asks, and Victor."""
    with write(None) as work:
        northwind = _organisation("buyer", "northwind", "Northwind", zone)
        acme = _organisation("vendor", "acme", "Acme", "Europe/London")
        work.session.add_all([northwind, acme])
        people = {
            name: Person(email=email, name=name, fs_uniquifier=email, created_at=NOW, active=True)
            for name, email in (
                ("Chris CIO", "chris@northwind.example"),
                ("Bo Boss", "bo@northwind.example"),
                ("Alex Assistant", "alex@northwind.example"),
                ("Vera Vendor", "vera@acme.example"),
                ("Victor Vendor", "victor@acme.example"),
            )
        }
        work.session.add_all(people.values())
        work.session.flush()
        work.session.add(Domain(name="acme.example", organisation_id=acme.id))
        cio, boss, assistant, vera, victor = people.values()
        for person, organisation, role, reports_to in (
            (cio, northwind, Role.DECIDER, boss.id),
            (boss, northwind, Role.DECIDER, None),
            (assistant, northwind, Role.ASSISTANT, cio.id),
            (vera, acme, Role.MEMBER, None),
            (victor, acme, Role.MEMBER, None),
        ):
            work.session.add(
                Membership(person_id=person.id, organisation_id=organisation.id, role=role, reports_to=reports_to)
            )
        goal = Goal(buyer_id=northwind.id, name="Cut the backup bill by a third", position=1)
        work.session.add(goal)
        work.session.flush()
        request = ask_row(work, northwind.id, acme.id, vera.id, asked_of=cio.id, goal_id=goal.id)
        return World(northwind.id, acme.id, cio.id, boss.id, assistant.id, vera.id, victor.id, request.id)


def ask_row(
    work: Work,
    buyer: int,
    company: int,
    asker: int,
    *,
    asked_of: int | None = None,
    goal_id: int | None = None,
    code: str = "K7Q2M4X",
) -> MeetingRequest:
    """A pending ask for 30 minutes about backup costs, with Victor as guest."""
    request = MeetingRequest(
        buyer_id=buyer,
        code=code,
        kind="topic",
        company_id=company,
        asked_by=asker,
        asked_of=asked_of,
        goal_id=goal_id,
        topic="Backup costs",
        outcome="Whether tape pays again for what nobody reads.",
        learned="You keep seven years of mail on disk\nand pay for it monthly.",
        minutes=30,
        state="pending",
        before_answer="pending",
        answer_by=datetime(2027, 1, 11, 23, tzinfo=UTC),
        created_at=NOW,
    )
    work.session.add(request)
    work.session.flush()
    work.session.add(
        Guest(
            buyer_id=buyer,
            request_id=request.id,
            side="vendor",
            email="victor@acme.example",
            name="Victor Vendor",
            role="Engineer",
        )
    )
    work.session.flush()
    return request


def actor(world: World, who: str) -> Actor:
    """One of the people at a page."""
    door = Door(DoorName.PAGE)
    if who == "cio":
        return Actor(world.cio, world.buyer, Side.BUYER, "Chris CIO", frozenset({Role.DECIDER}), door)
    if who == "assistant":
        serves = {world.cio: frozenset({"accept", "decline", "offer"})}
        return Actor(
            world.assistant, world.buyer, Side.BUYER, "Alex Assistant", frozenset({Role.ASSISTANT}), door, serves
        )
    return Actor(world.vera, world.company, Side.VENDOR, "Vera Vendor", frozenset({Role.MEMBER}), door)


def the_request(work: Work, world: World) -> MeetingRequest:
    """The ask, in this transaction."""
    return work.session.get_one(MeetingRequest, world.request)


def answer(
    work: Work,
    world: World,
    kind: str,
    *,
    effective_at: datetime | None = None,
    on_behalf_of: int | None = None,
    times: int = 1,
) -> Decision:
    """An answer in the ledger, effective at once unless said otherwise; a yes is the request's consent."""
    request = the_request(work, world)
    work.lock_buyer(world.buyer)
    terms = Terms(
        company=world.company,
        guests=(Named("vera@acme.example", "Vera Vendor"), Named("victor@acme.example", "Victor Vendor", "Engineer")),
        topic="Backup costs",
        minutes=30,
        kind="topic",
        valid_until=work.now + timedelta(days=180),
        times=times,
    )
    decision = ledger.append(
        work,
        buyer_id=world.buyer,
        request_id=request.id,
        kind=kind,
        effective_at=effective_at or work.now,
        on_behalf_of=on_behalf_of,
        terms=terms if kind == "accept" else None,
    )
    request.decided_by = on_behalf_of or decision.by
    if kind == "accept":
        request.consent_id, request.state = decision.id, "accepted"
    work.session.flush()
    return decision


def slot_row(work: Work, world: World, start: datetime, *, offer: Offer | None = None, side: str = "buyer") -> Slot:
    """Half an hour from `start`, meant in Berlin."""
    slot = Slot(
        buyer_id=world.buyer,
        code=f"SLOT{start:%d%H%M}{side[:1]}",
        request_id=world.request,
        offer_id=offer.id if offer else None,
        side=side,
        by=world.cio if side == "buyer" else world.vera,
        start_at=start,
        end_at=start + timedelta(minutes=30),
        wall=f"{start:%Y-%m-%dT%H:%M:%S}",
        zone="Europe/Berlin",
    )
    work.session.add(slot)
    work.session.flush()
    return slot


def offer_row(work: Work, world: World, side: str, *, visible_at: datetime | None = None, note: str = "") -> Offer:
    """An open offer of one side."""
    request = the_request(work, world)
    offer = Offer(
        buyer_id=world.buyer,
        code=f"OFFER{side}",
        request_id=world.request,
        consent_id=request.consent_id or 0,
        side=side,
        by=world.cio if side == "buyer" else world.vera,
        state="open",
        note=note,
        created_at=work.now,
        visible_at=visible_at or work.now,
    )
    work.session.add(offer)
    work.session.flush()
    return offer


START = datetime(2027, 1, 13, 13, tzinfo=UTC)


def agreed_meeting(
    work: Work, world: World, *, start: datetime = START
) -> tuple[Consent, Meeting, AgreedSlot, list[Attendee]]:
    """A meeting on the consent that the request has, not yet invited to."""
    request = the_request(work, world)
    consent = consent_of(work.session, request)
    slot = slot_row(work, world, start)
    agreed = agree(work, consent, slot, agreed_by=world.cio)
    meeting, attendees = confirm(work, request, consent, slot, agreed, actor=actor(world, "cio"))
    return consent, meeting, agreed, attendees


def letters(**where: object) -> Sequence[Letter]:
    """The outbox, in order."""
    db.session.rollback()
    return db.session.scalars(select(Letter).filter_by(**where).order_by(Letter.id)).all()


def opened(letter: Letter) -> EmailMessage:
    """What the letter says."""
    message = message_from_bytes(
        office().keys.open(letter.sealed or b"", letter.message_id.encode()), policy=policy.default
    )
    assert isinstance(message, EmailMessage)
    return message


def _organisation(kind: str, slug: str, name: str, zone: str) -> Organisation:
    return Organisation(kind=kind, slug=slug, name=name, zone=zone, created_at=NOW)
