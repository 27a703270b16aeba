"""The assistant's tray and the decider's pile, as they are seen and pressed; and who answers for whom."""

import pytest
from werkzeug.datastructures import MultiDict

from tests.people import address
from tests.web.browser import Browser, Page
from tests.web.conftest import World
from vendorhub.domain.assistants import Alone
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.assistants import mine
from vendorhub.usecases import assistants
from vendorhub.usecases.sortings import sort

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def pile(world: World, code: str) -> str | None:
    sorting = world.do("Kim", seen.see, code).sorting
    return sorting.pile if sorting else None


def put(browser: Browser, label: str, codes: list[str]) -> Page:
    """Ticks the cards and presses the button below them, as a browser without JavaScript sends it."""
    form, button = browser.page.form_with(label)
    sent = MultiDict([*form.fields.items(), *(("code", code) for code in codes), (button.name, button.value)])
    return browser._show(browser.client.post(button.action, data=sent, follow_redirects=True))


def test_a_card_is_sorted_with_a_line_and_a_suggestion_which_the_decider_reads_beside_the_answers(world: World) -> None:
    code = world.play("asked")
    alex, kim = world.at("Alex"), world.at("Kim")
    alex.open("/")
    page = alex.press("For Kim", line="They restored our mail", suggested="not_now")
    assert "Sorted. They hear nothing of it." in page.text
    assert "On the pile of Kim: 1" in page.text
    page = kim.open("/")
    assert "Sorted for you by Alex" in page.text
    assert "Alex says: They restored our mail Alex suggests: Not now" in page.text
    form, _ = page.form_with("Not now")
    assert "answer" not in form.fields  # named, and pressed by nobody
    assert 'data-suggested="not_now"' in page.html
    assert world.do("Kim", seen.see, code).state == "pending"
    kim.press("Not now")
    assert world.do("Kim", seen.see, code).state == "declined"


def test_several_are_sorted_at_once_and_folded_for_the_decider(world: World) -> None:
    world.do("Kim", assistants.give, address("Alex"), ["not_now"])
    first, second, third, _ = (world.play("asked", topic=f"Number {number}") for number in range(4))
    alex, kim = world.at("Alex"), world.at("Kim")
    alex.open("/")
    assert "2 asks are sorted." in put(alex, "None of these for us", [first, third]).text
    assert [pile(world, code) for code in (first, second, third)] == ["no_for_us", None, "no_for_us"]
    assert "Nothing was chosen, so nothing was sorted." in put(alex, "These are mine", []).text
    page = kim.open("/")
    assert "No for us, Alex thinks: 2" in page.text
    assert page.html.count("<article") == 2
    page = kim.press("No to these 2")
    assert "2 asks are answered." in page.text
    assert [world.do("Kim", seen.see, code).state for code in (first, second, third)] == [
        *("declined", "pending", "declined")
    ]


def test_what_does_not_fit_is_said_beside_it_and_kept(world: World) -> None:
    code = world.play("asked")
    alex = world.at("Alex")
    alex.open("/")
    page = alex.press("Mine", line="x" * 281, suggested="no")
    assert (page.status, page.errors) == (422, {"line": "Please keep this to 280 characters; it has 281."})
    form, _ = page.form_with("Mine")
    assert (form.fields["line"], form.fields["suggested"]) == ("x" * 281, "no")
    assert pile(world, code) is None
    form, _ = alex.open("/").form_with("Mine")
    sent = alex.client.post(form.action, data=form.fields)  # as it came, without a press
    assert (sent.status_code, pile(world, code)) == (422, None)


def test_an_assistant_sees_the_answers_that_are_theirs(world: World) -> None:
    code = world.play("asked")
    alex = world.at("Alex")
    every = {"Yes", "In writing", "Not now", "No"}
    for path in ("/", f"/meeting-requests/{code}"):
        assert every <= {button.label for form in alex.open(path).forms for button in form.buttons}
    world.do("Kim", assistants.give, address("Alex"), ["no"])
    for path in ("/", f"/meeting-requests/{code}"):
        assert every & {button.label for form in alex.open(path).forms for button in form.buttons} == {"No"}
    form, _ = alex.page.form_with("No")
    sent = MultiDict({**form.fields, "answer": "yes"})
    assert alex.client.post(f"/meeting-requests/{code}/acceptance", data=sent).status_code == 403
    world.do("Kim", assistants.give, address("Alex"), [])
    alex.open("/")
    assert alex.press("For Kim").status == 200
    assert pile(world, code) == "for_you"


def test_who_decides_alone_sees_no_tray(world: World) -> None:
    world.play("asked", to=address("Pia"))
    page = world.at("Pia").open("/")
    assert page.html.count("<article") == 1
    assert [said for said in ("orted", "pile", "No for us", "Mine") if said in page.text] == []


def test_a_decider_says_who_answers_and_when_the_pile_comes(world: World) -> None:
    kim = world.at("Kim")
    page = kim.open(kim.open("/").links["Who answers for me"])
    form, _ = page.form_with("Save for Alex")
    assert form.fields.getlist("answers") == [str(each) for each in Alone]
    sent = MultiDict(
        [(name, value) for name, value in form.fields.items(multi=True) if value not in ("accept", "amend")]
    )
    kim._show(kim.client.post(form.action, data=sent, follow_redirects=True))
    assert world.do("Kim", mine).people[0].alone == set(Alone) - {Alone.YES, Alone.YES_BUT}
    form, _ = kim.page.form_with("Save the hours")
    sent = MultiDict([("csrf_token", form.fields["csrf_token"]), ("letters", "hours"), ("hour", "13"), ("hour", "")])
    page = kim._show(kim.client.post(form.action, data=sent))
    assert (page.status, page.errors) == (422, {"hours": "Please let at least one of the hours be noon or earlier."})
    sent.add("hour", "8")
    kim._show(kim.client.post(form.action, data=sent, follow_redirects=True))
    assert world.do("Kim", mine).hours == (8, 13)


@pytest.mark.parametrize("name", ["Alex", "Cleo", "Ada", "Vera"])
def test_nobody_else_has_assistants(world: World, name: str) -> None:
    browser = world.at(name)
    assert browser.open("/my-assistants").status == 403
    assert "Who answers for me" not in browser.open("/").links


def test_a_line_is_read_by_these_two_alone(world: World) -> None:
    code = world.play("asked")
    world.do("Alex", sort, code, pile="for_you", line="Have a look")
    read = {
        name: "Have a look" in world.at(name).open(f"/meeting-requests/{code}").html for name in ("Kim", "Bo", "Vera")
    }
    assert read == {"Kim": True, "Bo": False, "Vera": False}
