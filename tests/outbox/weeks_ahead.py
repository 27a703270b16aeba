"""The letter on a Monday, for its golden file."""

from collections.abc import Callable
from datetime import date

from tests.outbox.world import World
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.rhythms import Why
from vendorhub.domain.weeks_ahead import Line, Week
from vendorhub.outbox import weeks_ahead
from vendorhub.store import Organisation, Person
from vendorhub.store.write import write

WEEK = Week(
    overdue=[
        Line(
            "7K2QM9TXWA",
            "Acme",
            Why(
                "A meeting was due on %(day)s, %(since)s days ago, and none is planned.",
                {"day": date(2026, 12, 4), "since": 31},
            ),
        )
    ],
    ends=[Line("3DN8PH4VRC", "Tape & Co", Why("Your quarter ends on %(day)s.", {"day": date(2027, 1, 10)}))],
    worth=[Line("9XG5BTQ6JE", "Paper")],
)


def _tell(here: World) -> None:
    with write(None) as work:
        buyer, cio = work.session.get_one(Organisation, here.buyer), work.session.get_one(Person, here.cio)
        weeks_ahead.tell(work, buyer, cio, WEEK)


STORIES: dict[str, tuple[LetterKind, str, Callable[[World], None]]] = {
    "week_ahead": (LetterKind.WEEK_AHEAD, "chris@northwind.example", _tell),
}
SIGNED = {"week_ahead": "VendorHub for Northwind"}
