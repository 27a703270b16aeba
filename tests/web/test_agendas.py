"""The agenda's pages: built by presses alone, read by everybody in it, and two who press at once."""

import re
from dataclasses import replace
from typing import Any

import pytest

from tests.usecases.agendas import NEWS, built, laid, sent
from tests.usecases.briefings import joined
from tests.usecases.test_meeting_all import met
from tests.web.browser import Browser, Page
from tests.web.conftest import World
from tests.web.test_statements import statements
from vendorhub.domain.agendas import Single
from vendorhub.queries import agenda_building
from vendorhub.usecases import agenda_building as building
from vendorhub.usecases.agenda_building import Given
from vendorhub.usecases.agenda_publication import publish

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def scene(world: World, play: Any, *args: Any, **kwargs: Any) -> Any:
    with world.app.app_context():
        return play(world.stage, *args, **kwargs)


def placed(world: World, code: str) -> tuple[str, ...]:
    return world.do("Rita", agenda_building.see, code).placed  # type: ignore[no-any-return]


def order(page: Page) -> list[tuple[str, str]]:
    """What stands on the timeline: titles and minutes."""
    return re.findall(r'data-title="([^"]+)".*?name="m-\w+-(\d+)"', page.html, re.DOTALL)


def act(browser: Browser, value: str, **typed: str) -> Page:
    """Presses the button of the timeline that means this."""
    form = next(form for form in browser.page.forms if any(each.name == "act" for each in form.buttons))
    assert value in [each.value for each in form.buttons], value
    data = {**form.fields.to_dict(), **{name.replace("__", "-"): each for name, each in typed.items()}, "act": value}
    return browser._show(browser.client.post(form.action, data=data, follow_redirects=True))


def test_an_agenda_is_built_and_published_by_presses(world: World) -> None:
    code, print_, backup = scene(world, laid)
    rita = world.at("Rita")
    page = rita.open(f"/briefings/{code}/agenda")
    assert "Nothing stands here yet." in page.text
    page = act(rita, f"place:{print_}")
    assert order(page) == [("Printing less", "20")]
    page = rita.press("Add it at the end", title="What is new with us", minutes="40", segment="buyer")
    act(rita, f"place:{backup}")
    first, second, third = placed(world, code)
    page = act(rita, f"up:{third}", **{f"m__{second}__40": "35"})
    assert order(page) == [("Printing less", "20"), ("Backups that restore", "20"), ("What is new with us", "35")]
    assert order(act(rita, f"more:{second}"))[2] == ("What is new with us", "40")
    page = act(rita, f"less:{first}")
    assert "Publish it You can publish it" not in page.text
    act(rita, f"more:{first}")
    page = rita.press("Publish the agenda")
    assert (page.path, page.status) == (f"/briefings/{code}/agenda/versions/1", 200)
    assert "Published. Everybody who comes has it, as they may see it." in page.text
    told = rita.open("/history").text
    assert "Rita published the agenda, version 1" in told
    assert "Rita built the agenda of the briefing" in told
    carl = world.at("Carl").open(f"/briefings/{code}/agenda")
    assert carl.h1 == ["Agenda: Backups and print, together"]
    assert "Version 1, published on Mon, 4 Jan 2027." in carl.text
    assert order(act(rita_again(world, code), f"remove:{first}"))[0][0] == "Backups that restore"


def rita_again(world: World, code: str) -> Browser:
    browser = world.at("Rita")
    browser.open(f"/briefings/{code}/agenda")
    return browser


def test_what_stops_it_stands_there_and_a_reason_is_asked_for(world: World) -> None:
    code, print_, _ = scene(world, laid)
    world.do("Rita", building.put, code, entries=[NEWS, Given(ref=print_, minutes=60)])
    rita = world.at("Rita")
    page = rita.open(f"/briefings/{code}/agenda")
    assert "All of it takes 100 minutes, and there are 90: 10 too many." in page.text
    assert "Publish the agenda" not in [button.label for form in page.forms for button in form.buttons]
    token = page.forms[0].fields["csrf_token"]
    sent_ = {"csrf_token": token, "revision": "1", "answer": "publish", "overrule": "Why not?"}
    answer = rita.client.post(f"/briefings/{code}/agenda/publication", data=sent_)
    assert answer.status_code == 409
    assert "It is not published: something stands in the way." in answer.text


def test_the_second_of_two_sees_both_and_loses_nothing(world: World) -> None:
    code, _, _ = scene(world, built)
    first, second, third = placed(world, code)
    rita = world.at("Rita")
    rita.open(f"/briefings/{code}/agenda")
    world.do("Kim", building.change, code, minutes={first: 25})
    page = act(rita, f"up:{third}", **{f"m__{second}__40": "35"})
    assert page.status == 409
    assert "Somebody else has changed the agenda since you opened it." in page.text
    assert "Move “Backups that restore”. The minutes that you typed are still in their boxes." in page.text
    assert order(page)[0] == ("Printing less", "25")
    assert f'name="m-{second}-40" value="35"' in re.sub(r"\s+", " ", page.html)
    form = next(each for each in page.forms if f"m-{second}-40" in each.names)
    data = {**form.fields.to_dict(), "act": f"up:{third}"}
    page = rita._show(rita.client.post(form.action, data=data, follow_redirects=True))
    assert order(page) == [("Printing less", "25"), ("Backups that restore", "20"), ("What is new with us", "35")]


def test_a_form_that_is_sent_as_it_came_changes_nothing(world: World) -> None:
    code, _, _ = scene(world, built)
    rita = world.at("Rita")
    forms = [form for form in rita.open(f"/briefings/{code}/agenda").forms if "/briefings/" in form.action]
    assert len(forms) == 4
    before = world.digest()
    for form in forms:
        assert rita.client.post(form.action, data=form.fields).status_code in (303, 422), form.action
    assert world.digest() == before


def test_what_was_typed_stays(world: World) -> None:
    code, _, _ = scene(world, built)
    rita = rita_again(world, code)
    page = rita.press("Add it at the end", title="Questions", minutes="many")
    assert (page.status, page.errors["minutes"]) == (422, "Please give each entry between 1 and 480 minutes.")
    form, _ = page.form_with("Add it at the end")
    assert (form.fields["title"], form.fields["minutes"]) == ("Questions", "many")
    first = placed(world, code)[0]
    page = act(rita_again(world, code), f"up:{first}", **{f"m__{first}__20": "x"})
    assert (page.status, "Please give each entry between 1 and 480 minutes." in page.text) == (422, True)


def test_a_rival_reads_that_something_is_reserved_and_no_more(world: World) -> None:
    code, print_, backup = scene(world, laid)
    prices = scene(world, sent, code, "Vera", "Prices", 10, visibility="buyer", abstract="Cheap as *chips*.")
    world.do("Rita", building.put, code, entries=[Given(ref=each) for each in (print_, prices, backup)])
    carl = world.at("Carl")
    assert "There is no agenda for you yet." in carl.open(f"/briefings/{code}/agenda").text
    assert carl.open(f"/briefings/{code}/agenda/versions/1").status == 404
    world.do("Rita", publish, code, overrule="So be it.")
    page = carl.open(f"/briefings/{code}/agenda")
    assert "Reserved for Fastprint and the buyer" in page.text
    for told in ("Prices", "Cheap", prices, "So be it.", "presents.example"):
        assert told not in page.html
    assert "Cheap as <em>chips</em>" in world.at("Vera").open(f"/briefings/{code}/agenda").html
    assert "“So be it.”" in world.at("Bo").open(f"/briefings/{code}/agenda").text


def test_both_pages_take_eight_statements_however_much_there_is(world: World) -> None:
    code = scene(world, joined)
    few = [scene(world, sent, code, name, "One", 5) for name in ("Vera", "Carl")]
    world.do("Rita", building.put, code, entries=[replace(NEWS, minutes=10), *(Given(ref=each) for each in few)])
    world.do("Rita", publish, code)
    path = f"/briefings/{code}/agenda"
    kim, carl = world.at("Kim"), world.at("Carl")
    one = statements(world, kim, path), statements(world, carl, path)
    many = [scene(world, sent, code, "Vera", f"More {number}", 2) for number in range(15)]
    world.do("Rita", building.put, code, entries=[NEWS, *(Given(ref=each) for each in (*few, *many))])
    world.do("Rita", publish, code, overrule="So be it.")
    assert (statements(world, kim, path), statements(world, carl, path)) == one
    assert one == (8, 7)


def test_both_sides_build_the_agenda_of_a_single_meeting_on_the_same_page(world: World) -> None:
    uid = world.play("met")
    kim, vera = world.at("Kim"), world.at("Vera")
    page = kim.open(f"/meetings/{uid}")
    assert "Nothing stands in it yet. Each side writes its half of it, from a template or from nothing." in page.text
    page = kim.open(f"/meetings/{uid}/agenda")
    elsewhere = ("Joint, half of it the buyer’s", "Time per vendor", "Waiting for a place", "Of or with which vendors")
    assert [each for each in elsewhere if each in page.text] == []
    page = kim.press("Half news, half ours")
    titles = ["Fastprint", "What is new with us", "Who does what, by when"]
    assert re.findall(r'data-title="([^"]+)"', page.html) == titles
    page = kim.press("Add it at the end", title="Our numbers", minutes="many")
    assert page.errors == {"minutes": "Please give each entry between 1 and 480 minutes."}
    page = kim.press("Add it at the end", minutes="5")
    assert "All of it takes 35 minutes, and there are 30: 5 too many." in page.text
    mine, theirs = building_codes(world, uid, "Kim", "What is new with us", "Fastprint")
    act(kim, f"less:{mine}")
    stale = vera.open(f"/meetings/{uid}/agenda").forms
    assert f"remove:{theirs}" in [each.value for form in stale for each in form.buttons]
    assert f"remove:{mine}" not in [each.value for form in stale for each in form.buttons]
    act(kim, f"up:{mine}")
    page = act(vera, f"less:{theirs}")
    assert (page.status, "Somebody else has changed the agenda since you opened it." in page.text) == (409, True)
    page = vera.press("Publish the agenda")
    assert (page.path, page.status) == (f"/meetings/{uid}/agenda/versions/1", 200)
    page = world.at("Bo").open(f"/meetings/{uid}/agenda")
    assert (page.h1, "Version 1, published on Mon, 4 Jan 2027." in page.text) == (["Agenda: Backup costs"], True)
    assert vera.open(f"/meetings/{uid}/agenda/sheet").status == 200
    assert vera.client.get(f"/meetings/{uid}/agenda.pdf").data.startswith(b"%PDF")
    page = vera.open(f"/meetings/{uid}")
    assert "Version 1 is published." in page.text
    assert world.at("Charlie").open(f"/meetings/{uid}/agenda").status == 404


def building_codes(world: World, uid: str, name: str, *titles: str) -> list[str]:
    """The codes of the entries called so."""
    bench = world.do(name, agenda_building.see, Single(uid))
    found = {line.entry.title: code for code, line in zip(bench.placed, bench.agenda.lines, strict=True)}
    return [found[title] for title in titles]


def test_the_agenda_of_a_briefing_s_meeting_is_the_briefing_s(world: World) -> None:
    _, uid = scene(world, met)
    assert world.at("Kim").open(f"/meetings/{uid}/agenda").status == 409
    assert world.at("Charlie").open(f"/meetings/{uid}/agenda").status == 404
