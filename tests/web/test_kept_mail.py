"""Mail that was kept, as each of a buyer's people reads it."""

import re

import pytest

from tests.usecases.test_mails import PASS, STRAIGHT, receive, sample
from tests.web.conftest import World
from tests.web.test_pages import whole

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

UNPROVEN = sample("outlook-german-chain").replace(PASS, b"")


def come(world: World, *mails: bytes, to: str = "ask@localhost") -> None:
    with world.app.app_context():
        for raw in mails:
            receive(raw, to)


def test_who_sees_which_mail_and_what_became_of_it(world: World) -> None:
    kim = world.at("Kim")
    kim.open("/kept-mail")
    whole(kim.page)
    assert "No mail has come." in kim.page.text
    assert "Forward any ask to ask@localhost" in kim.page.text
    mails = [sample("two-attached"), sample("gmail", ("kim@", "cleo@")), sample("gmail", ("kim@", "pia@"))]
    come(world, *mails, STRAIGHT.replace(b"norden@hub", b"ask@hub").replace(b"Vera Vendor", b"Maya"))
    seen = {name: world.at(name).open("/kept-mail").text for name in ("Kim", "Cleo", "Pia", "Ada", "Alex", "Charlie")}
    subjects = ("2 asks", "Fwd: Backup costs", "Maya")
    assert {name: [page.count(subject) for subject in subjects] for name, page in seen.items()} == {
        "Kim": [1, 1, 1],  # her own, what her colleague's became, and what came from outside
        "Cleo": [0, 1, 0],
        "Pia": [0, 1, 1],  # another area: what Cleo forwarded is for Kim
        "Ada": [1, 2, 1],
        "Alex": [0, 0, 0],
        "Charlie": [0, 0, 0],
    }
    assert "Cloud exit" in seen["Kim"]
    assert {name: "An ask for a colleague to answer." in page for name, page in seen.items() if name in "PiaCleo"} == {
        "Pia": True,  # the invitation names Kim
        "Cleo": False,  # who notes something sees what becomes of it
    }
    assert "Would Tuesday at 10:00 suit?" in seen["Cleo"]
    assert world.at("Vera").open("/kept-mail").status == 404


def test_a_mail_that_anybody_could_have_sent_waits_for_the_press(world: World) -> None:
    come(world, UNPROVEN)
    assert "Yes, I sent this" not in world.at("Ada").open("/kept-mail").text
    kim = world.at("Kim")
    kim.open("/kept-mail")
    whole(kim.page)
    assert "It says who it is from, but nothing shows that it is." in kim.page.text
    page = kim.press("Yes, I sent this")
    assert "Thank you. What it asks for is a card now." in page.text
    assert "Sicherungskosten für 2027" in kim.open("/").text


def test_a_page_has_thirty_mails_and_markup_in_one_is_only_words(world: World) -> None:
    come(world, *(b"From: x@y.example\nSubject: <i>%d\n\n<b>bold</b>" % n for n in range(31)), to="norden@localhost")
    kim = world.at("Kim")
    page = kim.open("/kept-mail")
    assert (page.html.count("<article"), "&lt;i&gt;30" in page.html, "<b>bold" in page.html) == (30, True, False)
    before = re.search(r'href="(/kept-mail\?before=[^"]+)"', page.html)
    assert before is not None
    page = kim.open(before[1])
    assert (page.html.count("<article"), "&lt;i&gt;0" in page.html) == (1, True)
    assert kim.open("/kept-mail?before=nothing").status == 422
