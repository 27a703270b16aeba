"""What waits behind the link in a letter that asks for a vendor's name; for its reader alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from vendorhub import clock, keys
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.refusals import NotThere
from vendorhub.queries.links import GOOD_FOR
from vendorhub.store import ConfirmationLink, Goal, Guest, MeetingRequest, Organisation, Person, db

_BUYER, _VAR, _VENDOR = (aliased(Organisation, name=name) for name in ("buyer", "var", "vendor"))
_ASKER, _CONFIRMER = aliased(Person, name="asker"), aliased(Person, name="confirmer")


@dataclass(frozen=True)
class NameAsked:
    """An ask in a vendor's name, whole, and who is asked to give it. `is_new`: that company is not known here yet.

    `waits`: until `until` there is something to give or refuse; `confirmed_by` is who gave it, once somebody has.
    How the ask stands after that is not told here.
    """

    email: str
    buyer: str
    buyer_name: str
    buyer_zone: str
    company: str
    asked_by: str
    vendor: str
    is_new: bool
    topic: str
    outcome: str
    learned: str
    minutes: int
    goal: str | None
    guests: tuple[tuple[str, str, str, str], ...]  # side, name, email, role
    until: datetime
    waits: bool
    confirmed_by: str | None


def see(secret: str) -> NameAsked:
    """What the link opens. Raises NotThere if it is unknown or too old."""
    now = clock.now()
    row = db.session.execute(
        select(
            ConfirmationLink,
            MeetingRequest,
            Goal.name.label("goal"),
            _BUYER.slug.label("buyer"),
            _BUYER.name.label("buyer_name"),
            _BUYER.zone.label("buyer_zone"),
            _VAR.name.label("company"),
            _ASKER.name.label("asked_by"),
            func.coalesce(_VENDOR.name, MeetingRequest.vendor_name).label("vendor"),
            _CONFIRMER.name.label("confirmed_by"),
        )
        .join(
            MeetingRequest,
            and_(
                MeetingRequest.buyer_id == ConfirmationLink.buyer_id, MeetingRequest.id == ConfirmationLink.request_id
            ),
        )
        .join(_BUYER, _BUYER.id == MeetingRequest.buyer_id)
        .join(_VAR, _VAR.id == MeetingRequest.company_id)
        .join(_ASKER, _ASKER.id == MeetingRequest.asked_by)
        .outerjoin(_VENDOR, _VENDOR.id == MeetingRequest.vendor_id)
        .outerjoin(_CONFIRMER, _CONFIRMER.id == MeetingRequest.confirmed_by)
        .outerjoin(Goal, and_(Goal.buyer_id == MeetingRequest.buyer_id, Goal.id == MeetingRequest.goal_id))
        .where(ConfirmationLink.hash == keys.hash_secret(secret))
    ).first()
    if row is None or row.ConfirmationLink.created_at + GOOD_FOR <= now:
        raise NotThere
    ask: MeetingRequest = row.MeetingRequest
    guests = db.session.execute(
        select(Guest.side, Guest.name, Guest.email, Guest.role)
        .where(Guest.buyer_id == ask.buyer_id, Guest.request_id == ask.id)
        .order_by(Guest.id)
    )
    return NameAsked(
        email=row.ConfirmationLink.email,
        buyer=row.buyer,
        buyer_name=row.buyer_name,
        buyer_zone=row.buyer_zone,
        company=row.company,
        asked_by=row.asked_by,
        vendor=row.vendor,
        is_new=ask.vendor_id is None,
        topic=ask.topic,
        outcome=ask.outcome,
        learned=ask.learned,
        minutes=ask.minutes,
        goal=row.goal,
        guests=tuple((side, name, email, role) for side, name, email, role in guests),
        until=ask.answer_by,
        waits=rules.true_state(State(ask.state), answer_by=ask.answer_by, now=now) is State.UNVERIFIED,
        confirmed_by=row.confirmed_by,
    )
