"""The link in an ask's letter: a page whose form answers, without a cookie; a form sent as it came answers nothing."""

import re

import pytest

from tests.stage import MINUTE, opened
from tests.web.browser import Browser
from tests.web.conftest import World

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def link(world: World, to: str = "kim@norden.example") -> str:
    """The path of the latest decision link in a letter to somebody."""
    with world.app.app_context():
        letter = world.stage.letters(kind="ask_received", recipient=to)[-1]
        text = opened(letter).get_body(("plain",)).get_content()
    return str(re.findall(r"/d/[\w-]+", text)[0])


def bare(world: World) -> Browser:
    """A mail program's browser, which keeps no cookies."""
    return Browser(world.app.test_client(use_cookies=False))


@pytest.mark.parametrize("answer", ["Yes", "Not now", "No"])
def test_it_answers_without_cookies_or_signing_in(world: World, answer: str) -> None:
    code = world.play("asked")
    browser = bare(world)
    page = browser.open(link(world))
    assert page.h1 == ["Fastprint asks for 30 minutes about “Backup costs”"]
    page = browser.press(answer, again_on="2027-03-01", note="From my letter.")
    assert page.status == 200
    # the first answer by a link waits ten minutes
    assert "They hear of it at 12:10 (Berlin time, UTC+01:00); take it back until then." in page.text
    state = {"Yes": "accepted", "Not now": "declined", "No": "declined"}[answer]
    from vendorhub.queries import meeting_requests as seen

    view = world.do("Kim", seen.see, code)
    assert (view.state, view.note, view.decided_by) == (state, "From my letter.", "Kim")
    assert world.do("Vera", seen.see, code).state == "pending"
    assert "Yes" not in [button.label for form in page.forms for button in form.buttons]
    browser.press("Take it back")
    assert world.do("Kim", seen.see, code).state == "pending"


def test_a_form_sent_with_its_defaults_answers_nothing(world: World) -> None:
    world.play("asked")
    browser = bare(world)
    page = browser.open(link(world))
    before = world.digest()
    paths = {form.action for form in page.forms} | {button.action for form in page.forms for button in form.buttons}
    for form in page.forms:
        for path in paths - {""}:
            answer = browser.client.post(path, data=form.fields)
            if "/sign-" not in path and path != "/theme":
                assert answer.status_code == 422, path
                assert "Please press one of the answers." in answer.text
    assert world.digest() == before


def test_every_answer_has_the_same_look_and_none_is_chosen(world: World) -> None:
    world.play("asked")
    page = bare(world).open(link(world))
    form, _ = page.form_with("Yes")
    first, *answers = form.buttons
    assert (first.label, first.name, first.action) == ("", "", "")
    assert [button.label for button in answers] == [*("Yes", "In writing", "Not now", "No"), "Yes, each quarter"]
    assert {name: value for name, value in form.fields.items() if value} == {}


def test_it_answers_once(world: World) -> None:
    world.play("asked")
    path = link(world)
    first, second = bare(world), bare(world)
    first.open(path)
    second.open(path)
    first.press("Yes")
    page = second.press("No", note="Typed in vain?")
    assert page.status == 409
    assert "Kim has already answered this; please have a look at what they said." in page.text


def test_the_assistants_link_answers_on_behalf(world: World) -> None:
    code = world.play("asked")
    browser = bare(world)
    page = browser.open(link(world, "alex@norden.example"))
    assert "You answer on behalf of Kim, and it says so." in page.text
    browser.press("Yes")
    from vendorhub.queries import history

    lines, _ = world.do("Kim", history.lines, about=code)
    assert (lines[-1].by, lines[-1].on_behalf_of, lines[-1].door) == ("Alex", "Kim", "link")


def test_bad_input_is_kept_beside_its_field(world: World) -> None:
    world.play("asked")
    browser = bare(world)
    browser.open(link(world))
    page = browser.press("Not now", again_on="2020-01-01", note="Later, please.")
    assert (page.status, page.errors) == (422, {"again_on": "Please choose a date after today."})
    assert page.form_with("Yes")[0].fields["note"] == "Later, please."
    page = browser.press("Not now", again_on="")
    assert page.errors == {"again_on": "Please say from which date they may ask again."}
    page = browser.press("Yes", how="video_buyer", detail="http://insecure.example", note="Fine.")
    assert page.errors == {"detail": "Please give the join link alone; it begins with https://."}
    assert page.form_with("Yes")[0].fields["detail"] == "http://insecure.example"


def test_after_the_window_it_says_so(world: World) -> None:
    from datetime import timedelta

    world.play("asked")
    path = link(world)
    browser = bare(world)
    browser.open(path)
    world.stage.go(timedelta(days=8))
    page = browser.press("Yes")
    assert page.status == 409
    assert "The time to answer this is over, so it was closed without an answer." in page.text
    world.stage.go(timedelta(days=90))
    assert bare(world).open(path).status == 404


def test_an_unknown_link_says_what_to_do(world: World) -> None:
    page = bare(world).open("/d/unknown")
    assert page.status == 404
    assert page.h1 == ["There is nothing here for you"]
    assert "If it came in a letter, copy the whole line" in page.text


def test_with_a_hold_over_the_answer_stands(world: World) -> None:
    world.play("asked")
    browser = bare(world)
    path = link(world)
    browser.open(path)
    browser.press("Yes")
    world.stage.go(10 * MINUTE)
    page = browser.open(path)
    assert "Yes (Kim)." in page.text
    assert {form.action for form in page.forms} == {"/theme"}
