"""Every page, photographed as people see it, and looked at by what needs no pixels."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SCALE
from tests.journeys.eyes import AT_MOST_AT_FIRST, AT_MOST_LATER, AT_MOST_REQUESTS, Eyes
from tests.journeys.hall import KATRIN, MAYA, Hall, hall
from tests.journeys.places import PLACES, Place
from tests.processes import ROOT

# Build output, not in git. Whoever names a folder wants all of them.
ALBUM = Path(os.environ.get("VENDORHUB_PHOTOGRAPHS", ROOT / "build" / "photographs"))
ALL = SCALE > 1 or "VENDORHUB_PHOTOGRAPHS" in os.environ


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with hall(tmp_path_factory.mktemp("hall")) as opened:
        yield opened


@pytest.fixture(scope="module")
def album() -> Path:
    ALBUM.mkdir(parents=True, exist_ok=True)
    return ALBUM


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_page(house: Hall, album: Path, place: Place) -> None:
    eyes = house.eyes(place.who)
    eyes.open(house.address + place.path.format_map(house.things(place.who)), status=place.status)
    requests, octets = eyes.weight()
    if ALL:
        eyes.photograph(album, place.name)
    else:
        eyes.photograph(album, place.name, (("desk", "dark"), ("phone", "light")), ".jpg")
    if place.sheets:
        eyes.on_paper(album, place.name, at_most=place.sheets)
    eyes.look()
    assert eyes.troubles == ""
    assert requests <= AT_MOST_REQUESTS
    assert octets <= AT_MOST_AT_FIRST


@pytest.mark.parametrize(("who", "path"), [(None, "/b/havelmark"), (KATRIN, "/"), (MAYA, "/b/havelmark/ask")])
def test_a_first_visit_and_a_second(house: Hall, who: str | None, path: str) -> None:
    cookies = house.eyes(who).page.context.cookies()
    context = house.browser.new_context()
    context.add_cookies(cookies)
    eyes = Eyes(context)
    eyes.open(house.address + path)
    requests, octets = eyes.weight()
    assert requests <= AT_MOST_REQUESTS
    assert octets <= AT_MOST_AT_FIRST
    eyes.open(house.address + path)
    assert eyes.weight()[1] <= AT_MOST_LATER
    context.close()
