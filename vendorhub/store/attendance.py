"""Whose time a meeting takes, and who is already taken (law 8)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select, true, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from vendorhub.domain.refusals import Clash
from vendorhub.store.meetings import Attendance


def busy(
    session: Session, people: Iterable[int], *, start: datetime, end: datetime, but: int | None = None
) -> frozenset[int]:
    """Which of these people have another live meeting that overlaps; `but` is the meeting being moved."""
    return frozenset(
        session.scalars(
            select(Attendance.person_id).where(
                Attendance.person_id.in_(list(people)),
                Attendance.live,
                Attendance.start_at < end,
                Attendance.end_at > start,
                Attendance.meeting_id != (but or 0),
            )
        )
    )


def take(session: Session, meeting_id: int, people: Iterable[int], *, start: datetime, end: datetime) -> None:
    """Takes these people's time, in the order of their ids so that two takers can't lock each other out."""
    with _somebody_faster():
        for person_id in sorted(set(people)):
            session.add(Attendance(meeting_id=meeting_id, person_id=person_id, start_at=start, end_at=end))
            session.flush()


def shift(session: Session, meeting_id: int, people: Iterable[int], *, start: datetime, end: datetime) -> None:
    """Moves the time that a meeting takes of these people, and takes it anew of those who had said they can't come."""
    with _somebody_faster():
        for person_id in sorted(set(people)):
            session.execute(
                update(Attendance)
                .where(Attendance.meeting_id == meeting_id, Attendance.person_id == person_id)
                .values(start_at=start, end_at=end, live=True)
            )


def free(session: Session, meeting_id: int, *people: int) -> None:
    """Gives back the time of a meeting that was called off, or that of these people who come no more."""
    whose = Attendance.person_id.in_(people) if people else true()
    session.execute(update(Attendance).where(Attendance.meeting_id == meeting_id, whose).values(live=False))


@contextmanager
def _somebody_faster() -> Iterator[None]:
    """The database's refusal of an overlap, as a person hears it: somebody agreed another meeting just now."""
    try:
        yield
    except DBAPIError as error:
        if "attendance" in str(error.orig):
            raise Clash(
                "Somebody who has to be there was taken at that very moment; please choose another time."
            ) from error
        raise
