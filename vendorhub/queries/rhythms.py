"""The rhythms of a buyer's relationships, read from what was set and from what was held or is planned."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import CTE, ColumnElement, Date, String, and_, cast, func, literal, null, select, true, union_all

from vendorhub import clock
from vendorhub.domain.briefings import Part
from vendorhub.domain.cadence import Pause, Rule, Unit, asks_whether_it_is_worth_it, every, last_said
from vendorhub.domain.codes import meant
from vendorhub.domain.details import Details
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.outcomes import Fell, Held
from vendorhub.domain.people import Actor
from vendorhub.domain.rhythms import Encounter, How, Rhythm
from vendorhub.domain.wall_times import in_zone
from vendorhub.queries.circles import in_sight
from vendorhub.store import (
    AdoptedMeeting,
    AdoptedSeries,
    CadencePause,
    CadenceRule,
    Goal,
    InCircle,
    LoggedMeeting,
    Meeting,
    MeetingRequest,
    Organisation,
    Outcome,
    Participation,
    Person,
    Relationship,
    RelationshipDetails,
    RelationshipGoal,
    Waiver,
    db,
)
from vendorhub.store.base import Instant
from vendorhub.store.outcomes import of_meeting

KEPT = 4096  # rhythms that are kept in mind: a board is opened more often than anything on it changes

Met = tuple[date, bool, str, str]  # the day, whether it was held, how it came to be known here, and why it was not

_KEPT = (Relationship.id, Relationship.company_id, Relationship.code, Organisation.slug, Organisation.name)
_OWNER = (Person.name.label("owner"), Person.email.label("owner_email"))
_RULE = tuple(getattr(CadenceRule, name) for name in ("since", "every", "minutes", "kind", "soft", "hard"))


@dataclass(frozen=True)
class Kept:
    """A relationship of the buyer's, by its code and its company; its rhythm, and what the buyer holds of it."""

    code: str
    slug: str
    name: str
    rhythm: Rhythm
    details: Details

    @property
    def rule(self) -> Rule:
        """What it asks for from now on."""
        return self.rhythm.rules[-1]

    def asks_whether_it_is_worth_it(self, today: date) -> bool:
        """Whether it is time to ask if meeting is still worth it; of what has no rhythm nothing is asked."""
        said = last_said(self.rhythm.rules, self.rhythm.pauses)
        return self.rule.every.unit is not Unit.NONE and asks_whether_it_is_worth_it(said, today)


def of_buyer(actor: Actor, *, code: str = "") -> list[Kept]:
    """The relationships of the actor's own company that exist for them, by the company's name; only the one of this
    code, if it is said. In three statements, however many there are."""
    which = and_(in_sight(actor), Relationship.code == meant(code) if code else true())
    these = select(Relationship.buyer_id, Relationship.id, Relationship.company_id).where(which).cte("these")
    held = RelationshipDetails
    of = db.session.execute(
        select(*_KEPT, held, *_OWNER, *_RULE)
        .join(Organisation, Organisation.id == Relationship.company_id)
        .join(CadenceRule, _of(CadenceRule, Relationship))  # it has one from the start
        .outerjoin(held, _of(held, Relationship))
        .outerjoin(Person, Person.id == held.owner_id)
        .where(which)
        .order_by(func.lower(Organisation.name), Relationship.id, CadenceRule.id)
    ).all()
    if not of:
        return []
    said = _said(these)
    met = _met(actor, these)
    found = []
    for number, lines in groupby(of, key=attrgetter("id")):
        made = list(lines)
        rhythm = _rhythm(
            rules=tuple(tuple(line[-len(_RULE) :]) for line in made),
            met=tuple(sorted(met[made[0].company_id])),
            pauses=tuple(sorted(said[number].pauses)),
            waivers=tuple(sorted(said[number].waivers)),
        )
        found.append(Kept(made[0].code, made[0].slug, made[0].name, rhythm, _details(made[0], said[number])))
    return found


def day_of(instant: datetime, zone: str) -> date:
    """The day that a calendar in `zone` shows at an instant."""
    return in_zone(instant, zone).date()


@lru_cache(maxsize=KEPT)
def _rhythm(
    *,
    rules: tuple[tuple[Any, ...], ...],
    met: tuple[Met, ...],
    pauses: tuple[tuple[date, date, str], ...],
    waivers: tuple[tuple[str, str], ...],
) -> Rhythm:
    """The same object for the same rows, so that what follows from it need not be worked out anew."""
    return Rhythm(
        rules=tuple(Rule(since, every(said), *rest) for since, said, *rest in rules),
        encounters=tuple(Encounter(day, held, How(how)) for day, held, how, why_not in met if not why_not),
        fell=tuple(Fell(day, Held(why_not)) for day, _, _, why_not in met if why_not),
        pauses=tuple(Pause(*each) for each in pauses),
        waivers=waivers,
    )


def _of(kept: Any, relationship: Any) -> ColumnElement[bool]:
    """By both columns, for the indexes begin with the buyer."""
    return and_(kept.buyer_id == relationship.buyer_id, kept.relationship_id == relationship.id)


@dataclass(frozen=True)
class _Said:
    """What stands in rows of their own beside a relationship."""

    pauses: list[tuple[date, date, str]] = field(default_factory=list)
    waivers: list[tuple[str, str]] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    circle: list[tuple[str, str]] = field(default_factory=list)


def _said(these: CTE) -> dict[int, _Said]:
    """The pauses of each, the quarters that it lets go, the goals it serves, and who is in its circle."""
    pause, waiver, goal, inside = CadencePause, Waiver, RelationshipGoal, InCircle
    nothing, no_day = cast(null(), String()), cast(null(), Date())
    arms = (
        (pause, pause.reason, nothing, pause.first, pause.last),
        (waiver, waiver.reason, waiver.quarter, no_day, no_day),
        (goal, Goal.name, nothing, no_day, no_day),
        (inside, Person.name, Person.email, no_day, no_day),
    )
    rows = [
        select(literal(each.__tablename__), each.relationship_id, *told).join(these, _of(each, these.c))
        for each, *told in arms
    ]
    rows[2] = rows[2].join(Goal, Goal.id == goal.goal_id)
    rows[3] = rows[3].join(Person, Person.id == inside.person_id)
    found: dict[int, _Said] = defaultdict(_Said)
    lines: Iterable[Any] = db.session.execute(union_all(*rows))
    for what, number, words, more, first, last in lines:
        of = found[number]
        if what == pause.__tablename__:
            of.pauses.append((first, last, words))
        elif what == waiver.__tablename__:
            of.waivers.append((more, words))
        elif what == goal.__tablename__:
            of.goals.append(words)
        else:
            of.circle.append((words, more))
    return found


def _details(line: Any, said: _Said) -> Details:
    held: RelationshipDetails | None = line.RelationshipDetails
    beside = Details(goals=tuple(sorted(said.goals)), circle=tuple(sorted(said.circle)))
    if held is None:
        return beside
    return replace(
        beside,
        owner=(line.owner, line.owner_email) if held.owner_id else None,
        topics=tuple(held.topics),
        contract_end=held.contract_end,
        notice_by=held.notice_by,
        spend=held.spend,
        currency=held.currency,
        contacts=tuple((name, email) for name, email in held.contacts),
    )


def _met(actor: Actor, these: CTE) -> dict[int, list[Met]]:
    """The meetings of each, by its company and the days of the buyer's calendar, what was held elsewhere, and what was
    taken up from there."""
    now = clock.now()
    ask, meeting, part, logged = MeetingRequest, Meeting, Participation, LoggedMeeting
    series, adopted = AdoptedSeries, AdoptedMeeting
    mine = and_(meeting.buyer_id == actor.organisation, meeting.state == MeetingState.CONFIRMED)
    no_day, no_instant, no_word = cast(null(), Date()), cast(null(), Instant()), cast(null(), String())
    whose, theirs = func.coalesce(ask.vendor_id, ask.company_id), select(these.c.company_id)
    single = (
        select(whose, literal(How.MEETING.value), no_day, meeting.start_at, meeting.end_at, Outcome.held)
        .join(ask, and_(ask.buyer_id == meeting.buyer_id, ask.id == meeting.request_id))
        .outerjoin(Outcome, and_(*of_meeting()))
        .where(mine, ask.kind != Kind.BRIEFING, whose.in_(theirs))
    )
    joint = (
        select(part.company_id, literal(How.BRIEFING.value), no_day, meeting.start_at, meeting.end_at, Outcome.held)
        .join(part, and_(part.buyer_id == meeting.buyer_id, part.request_id == meeting.request_id))
        .outerjoin(Outcome, and_(*of_meeting()))
        .where(mine, part.state == Part.JOINED, part.company_id.in_(theirs))
    )
    elsewhere = select(these.c.company_id, literal(How.LOGGED.value), logged.day, no_instant, no_instant, no_word).join(
        logged, _of(logged, these.c)
    )
    taken_up = (
        select(these.c.company_id, literal(How.ADOPTED.value), no_day, adopted.start_at, adopted.end_at, no_word)
        .join(series, _of(series, these.c))
        .join(adopted, and_(adopted.buyer_id == series.buyer_id, adopted.series_id == series.id))
    )
    found: dict[int, list[Met]] = defaultdict(list)
    for company, how, day, start, end, held in db.session.execute(union_all(single, joint, elsewhere, taken_up)):
        why_not = "" if held in (None, Held.YES) else held
        met = (day, True, how, "") if day else (day_of(start, actor.zone), end <= now, how, why_not)
        found[company].append(met)
    return found
