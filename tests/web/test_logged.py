import pytest

from tests.people import address
from tests.web.conftest import World
from tests.web.test_several import chosen
from tests.web.test_statements import statements
from vendorhub.queries import meeting_requests as asks

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_one_line_becomes_a_card_that_is_answered_in_one_press(world: World) -> None:
    kim = world.at("Kim")
    kim.open("/")
    kim.press("Note it", line="phone: Joe Bloggs, Northwind, backup costs")
    assert "Noted: Northwind, “backup costs”. They hear nothing of it." in kim.page.text
    assert "Northwind asks about “backup costs”" in kim.page.text
    assert "By phone, noted by Kim." in kim.page.text
    kim.press("Just remember")
    assert "Kim remembers what Northwind asked about “backup costs”, without a reply." in kim.page.text
    kim.press("Take it back")
    assert "Northwind asks about “backup costs”" in kim.page.text
    assert world.play("told") == [("ask_noted", address("Alex"))]


def test_what_a_line_does_not_say_is_asked_and_the_rest_is_kept(world: World) -> None:
    kim = world.at("Kim")
    kim.open("/")
    kim.press("Note it", line="Joe, Northwind, backup costs")
    assert kim.page.status == 422
    assert kim.page.errors == {"channel": "Please say how it came: mail, invitation, phone, site, voicemail or other."}
    assert [kim.page.form_with("Note it")[0].fields[name] for name in ("name", "company", "topic")] == [
        "Joe",
        "Northwind",
        "backup costs",
    ]
    kim.press("Note it", channel="site")
    assert "Noted: Northwind" in kim.page.text
    kim.open("/meeting-requests/logged")
    kim.press("Note it")
    assert set(kim.page.errors) == {"channel", "topic"}


def test_the_guess_is_put_right_and_the_answer_goes_where_the_card_says(world: World) -> None:
    kim = world.at("Kim")
    kim.open("/")
    kim.press("Note it", line="mail: Joe, Northwind, tape")
    code = world.do("Kim", lambda actor: asks.waiting(actor)[0][0].code)
    assert "Our front door" not in kim.page.text
    kim.open(f"/meeting-requests/{code}")
    kim.open(kim.page.links["Put right who asked"])
    kim.press("Save", email="nobody")
    assert kim.page.errors == {"email": "Please write one mail address, like name@example.com."}
    kim.press("Save", email="joe@northwind.example", minutes="15")
    assert "Your answer goes to joe@northwind.example." in kim.page.text
    kim.press("Our front door")
    assert "Kim showed Northwind the front door, about “tape”." in kim.page.text
    assert world.play("told")[-1] == ("front_door", "joe@northwind.example")


def test_several_are_remembered_at_once_and_cost_no_statement_more(world: World) -> None:
    kim = world.at("Kim")
    for number in range(3):
        kim.open("/")
        kim.press("Note it", line=f"phone: Joe, Company {number}, number {number}")
    codes = world.do("Kim", lambda actor: [ask.code for ask in asks.waiting(actor)[0]])
    assert statements(world, kim, "/") == 8  # one more where times lie on the table
    assert statements(world, kim, f"/meeting-requests/{codes[0]}") == 6
    kim.open("/")
    chosen(kim, "Just remember these", codes[:2])
    assert "2 asks are answered." in kim.page.text
    assert world.do("Kim", asks.waiting_count) == 1


def test_whose_mail_is_no_ask_is_a_list(world: World) -> None:
    kim = world.at("Kim")
    kim.open("/front-door")
    kim.open(kim.page.links["Whose mail is no ask"])
    assert "Nobody is on it yet." in kim.page.text
    kim.press("Put it on the list", entry="gmail.com")
    assert "entry" in kim.page.errors
    kim.press("Put it on the list", entry="Bank.example")
    assert "Mail from bank.example is no ask from now on." in kim.page.text
    kim.press("Put it on the list", entry="bank.example")
    assert kim.page.errors == {"entry": "bank.example is on the list already."}
    assert "Nobody is on it yet." in world.at("Charlie").open("/front-door/not-vendors").text
    kim.open("/front-door/not-vendors")
    kim.press("Take off")
    assert "bank.example is off the list" in kim.page.text
    assert world.at("Vera").open("/front-door/not-vendors").status == 403
