"""What keeping minutes shares: who may write, about which entry, and who was there. No use-case by itself."""

from collections.abc import Sequence

from sqlalchemy import func, select

from vendorhub.domain.agenda_versions import unpacked
from vendorhub.domain.agendas import Entry
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.queries import briefings
from vendorhub.queries import minute_judgements as judgements
from vendorhub.store import (
    Action,
    AgendaVersion,
    Attendee,
    HistoryLine,
    Meeting,
    MeetingRequest,
    MinuteLine,
)
from vendorhub.store.briefings import comes
from vendorhub.store.history import record
from vendorhub.store.write import Work


def locked(work: Work, actor: Actor, code: str) -> None:
    """Holds the row of the buyer of a briefing from here on. Raises NotThere."""
    _, request, _ = briefings.find(actor, code)
    work.lock_buyer(request.buyer_id)


def writing(work: Work, actor: Actor, code: str, *, line: str = "", action: str = "") -> MeetingRequest:
    """The request in whose minutes the actor writes, nobody else at it; judged as judgements.writing says."""
    locked(work, actor, code)
    return judgements.writing(actor, code, line=line, action=action)


def entries(work: Work, request: MeetingRequest) -> tuple[Entry, ...]:
    """The agenda as it was published last; nothing where none was."""
    body = work.session.scalar(
        select(AgendaVersion.body)
        .where(AgendaVersion.buyer_id == request.buyer_id, AgendaVersion.request_id == request.id)
        .order_by(AgendaVersion.number.desc())
        .limit(1)
    )
    return unpacked(body["entries"]) if body else ()


def entry_of(work: Work, request: MeetingRequest, entry: str) -> str:
    """The ref of an entry that the published agenda has; "" of the whole. Raises Unfit."""
    if entry and entry not in {each.ref for each in entries(work, request)}:
        raise Unfit("entry", "This entry does not stand in the published agenda.")
    return entry


def line_of(work: Work, request: MeetingRequest, line: str) -> MinuteLine:
    """The row of a line that is there."""
    return work.session.scalars(
        select(MinuteLine).where(
            MinuteLine.buyer_id == request.buyer_id,
            MinuteLine.request_id == request.id,
            MinuteLine.code == meant(line),
        )
    ).one()


def promise_of(work: Work, request: MeetingRequest, action: str) -> Action:
    """The row of a promise that is there."""
    return work.session.scalars(
        select(Action).where(
            Action.buyer_id == request.buyer_id, Action.request_id == request.id, Action.code == meant(action)
        )
    ).one()


def how_many(work: Work, request: MeetingRequest) -> int:
    """How many lines and promises were written down."""
    return sum(
        work.session.scalar(
            select(func.count())
            .select_from(table)
            .where(table.buyer_id == request.buyer_id, table.request_id == request.id)
        )
        or 0
        for table in (MinuteLine, Action)
    )


def attending(work: Work, request: MeetingRequest) -> Sequence[Attendee]:
    """Whoever was invited and still comes."""
    return work.session.scalars(
        select(Attendee)
        .join(Meeting, Meeting.id == Attendee.meeting_id)
        .where(
            Meeting.buyer_id == request.buyer_id,
            Meeting.request_id == request.id,
            Meeting.state == MeetingState.CONFIRMED,
            comes(request.id),
        )
        .order_by(Attendee.id)
    ).all()


def attendee(work: Work, request: MeetingRequest, address: str) -> Attendee:
    """One of them, by address. Raises Unfit for anybody else."""
    wanted = address.strip().casefold()
    found = next((each for each in attending(work, request) if each.email == wanted), None)
    if found is None:
        raise Unfit("owner", "Please choose one of those who were invited.")
    return found


def wrote(work: Work, request: MeetingRequest) -> None:
    """Whoever writes stands in the history once, however many lines it becomes: each says itself by whom it is."""
    told = select(HistoryLine.id).where(
        HistoryLine.buyer_id == request.buyer_id,
        HistoryLine.request_id == request.id,
        HistoryLine.deed == Deed.KEEP_MINUTES,
        HistoryLine.by == (work.actor.person if work.actor else None),
    )
    if work.session.scalar(told.limit(1)) is None:
        record(work, Deed.KEEP_MINUTES, request=request)
