"""Items once the agenda is published: the room reads what is for it, as it was published, and no more (law 10)."""

import pytest

from tests.stage import MINUTE, Stage, refused
from tests.usecases.agendas import sent
from tests.usecases.briefings import joined
from vendorhub.domain.agendas import Presenter
from vendorhub.domain.refusals import NotThere
from vendorhub.queries import items as seen
from vendorhub.usecases import agenda_building, items, participations
from vendorhub.usecases.agenda_building import Given
from vendorhub.usecases.agenda_publication import publish

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def there(stage: Stage) -> tuple[str, dict[str, str]]:
    """A briefing with its agenda published, and its items by name."""
    code = joined(stage)
    found = {
        "open": sent(stage, code, "Vera", "Printing less", 10, abstract="By *half*."),
        "closed": sent(stage, code, "Vera", "What it costs", 10, visibility="buyer"),
        "left_out": sent(stage, code, "Vera", "For another day", 5),
        "theirs": sent(stage, code, "Carl", "Copies elsewhere", 20),
        "asked": sent(stage, code, "Kim", "What if it burns?", 20, visibility="buyer", asks="cloudio"),
        "news": sent(stage, code, "Kim", "What is new with us", 20, presenters=[("Kim", "kim@norden.example", "")]),
    }
    order = ("open", "closed", "theirs", "asked", "news")
    agenda_building.put(stage["Rita"], code, entries=[Given(ref=found[name]) for name in order])
    stage.go(MINUTE)
    assert titles(stage, "Carl", code) == ["Copies elsewhere"]
    publish(stage["Rita"], code)
    return code, found


def titles(stage: Stage, name: str, code: str) -> list[str]:
    return [item.title for item in seen.listing(stage[name], code).items]


def test_the_room_reads_what_is_for_it(stage: Stage, there: tuple[str, dict[str, str]]) -> None:
    code, found = there
    assert titles(stage, "Carl", code) == [
        "Printing less",
        "Copies elsewhere",
        "What if it burns?",
        "What is new with us",
    ]
    assert titles(stage, "Vera", code) == [
        "Printing less",
        "What it costs",
        "For another day",
        "Copies elsewhere",
        "What is new with us",
    ]
    item = seen.see(stage["Carl"], code, found["open"])
    assert (item.abstract, item.minutes, item.vendor, item.presenters) == (
        "By *half*.",
        10,
        "fastprint",
        (Presenter("Vera", "", "Engineer"),),
    )
    assert (item.own, item.by, item.changed_at, item.kept) == (False, "", None, None)
    assert seen.see(stage["Carl"], code, found["asked"]).asks == "cloudio"
    for name in ("closed", "left_out"):
        refused(NotThere, seen.see, stage["Carl"], code, found[name])


def test_what_comes_after_the_publication_stays_unknown(stage: Stage, there: tuple[str, dict[str, str]]) -> None:
    code, found = there
    before = seen.listing(stage["Carl"], code)
    sent(stage, code, "Vera", "One more")
    items.change(stage["Vera"], code, found["open"], items.Given("Printing nothing", 15, visibility="room"))
    after = seen.listing(stage["Carl"], code)
    assert (after.items, after.version) == (before.items, before.version)
    items.change(stage["Vera"], code, found["open"], items.Given("Printing nothing", 15, visibility="buyer"))
    refused(NotThere, seen.see, stage["Carl"], code, found["open"])
    items.take_back(stage["Kim"], code, found["news"])
    assert titles(stage, "Carl", code) == ["Copies elsewhere", "What if it burns?"]


def test_who_does_not_come_reads_nothing_of_others(stage: Stage, there: tuple[str, dict[str, str]]) -> None:
    code, _ = there
    participations.leave(stage["Carl"], code)
    assert titles(stage, "Carl", code) == ["Copies elsewhere"]
