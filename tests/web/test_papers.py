"""A paper by page: asked for, handed in, read, its file kept from everybody else, answered by the letter's link."""

import io
import re

import pytest

from tests.people import address
from tests.stage import HOLD, opened
from tests.web.browser import Browser
from tests.web.conftest import World
from vendorhub.queries import meeting_requests as seen
from vendorhub.store import Paper, db
from vendorhub.usecases import papers

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PDF = b"%PDF-1.7 two pages, as far as the store knows"


def asked_in_writing(world: World) -> str:
    code: str = world.play("asked")
    kim = world.at("Kim")
    kim.open(f"/meeting-requests/{code}")
    kim.press("In writing", what="What a restore costs.", due="2027-01-29")
    world.play("go", HOLD)
    return code


def test_it_is_asked_for_handed_in_and_answered(world: World) -> None:
    code = asked_in_writing(world)
    vera = world.at("Vera")
    page = vera.open("/")
    assert "They would rather read it: two pages at most, by Friday, 29 January 2027." in page.text
    vera.open(f"/meeting-requests/{code}")
    assert "Please write the paper here, or choose a PDF." in vera.press("Hand it in").text
    page = vera.press("Hand it in", text="# Costs\n\n<b>Less</b> than *tape*.")
    assert "Your paper is with them." in page.text
    kim = world.at("Kim")
    assert "Their paper is here: enough, meet, or no." in kim.open("/").text
    page = kim.open(f"/meeting-requests/{code}")
    assert "<h3>Costs</h3>" in page.html
    assert "&lt;b&gt;Less&lt;/b&gt; than <em>tape</em>" in page.html
    kim.press("Enough", note="Thank you.")
    assert world.do("Vera", seen.see, code).writing.stage == "enough"


def test_the_letters_link_answers_it(world: World) -> None:
    code = asked_in_writing(world)
    world.do("Vera", papers.hand_in, code, text="Less than tape.")
    (letter,) = world.play("letters", kind="paper_here", recipient=address("Kim"))
    with world.app.app_context():
        found = re.search(r"/d/[\w-]+", opened(letter).as_string().replace("=\n", ""))
    assert found is not None
    bare = Browser(world.app.test_client())
    page = bare.open(found[0])
    assert "Less than tape." in page.text
    bare.press("Meet")
    assert world.do("Kim", seen.see, code).state == "accepted"


def test_its_file_is_for_those_who_see_the_ask_and_nothing_else(world: World) -> None:
    code = asked_in_writing(world)
    world.do("Vera", papers.hand_in, code, text="Here.")
    with world.app.app_context():
        paper = db.session.query(Paper).one()
        paper.pdf, paper.pages = PDF, 2
        name = paper.code
        db.session.commit()
    path = f"/meeting-requests/{code}/paper/{name}.pdf"
    for who in ("Kim", "Vera"):
        answer = world.at(who).client.get(path)
        assert (answer.status_code, answer.data) == (200, PDF)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.pdf"'
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for who in ("Carl", "Charlie"):
        assert world.at(who).client.get(path).status_code == 404
    assert world.at("Kim").client.get(f"/meeting-requests/{code}/paper/{'0' * 26}.pdf").status_code == 404


def test_a_file_that_is_none_is_named_and_nothing_is_lost(world: World) -> None:
    code = asked_in_writing(world)
    vera = world.at("Vera")
    form, _ = vera.open(f"/meeting-requests/{code}").form_with("Hand it in")
    sent = {**form.fields, "text": "Kept as I typed it.", "pdf": (io.BytesIO(b"PK\x03\x04"), "paper.pdf")}
    answer = vera.client.post(form.action, data=sent, content_type="multipart/form-data")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "This is not a PDF; please send the paper as PDF, or type it in." in html
    assert "Kept as I typed it." in html
    assert world.do("Vera", seen.see, code).paper is None


def test_calling_off_asks_once_and_not_by_default(world: World) -> None:
    code = world.play("accepted")
    kim = world.at("Kim")
    assert "Call off your yes" in kim.open(f"/meeting-requests/{code}").text
    page = kim.open(f"/meeting-requests/{code}/revocation")
    form, _ = page.form_with("Call off your yes")
    assert kim.client.post(form.action, data=form.fields).status_code == 422
    assert world.do("Kim", seen.see, code).state == "accepted"
    kim.open(f"/meeting-requests/{code}/revocation")
    kim.press("Call off your yes", note="Sorry.")
    assert world.do("Vera", seen.see, code).state == "revoked"


def test_a_standing_yes_is_the_deciders_button(world: World) -> None:
    code = world.play("asked")
    assert "Yes, each quarter" not in world.at("Alex").open(f"/meeting-requests/{code}").text
    kim = world.at("Kim")
    kim.open(f"/meeting-requests/{code}")
    page = kim.press("Yes, each quarter", each="15")
    assert "a standing yes: a meeting a quarter, 15 minutes each" in page.text
    world.play("go", HOLD)
    assert "A standing yes: a meeting a quarter until they call it off." in world.at("Vera").open("/").text
