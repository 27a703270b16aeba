"""Every page, photographed as people see it, and looked at for what needs no pixels."""

import re
from pathlib import Path

import pytest

from tests.journeys.eyes import AT_MOST_AT_FIRST, AT_MOST_LATER, AT_MOST_REQUESTS, Eyes
from tests.journeys.hall import ALL, KATRIN, MAYA, Hall
from tests.journeys.places import ELSEWHERE, LETTERS, PLACES, Place

ONE_IN = 3  # pages are photographed in the usual run, each in one form


def looked_at() -> list[Place]:
    """All pages; in the usual run the first at each address, and every third of those that differ by what they show."""
    seen: set[str] = set()
    chosen = []
    for turn, place in enumerate(PLACES):
        address = re.sub(r"{.*?}", "{}", place.path.split("?")[0])
        if ALL or address not in seen or turn % ONE_IN == 0:
            chosen.append(place)
        seen.add(address)
    return chosen


@pytest.mark.parametrize("place", looked_at(), ids=lambda place: place.name)
def test_a_page(hall: Hall, album: Path, place: Place) -> None:
    eyes = hall.eyes(place.who)
    eyes.open(hall.address + place.path.format_map(hall.things(place.who)), status=place.status)
    requests, octets = eyes.weight()
    turn = PLACES.index(place)
    if ALL or turn % ONE_IN == 0:
        eyes.photograph(album, place.name, only=None if ALL else turn)
    if place.sheets:
        eyes.on_paper(album, place.name, at_most=place.sheets)
    eyes.look(whole=ALL, by_night=turn % 2 == 1)
    assert eyes.troubles == ""
    assert requests <= AT_MOST_REQUESTS
    assert octets <= AT_MOST_AT_FIRST


@pytest.mark.parametrize(("who", "path"), [(None, "/b/havelmark"), (KATRIN, "/"), (MAYA, "/b/havelmark/ask")])
def test_a_first_visit_and_a_second(hall: Hall, who: str | None, path: str) -> None:
    context = hall.browser.new_context()
    context.add_cookies(hall.eyes(who).page.context.cookies())
    eyes = Eyes(context)
    eyes.open(hall.address + path)
    requests, octets = eyes.weight()
    assert requests <= AT_MOST_REQUESTS
    assert octets <= AT_MOST_AT_FIRST
    eyes.open(hall.address + path)
    assert eyes.weight()[1] <= AT_MOST_LATER
    context.close()


# All are looked at in test_letters.py; the rest of them is for the album.
@pytest.mark.parametrize("letter", LETTERS if ALL else LETTERS[:2], ids=lambda letter: letter.name)
def test_a_letter(hall: Hall, album: Path, letter: Place) -> None:
    eyes = hall.eyes(None)
    eyes.open(hall.address + letter.path)
    eyes.photograph(album, letter.name)
    assert eyes.troubles == ""


def test_every_page_is_photographed(hall: Hall) -> None:
    address = hall.app.url_map.bind("127.0.0.1")
    seen = {address.match(re.sub(r"{.*?}", "x", place.path.split("?")[0]))[0] for place in (*PLACES, *LETTERS)}
    pages = {
        rule.endpoint
        for rule in hall.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not re.search(r"static|^/api/|^/\w+z$|^/metrics$|\.\w+$", rule.rule)
    }
    assert pages - seen == ELSEWHERE
