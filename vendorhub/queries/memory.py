"""Where two companies left off, from what each reader may read of their last talk: its people, decisions, promises."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.briefings import Part
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.meetings import MeetingState, PartStat
from vendorhub.domain.memory import LeftOff, Promised, Talk
from vendorhub.domain.minutes import ActionState, LineKind
from vendorhub.domain.outcomes import Held
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.rights import Relation, may
from vendorhub.queries import acquaintances, briefings, minutes, notes, promises
from vendorhub.queries import meeting_sight as sight
from vendorhub.queries.acquaintances import Acquaintance
from vendorhub.queries.notes import NoteView
from vendorhub.queries.rhythms import day_of
from vendorhub.store import (
    AdoptedMeeting,
    AdoptedSeries,
    Attendee,
    LoggedMeeting,
    Meeting,
    MeetingRequest,
    MinuteLine,
    Organisation,
    Outcome,
    Participation,
    Relationship,
    db,
)
from vendorhub.store.outcomes import of_meeting

_LISTED = aliased(Attendee, name="listed")
_CAME = aliased(Participation, name="came")


@dataclass(frozen=True)
class MemoryView:
    """What is remembered of a relationship: where the two left off, whom the reader knows of the other side, the newest
    notes, the meetings that one could be about, and the UID of the next; "" for none."""

    code: str
    left: LeftOff
    people: tuple[Acquaintance, ...]
    notes: tuple[NoteView, ...]
    meetings: tuple[Meeting, ...]
    next_meeting: str
    may_write: bool


def see(actor: Actor, code: str, *, notes_at_most: int) -> MemoryView:
    """One relationship's. Raises NotThere."""
    of = notes.relationship(actor, code)
    return MemoryView(
        code=of.code,
        left=left_off(actor, [of])[0],
        people=tuple(acquaintances.of(actor, of)),
        notes=tuple(each for each in notes.listing(actor, of=code, limit=notes_at_most)[0] if not each.remembered),
        meetings=tuple(notes.meetings_of(actor, of)),
        next_meeting=notes.next_meeting(actor, of),
        may_write=may(actor, Deed.WRITE_NOTE, frozenset({Relation.ANY})),
    )


def left_off(actor: Actor, of: Sequence[Relationship]) -> list[LeftOff]:
    """Where the actor's company and the other one of each of these relationships left off, in their order."""
    others = {each.id: each.buyer_id if actor.asks else each.company_id for each in of}
    names = {
        row.id: row
        for row in db.session.execute(
            select(Organisation.id, Organisation.slug, Organisation.name).where(Organisation.id.in_(others.values()))
        )
    }
    talks = _talks(actor, of)
    open_ = _promises(actor)
    found = []
    for each in of:
        other = names[others[each.id]]
        owed = (*open_[other.slug], *(() if actor.asks else open_[other.name]))
        found.append(LeftOff(other.slug, other.name, talks.get(each.id), owed))
    return found


def _talks(actor: Actor, of: Sequence[Relationship]) -> dict[int, Talk]:
    """The last talk of each relationship, by its number."""
    last = _last_meetings(actor, of)
    came = _who_came(actor, last)
    decided = _decided(actor, last)
    found = {
        row.relationship: Talk(
            day=day_of(row.start_at, actor.zone),
            how="briefing" if row.kind == Kind.BRIEFING else "meeting",
            topic=row.topic,
            who=tuple(came[row.relationship]),
            decisions=(*decided[row.request_id], *(row.decisions or ())),
            note="" if actor.asks else row.note or "",
        )
        for row in last
    }
    if actor.side is Side.BUYER:
        for number, talk in (*_adopted(actor, of), *_logged(of)):
            known = found.get(number)
            if known is None or known.day < talk.day or (known.day == talk.day and talk.how == "logged"):
                found[number] = talk
    return found


def _adopted(actor: Actor, of: Sequence[Relationship]) -> Iterator[tuple[Any, Talk]]:
    """What was held of the series that were taken up from somebody's calendar, the earliest first."""
    rows = db.session.execute(
        select(AdoptedSeries.relationship_id, AdoptedSeries.title, AdoptedMeeting.start_at)
        .join(
            AdoptedMeeting,
            and_(AdoptedMeeting.buyer_id == AdoptedSeries.buyer_id, AdoptedMeeting.series_id == AdoptedSeries.id),
        )
        .where(AdoptedSeries.relationship_id.in_([each.id for each in of]), AdoptedMeeting.end_at <= clock.now())
        .order_by(AdoptedMeeting.start_at)
    )
    for number, title, start_at in rows:
        yield number, Talk(day_of(start_at, actor.zone), "meeting" if title else "logged", title)


def _logged(of: Sequence[Relationship]) -> Iterator[tuple[int, Talk]]:
    """What was held elsewhere and noted here, the earliest first."""
    rows = db.session.scalars(
        select(LoggedMeeting)
        .where(LoggedMeeting.relationship_id.in_([each.id for each in of]))
        .order_by(LoggedMeeting.day, LoggedMeeting.id)
    )
    for row in rows:
        who = tuple(name for name, _ in row.people)
        yield row.relationship_id, Talk(row.day, "logged", "", who, note=row.note)


def _last_meetings(actor: Actor, of: Sequence[Relationship]) -> Sequence[Row[Any]]:
    """The last meeting of each relationship that is over and that the actor sees."""
    company = func.coalesce(MeetingRequest.vendor_id, MeetingRequest.company_id)
    held = (
        select(
            Relationship.id.label("relationship"),
            *(Relationship.company_id.label("company"), Meeting.id.label("meeting"), Meeting.buyer_id),
            *(
                MeetingRequest.id.label("request_id"),
                MeetingRequest.code,
                Meeting.kind,
                Meeting.topic,
                Meeting.start_at,
            ),
            *(Outcome.decisions, Outcome.note),
            func.row_number()
            .over(partition_by=Relationship.id, order_by=(Meeting.start_at.desc(), Meeting.id.desc()))
            .label("latest"),
        )
        .join(Meeting, Meeting.buyer_id == Relationship.buyer_id)
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == Meeting.buyer_id, MeetingRequest.id == Meeting.request_id),
        )
        .outerjoin(
            _CAME,
            and_(
                _CAME.buyer_id == Meeting.buyer_id,
                _CAME.request_id == Meeting.request_id,
                _CAME.company_id == Relationship.company_id,
                _CAME.state == Part.JOINED,
            ),
        )
        .outerjoin(Outcome, and_(*of_meeting()))
        .where(
            Relationship.id.in_([each.id for each in of]),
            Meeting.state == MeetingState.CONFIRMED,
            Meeting.end_at <= clock.now(),
            or_(Outcome.held.is_(None), Outcome.held == Held.YES),
            or_(company == Relationship.company_id, _CAME.company_id.is_not(None)),
            sight.in_sight(actor),
        )
        .subquery()
    )
    return db.session.execute(select(held).where(held.c.latest == 1)).all()


def _who_came(actor: Actor, last: Sequence[Row[Any]]) -> dict[int, list[str]]:
    """The names of those of the other side who were on the list and did not say that they can't come."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = db.session.execute(
        select(_LISTED.meeting_id, _LISTED.side, _LISTED.company_id, _LISTED.name)
        .where(
            _LISTED.meeting_id.in_([each.meeting for each in last]),
            _LISTED.gone_at.is_(None),
            _LISTED.partstat != PartStat.DECLINED,
        )
        .order_by(_LISTED.id)
    ).all()
    for each in last:
        for row in rows:
            theirs = row.side == Side.BUYER if actor.asks else row.side != Side.BUYER
            if row.meeting_id == each.meeting and theirs and (actor.asks or row.company_id in (None, each.company)):
                found[each.relationship].append(row.name)
    return found


def _decided(actor: Actor, last: Sequence[Row[Any]]) -> dict[int, list[str]]:
    """The decisions of briefings, by the number of the request, as far as the actor may read them."""
    found: dict[int, list[str]] = defaultdict(list)
    joint = {each.request_id: each for each in last if each.kind == Kind.BRIEFING}
    if actor.side is Side.VENDOR:  # which knows one buyer by each of its relationships
        for number, each in joint.items():
            lines = minutes.see(actor, each.code).notes
            found[number] = [line.text for line in lines if line.kind == LineKind.DECISION]
        return found
    rows = db.session.execute(
        select(MinuteLine.request_id, MinuteLine.text)
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == MinuteLine.buyer_id, MeetingRequest.id == MinuteLine.request_id),
        )
        .where(MinuteLine.request_id.in_(list(joint)), MinuteLine.kind == LineKind.DECISION, briefings.scope(actor))
        .order_by(MinuteLine.id)
    )
    for number, text in rows:
        found[number].append(text)
    return found


def _promises(actor: Actor) -> dict[str, list[Promised]]:
    """The open promises between the actor's company and each other one: by its slug, and what a buyer itself promised
    by the name of whom it was promised to."""
    found: dict[str, list[Promised]] = defaultdict(list)
    for each in promises.waiting(actor):
        if each.state is not ActionState.OPEN or (actor.asks and not each.own and each.company != each.buyer):
            continue
        other = each.buyer if actor.asks else each.other if each.own else each.company
        found[other].append(Promised(each.text, each.owner, each.due, theirs=not each.own))
    return found
