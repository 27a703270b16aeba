"""The week in which a time is found: what was ticked is kept, clocks are right on both sides, nothing foreign shows."""

import re
from datetime import UTC, datetime

import pytest

from tests.people import address
from tests.stage import HOLD
from tests.web.browser import Browser, Page
from tests.web.conftest import World
from tests.web.test_statements import statements
from vendorhub.queries import offers as seen
from vendorhub.usecases import decisions, offers

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

BERLIN = "Europe/Berlin"


def tick(page: Page, label: str, *values: str) -> None:
    """Ticks boxes that are on the page."""
    form, _ = page.form_with(label)
    for value in values:
        assert f'value="{value}"' in page.html, value
        form.fields.add("picks", value)


def rows(page: Page) -> dict[str, str]:
    """What each row's head says of here and of there."""
    found = re.findall(r'<span class="clock">([^<]+)</span>\s*(?:<small>([^<]+)</small>)?', page.html)
    return dict(found)


def offered(world: World, name: str, code: str) -> list[tuple[datetime, str]]:
    views = world.do(name, seen.of_request, code)
    return [(slot.start, slot.zone) for view in views if view.state == "open" for slot in view.slots]


def times(world: World, name: str, code: str) -> Browser:
    browser = world.at(name)
    browser.open(f"/meeting-requests/{code}/times")
    return browser


def test_what_is_ticked_is_kept_from_week_to_week_and_put_up(world: World) -> None:
    code = world.play("accepted")
    alex = times(world, "Alex", code)
    assert "Mon 4 Jan to Fri 8 Jan" in alex.page.text
    assert "You put them up on behalf of Kim, and it says so." in alex.page.text
    tick(alex.page, "Week after", f"2027-01-06T09:30,{BERLIN},")
    page = alex.press("Week after", note="Gladly.", slots__0__date="2027-01-20", slots__0__time="14:10")
    assert "Mon 11 Jan to Fri 15 Jan" in page.text
    assert "Picked besides, at other times Wednesday, 6 January 2027, 09:30–10:00" in page.text
    tick(page, "Put these up", f"2027-01-13T16:00,{BERLIN},")
    assert alex.press("Put these up").status == 200
    assert "The times are with the other side." in alex.page.text
    assert offered(world, "Kim", code) == [
        (datetime(2027, 1, 6, 8, 30, tzinfo=UTC), BERLIN),
        (datetime(2027, 1, 13, 15, tzinfo=UTC), BERLIN),
        (datetime(2027, 1, 20, 13, 10, tzinfo=UTC), BERLIN),
    ]
    # what lies on the table is ticked when one comes back, and stays where nothing is changed
    page = alex.open(f"/meeting-requests/{code}/times")
    assert page.form_with("Put these up")[0].fields.getlist("picks") == [
        f"2027-01-06T09:30,{BERLIN},",
        f"2027-01-13T16:00,{BERLIN},",
        f"2027-01-20T14:10,{BERLIN},",
    ]
    alex.press("Put these up")
    assert len(offered(world, "Kim", code)) == 3


def test_what_is_taken_can_not_be_ticked_and_says_why(world: World) -> None:
    world.play("met")
    code = world.play("accepted", minutes=60)
    page = times(world, "Kim", code).open(f"/meeting-requests/{code}/times?week=2027-01-13")
    at_two = [f"2027-01-13T{at},{BERLIN}," for at in ("13:00", "13:30", "14:00", "14:30")]
    assert [f'value="{value}"' in page.html for value in at_two] == [True, False, False, True]
    assert "too short" in page.text
    assert "Fastprint: Backup costs" in page.text
    page = world.at("Kim").open(f"/meeting-requests/{code}/times?week=2027-01-04")
    assert f'value="2027-01-04T12:00,{BERLIN},"' not in page.html  # it is noon
    assert f'value="2027-01-04T12:30,{BERLIN},"' in page.html


def test_a_fold_is_named_and_a_gap_is_not_there(world: World) -> None:
    world.stage.go(datetime(2027, 10, 20, 9, tzinfo=UTC))
    code = world.play("accepted")
    kim = world.at("Kim")
    kim.open(f"/meeting-requests/{code}/times?week=2027-10-31&hours=all")
    assert "Berlin time: the clocks change on Sunday, 31 October 2027." in kim.page.text
    assert "Sunday, 31 October 2027, 02:30–02:00, before the clocks go back" in kim.page.text
    assert "02:30 again" in kim.page.text
    tick(kim.page, "Put these up", f"2027-10-31T02:30,{BERLIN},1", f"2027-10-31T02:30,{BERLIN},0")
    kim.press("Put these up")
    assert [start.hour for start, _ in offered(world, "Kim", code)] == [0, 1]
    kim.open(f"/meeting-requests/{code}/times?week=2028-03-26&hours=all")
    assert f'value="2028-03-26T02:30,{BERLIN},"' not in kim.page.html
    assert f'value="2028-03-26T03:30,{BERLIN},"' in kim.page.html


def test_the_other_sides_clock_is_beside_whatever_the_season(world: World) -> None:
    """The clocks go forward in New York on 14 March, in Berlin on the 28th."""
    world.stage.go(datetime(2027, 3, 1, 15, tzinfo=UTC))
    code = world.play(
        "asked", by="Rita", buyer="harbour", goal=None, to=None, attendees=[("Rita", address("Rita"), "")]
    )
    world.do("Charlie", decisions.accept, code)
    world.stage.go(HOLD)
    charlie, rita = times(world, "Charlie", code), times(world, "Rita", code)
    heads = {}
    for week in ("2027-03-08", "2027-03-22", "2027-03-29"):
        heads[week] = [
            rows(browser.open(f"/meeting-requests/{code}/times?week={week}"))["10:00"] for browser in (charlie, rita)
        ]
    assert heads == {
        "2027-03-08": ["16:00", "04:00"],
        "2027-03-22": ["15:00", "05:00"],
        "2027-03-29": ["16:00", "04:00"],
    }
    page = charlie.open(f"/meeting-requests/{code}/times?week=2027-03-08&hours=all")
    assert "New York time: the clocks change on Sunday, 14 March 2027." in page.text
    assert rows(page)["10:00"] == ""  # not the same all week: each cell says its own
    offer = world.do("Charlie", offers.offer, code, slots=[("2027-03-23T10:00:00", "America/New_York", None)])
    page = rita.open(f"/meeting-requests/{code}/times")
    assert (
        "Tuesday, 23 March 2027, 15:00–15:30 (Berlin time, UTC+01:00) 10:00–10:30 (New York time, UTC-04:00)"
        in page.text
    )
    assert "Agree to Tuesday, 23 March 2027, 15:00–15:30; 10:00 New York time" in page.text
    assert page.html.count(f'formaction="/offers/{offer}/choice"') == 2  # in the list and in the week


def test_moving_a_meeting_in_the_week(world: World) -> None:
    uid = world.play("met")
    vera, kim = world.at("Vera"), world.at("Kim")
    page = vera.open(f"/meetings/{uid}/times")
    assert "it is here now" in page.text
    page = vera.press("Send the wish")
    assert (page.status, page.errors["slot-date"]) == (422, "Please give a date like 2027-01-13 and a time like 14:00.")
    tick(page, "Week after", "2027-01-14T13:00,Europe/London,")
    page = vera.press("Week after", note="A fair.")
    assert "Picked, in another week Thursday, 14 January 2027, 13:00–13:30" in page.text
    page = vera.press("Send the wish")
    assert "Your wish is with them. Nothing changes until they agree." in page.text
    kim.open(f"/meetings/{uid}/times")
    tick(kim.page, "Move it", f"2027-01-13T14:30,{BERLIN},")
    page = kim.press("Move it")
    assert "Moved. Everybody is asked anew." in page.text
    assert "Wednesday, 13 January 2027, 14:30–15:00 (Berlin time, UTC+01:00)" in page.text
    assert "Kim moved the meeting." in page.text
    assert world.at("Cleo").open(f"/meetings/{uid}/times").status == 404
    assert world.at("Ada").open(f"/meetings/{uid}/times").path == f"/meetings/{uid}"


def test_junk_in_the_week_is_refused_in_words(world: World) -> None:
    code = world.play("accepted")
    kim = times(world, "Kim", code)
    for junk in ("x", ",,", "2027-01-13T10:00", f"2027-03-28T02:30,{BERLIN},", "2027-01-13T10:00,Mars/Base,", "\x00"):
        form, _ = kim.page.form_with("Put these up")
        form.fields.setlist("picks", [junk])
        page = kim.press("Put these up")
        assert (page.status, page.errors) == (
            422,
            {"picks": "One of the times you ticked can't be read; please tick it anew."},
        )
    assert kim.open(f"/meeting-requests/{code}/times?week=9999-12-31&day=9").status == 200
    assert kim.open(f"/meeting-requests/{code}/times?week=0001-01-01&hours=x").status == 200


def test_the_week_costs_the_same_however_full_it_is(world: World) -> None:
    code, _ = world.play("offered")
    uid = world.play("met")
    kim, vera = world.at("Kim"), world.at("Vera")
    paths = (f"/meeting-requests/{code}/times", f"/meetings/{uid}", f"/meetings/{uid}/times")
    few = [statements(world, browser, path) for browser in (kim, vera) for path in paths]
    for day in range(11, 15):
        other = world.play("accepted", topic=f"Number {day}")
        offer = world.do("Kim", offers.offer, other, slots=[(f"2027-01-{day}T09:00:00", BERLIN, None)])
        world.do("Vera", offers.choose, offer, slot=world.play("slot", offer))
    assert [statements(world, browser, path) for browser in (kim, vera) for path in paths] == few
    assert few == [7, 8, 7, 7, 8, 7]


def test_the_list_begins_with_what_is_next_and_goes_by_weeks(world: World) -> None:
    assert "No meeting is ahead." in world.at("Kim").open("/meetings").text
    world.play("met")
    kim = world.at("Kim")
    assert re.findall(r'<h2 id="week-([^"]+)">\s*([^<]+?)\s*</h2>', kim.open("/meetings").html) == [
        ("2027-01-11", "Next week")
    ]
    assert "Fastprint: Backup costs" in kim.page.text
    world.stage.go(datetime(2027, 1, 13, 14, tzinfo=UTC))
    assert "No meeting is ahead." in world.at("Kim").open("/meetings").text
    assert "This week" in kim.open("/meetings?past=1").text


def test_my_working_hours_are_what_the_week_shows_first(world: World) -> None:
    code = world.play("accepted")
    kim = times(world, "Kim", code)
    assert list(rows(kim.page))[::19] == ["08:00", "17:30"]
    tick(kim.page, "Put these up", f"2027-01-06T09:30,{BERLIN},")
    page = kim.press("Keep these hours", hours_begin="7", hours_end="16", note="Gladly.")
    assert list(rows(page))[::17] == ["07:00", "15:30"]
    assert page.form_with("Put these up")[0].fields.getlist("picks") == [f"2027-01-06T09:30,{BERLIN},"]
    assert page.form_with("Put these up")[0].fields["note"] == "Gladly."
    page = kim.press("Keep these hours", hours_begin="16", hours_end="7")
    assert "Please let your working day begin before it ends, between 0 and 24 o'clock." in page.text
    page = kim.press("Keep these hours", hours_begin="x")
    assert "Please choose your working hours from the list." in page.text
    assert "My working hours: 7:00–16:00" in kim.open(f"/meeting-requests/{code}/times").text
    assert "My working hours: 8:00–18:00" in times(world, "Alex", code).page.text


def test_three_are_picked_for_me_and_only_put_up_by_me(world: World) -> None:
    world.play("met")
    code = world.play("accepted")
    kim = times(world, "Kim", code)
    kim.open(f"/meeting-requests/{code}/times?week=2027-01-11")
    before = world.digest()
    page = kim.press("Pick three for me")
    assert page.form_with("Put these up")[0].fields.getlist("picks") == [
        f"2027-01-11T10:00,{BERLIN},",
        f"2027-01-15T10:00,{BERLIN},",
        f"2027-01-13T13:30,{BERLIN},",  # the meeting at two is in the way
    ]
    assert world.digest() == before
