"""A whole story in the store: a yes with its meeting and invitations, a no, a block that was lifted again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Engine, column, create_engine, inspect, select, text, update
from sqlalchemy import table as at_that_time

from tests.people import Cast, address
from vendorhub import clock
from vendorhub.domain.people import Actor
from vendorhub.queries import offers as seen
from vendorhub.store import Base, Briefing, HistoryLine, Join, MeetingRequest
from vendorhub.store.engine import prepare
from vendorhub.store.write import write
from vendorhub.usecases import blocks, briefings, decisions, meeting_requests, offers

MONDAY = datetime(2027, 1, 11, 9, tzinfo=UTC)
LATER = MONDAY + timedelta(minutes=5)  # the hold is over
MADE_BY_MIGRATIONS = {"relationships", "cadence_rules"}  # of what was there before


def tell(app: Flask, cast: Cast) -> None:
    """Leaves at least one row in every table of the ledger, and one of everything that rests on a consent."""
    with app.app_context():
        with clock.at(MONDAY):
            codes = [
                meeting_requests.ask(
                    cast[who],
                    buyer="norden",
                    topic="Backups that restore",
                    outcome="Whether a test is worth a day.",
                    learned="You restored in nine hours.",
                    minutes=30,
                    attendees=[(who, address(who), "Sales")],
                    to=address("Kim"),
                )
                for who in ("Vera", "Carl", "Rita")
            ]
            decisions.accept(cast["Kim"], codes[0])
            decisions.refuse(cast["Alex"], codes[2], kind="no")
            offer = offers.offer(cast["Alex"], codes[0], slots=[("2027-01-20T10:00:00", "Europe/Berlin", None)])
        with clock.at(LATER):
            slot = seen.of_request(cast["Vera"], codes[0])[0].slots[0]
            offers.choose(cast["Vera"], offer, slot=slot.code)
            blocks.lift(cast["Kim"], blocks.block(cast["Kim"], company="cloudio"))
            code = briefings.propose(
                cast["Kim"],
                buyer="norden",
                theme="Backups and print, together",
                outcome="Whether one contract can do both.",
                minutes=60,
                vendors=["fastprint", "cloudio"],
                items_due=date(2027, 1, 20),
            )
            _join(code, cast["Vera"])
            with write(None) as work:  # a schema from before briefings has no room for a party's lines
                work.session.execute(update(HistoryLine).where(HistoryLine.audience == "party").values(audience="both"))


def _join(code: str, actor: Actor) -> None:
    """Its row alone: a schema from before briefings has no room for the line in the history."""
    with write(actor) as work:
        briefing, request = work.session.execute(
            select(Briefing, MeetingRequest)
            .join(MeetingRequest, MeetingRequest.id == Briefing.request_id)
            .where(MeetingRequest.code == code)
        ).one()
        work.session.add(
            Join(
                buyer_id=request.buyer_id,
                request_id=request.id,
                company_id=actor.organisation,
                line_up=briefing.line_up,
                by=actor.person,
                door=actor.door.name,
                made_at=work.now,
            )
        )


def ask_and_answer(app: Flask, cast: Cast) -> None:
    """Leaves one ask with a yes that nothing rests on yet."""
    with app.app_context(), clock.at(MONDAY):
        code = meeting_requests.ask(
            cast["Vera"],
            buyer="norden",
            topic="Backups that restore",
            outcome="Whether a test is worth a day.",
            learned="You restored in nine hours.",
            minutes=30,
            attendees=[("Vera", address("Vera"), "Sales")],
        )
        decisions.accept(cast["Kim"], code)


@contextmanager
def engine(url: str) -> Iterator[Engine]:
    """An engine with the settings of the app; its connections are closed at the end, however that comes."""
    made = create_engine(url)
    prepare(made)
    try:
        yield made
    finally:
        made.dispose()


def rows(url: str) -> Mapping[str, list[Mapping[str, Any]]]:
    """Everything that is in a database, table by table, in the order of the primary key."""
    with engine(url) as reader, reader.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
            for table in Base.metadata.sorted_tables
        }


def put(url: str, told: Mapping[str, list[Mapping[str, Any]]], tables: set[str]) -> dict[str, set[str]]:
    """Puts the rows of these tables into a database, with their numbers, as far as its schema has room for them, in
    place of those that a migration may have made.

    Answers which columns of each it had room for.
    """
    had: dict[str, set[str]] = {}
    with engine(url) as writer, writer.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name in MADE_BY_MIGRATIONS & tables:
                connection.execute(table.delete())
        for table in Base.metadata.sorted_tables:
            if table.name in tables and told[table.name]:
                there = {column["name"] for column in inspect(connection).get_columns(table.name)}
                known = [column(each.name, each.type) for each in table.c if each.name in there]
                had[table.name] = {each.name for each in known}
                kept = [{each.name: row[each.name] for each in known} for row in told[table.name]]
                connection.execute(at_that_time(table.name, *known).insert(), kept)
                if writer.dialect.name == "postgresql" and "id" in table.c:
                    connection.execute(
                        text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}")
                    )
    return had
