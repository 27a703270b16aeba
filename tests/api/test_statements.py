"""What a call costs the database: as many statements for twenty things as for one."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from tests.api.conftest import AT_FOUR, AT_TWO, House
from vendorhub.store import db

AT_MOST = {
    "/meeting-requests": 5,
    "/meeting-requests/{code}": 5,
    "/meeting-requests/{code}/offers": 6,
    "/history": 4,
    "/meetings": 6,
    "/me": 5,
}


@contextmanager
def counted(house: House) -> Iterator[list[str]]:
    """The statements that are executed in the block; a BEGIN is none."""
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            told.append(statement)

    with house.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(engine, "before_cursor_execute", note)


def statements(house: House, code: str) -> dict[str, int]:
    found = {}
    for path in AT_MOST:
        with counted(house) as told:
            assert house["Kim"].get(path.replace("{code}", code)).status_code == 200
        found[path] = len(told)
    return found


def test_twenty_cost_as_many_statements_as_one(house: House) -> None:
    meeting = house.agreed()
    code = meeting["request"]
    one = statements(house, code)
    for number in range(19):
        house.asked(topic=f"Topic {number}")
    other = house.accepted()
    for _ in range(4):
        house["Kim"].post(f"/meeting-requests/{other}/offers", {"slots": [AT_TWO, AT_FOUR]})
    assert statements(house, other) == one
    assert {path: count for path, count in one.items() if count > AT_MOST[path]} == {}
