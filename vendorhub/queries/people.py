"""Who is at the door, who may answer, and what a buyer tells about itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from vendorhub import keys
from vendorhub.domain.people import Actor, Door, Role, Side, line_above, line_below
from vendorhub.domain.refusals import NotThere
from vendorhub.store import ApiToken, Goal, Membership, Organisation, Person, db


@dataclass(frozen=True)
class BuyerView:
    """A buyer as those who want to ask it see it: its brief, its goals, its rules (M6)."""

    slug: str
    name: str
    zone: str
    brief: str
    open_to: str
    not_open_to: str
    response_days: int
    goals: tuple[tuple[int, str], ...]
    deciders: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MeView:
    """Somebody as they see themselves."""

    name: str
    email: str
    side: str
    organisation: str
    slug: str
    zone: str
    roles: tuple[str, ...]


def actor(person_id: int, door: Door) -> Actor | None:
    """The person as an actor at this door; None if they are switched off or belong nowhere.

    Somebody with several places acts in the first one; an operator without any other place is of the operator's side.
    """
    rows = db.session.execute(
        select(Person.name, Membership.role, Membership.organisation_id, Organisation.kind)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Person.id == person_id, Person.active)
        .order_by(Membership.organisation_id.is_(None), Membership.id)
    ).all()
    if not rows:
        return None
    name, _, organisation, kind = rows[0]
    side = Side(kind) if kind else Side.OPERATOR
    roles = frozenset(Role(row.role) for row in rows if row.organisation_id in (organisation, None))
    boss_of, given = _line(organisation) if side is Side.BUYER else ({}, {})
    return Actor(
        person=person_id,
        organisation=organisation or 0,
        side=side,
        name=name,
        roles=roles,
        door=door,
        serves=given.get(person_id, {}),
        above=line_above(person_id, boss_of),
        below=line_below(person_id, boss_of),
    )


def by_token(secret: str, door: Door, *, now: datetime) -> tuple[Actor, str] | None:
    """The actor and the scope of an API token; None if it is unknown, withdrawn or its person is switched off."""
    token = db.session.scalar(select(ApiToken).where(ApiToken.hash == keys.hash_secret(secret)))
    if token is None or (token.revoked_at is not None and token.revoked_at <= now):
        return None
    found = actor(token.person_id, door)
    return (found, token.scope) if found else None


def me(who: Actor) -> MeView:
    """What the actor is called here, and their zone."""
    person = db.session.get_one(Person, who.person)
    home = db.session.get(Organisation, who.organisation)
    return MeView(
        name=person.name,
        email=person.email,
        side=who.side,
        organisation=home.name if home else "",
        slug=home.slug if home else "",
        zone=zone_of(person.zone, home.zone if home else ""),
        roles=tuple(sorted(who.roles)),
    )


def zone_of(own: str, organisation: str) -> str:
    """The zone somebody reads times in: their own choice, else their organisation's."""
    return own or organisation or "UTC"


def buyer(slug: str) -> BuyerView:
    """What a buyer tells those who want to ask it. Raises NotThere if no buyer has this slug."""
    row = db.session.scalar(select(Organisation).where(Organisation.slug == slug, Organisation.kind == Side.BUYER))
    if row is None:
        raise NotThere
    goals = db.session.execute(
        select(Goal.id, Goal.name).where(Goal.buyer_id == row.id).order_by(Goal.position, Goal.id)
    ).all()
    return BuyerView(
        slug=row.slug,
        name=row.name,
        zone=row.zone,
        brief=row.brief,
        open_to=row.open_to,
        not_open_to=row.not_open_to,
        response_days=row.response_days,
        goals=tuple((goal.id, goal.name) for goal in goals),
        deciders=tuple((person.email, person.name) for person in deciders(db.session(), row.id)),
    )


def buyers() -> tuple[tuple[str, str], ...]:
    """Slug and name of every buyer that can be asked."""
    rows = db.session.execute(
        select(Organisation.slug, Organisation.name)
        .where(Organisation.kind == Side.BUYER)
        .order_by(Organisation.name)
        .limit(100)
    )
    return tuple((row.slug, row.name) for row in rows)


def deciders(session: Session, buyer_id: int) -> Sequence[Person]:
    """The people who may answer for a buyer, oldest place first."""
    return session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == buyer_id, Membership.role == Role.DECIDER, Person.active)
        .order_by(Membership.id)
    ).all()


def _line(organisation: int | None) -> tuple[dict[int, int | None], dict[int, dict[int, frozenset[str]]]]:
    """Who reports to whom in a buyer, and which deeds each assistant was given by whom."""
    boss_of: dict[int, int | None] = {}
    given: dict[int, dict[int, frozenset[str]]] = {}
    rows = db.session.execute(
        select(Membership.person_id, Membership.role, Membership.reports_to, Membership.given).where(
            Membership.organisation_id == organisation
        )
    )
    for row in rows:
        if row.role == Role.ASSISTANT and row.reports_to:
            given.setdefault(row.person_id, {})[row.reports_to] = frozenset(row.given.split())
        elif row.reports_to or row.person_id not in boss_of:
            boss_of[row.person_id] = row.reports_to
    return boss_of, given
