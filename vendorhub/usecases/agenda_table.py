"""The working agenda as it lies before a deed: judged, locked, and kept after it.

No use-case by itself: each deed on the agenda goes through here, inside its own transaction.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import delete, select

from vendorhub.domain.agendas import Entry, Half, Single
from vendorhub.domain.briefings import require_going_on
from vendorhub.domain.codes import meant, new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meetings import MeetingState, after, half_of
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import SomebodyWasFaster, Unfit
from vendorhub.domain.rights import require
from vendorhub.queries import agenda_building as seen
from vendorhub.queries import briefings, meetings, occasions
from vendorhub.queries.agenda_building import Bench
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.occasions import Occasion
from vendorhub.queries.scope import decider
from vendorhub.store import AgendaEntry, Briefing, HistoryLine, Meeting, MeetingRequest
from vendorhub.store.agendas import owned, owner
from vendorhub.store.history import record
from vendorhub.store.write import Work, write


@dataclass(frozen=True)
class Row:
    """A row of the working agenda before it has its place."""

    segment: str
    title: str
    minutes: int
    item_id: int | None = None
    overlap_id: int | None = None
    companies: tuple[int, ...] = ()
    presenters: tuple[tuple[str, str, str], ...] = ()
    code: str = field(default_factory=lambda: new_code(10))


@dataclass
class Table:
    """What lies before somebody who builds: the briefing or single meeting as they see it, and all that stands and
    waits. Of a single meeting `half` is theirs; of a briefing there are none."""

    work: Work
    request: MeetingRequest
    row: Briefing | Meeting
    briefing: Occasion
    bench: Bench
    rows: list[Row]
    half: Half | None

    def find(self, code: str) -> int:
        """Where an entry stands. Raises Unfit for one that doesn't."""
        for at, row in enumerate(self.rows):
            if row.code == meant(code):
                return at
        raise Unfit("entries", "This entry no longer stands in the agenda.")


@contextmanager
def building(actor: Actor, code: str, revision: int | None = None) -> Iterator[Table]:
    """A deed on the working agenda: judged before, kept after. `revision` is the one that the actor saw.

    Raises NotThere, NotAllowed, SomebodyWasFaster where it has been changed since, WrongState where the briefing is
    not under way, or the meeting is called off: in that order.
    """
    with write(actor) as work:
        table = laid(work, actor, code, Deed.BUILD, revision)
        yield table
        keep(work, table.row, table.rows)
        _record_once(work, table.request, Deed.SET_AGENDA if table.half else Deed.BUILD)
        work.result = code


def laid(work: Work, actor: Actor, code: str, deed: Deed, revision: int | None) -> Table:
    """The working agenda, nobody else at it, judged for a deed on it."""
    row: Briefing | Meeting
    if isinstance(code, Single):
        _, request, _ = meetings.find_meeting(actor, code)
        work.lock_buyer(request.buyer_id)
        row, request, stands = meetings.find_meeting(actor, code)
        require(actor, Deed.SET_AGENDA, stands, decider=decider(request))
        work.match(lambda: meetings.see(actor, code).version)
    else:
        _, request, _ = briefings.find(actor, code)
        work.lock_buyer(request.buyer_id)
        row, request, stands = briefings.find(actor, code)
        require(actor, deed, stands, decider=decider(request))
        work.match(lambda: seen.told(actor, code).version)
    if revision not in (None, row.agenda_revision):
        raise SomebodyWasFaster("Somebody else has changed the agenda since you opened it.")
    briefing = occasions.see(actor, code)
    if isinstance(row, Meeting):
        after(MeetingState(row.state), Deed.SET_AGENDA, start=row.start_at, now=work.now)
    elif isinstance(briefing, BriefingView):
        require_going_on(briefing.state)
    half = half_of(actor.side) if isinstance(row, Meeting) else None
    return Table(work, request, row, briefing, seen.lay_out(actor, briefing), rows_of(work, row), half)


def row_of(entry: Entry, *, item_id: int | None = None, overlap_id: int | None = None) -> Row:
    """The row that an entry becomes, under a code of its own."""
    return Row(
        entry.segment.value,
        entry.title,
        entry.minutes,
        item_id=item_id,
        overlap_id=overlap_id,
        companies=entry.companies,
        presenters=tuple((each.name, each.email, each.role) for each in entry.presenters),
    )


def rows_of(work: Work, holder: Briefing | Meeting) -> list[Row]:
    """The rows that stand, in running order."""
    return [
        Row(
            each.segment,
            each.title,
            each.minutes,
            item_id=each.item_id,
            overlap_id=each.overlap_id,
            companies=tuple(each.companies),
            presenters=tuple((name, email, role) for name, email, role in each.presenters),
            code=each.code,
        )
        for each in work.session.scalars(
            select(AgendaEntry).where(owned(AgendaEntry, owner(holder))).order_by(AgendaEntry.position)
        )
    ]


def keep(work: Work, holder: Briefing | Meeting, rows: Sequence[Row]) -> None:
    """Puts these rows in place of those that stood, as another revision."""
    work.session.execute(delete(AgendaEntry).where(owned(AgendaEntry, owner(holder))))
    work.session.add_all(
        AgendaEntry(
            **owner(holder)._asdict(),
            code=row.code,
            position=position,
            segment=row.segment,
            title=row.title,
            minutes=row.minutes,
            item_id=row.item_id,
            overlap_id=row.overlap_id,
            companies=list(row.companies),
            presenters=[list(each) for each in row.presenters],
        )
        for position, row in enumerate(rows, start=1)
    )
    holder.agenda_revision += 1
    work.session.flush()


def _record_once(work: Work, request: MeetingRequest, deed: Deed) -> None:
    """One line, however many presses it takes, until something else happens."""
    last = work.session.scalar(
        select(HistoryLine)
        .where(HistoryLine.buyer_id == request.buyer_id, HistoryLine.request_id == request.id)
        .order_by(HistoryLine.id.desc())
        .limit(1)
    )
    if last is None or last.deed != deed or work.actor is None or last.by != work.actor.person:
        record(work, deed, request=request)
