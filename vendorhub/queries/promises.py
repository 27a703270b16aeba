"""Promises as their two sides may see them: what, whose, by when, how it has gone, and what can be done about it."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, or_, select, true
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain import promises as rules
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.minutes import ActionState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.promises import How
from vendorhub.domain.refusals import NotThere, SomebodyWasFaster, Unfit
from vendorhub.domain.rights import may, require
from vendorhub.domain.wall_times import in_zone
from vendorhub.queries.promise_sight import about_theirs, between, scope
from vendorhub.store import (
    Action,
    Item,
    Meeting,
    MeetingRequest,
    Organisation,
    Person,
    db,
)

OPEN_AT_MOST = 200
YEAR, SOON = timedelta(days=366), timedelta(days=7)
_BUYER, _OWNER, _ASKER, _TO = (aliased(Organisation, name=name) for name in ("buyer", "owner", "asker", "to_whom"))
_DONE, _CONFIRMED = aliased(Person, name="done_person"), aliased(Person, name="confirmed_person")
_HELD, _LATER, _ITEM = aliased(Meeting, name="held"), aliased(Meeting, name="later"), aliased(Item, name="made_at_item")
# Of a request that led to several meetings a promise says at which; else it is the latest.
_LATEST = (
    select(func.max(_LATER.id))
    .where(_LATER.buyer_id == Action.buyer_id, _LATER.request_id == Action.request_id)
    .scalar_subquery()
)


@dataclass(frozen=True)
class PromiseView:
    """A promise as the reader may see it.

    `company` and `buyer` are slugs; `other` names to whom it was made, where that is one company; `email` is "" for a
    vendor that reads another side's. `request`, `kind`, `uid` and `topic` say at which meeting or briefing, `entry` and
    `item` at which point of its agenda, by ref and title, where the reader may know; all of them are "" for what was
    told without one (`told`). `done_on` is a day of the buyer's. `company_id` is shown to nobody.
    """

    code: str
    text: str
    company: str
    company_id: int
    company_name: str
    other: str
    owner: str
    email: str
    due: date
    state: ActionState
    how: How
    days: int
    made_at: datetime
    done_on: date | None
    done_by: str
    confirmed_by: str
    proof: str
    why: str
    buyer: str
    buyer_name: str
    request: str
    kind: str
    uid: str
    topic: str
    entry: str
    item: str
    told: bool
    own: bool
    may: frozenset[Deed] = frozenset()

    @property
    def proof_link(self) -> str:
        """The address by which one sees that it is done; "" where it is none."""
        return self.proof if rules.is_link(self.proof) else ""

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        told = repr([value if name != "may" else sorted(value) for name, value in vars(self).items()])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Between:
    """What is not settled between two companies, and how many promises of the other one were kept, late and missed."""

    open: tuple[PromiseView, ...]
    kept: int
    late: int
    missed: int


def see(actor: Actor, code: str) -> PromiseView:
    """One promise. Raises NotThere if there is none, or none for this actor."""
    row = db.session.execute(_views(actor).where(Action.code == meant(code))).first()
    if row is None:
        raise NotThere
    return _view(actor, row)


def listing(
    actor: Actor, *, state: str = "", limit: int = 50, cursor: str | None = None
) -> tuple[list[PromiseView], str | None]:
    """The promises of the actor's company and those made to it, the latest due first, and the next page's cursor.
    Raises Unfit for a page mark that is not one of theirs."""
    query = _views(actor).order_by(Action.due.desc(), Action.id.desc())
    if state:
        query = query.where(Action.state == state)
    if cursor:
        last = db.session.execute(_views(actor).where(Action.code == meant(cursor))).first()
        if last is None:
            raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.")
        due, number = last.Action.due, last.Action.id
        query = query.where(or_(Action.due < due, and_(Action.due == due, Action.id < number)))
    rows = db.session.execute(query.limit(limit + 1)).all()
    shown = [_view(actor, row) for row in rows[:limit]]
    return shown, shown[-1].code if len(rows) > limit else None


def waiting(actor: Actor, *, with_company: str = "") -> list[PromiseView]:
    """What is not settled: open, or done and not confirmed; the earliest due first. Only of what is between the actor
    and one company, by its slug, where that is said."""
    return _few(actor, Action.state.in_((ActionState.OPEN, ActionState.DONE)), with_company, Action.due, Action.id)


def with_company(actor: Actor, company: str) -> Between:
    """What is between the actor's company and another, by its slug; what is over of what it promised, within a year."""
    gone = _gone(actor, _OWNER.slug == company)
    unsettled = tuple(waiting(actor, with_company=company))
    return Between(unsettled, kept=gone[How.KEPT], late=gone[How.LATE], missed=gone[How.MISSED])


def kept_by(actor: Actor, company: str, *, buyer: str) -> int:
    """How many promises a company, by its slug, has kept to a buyer within a year, as far as the actor sees them."""
    return _gone(actor, _OWNER.slug == company, _BUYER.slug == buyer)[How.KEPT]


def due_for(actor: Actor) -> list[PromiseView]:
    """What this person has promised within the next days and is not done, the earliest first."""
    mine = and_(
        Action.state == ActionState.OPEN,
        Action.due <= in_zone(clock.now(), actor.zone).date() + SOON,
        Action.owner_email == select(Person.email).where(Person.id == actor.person).scalar_subquery(),
    )
    return _few(actor, mine, "", Action.due, Action.id)


def judge(actor: Actor, code: str, deed: Deed) -> PromiseView:
    """The promise on which the actor can do this deed now.

    Raises NotThere, NotAllowed, SomebodyWasFaster, WrongState: in that order."""
    view = see(actor, code)
    row = db.session.execute(select(Action.company_id, Action.buyer_id).where(Action.code == meant(code))).one()
    require(actor, deed, rules.stands(actor.organisation, owner=row.company_id, buyer=row.buyer_id))
    if not actor.door.has_seen(lambda: view.version):
        raise SomebodyWasFaster("This has changed since you opened it; please look again, then decide.")
    rules.after(view.state, deed, owes=view.own)
    return view


def deeds(actor: Actor, state: ActionState, *, owner: int, buyer: int) -> frozenset[Deed]:
    """What the actor can do about a promise that they see."""
    relations = rules.stands(actor.organisation, owner=owner, buyer=buyer)
    own = actor.organisation == owner
    found = (deed for deed in rules.TRANSITIONS[state] if may(actor, deed, relations))
    taken = Deed.REOPEN_PROMISE if own and state is ActionState.CONFIRMED else None
    return frozenset(found) - {taken}


def _gone(actor: Actor, *which: ColumnElement[bool]) -> Counter[How]:
    today = in_zone(clock.now(), actor.zone).date()
    within = and_(*which, Action.due.between(today - YEAR, today))
    return Counter(view.how for view in _few(actor, within, "", Action.due.desc(), Action.id.desc()))


def _few(actor: Actor, which: ColumnElement[bool], with_company: str, *by: Any) -> list[PromiseView]:
    of_both: ColumnElement[bool] = true()
    if with_company:
        other = select(Organisation.id).where(Organisation.slug == with_company).scalar_subquery()
        of_both = other == Action.buyer_id if actor.asks else between(other)
    rows = db.session.execute(_views(actor).where(which, of_both).order_by(*by).limit(OPEN_AT_MOST))
    return [_view(actor, row) for row in rows]


def _views(actor: Actor) -> Select[*tuple[Any, ...]]:
    readable: ColumnElement[bool] = (
        about_theirs(actor.organisation) if actor.side is Side.VENDOR else literal(value=True)
    )
    return (
        select(
            *(Action, MeetingRequest.code.label("request"), MeetingRequest.kind, MeetingRequest.topic),
            *(_BUYER.slug.label("buyer"), _BUYER.name.label("buyer_name"), _BUYER.zone),
            *(
                _OWNER.slug.label("owner"),
                _OWNER.name.label("owner_of"),
                _ASKER.name.label("asker"),
                _TO.name.label("to"),
            ),
            *(_DONE.name.label("done_name"), _CONFIRMED.name.label("confirmed_name"), _HELD.uid),
            *(
                case((readable, column), else_="").label(name)
                for name, column in (("entry", Action.entry), ("item", _ITEM.title))
            ),
        )
        .outerjoin(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == Action.buyer_id, MeetingRequest.id == Action.request_id),
        )
        .join(_BUYER, _BUYER.id == Action.buyer_id)
        .join(_OWNER, _OWNER.id == Action.company_id)
        .outerjoin(_ASKER, _ASKER.id == func.coalesce(MeetingRequest.vendor_id, MeetingRequest.company_id))
        .outerjoin(_TO, _TO.id == Action.to_id)
        .outerjoin(_DONE, _DONE.id == Action.done_by)
        .outerjoin(_CONFIRMED, _CONFIRMED.id == Action.confirmed_by)
        .outerjoin(
            _HELD, and_(_HELD.buyer_id == Action.buyer_id, _HELD.id == func.coalesce(Action.meeting_id, _LATEST))
        )
        .outerjoin(_ITEM, and_(_ITEM.buyer_id == Action.buyer_id, _ITEM.code == Action.entry))
        .where(scope(actor))
        .execution_options(populate_existing=True)
    )


def _view(actor: Actor, row: Row[*tuple[Any, ...]]) -> PromiseView:
    of = row.Action
    own = of.company_id == actor.organisation
    today = in_zone(clock.now(), row.zone).date()
    done_on = in_zone(of.done_at, row.zone).date() if of.done_at else None
    joint = row.kind == Kind.BRIEFING
    made_to = row.to or (("" if joint else row.asker) if of.company_id == of.buyer_id else row.buyer_name)
    return PromiseView(
        code=of.code,
        text=of.text,
        company=row.owner,
        company_id=of.company_id,
        company_name=row.owner_of,
        other=made_to or "",
        owner=of.owner_name,
        email=of.owner_email if own or actor.side is not Side.VENDOR else "",
        due=of.due,
        state=ActionState(of.state),
        how=rules.how(due=of.due, done_on=done_on, told=of.told_by is not None, today=today),
        days=rules.days_late(due=of.due, done_on=done_on, today=today),
        made_at=of.made_at,
        done_on=done_on,
        done_by=row.done_name or "",
        confirmed_by=row.confirmed_name or "",
        proof=of.proof,
        why=of.why,
        buyer=row.buyer,
        buyer_name=row.buyer_name,
        request=row.request or "",
        kind=row.kind or "",
        uid=row.uid or "",
        topic=row.topic or "",
        entry=row.entry or "",
        item=row.item or "",
        told=of.told_by is not None,
        own=own,
        may=deeds(actor, ActionState(of.state), owner=of.company_id, buyer=of.buyer_id),
    )
