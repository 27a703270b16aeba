"""What a page costs: CPU time, statements, bytes, memory; beside a page that costs nothing."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import event, select

from benchmarks.data import CIO
from benchmarks.hubs import KINDS, WORKERS, Hub, hub, serving
from benchmarks.load import CLIENTS, WARM_UP, Load, load, signed_in, tag
from benchmarks.machine import Tree
from benchmarks.report import Figure
from tests.processes import ROOT, free_port, rest
from vendorhub.store import Meeting, MeetingRequest, Person, db
from vendorhub.usecases import people, sign_in

SECONDS, FEWEST, MOST = 4, 40, 1000  # a page is asked for so long, within these numbers
MEMORY_AT_MOST = 110
STATEMENTS_AT_MOST = 6


@dataclass(frozen=True)
class Page:
    """Something to ask for, and the milliseconds of CPU and the statements that it may cost.

    `status` is how it is answered: 304 asks as somebody who has it already.
    """

    name: str
    path: str
    at_most: float | None = None
    statements: int | None = STATEMENTS_AT_MOST
    api: bool = False
    status: int = 200


def measure(*, requests: int) -> Iterator[Figure]:
    """Every page on both kinds of database."""
    yield from _hello()
    for kind in KINDS:
        with hub(kind, requests=requests) as one:
            yield from _pages(one)


def _pages(one: Hub) -> Iterator[Figure]:
    with one.app.app_context():
        browser_link = sign_in.new_link(CIO, good_for=timedelta(hours=1))
        token = people.create_token(email=CIO, scope="read")
        pages = _chosen()
        db.session.rollback()
    with serving(one) as (port, web):
        browser = signed_in(port, browser_link)
        program = {"Authorization": f"Bearer {token}"}
        for page in pages:
            yield from measured(one, page, port, web, program if page.api else browser)
        for number, memory in enumerate(web.memory(), start=1):
            yield Figure(f"web worker {number}: resident", one.kind, memory, "MB", at_most=MEMORY_AT_MOST)


def _chosen() -> list[Page]:
    """What is looked at most: the desk, an ask that waits, one with a meeting, and lists."""
    cio = db.session.scalars(select(Person.id).where(Person.email == CIO)).one()
    asked = MeetingRequest.asked_of == cio
    waiting = db.session.scalars(select(MeetingRequest.code).where(asked, MeetingRequest.state == "pending")).first()
    met = db.session.execute(
        select(MeetingRequest.code, Meeting.uid)
        .join(Meeting, Meeting.request_id == MeetingRequest.id)
        .where(asked)
        .order_by(Meeting.start_at.desc())
    ).first()
    assert waiting
    assert met
    return [
        Page("what waits, 20 cards", "/", 8),
        Page("one that waits", f"/meeting-requests/{waiting}", 5),
        Page("one with a meeting", f"/meeting-requests/{met.code}", 5),
        Page("a meeting", f"/meetings/{met.uid}"),
        Page("the meetings", "/meetings"),
        Page("API: list of 50", "/api/v1/meeting-requests?limit=50", 5, api=True),
        Page("API: one", f"/api/v1/meeting-requests/{met.code}", api=True),
        Page("API: meetings, 50", "/api/v1/meetings?limit=50", api=True),
    ]


def measured(one: Hub, page: Page, port: int, web: Tree, headers: dict[str, str]) -> Iterator[Figure]:
    """What a page costs: CPU, the database's of it, statements, bytes, and how fast it is answered."""
    if page.status == 304:
        headers = headers | {"If-None-Match": tag(port, page.path, headers)}
    requests = _enough(load(port, page.path, headers, requests=WARM_UP, status=page.status))
    before, database = web.cpu(), one.database_cpu()
    told = load(port, page.path, headers, requests=requests, status=page.status)
    of_it = (one.database_cpu() - database) * 1000 / requests
    cpu = (web.cpu() - before) * 1000 / requests + of_it
    yield Figure(f"{page.name}: CPU", one.kind, cpu, "ms", at_most=page.at_most)
    if one.database:
        yield Figure(f"{page.name}: of it the database", one.kind, of_it, "ms")
    limit = page.statements if page.at_most else None
    yield Figure(f"{page.name}: statements", one.kind, _statements(one, page, headers), "", at_most=limit)
    yield Figure(f"{page.name}: size", one.kind, told.size / 1000, "kB")
    yield Figure(f"{page.name}: rate", one.kind, told.rate, "/s")
    yield Figure(f"{page.name}: p50", one.kind, told.percentile(50), "ms")
    yield Figure(f"{page.name}: p99", one.kind, told.percentile(99), "ms")


def _enough(warm_up: Load) -> int:
    return max(FEWEST, min(MOST, int(warm_up.rate * SECONDS))) // CLIENTS * CLIENTS


def _statements(one: Hub, page: Page, headers: dict[str, str]) -> int:
    """How many the page takes, counted in an app of our own: the second time, as later ones do."""
    with one.app.app_context():
        engine = db.engine
    client = one.app.test_client(use_cookies=False)
    assert client.get(page.path, headers=headers).status_code == page.status
    with _counting(engine) as told:
        assert client.get(page.path, headers=headers).status_code == page.status
    return len(told)


@contextmanager
def _counting(engine: object) -> Iterator[list[str]]:
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement not in ("BEGIN", "BEGIN IMMEDIATE"):
            told.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _hello() -> Iterator[Figure]:
    port = free_port(1)
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    options = ["--worker-class", "gthread", "--threads", "4", "--log-level", "error", "benchmarks.hello:app"]
    with subprocess.Popen([*command, *options], cwd=ROOT) as process:
        try:
            web = Tree(process.pid)
            while len(web.children()) < WORKERS:
                rest(0.05)
            rest(1.0)
            load(port, "/", {}, requests=WARM_UP)
            before = web.cpu()
            told = load(port, "/", {}, requests=MOST * 2)
            yield Figure("hello, world: CPU", "no database", (web.cpu() - before) * 500 / MOST, "ms")
            yield Figure("hello, world: rate", "no database", told.rate, "/s")
            yield Figure("hello, world: p50", "no database", told.percentile(50), "ms")
            yield Figure("hello, world: p99", "no database", told.percentile(99), "ms")
            yield Figure("hello, world: resident", "no database", max(web.memory()), "MB")
        finally:
            process.terminate()
