"""The rhythms of a buyer's relationships, read from what was set and from what was held or is planned."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import CTE, Date, String, and_, cast, func, literal, null, select, true, union_all

from vendorhub import clock
from vendorhub.domain.briefings import Part
from vendorhub.domain.cadence import Pause, Rule, every
from vendorhub.domain.codes import meant
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor
from vendorhub.domain.rhythms import Encounter, How, Rhythm
from vendorhub.domain.wall_times import in_zone
from vendorhub.store import (
    CadencePause,
    CadenceRule,
    LoggedMeeting,
    Meeting,
    MeetingRequest,
    Organisation,
    Participation,
    Relationship,
    Waiver,
    db,
)

_RULE = tuple(getattr(CadenceRule, name) for name in ("since", "every", "minutes", "kind", "soft", "hard"))


@dataclass(frozen=True)
class Kept:
    """A relationship of the buyer's, by its code and its company, and its rhythm."""

    code: str
    slug: str
    name: str
    rhythm: Rhythm

    @property
    def rule(self) -> Rule:
        """What it asks for from now on."""
        return self.rhythm.rules[-1]


def of_buyer(actor: Actor, *, code: str = "") -> list[Kept]:
    """The relationships of the actor's own company, by the company's name; only the one of this code, if it is said.
    In four statements, however many there are."""
    which = Relationship.code == meant(code) if code else true()
    these = (
        select(Relationship.id, Relationship.company_id)
        .where(Relationship.buyer_id == actor.organisation, which)
        .cte("these")
    )
    of = db.session.execute(
        select(Relationship.id, Relationship.code, Organisation.slug, Organisation.name, *_RULE)
        .join(Organisation, Organisation.id == Relationship.company_id)
        .join(CadenceRule, CadenceRule.relationship_id == Relationship.id)  # it has one from the start
        .where(Relationship.buyer_id == actor.organisation, which)
        .order_by(func.lower(Organisation.name), Relationship.id, CadenceRule.id)
    ).all()
    if not of:
        return []
    pauses, waivers = _let_off(these)
    met = _met(actor, these)
    found = []
    for number, lines in groupby(of, key=attrgetter("id")):
        made = list(lines)
        rhythm = Rhythm(
            rules=tuple(_rule(*line[-len(_RULE) :]) for line in made),
            encounters=tuple(sorted(met[number])),
            pauses=tuple(sorted(pauses[number])),
            waivers=tuple(sorted(waivers[number].items())),
        )
        found.append(Kept(made[0].code, made[0].slug, made[0].name, rhythm))
    return found


def day_of(instant: datetime, zone: str) -> date:
    """The day that a calendar in `zone` shows at an instant."""
    return in_zone(instant, zone).date()


def _rule(since: date, said: str, minutes: int, kind: str, soft: int, hard: int) -> Rule:
    return Rule(since, every(said), minutes, kind, soft, hard)


def _let_off(these: CTE) -> tuple[dict[int, list[Pause]], dict[int, dict[str, str]]]:
    """The pauses of each, and the quarters that it lets go."""
    pause, waiver = CadencePause, Waiver
    no_day, no_quarter = cast(null(), Date()), cast(null(), String())
    rows = union_all(
        select(pause.relationship_id, pause.reason, no_quarter, pause.first, pause.last).join(
            these, these.c.id == pause.relationship_id
        ),
        select(waiver.relationship_id, waiver.reason, waiver.quarter, no_day, no_day).join(
            these, these.c.id == waiver.relationship_id
        ),
    )
    pauses: dict[int, list[Pause]] = defaultdict(list)
    waivers: dict[int, dict[str, str]] = defaultdict(dict)
    lines: Iterable[Any] = db.session.execute(rows)
    for number, reason, quarter, first, last in lines:
        if first is not None:
            pauses[number].append(Pause(first, last, reason))
        else:
            waivers[number][quarter] = reason
    return pauses, waivers


def _met(actor: Actor, these: CTE) -> dict[int, list[Encounter]]:
    """The meetings of each, by the days of the buyer's calendar, and what was held elsewhere."""
    now = clock.now()
    ask, meeting, part = MeetingRequest, Meeting, Participation
    mine = and_(meeting.buyer_id == actor.organisation, meeting.state == MeetingState.CONFIRMED)
    single = (
        select(these.c.id, literal(How.MEETING.value), meeting.start_at, meeting.end_at)
        .join(ask, and_(ask.buyer_id == meeting.buyer_id, ask.id == meeting.request_id))
        .join(these, these.c.company_id == func.coalesce(ask.vendor_id, ask.company_id))
        .where(mine, ask.kind != Kind.BRIEFING)
    )
    joint = (
        select(these.c.id, literal(How.BRIEFING.value), meeting.start_at, meeting.end_at)
        .join(part, and_(part.buyer_id == meeting.buyer_id, part.request_id == meeting.request_id))
        .join(these, these.c.company_id == part.company_id)
        .where(mine, part.state == Part.JOINED)
    )
    found: dict[int, list[Encounter]] = defaultdict(list)
    for number, how, start, end in db.session.execute(union_all(single, joint)):
        found[number].append(Encounter(day_of(start, actor.zone), held=end <= now, how=How(how)))
    logged = LoggedMeeting
    for number, day in db.session.execute(
        select(logged.relationship_id, logged.day).join(these, these.c.id == logged.relationship_id)
    ):
        found[number].append(Encounter(day, held=True, how=How.LOGGED))
    return found
