"""Yes with changes, a question first, to a colleague: on their pages, behind a letter's link, and at the other side."""

import pytest

from tests.stage import DAY, HOLD, TOPIC, opened
from tests.web.browser import Browser
from tests.web.conftest import World
from vendorhub.queries import meeting_requests as seen
from vendorhub.usecases import logged, passing, wordings

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
WAYS = {"Yes, but …": "yes-but", "Ask a question first": "question", "Pass to a colleague": "passing"}


@pytest.fixture
def code(world: World) -> str:
    """An ask that waits for Kim."""
    return str(world.play("asked"))


def state(world: World, name: str, code: str) -> str:
    return str(world.do(name, seen.see, code).state)


def follow(browser: Browser, link: str) -> None:
    browser.open(browser.page.links[link])


def test_a_yes_with_changes_is_agreed_to(world: World, code: str) -> None:
    kim, vera = world.at("Kim"), world.at("Vera")
    kim.open("/")
    follow(kim, "Yes, but …")
    assert kim.page.h1 == ["Yes to Fastprint, but …"]
    kim.press("Yes, with these changes", minutes="60")
    assert (kim.page.status, kim.page.errors["minutes"]) == (
        422,
        "They asked for 30 minutes; a yes can't give more than was asked.",
    )
    kim.press("Yes, with these changes", minutes="15", other_name="Ann")
    assert (kim.page.status, kim.page.errors["other_email"]) == (422, "Please fill this in.")
    kim.press(
        "Yes, with these changes", topic="Printers", other_email="ann@fastprint.example", own="cleo@norden.example"
    )
    assert "Kim said yes to Fastprint about “Backup costs”, with changes." in kim.page.text
    world.play("go", HOLD)
    assert "They have yet to agree to your changes" in kim.open("/").text
    assert "Kim says yes, with changes; please agree by" in vera.open("/").text
    follow(vera, "See the changes")
    for told in ("Kim says yes, with these changes", "Printers", "15 minutes, not 30", "Ann", "Cleo"):
        assert told in vera.page.text
    vera.press("Agree")
    assert "Agreed. Now you find a time together." in vera.page.text
    assert vera.page.h1 == ["Norden Mutual: Printers"]
    assert state(world, "Kim", code) == "accepted"
    assert "Vera agreed to the changes" in vera.page.text


def test_a_yes_with_changes_is_answered_by_taking_the_ask_back(world: World, code: str) -> None:
    kim, vera = world.at("Kim"), world.at("Vera")
    kim.open(f"/meeting-requests/{code}/yes-but")
    kim.press("Yes, with these changes", topic="Printers")
    world.play("go", HOLD)
    vera.open(f"/meeting-requests/{code}")
    assert "Your ask is taken back; they are told so." in vera.press("Take the ask back").text
    assert state(world, "Vera", code) == "withdrawn"


def test_what_a_never_tells_is_shown_before_it_is_pressed(world: World, code: str) -> None:
    world.do("Ada", wordings.reword, {"no": "Thank you; it is a no."})
    page = world.at("Kim").open(f"/meeting-requests/{code}/never")
    assert "If they are told: they read Thank you; it is a no." in page.text
    assert "If they are told nothing Nothing goes out to them." in page.text
    unknown = world.do("Kim", logged.log, channel="phone", topic="Disk", company="Diskers")
    page = world.at("Kim").open(f"/meeting-requests/{unknown}/never")
    assert "No address of theirs is known, so nothing goes out to them." in page.text
    assert "they read" not in page.text


def test_nobody_of_theirs_is_no_meeting(world: World, code: str) -> None:
    kim = world.at("Kim")
    kim.open(f"/meeting-requests/{code}/yes-but")
    kim.page.form_with("Yes, with these changes")[0].fields.poplist("keep")
    kim.press("Yes, with these changes")
    assert (kim.page.status, kim.page.errors["keep"]) == (422, "Please name at least one person who would come.")
    assert state(world, "Kim", code) == "pending"


def test_a_question_goes_to_and_fro(world: World, code: str) -> None:
    kim, vera = world.at("Kim"), world.at("Vera")
    kim.open("/")
    follow(kim, "Ask a question first")
    kim.press("Send the question")
    assert (kim.page.status, kim.page.errors["question"]) == (422, "Please fill this in.")
    kim.press("Send the question", question="What does a seat cost?")
    assert "Your question is with them until" in kim.page.text
    follow(kim, f"Fastprint asks for 30 minutes about “{TOPIC}”")
    assert "Ask a question first" not in kim.page.links
    vera.open("/")
    follow(vera, "Answer the question")
    assert "What does a seat cost?" in vera.page.text
    vera.press("Send the answer")
    assert (vera.page.status, vera.page.errors["reply"]) == (422, "Please fill this in.")
    vera.press("Send the answer", reply="Nine euros.")
    assert "Vera answered: “Nine euros.”" in vera.page.text
    assert "They answer Nine euros." in kim.open("/").text
    assert "Kim asked first: “What does a seat cost?”" in kim.open("/history").text


def test_what_nobody_answered_says_so(world: World, code: str) -> None:
    kim = world.at("Kim")
    kim.open(f"/meeting-requests/{code}/question")
    kim.press("Send the question", question="What?")
    world.play("go", 10 * DAY)
    assert "Closed, for the question stayed unanswered." in world.at("Vera").open(f"/meeting-requests/{code}").text


def test_an_ask_is_passed_to_a_colleague_who_answers_it(world: World, code: str) -> None:
    kim, vera = world.at("Kim"), world.at("Vera")
    kim.open("/")
    follow(kim, "Pass to a colleague")
    kim.press("Pass it on")
    assert (kim.page.status, kim.page.errors["to"]) == (422, "Please fill this in.")
    kim.press("Pass it on", to="cleo@norden.example")
    assert "Kim passed the ask of Fastprint about “Backup costs” to Cleo." in kim.page.text
    assert "Passed" not in vera.open("/").text
    world.play("go", HOLD)
    assert "Passed to Cleo, who answers it." in vera.open("/").text
    vera.open(f"/meeting-requests/{code}")
    follow(vera, "See the ask as it goes on")
    cleo = world.at("Cleo")
    cleo.open("/")
    assert (cleo.page.html.count("<article"), "passed on by Kim" in cleo.page.text) == (1, True)
    assert "Don’t ask again" not in cleo.page.links
    follow(cleo, f"Fastprint asks for 30 minutes about “{TOPIC}”")
    assert "Kim has passed this on." in cleo.page.text
    cleo.press("Yes")
    assert "Cleo said yes to Fastprint about “Backup costs”." in cleo.page.text
    for page in ("/", "/meetings", "/history"):
        assert cleo.open(page).status == 200


def test_who_may_not_is_led_back(world: World, code: str) -> None:
    bo, charlie, vera = world.at("Bo"), world.at("Charlie"), world.at("Vera")
    for way in WAYS.values():
        there = f"/meeting-requests/{code}"
        assert bo.open(f"{there}/{way}").path == there
        assert vera.open(f"{there}/{way}").path == there
        assert charlie.open(f"{there}/{way}").status == 404
        assert bo.open(f"{there}/{way}", method="POST").status in (400, 403)
    world.do("Kim", passing.pass_on, code, to="mo@norden.example")
    assert world.at("Kim").open(f"/meeting-requests/{code}/question").path == f"/meeting-requests/{code}"


def link(world: World) -> str:
    def secret() -> str:
        letter = world.stage.letters(kind="ask_received")[0]
        return str(opened(letter).get_body(("plain",)).get_content()).split("/d/")[1].split()[0]

    with world.app.app_context():
        return f"/d/{secret()}"


@pytest.mark.parametrize(
    ("way", "button", "typed", "becomes"),
    [
        ("yes-but", "Yes, with these changes", {"topic": "Printers"}, "amended"),
        ("question", "Send the question", {"question": "What?"}, "asked_back"),
        ("passing", "Pass it on", {"to": "cleo@norden.example"}, "redirected"),
    ],
)
def test_behind_a_letters_link_a_press_decides_and_nothing_else(
    world: World, code: str, way: str, button: str, typed: dict[str, str], becomes: str
) -> None:
    there, somebody = link(world), world.somebody()
    before = world.digest()
    for _ in range(2):
        assert somebody.open(f"{there}/{way}").status == 200
    assert somebody.client.post(f"{there}/{way}", data=somebody.page.forms[0].fields).status_code == 422
    assert world.digest() == before
    somebody.open(there)
    label = next(said for said, path in WAYS.items() if path == way)
    follow(somebody, label)
    somebody.press(button, **typed)
    assert (somebody.page.path, state(world, "Kim", code)) == (there, becomes)
    assert somebody.open(f"{there}/{way}").path == there
