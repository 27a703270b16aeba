"""How many invitations a second and core are composed with their deed, and sent by the worker on one connection."""

import smtplib
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from benchmarks.hubs import KINDS, Hub, hub
from benchmarks.report import Figure
from tests import sink
from vendorhub import worker
from vendorhub.domain.people import Door, DoorName
from vendorhub.queries.people import actor
from vendorhub.store import Attendee, Letter, Meeting, db
from vendorhub.transports import Smtp
from vendorhub.usecases import meetings

MOVED = 500  # meetings, of three attendees each
BARE = 500
WANTED = 200
# Past all that is filled in, a half hour for each.
FIRST = timedelta(days=120)
HALF_AN_HOUR = timedelta(minutes=30)


def measure(*, requests: int) -> Iterator[Figure]:
    """On both kinds of database; the database's CPU is counted too. First what Python's own library takes."""
    with tempfile.TemporaryDirectory() as made, sink.running(Path(made)) as mail:
        before = time.process_time()
        _send_bare(mail)
        rate = BARE / (time.process_time() - before)
        yield Figure("bare smtplib and email, a second and core", "no database", rate, "letters")
    for kind in KINDS:
        with hub(kind, requests=requests) as one, sink.running(one.folder / "sink") as mail, one.app.app_context():
            yield from _measured(one, mail)
            assert len(mail.mail()) == _sent()


def _measured(one: Hub, mail: sink.Sink) -> Iterator[Figure]:
    with _inviting(one) as invited:
        moved_cpu, moved_wall = _cost(one, _move_meetings)
    letters = db.session.scalar(select(func.count()).where(Letter.state == "waiting")) or 0
    db.session.rollback()
    sent_cpu, sent_wall = _cost(one, lambda: _send(mail))
    assert letters == _sent()
    composed_cpu = sum(invited)
    yield Figure("moving a meeting, with its letters: CPU a letter", one.kind, moved_cpu * 1000 / letters, "ms")
    yield Figure("of it inviting: composed, sealed, stored", one.kind, composed_cpu * 1000 / letters, "ms")
    yield Figure("claiming, checking, sending: CPU a letter", one.kind, sent_cpu * 1000 / letters, "ms")
    yield Figure("sent, a second and core", one.kind, letters / sent_cpu, "letters", at_least=WANTED)
    rate = letters / (composed_cpu + sent_cpu)
    yield Figure("composed and sent, a second and core", one.kind, rate, "letters", at_least=WANTED)
    yield Figure("with all of the deed, a second and core", one.kind, letters / (moved_cpu + sent_cpu), "letters")
    yield Figure("sent, a second", one.kind, letters / sent_wall, "letters")
    yield Figure("deeds' letters, a second", one.kind, letters / moved_wall, "letters")


@contextmanager
def _inviting(one: Hub) -> Iterator[list[float]]:
    """Seconds of CPU, the database's included, of each call that composes the letters of one deed."""
    seconds: list[float] = []
    deeds: Any = meetings
    invite = deeds.invite

    def timed(*given: Any, **named: Any) -> None:
        before = time.process_time() + one.database_cpu()
        invite(*given, **named)
        seconds.append(time.process_time() + one.database_cpu() - before)

    deeds.invite = timed
    try:
        yield seconds
    finally:
        deeds.invite = invite


def _cost(one: Hub, work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of CPU, the database's included, and of time that some work takes."""
    before, database, begun = time.process_time(), one.database_cpu(), time.perf_counter()
    work()
    return time.process_time() - before + one.database_cpu() - database, time.perf_counter() - begun


def _send_bare(mail: sink.Sink) -> None:
    """Letters of about our size and parts, with nothing checked, kept or sealed."""
    text, html = "You are invited.\n" * 60, "<p>You are invited.</p>\n" * 80
    entry = ("BEGIN:VCALENDAR\r\n" + "X-LINE:an invitation\r\n" * 50 + "END:VCALENDAR\r\n").encode()
    with smtplib.SMTP("127.0.0.1", mail.port) as server:
        for number in range(BARE):
            message = EmailMessage()
            message["From"], message["To"] = (
                "Somebody <meet@hub.example>",
                f"Una {number} <una{number}@fastprint.example>",
            )
            message["Subject"], message["Message-ID"] = f"A meeting – {number}", f"<{number}@hub.example>"
            message.set_content(text)
            message.add_alternative(html, subtype="html")
            message.add_alternative(entry, "text", "calendar")
            message.add_attachment(entry, "application", "ics", filename="invite.ics")
            server.send_message(message)


def _move_meetings() -> None:
    rows = db.session.execute(
        select(Meeting.uid, Attendee.person_id)
        .join(Attendee, Attendee.meeting_id == Meeting.id)
        .where(Attendee.decided, Meeting.start_at > datetime.now(UTC))
        .order_by(Meeting.id)
        .limit(MOVED)
    ).all()
    assert len(rows) == MOVED
    first = datetime.now(UTC).replace(minute=0, second=0, microsecond=0, tzinfo=None) + FIRST
    for number, row in enumerate(rows):
        decider = actor(row.person_id, Door(DoorName.API))
        assert decider
        meetings.move(decider, row.uid, slot=((first + number * HALF_AN_HOUR).isoformat(), "UTC", None))


def _send(mail: sink.Sink) -> None:
    worker.run(transport=Smtp(mail.url), lease_seconds=60, stop=threading.Event(), until_empty=True)


def _sent() -> int:
    sent = db.session.scalar(
        select(func.count()).where(Letter.state == "sent", Letter.attempts == 1, Letter.sequence > 0)
    )
    db.session.rollback()
    return sent or 0
