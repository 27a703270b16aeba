"""Signing in by letter and by password: the same words for everybody, each secret good once, a new session."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.people import address
from tests.stage import opened
from tests.web.browser import Page
from tests.web.conftest import World
from vendorhub.store import Person, db
from vendorhub.usecases import sign_in

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def letter(world: World, kind: str) -> str:
    """The plain text of the latest letter of a kind, which the worker has written by now."""
    with world.app.app_context():
        sign_in.answer_asks()
        return str(opened(world.stage.letters(kind=kind)[-1]).get_body(("plain",)).get_content())


def test_by_the_code_in_the_letter(world: World) -> None:
    browser = world.somebody()
    browser.open("/sign-in?next=/meetings")
    page = browser.press("Send me the letter", email=" Kim@Norden.example ")
    assert page.h1 == ["Look into your mail"]
    code = re.findall(r"\b\d{6}\b", letter(world, "sign_in"))[0]
    page = browser.press("Sign in", code=code)
    assert page.path == "/meetings"
    assert "Kim Norden Mutual" in page.text


def test_by_the_link_in_the_letter_in_another_browser(world: World) -> None:
    browser = world.somebody()
    browser.open("/sign-in")
    browser.press("Send me the letter", email="vera@fastprint.example")
    (path,) = re.findall(r"/sign-in/\S+", letter(world, "sign_in"))
    other = world.somebody()
    other.open(path)
    assert other.press("Sign in").h1 == ["My asks"]
    again = world.somebody()
    again.open(path)
    assert "This link or code is not good any more; please ask for a new one." in again.press("Sign in").text
    assert again.page.h1 == ["Sign in"]


def test_a_known_address_and_an_unknown_one_read_the_same(world: World) -> None:
    pages = []
    for typed in ("kim@norden.example", "stranger@nowhere.example"):
        browser = world.somebody()
        browser.open("/sign-in")
        page = browser.press("Send me the letter", email=typed)
        pages.append((page.status, re.sub(r'value="[^"]+"', "", page.html)))
    assert pages[0] == pages[1]
    with world.app.app_context():
        sign_in.answer_asks()
        assert world.stage.told(kind="sign_in") == [("sign_in", "kim@norden.example")]


@pytest.mark.parametrize(
    "typed", ["", "kim", "kim@", "a b@c.example", "kim@norden.example\u202e", "x" * 300 + "@a.example"]
)
def test_what_is_no_address_is_kept_and_said(world: World, typed: str) -> None:
    browser = world.somebody()
    browser.open("/sign-in")
    page = browser.press("Send me the letter", email=typed)
    assert page.status == 422
    assert set(page.errors) == {"email"}
    assert page.forms[0].fields["email"] == typed


def test_a_wrong_code_is_counted_and_five_are_the_end(world: World) -> None:
    browser = world.somebody()
    browser.open("/sign-in")
    browser.press("Send me the letter", email="kim@norden.example")
    code = re.findall(r"\b\d{6}\b", letter(world, "sign_in"))[0]
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(5):
        page = browser.press("Sign in", code=wrong)
        assert (page.status, set(page.errors)) == (409, {"code"})
    assert browser.press("Sign in", code=code).status == 409


def test_after_a_quarter_of_an_hour_it_is_over(world: World) -> None:
    browser = world.somebody()
    browser.open("/sign-in")
    browser.press("Send me the letter", email="kim@norden.example")
    code = re.findall(r"\b\d{6}\b", letter(world, "sign_in"))[0]
    world.stage.go(timedelta(minutes=15))
    assert browser.press("Sign in", code=code).status == 409


@pytest.mark.parametrize(
    "where", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_signing_in_leads_nowhere_else(world: World, where: str) -> None:
    browser = world.somebody()
    browser.client.get("/sign-in")
    browser.open("/sign-in")
    token = browser.page.forms[0].fields["csrf_token"]
    browser.client.post("/sign-in", query_string={"next": where}, data={"csrf_token": token, "email": address("Kim")})
    code = re.findall(r"\b\d{6}\b", letter(world, "sign_in"))[0]
    browser.open("/sign-in/code")
    assert browser.press("Sign in", code=code).path == "/"


def test_a_session_is_prolonged_by_the_first_page_of_each_day(world: World) -> None:
    client = world.at("Kim").client
    for _ in range(2):
        assert "Expires=" in client.get("/meetings").headers["Set-Cookie"]
        assert "Set-Cookie" not in client.get("/meetings").headers
        world.stage.go(timedelta(days=1))


def test_signing_in_begins_a_new_session_and_signing_out_ends_it(world: World) -> None:
    browser = world.somebody()
    browser.open("/sign-in")
    with browser.client.session_transaction() as session:
        session["left by somebody else"] = "yes"
        before = session["csrf_token"]
    with world.app.app_context():
        secret = sign_in.new_link(address("Kim"), good_for=timedelta(hours=1))
    browser.open(f"/sign-in/{secret}")
    browser.press("Sign in")
    with browser.client.session_transaction() as session:
        assert "left by somebody else" not in session
        assert session["csrf_token"] != before
    assert browser.press("Sign out").h1 == ["Sign in"]
    assert browser.open("/").h1 == ["Sign in"]


def test_who_has_been_switched_off_is_out_at_once(world: World) -> None:
    kim = world.at("Kim")
    with world.app.app_context():
        db.session.execute(update(Person).where(Person.email == address("Kim")).values(active=False))
        db.session.commit()
    assert kim.open("/").h1 == ["Sign in"]


def chosen(world: World, password: str) -> None:
    """Kim chooses a password by letter."""
    browser = world.somebody()
    browser.open("/password")
    browser.press("Send me the letter", email="kim@norden.example")
    (path,) = re.findall(r"http://127\.0\.0\.1:5000(/password/\S+)", letter(world, "password"))
    assert browser.open(path).h1 == ["Your new password"]
    page = browser.press("Keep it", password=password, password_confirm=password)
    assert page.h1 == ["Sign in with a password"]


def test_a_password_is_chosen_by_letter_and_signs_in(world: World) -> None:
    chosen(world, "a horse, a battery and a staple")
    assert [kind for kind, _ in world.play("told", recipient="kim@norden.example")] == ["password", "password"]
    browser = world.somebody()
    browser.open("/sign-in/password")
    page = browser.press("Sign in", email="KIM@norden.example", password="a horse, a battery and a staple")
    assert page.h1 == ["Waiting for you"]


def test_a_wrong_password_and_an_unknown_address_read_the_same(world: World) -> None:
    chosen(world, "a horse, a battery and a staple")
    found = []
    for email, password in (
        ("kim@norden.example", "wrong"),
        ("vera@fastprint.example", "has none"),
        ("stranger@nowhere.example", "wrong"),
    ):
        browser = world.somebody()
        browser.open("/sign-in/password")
        page = browser.press("Sign in", email=email, password=password)
        found.append((page.status, page.text))
    assert found[0] == found[1] == found[2]
    assert "This address and this password do not go together." in found[0][1]


def test_a_letter_about_a_password_never_trusts_the_host_that_was_asked(world: World) -> None:
    client, evil = world.app.test_client(), "http://evil.example"
    token = Page("/password", 200, client.get("/password", base_url=evil).text, {}).forms[0].fields["csrf_token"]
    sent = {"csrf_token": token, "email": "kim@norden.example"}
    assert client.post("/password", data=sent, base_url=evil).status_code == 200
    assert "http://127.0.0.1:5000/password/" in letter(world, "password")
    assert "evil.example" not in letter(world, "password")


def test_asking_for_a_password_letter_reads_the_same_for_everybody(world: World) -> None:
    found = []
    for email in ("kim@norden.example", "stranger@nowhere.example"):
        browser = world.somebody()
        browser.open("/password")
        page = browser.press("Send me the letter", email=email)
        found.append((page.status, page.errors, page.text.replace(email, "")))
    assert found[0] == found[1]
    assert world.play("told", kind="password") == [("password", "kim@norden.example")]


def test_the_library_opens_no_other_door(world: World) -> None:
    client = world.app.test_client()
    for path in ("/verify", "/register", "/login", "/us-signin", "/change", "/sign-in/static/css/x.css", "/tf-setup"):
        assert client.get(path).status_code == 404, path
    assert client.get("/sign-out").status_code == 405
    answer = client.post("/sign-in/password", json={"email": "x", "password": "y"})
    assert answer.mimetype == "text/html"
