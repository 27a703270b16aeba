"""Answers tables for spreadsheets."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from flask import Response
from pydantic import StringConstraints

from vendorhub.api.bodies import Query
from vendorhub.api.calls import get
from vendorhub.domain.people import Actor
from vendorhub.papers import csv
from vendorhub.queries import cadence as seen
from vendorhub.queries import hours as given

CSV = "text/csv"


class MonthsAsked(Query):
    """The last of the twelve months, like 2026-11; without it the present one."""

    until: Annotated[str, StringConstraints(max_length=20)] | None = None


@get("/exports/cadence.csv", None, refused=(403,), media=(CSV,))
def cadence(actor: Actor) -> Response:
    """Nine quarters of all relationships, a row for each. A vendor is told of its own meetings alone."""
    head = ("relationship", "company", "name", "quarter", "state", "why", "next_due")
    rows = (
        (
            *(row.relationship, row.company, row.name, str(row.cell.quarter), row.cell.state, str(row.cell.why)),
            row.next_due.isoformat() if row.next_due else "",
        )
        for row in seen.around(actor)
    )
    return _file("cadence", head, rows)


@get("/exports/time.csv", None, query=MonthsAsked, refused=(404,), media=(CSV,))
def hours(actor: Actor, query: MonthsAsked) -> Response:
    """Where the buyer's time went: a row for each company's part of each meeting held in twelve months."""
    head = ("relationship", "company", "name", "date", "kind", "minutes", "goals", "topics")
    rows = (
        (
            *(kept.code, kept.slug, kept.name, share.day.isoformat(), "joint" if share.joint else "single"),
            *(f"{share.minutes:.1f}", "; ".join(share.goals), "; ".join(share.topics)),
        )
        for kept, share in given.shares(actor, query.until or "")
    )
    return _file("time", head, rows)


def _file(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    response = Response(csv.table(head, rows), content_type=csv.TYPE)
    response.headers["Content-Disposition"] = f"attachment; filename={name}.csv"
    return response
