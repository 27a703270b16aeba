"""The working agenda as it lies before a deed: judged, locked, and kept after it.

No use-case by itself: each deed on the agenda goes through here, inside its own transaction.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import delete, select

from vendorhub.domain.agendas import Entry
from vendorhub.domain.briefings import require_going_on
from vendorhub.domain.codes import meant, new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import SomebodyWasFaster, Unfit
from vendorhub.domain.rights import require
from vendorhub.queries import agenda_building as seen
from vendorhub.queries import briefings
from vendorhub.queries.agenda_building import Bench
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.scope import decider
from vendorhub.store import AgendaEntry, Briefing, HistoryLine, MeetingRequest
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
    """What lies before somebody who builds: the briefing as they see it, and all that stands and waits."""

    work: Work
    request: MeetingRequest
    row: Briefing
    briefing: BriefingView
    bench: Bench
    rows: list[Row]

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
    not under way: in that order.
    """
    with write(actor) as work:
        table = laid(work, actor, code, Deed.BUILD, revision)
        yield table
        keep(work, table.request, table.row, table.rows)
        _record_once(work, table.request)
        work.result = code


def laid(work: Work, actor: Actor, code: str, deed: Deed, revision: int | None) -> Table:
    """The working agenda, nobody else at it, judged for a deed on it."""
    _, request, _ = briefings.find(actor, code)
    work.lock_buyer(request.buyer_id)
    row, request, stands = briefings.find(actor, code)
    require(actor, deed, stands, decider=decider(request))
    work.match(lambda: seen.told(actor, code).version)
    if revision not in (None, row.agenda_revision):
        raise SomebodyWasFaster("Somebody else has changed the agenda since you opened it.")
    briefing = briefings.see(actor, code)
    require_going_on(briefing.state)
    bench = seen.lay_out(actor, briefing)
    return Table(work, request, row, briefing, bench, rows_of(work, request))


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


def rows_of(work: Work, request: MeetingRequest) -> list[Row]:
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
            select(AgendaEntry)
            .where(AgendaEntry.buyer_id == request.buyer_id, AgendaEntry.request_id == request.id)
            .order_by(AgendaEntry.position)
        )
    ]


def keep(work: Work, request: MeetingRequest, briefing: Briefing, rows: Sequence[Row]) -> None:
    """Puts these rows in place of those that stood, as another revision."""
    work.session.execute(
        delete(AgendaEntry).where(AgendaEntry.buyer_id == request.buyer_id, AgendaEntry.request_id == request.id)
    )
    work.session.add_all(
        AgendaEntry(
            buyer_id=request.buyer_id,
            request_id=request.id,
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
    briefing.agenda_revision += 1
    work.session.flush()


def _record_once(work: Work, request: MeetingRequest) -> None:
    """One line, however many presses it takes, until something else happens."""
    last = work.session.scalar(
        select(HistoryLine)
        .where(HistoryLine.buyer_id == request.buyer_id, HistoryLine.request_id == request.id)
        .order_by(HistoryLine.id.desc())
        .limit(1)
    )
    if last is None or last.deed != Deed.BUILD or work.actor is None or last.by != work.actor.person:
        record(work, Deed.BUILD, request=request)
