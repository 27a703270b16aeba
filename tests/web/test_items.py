"""Items of a briefing on their pages: written, kept by themselves, sent, and who reads them when."""

from typing import Any

import pytest

from tests.usecases.briefings import joined
from tests.usecases.test_items import CLOUD, DEADLINE, TAPE
from tests.web.conftest import World
from tests.web.test_statements import statements
from vendorhub.domain.items import Given
from vendorhub.queries import items as seen
from vendorhub.usecases import items

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

ITEM = {"title": "How we restore", "abstract": "From *tape*, without a **price**.", "minutes": "20"}


def opened(world: World) -> str:
    with world.app.app_context():
        return joined(world.stage)


def sent(world: World, name: str, code: str, given: Any = CLOUD) -> str:
    return str(world.do(name, items.send, code, given))


def test_a_vendor_writes_looks_and_sends(world: World) -> None:
    code = opened(world)
    vera = world.at("Vera")
    page = vera.open(f"/briefings/{code}/items")
    assert "Nothing of yours is in yet." in page.text
    assert "By Wednesday, 20 January 2027, 23:00 (London time, UTC+00:00)" in page.text
    assert "about 22 minutes for all of yours" in page.text
    page = vera.press("Preview", **ITEM)
    assert "<strong>price</strong>" in page.html
    assert "It says “price”, so only the buyer will." in page.text
    assert [one.title for one in world.do("Vic", seen.listing, code).own] == ["How we restore"]
    page = vera.press("One more person", presenters__0__role="Sales")
    page = vera.press("Send", presenters__1__name="Dev")
    assert page.status == 422
    assert "Please give an address for Dev: the invitation and the agenda go to it." in page.text
    page = vera.press("Send", presenters__1__email="dev@elsewhere.example", minutes="91")
    assert "Please choose between 1 and 90 minutes; that is the whole briefing." in page.text
    page = vera.press("Send", minutes="20", further="tape, disks")
    assert "Sent: you are in. Only the buyer will read it, for it says “price”." in page.text
    (item,) = world.do("Vic", seen.listing, code).items
    assert (item.title, item.topics, item.visibility, [one.role for one in item.presenters]) == (
        "How we restore",
        ("tape", "disks"),
        "buyer",
        ["Sales", ""],
    )


def test_a_draft_is_kept_quietly_and_gone_on_with(world: World) -> None:
    code = opened(world)
    vera = world.at("Vera")
    form = vera.open(f"/briefings/{code}/items").form_with("Send")[0]
    keep = f"{form.action}/draft"
    answer = vera.client.post(keep, data={**form.fields, "title": "Ba", "minutes": "x", "quietly": "1"})
    assert (answer.status_code, answer.mimetype, answer.text) == (
        200,
        "text/plain",
        "Kept at 11:01 (London time, UTC+00:00); it is not sent.",
    )
    before = world.digest()
    other = form.action[:-1] + ("0" if form.action[-1] != "0" else "1")
    for path, ticket in ((keep, "forged"), (f"{other}/draft", form.fields["ticket"])):
        assert vera.client.post(path, data={**form.fields, "ticket": ticket}).status_code == 404
    assert vera.client.post(other, data={**form.fields, **ITEM}).status_code == 404
    assert world.digest() == before
    page = world.at("Vic").open(f"/briefings/{code}/items")
    assert "draft, not sent" in page.text
    vic = world.at("Vic")
    fields = vic.open(form.action).form_with("Send")[0].fields
    assert (fields["title"], fields["minutes"]) == ("Ba", "x")
    page = vic.press("Send", **ITEM)
    assert page.h1 == ["What you bring: Backups and print, together"]
    vic.open(form.action)
    page = vic.press("Keep, unsent", title="Better")
    assert "Those changes are not sent." in page.text
    assert vic.press("Drop what is not sent").path == f"/briefings/{code}/items"
    vic.open(form.action)
    assert "The item is taken back." in vic.press("Take it back").text


def test_nothing_is_lost_with_the_session(world: World) -> None:
    code = opened(world)
    vera = world.at("Vera")
    action = vera.open(f"/briefings/{code}/items").form_with("Send")[0].action
    vera.client.delete_cookie("session")
    assert vera.press("Send", **ITEM).h1 == ["Sign in"]
    assert world.do("Rita", seen.listing, code).briefing.vendors[0].has_sent is False
    assert world.at("Vera").open(action).form_with("Send")[0].fields["title"] == ITEM["title"]


def test_organisers_see_in_or_missing_and_then_the_texts(world: World) -> None:
    code = opened(world)
    sent(world, "Vera", code, TAPE)
    for name in ("Rita", "Kim"):
        page = world.at(name).open(f"/briefings/{code}/items")
        assert ("Fastprint in" in page.text, "Cloudio missing" in page.text) == (True, True)
        assert "How we restore" not in page.html
    sent(world, "Carl", code)
    page = world.at("Rita").open(f"/briefings/{code}/items")
    assert ("How we restore" in page.text, "Copies elsewhere" in page.text) == (True, True)
    assert "Send" not in page.html
    kim = world.at("Kim")
    kim.open(f"/briefings/{code}/items")
    page = kim.press("Send", title="What if a site burns?", minutes="10", asks="cloudio")
    assert "What if a site burns?" in page.text


def test_a_rival_s_page_is_the_same_whatever_the_other_does(world: World) -> None:
    code = opened(world)
    sent(world, "Vera", code, TAPE)
    carl = world.at("Carl")
    item = sent(world, "Vera", code)
    pages = [carl.open(f"/briefings/{code}/items/{each}") for each in (item, "0" * 12)]
    assert [page.status for page in pages] == [404, 404]
    assert pages[0].text == pages[1].text
    page = carl.open(f"/briefings/{code}/items")
    world.do("Vera", items.take_back, code, item)
    again = carl.open(f"/briefings/{code}/items")
    assert page.text == again.text
    assert ("How we restore" in page.html, "Copies" in page.html) == (False, False)


def test_after_the_day_nothing_is_sent_and_a_draft_stays(world: World) -> None:
    code = opened(world)
    vera = world.at("Vera")
    vera.open(f"/briefings/{code}/items")
    world.stage.go(DEADLINE)
    vera = world.at("Vera")
    page = vera.open(f"/briefings/{code}/items")
    assert "Nothing of yours is in, and the day for it is over." in page.text
    vera.open(f"/briefings/{code}/items/new")
    page = vera.press("Keep as a draft", **ITEM)
    assert (page.h1, "is let in only if all get the extension" in page.text) == (["How we restore"], True)
    fields = page.form_with("Keep as a draft")[0].fields
    answer = vera.client.post(page.path, data=fields)
    assert answer.status_code == 409
    assert "let in only if all get the extension" in answer.text


def test_the_pages_take_as_many_statements_for_many_items(world: World) -> None:
    code = opened(world)
    for name in ("Vera", "Carl", "Kim"):
        sent(world, name, code)
    browsers = {name: world.at(name) for name in ("Vera", "Rita", "Kim")}
    few = {name: statements(world, each, f"/briefings/{code}/items") for name, each in browsers.items()}
    for number in range(9):
        for name in ("Vera", "Carl", "Kim"):
            sent(world, name, code, Given(title=f"Number {number}", minutes=5, topics=[f"T{number}"]))
    many = {name: statements(world, each, f"/briefings/{code}/items") for name, each in browsers.items()}
    assert few == many == dict.fromkeys(few, 6)
