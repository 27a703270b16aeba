"""What somebody has brought in from their calendar: what waits for their press, and what was taken up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select

from vendorhub import clock
from vendorhub.domain.adoptions import Who
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.newcomers import own_domain
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.rights import Relation, require
from vendorhub.queries.circles import in_sight
from vendorhub.queries.people import own_addresses
from vendorhub.queries.rhythms import day_of
from vendorhub.store import AdoptedSeries, Organisation, Relationship, db
from vendorhub.store.adoptions import dates_of
from vendorhub.store.companies import companies_of


@dataclass(frozen=True)
class DateView:
    """One meeting of a series: when it begins, its day by the buyer's calendar, its minutes, and whether it is over."""

    start: datetime
    day: date
    minutes: int
    held: bool


@dataclass(frozen=True)
class SeriesView:
    """A series: `relationship` is the code of whose it is, "" while it waits. `theirs` are the people who are not the
    buyer's own; `guess` names the company that they seem to be of."""

    code: str
    uid: str
    title: str
    relationship: str
    company: str
    name: str
    people: tuple[Who, ...]
    theirs: tuple[Who, ...]
    dates: tuple[DateView, ...]
    guess: str = ""

    @property
    def held(self) -> tuple[DateView, ...]:
        """The dates that are over."""
        return tuple(each for each in self.dates if each.held)

    @property
    def planned(self) -> tuple[DateView, ...]:
        """The dates that are ahead."""
        return tuple(each for each in self.dates if not each.held)


class Guess(NamedTuple):
    """Who of a meeting's people is not the buyer's own; the name of the company that most of them seem to be of; and an
    address of it. The name is that of the domain where nobody knows the company yet, "" where nothing tells."""

    theirs: tuple[Who, ...]
    company: str = ""
    email: str = ""


def waiting(actor: Actor) -> tuple[SeriesView, ...]:
    """What the actor has brought and not taken up yet, the latest first. Raises NotThere for those who ask."""
    if actor.side is not Side.BUYER:
        raise NotThere
    require(actor, Deed.ADOPT, frozenset({Relation.ANY}))
    return _views(actor, AdoptedSeries.relationship_id.is_(None))


def of_relationship(actor: Actor, code: str) -> tuple[SeriesView, ...]:
    """What was taken up of the relationship of this code."""
    return _views(actor, Relationship.code == meant(code))


def see(actor: Actor, code: str) -> SeriesView:
    """One of them. Raises NotThere."""
    found = _views(actor, AdoptedSeries.code == meant(code))
    if actor.side is not Side.BUYER or not found:
        raise NotThere
    return found[0]


def exists_for(actor: Actor) -> ColumnElement[bool]:
    """Which series exist for a person of the buyer: their own while they wait, then the relationship's."""
    mine = and_(AdoptedSeries.relationship_id.is_(None), AdoptedSeries.by == actor.person)
    return and_(AdoptedSeries.buyer_id == actor.organisation, or_(mine, in_sight(actor)))


def guess(actor: Actor, people: Sequence[Who]) -> Guess:
    """What somebody's calendar tells of with whom a meeting is, by the people whom it names."""
    return guesses(actor, [people])[0]


def guesses(actor: Actor, lists: Sequence[Sequence[Who]]) -> list[Guess]:
    """The same of each of several meetings, in three statements."""
    session = db.session()
    named = {email for people in lists for _name, email in people if email}
    ours = own_addresses(session, actor.organisation, named)
    known = companies_of(session, named - ours)
    return [_guess(people, ours, known) for people in lists]


def _guess(people: Sequence[Who], ours: frozenset[str], known: Mapping[str, Organisation]) -> Guess:
    theirs = tuple(who for who in people if who[1] not in ours)
    counted: Counter[str] = Counter()
    of: dict[str, str] = {}
    for _name, email in theirs:
        company = known.get(email)
        if company and company.kind == Side.BUYER:
            continue
        if name := company.name if company else _of_domain(email):
            counted[name] += 1
            of.setdefault(name, email)
    likely = next((name for name, _times in counted.most_common(1)), "")
    return Guess(theirs, likely, of.get(likely, ""))


def _of_domain(email: str) -> str:
    domain = own_domain(email)
    return domain.partition(".")[0].capitalize() if domain else ""


def _views(actor: Actor, which: ColumnElement[bool]) -> tuple[SeriesView, ...]:
    rows = db.session.execute(
        select(AdoptedSeries, Relationship.code, Organisation.slug, Organisation.name)
        .outerjoin(Relationship, Relationship.id == AdoptedSeries.relationship_id)
        .outerjoin(Organisation, Organisation.id == Relationship.company_id)
        .where(exists_for(actor), which)
        .order_by(AdoptedSeries.id.desc())
    ).all()
    now = clock.now()
    people = {row[0].id: tuple((name, email) for name, email in row[0].people) for row in rows}
    waits = [row[0].id for row in rows if row[0].relationship_id is None]
    guessed = dict(zip(waits, guesses(actor, [people[each] for each in waits]), strict=True)) if waits else {}
    dates = dates_of(db.session(), [row[0].id for row in rows], actor.organisation)
    found = []
    for series, relationship, slug, name in rows:
        it = guessed.get(series.id, Guess(people[series.id]))
        found.append(
            SeriesView(
                code=series.code,
                uid=series.uid,
                title=series.title,
                relationship=relationship or "",
                company=slug or "",
                name=name or "",
                people=people[series.id],
                theirs=it.theirs,
                dates=tuple(
                    DateView(each.start, day_of(each.start, actor.zone), each.minutes, each.end <= now)
                    for each in dates.get(series.id, ())
                ),
                guess=it.company,
            )
        )
    return tuple(found)
