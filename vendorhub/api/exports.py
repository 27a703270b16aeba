"""Answers tables for spreadsheets."""

from flask import Response

from vendorhub.api.calls import get
from vendorhub.domain.people import Actor
from vendorhub.papers import csv
from vendorhub.queries import cadence as seen

CSV = "text/csv"


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
    response = Response(csv.table(head, rows), content_type=csv.TYPE)
    response.headers["Content-Disposition"] = "attachment; filename=cadence.csv"
    return response
