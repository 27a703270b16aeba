"""Who is at the door, who may answer, and what a buyer tells about itself."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from vendorhub import clock, keys
from vendorhub.domain.codes import plain
from vendorhub.domain.passing import MAY_ANSWER
from vendorhub.domain.people import Actor, Door, Role, Side, line_above, line_below
from vendorhub.domain.quarters import FiscalCalendar
from vendorhub.domain.refusals import NotThere
from vendorhub.queries.days_off import holidays_of
from vendorhub.store import ApiToken, Domain, Membership, Organisation, Person, db
from vendorhub.store.base import Instant
from vendorhub.store.goals import listed

_Place = Membership | Row[*tuple[Any, ...]]
_OWN = aliased(Membership)
# A person's places, the first one first, and everybody's in the buyers among them. Put together once: that takes longer
# than the database needs to answer.
_PLACES = (
    select(
        *(Membership.person_id, Membership.organisation_id, Membership.role, Membership.reports_to, Membership.given),
        *(Organisation.kind, Organisation.slug, Organisation.name, Organisation.zone),
        *(Organisation.fiscal_year_start, Organisation.fiscal_weekday, Organisation.holidays_of, Organisation.days_off),
        Organisation.wordings,
    )
    .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
    .where(
        or_(Membership.since.is_(None), Membership.since <= bindparam("now", type_=Instant())),
        or_(
            Membership.person_id == bindparam("person"),
            and_(
                Organisation.kind == Side.BUYER,
                Membership.organisation_id.in_(
                    select(_OWN.organisation_id).where(_OWN.person_id == bindparam("person"))
                ),
            ),
        ),
    )
    .order_by(Membership.organisation_id.is_(None), Membership.id)
)


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
    language: str
    roles: tuple[str, ...]
    wordings: Mapping[str, str]


def actor(person_id: int, door: Door) -> Actor | None:
    """The person as an actor at this door; None if they are switched off or belong nowhere.

    Somebody with several places acts in the first one; an operator without any other place is of the operator's side.
    """
    found = visitor(person_id, door)
    return found[0] if found else None


def visitor(person_id: int, door: Door) -> tuple[Actor, MeView] | None:
    """The person as an actor, and as they see themselves: one statement beyond the person's own row."""
    person = db.session.get(Person, person_id)
    if person is None or not person.active:
        return None
    rows = db.session.execute(_PLACES, {"person": person_id, "now": clock.now()}).all()
    own = [row for row in rows if row.person_id == person_id]
    if not own:
        return None
    home = own[0] if own[0].organisation_id else None
    side = Side(home.kind) if home else Side.OPERATOR
    roles = frozenset(Role(row.role) for row in own if row.organisation_id in (own[0].organisation_id, None))
    in_the_buyer = [row for row in rows if row.organisation_id == own[0].organisation_id]
    boss_of, given = _line(in_the_buyer) if side is Side.BUYER else ({}, {})
    return Actor(
        person=person_id,
        organisation=home.organisation_id if home else 0,
        side=side,
        name=person.name,
        roles=roles,
        door=door,
        serves=given.get(person_id, {}),
        above=line_above(person_id, boss_of),
        below=line_below(person_id, boss_of),
        zone=home.zone if home else "UTC",
        fiscal=FiscalCalendar(home.fiscal_year_start, home.fiscal_weekday) if home else FiscalCalendar(),
        holidays=holidays_of(home.holidays_of, home.days_off) if home else frozenset(),
    ), _me(person, home, side, roles)


def known(email: str) -> int | None:
    """The number of the person with this address who has a place here; None if there is nobody."""
    return db.session.scalar(
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.email == plain(email),
            or_(Membership.since.is_(None), Membership.since <= clock.now()),
        )
        .limit(1)
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
    return _me(
        db.session.get_one(Person, who.person), db.session.get(Organisation, who.organisation), who.side, who.roles
    )


def zone_of(own: str, organisation: str) -> str:
    """The zone somebody reads times in: their own choice, else their organisation's."""
    return own or organisation or "UTC"


def buyer(slug: str) -> BuyerView:
    """What a buyer tells those who want to ask it. Raises NotThere if no buyer has this slug."""
    row = db.session.scalar(
        select(Organisation).where(Organisation.slug == plain(slug), Organisation.kind == Side.BUYER)
    )
    if row is None:
        raise NotThere
    return buyer_view(row)


def buyer_view(row: Organisation) -> BuyerView:
    """The same for a buyer whose row is at hand."""
    return BuyerView(
        slug=row.slug,
        name=row.name,
        zone=row.zone,
        brief=row.brief,
        open_to=row.open_to,
        not_open_to=row.not_open_to,
        response_days=row.response_days,
        goals=tuple((goal.id, goal.name) for goal in listed(db.session(), row.id)),
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


def who_may_answer(session: Session, buyer_id: int) -> Sequence[Person]:
    """The people to whom an ask may be passed: those who decide, and colleagues; oldest place first."""
    return people_of(session, buyer_id, roles=MAY_ANSWER)


def people_of(session: Session, organisation_id: int, *, roles: Collection[Role] = tuple(Role)) -> Sequence[Person]:
    """The active people of an organisation in one of these roles; oldest place first."""
    places = (
        select(Membership.person_id, func.min(Membership.id).label("place"))
        .where(Membership.organisation_id == organisation_id, Membership.role.in_(sorted(roles)))
        .group_by(Membership.person_id)
        .subquery()
    )
    return session.scalars(
        select(Person).join(places, places.c.person_id == Person.id).where(Person.active).order_by(places.c.place)
    ).all()


def own_addresses(session: Session, organisation_id: int, addresses: Collection[str]) -> frozenset[str]:
    """Which of these addresses are an organisation's own: of a person with a place there, or at one of its domains."""
    people = session.scalars(
        select(Person.email)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation_id, Person.email.in_(addresses))
    ).all()
    domains = set(session.scalars(select(Domain.name).where(Domain.organisation_id == organisation_id)))
    return frozenset(people) | {address for address in addresses if address.partition("@")[2] in domains}


def who_reports_to_whom(session: Session, buyer_id: int) -> dict[int, int | None]:
    """The boss of everybody in a buyer, None for who has none; whom an assistant assists is no line of theirs."""
    return _line(session.scalars(select(Membership).where(Membership.organisation_id == buyer_id)))[0]


def _me(person: Person, home: Organisation | Row[*tuple[Any, ...]] | None, side: Side, roles: Iterable[Role]) -> MeView:
    return MeView(
        name=person.name,
        email=person.email,
        side=side,
        organisation=home.name if home else "",
        slug=home.slug if home else "",
        zone=zone_of(person.zone, home.zone if home else ""),
        language=person.language,
        roles=tuple(sorted(roles)),
        wordings=home.wordings if home else {},
    )


def _line(places: Iterable[_Place]) -> tuple[dict[int, int | None], dict[int, dict[int, frozenset[str]]]]:
    """Who reports to whom in a buyer, and which deeds each assistant was given by whom."""
    boss_of: dict[int, int | None] = {}
    given: dict[int, dict[int, frozenset[str]]] = {}
    for place in places:
        if place.role == Role.ASSISTANT and place.reports_to:
            given.setdefault(place.person_id, {})[place.reports_to] = frozenset(place.given.split())
        elif place.reports_to or place.person_id not in boss_of:
            boss_of[place.person_id] = place.reports_to
    return boss_of, given
