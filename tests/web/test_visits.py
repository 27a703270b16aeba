"""The page of somebody without an account: read without a cookie, changed by a press alone, dead without a trace."""

import pytest

from tests.people import address
from tests.usecases import minutes as scenes
from tests.usecases.visits import DEVIKA, PETRA, UNA, links, listed, met, uid_of
from tests.web.browser import Browser
from tests.web.conftest import World
from tests.web.test_pages import whole
from vendorhub.usecases import meetings, participations

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def bare(world: World) -> Browser:
    """A mail program's browser, which keeps no cookies."""
    return Browser(world.app.test_client(use_cookies=False))


def path(world: World, to: str) -> str:
    with world.app.app_context():
        return f"/visit/{links(world.stage, to)[-1]}"


def on_the_list(world: World) -> dict[str, str]:
    with world.app.app_context():
        return dict(listed(uid_of()))


def test_it_shows_the_meeting_and_a_scanner_changes_nothing(world: World) -> None:
    with world.app.app_context():
        scenes.agreed(world.stage)
    browser, there = bare(world), path(world, PETRA)
    before = world.digest()
    for _ in range(3):
        page = browser.open(there)
        whole(page)
        browser.client.head(there)
    assert page.h1 == ["Backups and print, together"]
    assert "Joint briefing at Norden Mutual · for Vera, Fastprint" in page.text
    assert "Printing less 20 min · Fastprint Vera, Engineer" in page.text
    assert "Reserved for Cloudio and the buyer" in page.text
    assert "What Cloudio costs" in browser.open(path(world, DEVIKA)).text  # there is something to leak
    assert not [
        told for told in ("What Cloudio costs", "Carl", "presents.example", address("Kim")) if told in page.html
    ]
    for form in page.forms:
        if form.action.startswith("/visit/"):
            assert form.buttons[0].name == ""  # what Return presses does nothing
            assert browser.client.post(form.action, data=form.fields).status_code == 422
    assert world.digest() == before


def test_cannot_come_and_can_after_all_are_one_press_each(world: World) -> None:
    with world.app.app_context():
        met(world.stage)
    browser = bare(world)
    browser.open(path(world, UNA[1]))
    page = browser.press("I can’t come")
    assert (page.status, on_the_list(world)["Una"]) == (200, "DECLINED")
    assert "You have said that you can’t come." in page.text
    whole(page)
    browser.press("I can come after all")
    assert on_the_list(world)["Una"] == "ACCEPTED"


def test_somebody_else_is_sent_in_one_press_and_the_link_is_dead(world: World) -> None:
    with world.app.app_context():
        met(world.stage)
    browser, there = bare(world), path(world, UNA[1])
    browser.open(there)
    page = browser.press("Send them instead", name="Sam", email="sam@cloudio.example")
    assert (page.status, list(page.errors)) == (422, ["email"])
    assert page.errors["email"] == (
        "This address is not one of Fastprint, and nobody was asked. Anybody else may need a new yes of the buyer; "
        "please write to whoever invited you."
    )
    form, _ = page.form_with("Send them instead")
    assert form.fields["name"] == "Sam"
    page = browser.press("Send them instead", name="Sam", email="sam@fastprint.example")
    assert (page.status, page.h1) == (200, ["Sam comes instead of you"])
    assert set(on_the_list(world)) == {"Kim", "Vera", "Sam"}
    whole(page)
    gone, never = browser.open(there), browser.open("/visit/nothing")
    assert (gone.status, gone.h1) == (404, ["This link opens nothing"])
    assert gone.html == never.html
    assert browser.client.post(f"{there}/reply", data={"answer": "cannot_come"}).status_code == 404


def test_what_has_ended_is_the_same_page_as_what_never_was(world: World) -> None:
    with world.app.app_context():
        code = scenes.agreed(world.stage)
        uid = uid_of()
    petra, devika = path(world, PETRA), path(world, DEVIKA)
    never = bare(world).open("/visit/nothing").html
    world.do("Carl", participations.leave, code)
    assert bare(world).open(devika).html == never
    assert "What Cloudio costs" not in bare(world).open(petra).html
    world.do("Kim", meetings.cancel, uid)
    assert bare(world).open(petra).html == never
