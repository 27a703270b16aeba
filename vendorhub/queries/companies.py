"""The companies a buyer has to do with: how it stands with each, which it takes for one, and what holds for each."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, func, or_, select, union
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.codes import plain
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.domain.rights import Relation, require
from vendorhub.domain.wall_times import in_zone
from vendorhub.queries import relationships
from vendorhub.queries.relationships import Between
from vendorhub.queries.standing import may_ask_again
from vendorhub.store import Block, Joining, MeetingRequest, Organisation, Person, db
from vendorhub.store.blocks import lifted

AT_MOST = 30
TO_CHOOSE_FROM = 200


@dataclass(frozen=True)
class CompanyLine:
    """One company of the list: how many asks of it have ended and how the last did; whether it is shut out; what else
    it is called here."""

    slug: str
    name: str
    kind: str
    story: Between
    shut_out: bool
    one_with: tuple[str, ...]


@dataclass(frozen=True)
class AnswerView:
    """An answer that stands: whose it is, when it was given, and from when they may ask again."""

    code: str
    decided_by: str
    answered_at: datetime
    dated: bool
    again_on: date


@dataclass(frozen=True)
class NeverView:
    """A never that stands, `person` where it is theirs alone."""

    code: str
    by: str
    made_at: datetime
    person: str | None


@dataclass(frozen=True)
class JoiningView:
    """Another company that is one with this one, since when, and who said so."""

    code: str
    slug: str
    name: str
    by: str
    made_at: datetime
    whole: bool


@dataclass(frozen=True)
class CompanyView:
    """One company, with everything of this buyer's that holds for it."""

    slug: str
    name: str
    kind: str
    answers: tuple[AnswerView, ...]
    nevers: tuple[NeverView, ...]
    joinings: tuple[JoiningView, ...]

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        return hashlib.sha256(repr(vars(self)).encode()).hexdigest()[:32]


def listing(
    actor: Actor, *, name: str = "", limit: int = AT_MOST, cursor: str | None = None
) -> tuple[list[CompanyLine], str | None]:
    """Those whose name has `name` in it, by name, and the next page's cursor. Raises NotAllowed."""
    require(actor, Deed.SEE_COMPANIES, frozenset({Relation.ANY}))
    query = _known(actor)
    if sought := " ".join(name.split()):
        query = query.where(func.lower(Organisation.name).contains(sought.lower(), autoescape=True))
    by_name = func.lower(Organisation.name)
    if cursor:
        last = db.session.execute(_known(actor).where(Organisation.slug == plain(cursor))).first()
        if last is None:
            raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.")
        after = select(func.lower(Organisation.name)).where(Organisation.id == last.id).scalar_subquery()
        query = query.where(or_(by_name > after, and_(by_name == after, Organisation.id > last.id)))
    rows = db.session.execute(query.order_by(by_name, Organisation.id).limit(limit + 1)).all()
    shown = rows[:limit]
    stories = relationships.stories(actor, companies=[row.slug for row in shown])
    joined = _joined(actor, [row.id for row in shown])
    lines = [
        CompanyLine(
            slug=row.slug,
            name=row.name,
            kind=row.kind,
            story=stories[row.slug],
            shut_out=row.shut_out,
            one_with=tuple(each.name for each in joined.get(row.id, ())),
        )
        for row in shown
    ]
    return lines, lines[-1].slug if len(rows) > limit else None


def see(actor: Actor, slug: str) -> CompanyView:
    """One of them. Raises NotThere for a company the buyer has nothing to do with."""
    require(actor, Deed.SEE_COMPANIES, frozenset({Relation.ANY}))
    row = db.session.execute(_known(actor).where(Organisation.slug == plain(slug))).first()
    if row is None:
        raise NotThere
    return CompanyView(
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        answers=_answers(actor, row.id),
        nevers=_nevers(actor, row.id),
        joinings=tuple(_joined(actor, [row.id]).get(row.id, ())),
    )


def others(actor: Actor, slug: str) -> list[tuple[str, str]]:
    """Slug and name of the other companies with which this one could be one, by name."""
    rows = db.session.execute(
        _known(actor)
        .where(Organisation.slug != plain(slug))
        .order_by(func.lower(Organisation.name), Organisation.id)
        .limit(TO_CHOOSE_FROM)
    )
    return [(row.slug, row.name) for row in rows]


def _known(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The companies that have asked this buyer, for which somebody has, or of which it has said something."""
    ask, here = MeetingRequest, actor.organisation
    ids: CompoundSelect[int | None] = union(
        select(ask.company_id).where(ask.buyer_id == here),
        select(ask.vendor_id).where(ask.buyer_id == here, ask.vendor_id.is_not(None)),
        select(Block.company_id).where(Block.buyer_id == here),
        select(Joining.one_id).where(Joining.buyer_id == here),
        select(Joining.other_id).where(Joining.buyer_id == here),
    )
    return select(
        Organisation.id, Organisation.slug, Organisation.name, Organisation.kind, _is_shut_out(actor).label("shut_out")
    ).where(Organisation.id.in_(ids), Organisation.kind != Side.BUYER)


def _is_shut_out(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        Block.buyer_id == actor.organisation, Block.company_id == Organisation.id, Block.person_id.is_(None), ~lifted()
    )


def _answers(actor: Actor, company: int) -> tuple[AnswerView, ...]:
    ask, now = MeetingRequest, clock.now()
    zone = db.session.get_one(Organisation, actor.organisation).zone
    rows = db.session.execute(
        select(ask, Person.name)
        .outerjoin(Person, Person.id == func.coalesce(ask.decided_by, ask.asked_of))
        .where(
            ask.buyer_id == actor.organisation,
            or_(ask.company_id == company, ask.vendor_id == company),
            ask.state == State.DECLINED,
            or_(ask.held_until.is_(None), ask.held_until <= now),
        )
        .order_by(ask.answered_at.desc())
        .limit(AT_MOST)
    )
    today, found = in_zone(now, zone).date(), []
    for request, name in rows:
        day = may_ask_again(request, zone)
        if day is not None and request.answered_at is not None and today < day:
            dated = request.again_on is not None
            found.append(AnswerView(request.code, name or "", request.answered_at, dated=dated, again_on=day))
    return tuple(found)


def _nevers(actor: Actor, company: int) -> tuple[NeverView, ...]:
    by, person = aliased(Person), aliased(Person)
    rows = db.session.execute(
        select(Block.code, by.name, Block.made_at, person.name)
        .join(by, by.id == Block.by)
        .outerjoin(person, person.id == Block.person_id)
        .where(Block.buyer_id == actor.organisation, Block.company_id == company, ~lifted())
        .order_by(Block.id.desc())
        .limit(AT_MOST)
    )
    return tuple(NeverView(*row) for row in rows)


def _joined(actor: Actor, companies: list[int]) -> Mapping[int, list[JoiningView]]:
    other, found = aliased(Organisation), dict[int, list[JoiningView]]()
    for own, theirs in ((Joining.one_id, Joining.other_id), (Joining.other_id, Joining.one_id)):
        rows = db.session.execute(
            select(own, Joining.code, other.slug, other.name, Person.name, Joining.made_at, Joining.whole)
            .join(other, other.id == theirs)
            .join(Person, Person.id == Joining.by)
            .where(Joining.buyer_id == actor.organisation, Joining.parted_at.is_(None), own.in_(companies))
            .order_by(Joining.id)
        )
        for row in rows:
            found.setdefault(row[0], []).append(JoiningView(*row[1:]))
    return found
