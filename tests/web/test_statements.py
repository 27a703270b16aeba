"""Pages ask the database the same number of questions however much there is to show."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.web.browser import Browser
from tests.web.conftest import World
from vendorhub.store import db

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@contextmanager
def counted(world: World) -> Iterator[list[str]]:
    """The statements that are sent meanwhile, without BEGIN."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    with world.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def statements(world: World, browser: Browser, path: str) -> int:
    with counted(world) as sent:
        assert browser.open(path).status == 200
    return len(sent)


def test_the_desk_takes_nine_however_much_lies_on_it(world: World) -> None:
    code, _ = world.play("offered", slots=(("2027-02-13T14:00:00", "Europe/Berlin", None),))
    world.play("asked", topic="Number 0")
    kim = world.at("Kim")
    few = statements(world, kim, "/")
    for number in range(1, 20):
        world.play("asked", topic=f"Number {number}")
    many = statements(world, kim, "/")
    assert kim.page.html.count("<article") == 20
    assert code in kim.page.html
    assert (few, many) == (9, 9)


def test_a_request_takes_six(world: World) -> None:
    waiting = world.play("asked")
    kim = world.at("Kim")
    assert statements(world, kim, f"/meeting-requests/{waiting}") == 6
    arranged, _ = world.play("offered")
    assert statements(world, kim, f"/meeting-requests/{arranged}") == 6


def test_my_asks_take_eleven_however_many(world: World) -> None:
    world.play("asked")
    vera = world.at("Vera")
    few = statements(world, vera, "/")
    for number in range(15):
        world.play("asked", topic=f"Number {number}")
    assert (few, statements(world, vera, "/")) == (11, 11)


def test_meetings_and_history_are_constant(world: World) -> None:
    world.play("met")
    kim = world.at("Kim")
    few = [statements(world, kim, path) for path in ("/meetings", "/history")]
    from vendorhub.usecases import offers

    for day in range(1, 9):
        code = world.play("accepted", topic=f"Number {day}")
        slot = (f"2027-02-{day:02}T14:00:00", "Europe/Berlin", None)
        offer = world.do("Kim", offers.offer, code, slots=[slot])
        world.do("Vera", offers.choose, offer, slot=world.play("slot", offer))
    assert [statements(world, kim, path) for path in ("/meetings", "/history")] == few
    assert few == [5, 3]


def test_a_page_is_small(world: World) -> None:
    for number in range(20):
        world.play("asked", topic=f"Number {number}")
    size = len(world.at("Kim").open("/").html.encode())
    assert size < 100_000
