"""Light and dark: as the device prefers, until somebody chooses; for everybody, signed in or not."""

import pytest

from tests.web.conftest import World

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_choice_is_kept_and_given_back(world: World) -> None:
    browser = world.somebody()
    assert "data-bs-theme" not in browser.open("/b/norden").html
    page = browser.press("Dark")
    assert (page.path, 'data-bs-theme="dark"' in page.html) == ("/b/norden", True)
    assert 'data-bs-theme="light"' in browser.press("Light").html
    assert "data-bs-theme" not in browser.press("As my device").html


@pytest.mark.parametrize("somewhere", ["https://evil.example/", "//evil.example", "\\\\evil.example"])
def test_it_leads_nowhere_else(world: World, somewhere: str) -> None:
    answer = world.app.test_client().post("/theme", data={"theme": "dark", "next": somewhere})
    assert answer.headers["Location"] == "/"


def test_a_theme_that_is_none_is_the_devices(world: World) -> None:
    client = world.app.test_client()
    client.set_cookie("theme", '"><b>')
    assert "data-bs-theme" not in client.get("/b/norden").text
