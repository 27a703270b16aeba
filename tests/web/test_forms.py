"""Bad input: clear words beside the field, what was typed is kept, nothing half done (issue's part on bad input)."""

import re
from typing import Any

import pytest

from tests.web.conftest import World
from vendorhub.queries import meeting_requests as asks
from vendorhub.queries import meetings as seen
from vendorhub.usecases import joinings, meetings

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

GOOD = {
    "topic": "Backup costs",
    "outcome": "Whether tape pays again.",
    "learned": "You keep seven years of mail.",
    "minutes": "30",
    "goal": "Backups that restore",
}
TURNED = "Please take out the characters that turn the direction of writing; retyping it helps."
NOBODY = "Nobody with this address can be asked here; leave it empty and the right person sees it."
# Forms whose press is a deed, by their address.
PRESSED = {"/times", "/acceptance", "/refusal", "/place", "/cancellation", "/retraction", "/parting/", "/one-with"}
NO_ADDRESS = "Please write one mail address, like name@example.com."


def test_a_good_ask_arrives(world: World) -> None:
    vera, kim = world.at("Vera"), world.at("Kim")
    vera.open("/b/norden/ask")
    page = vera.press("Ask", **GOOD, attendees__1__name="Vic", attendees__1__email="vic@fastprint.example")
    assert page.h1 == ["Norden Mutual: Backup costs"]
    assert "Your ask is with them." in page.text
    page = kim.open("/")
    assert "Fastprint asks for 30 minutes about “Backup costs”" in page.text
    assert "Whether tape pays again." in page.text


def test_a_form_pressed_twice_asks_once(world: World) -> None:
    vera = world.at("Vera")
    form = vera.open("/b/norden/ask")
    places = set()
    for _ in range(2):
        vera.page = form
        places.add(vera.press("Ask", **GOOD).path)
    assert len(places) == 1
    asked, _ = world.do("Vera", asks.listing)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("typed", "where", "sentence"),
    [
        ({"topic": ""}, "topic", "Please say in one line what it is about."),
        ({"topic": "x" * 121}, "topic", "Please keep this to 120 characters; it has 121."),
        ({"topic": "a\u202eb"}, "topic", TURNED),
        ({"topic": "a\x07b"}, "topic", "Please take out the control characters; retyping it helps."),
        ({"outcome": "  "}, "outcome", "Please say what they would know or decide afterwards."),
        ({"outcome": "x" * 1001}, "outcome", "Please keep this to 1000 characters; it has 1001."),
        ({"learned": ""}, "learned", "Please say what you have learned about them."),
        ({"minutes": ""}, "minutes", "Please choose 15, 30, 45 or 60 minutes."),
        ({"minutes": "90"}, "minutes", "Please choose 15, 30, 45 or 60 minutes."),
        ({"minutes": "9" * 5000}, "minutes", "Please choose 15, 30, 45 or 60 minutes."),
        ({"goal": "World peace"}, "goal", "Please choose one of the goals they name."),
        ({"to": "stranger@norden.example"}, "to", NOBODY),
        ({"kind": "party"}, "kind", "Please choose one of the kinds of meeting."),
        ({"attendees__0__email": "no address"}, "attendees-0-email", NO_ADDRESS),
        ({"attendees__1__email": "vic@fastprint.example"}, "attendees-1-name", "Please fill this in."),
        ({"attendees__0__name": "a\nb"}, "attendees-0-name", "Please write this on one line."),
    ],
)
def test_a_bad_ask_is_kept_and_explained(world: World, typed: dict[str, str], where: str, sentence: str) -> None:
    vera = world.at("Vera")
    vera.open("/b/norden/ask")
    before = world.digest()
    sent = {**GOOD, **typed}
    page = vera.press("Ask", **sent)
    assert page.status == 422
    assert page.errors[where] == sentence
    assert sentence in page.text.split("Ask Norden Mutual for a meeting")[1]  # in the summary above as well
    form, _ = page.form_with("Ask")
    if "minutes" not in typed:
        assert {name: form.fields[name] for name in GOOD if name not in typed} == {
            name: GOOD[name] for name in GOOD if name not in typed
        }
    for name, value in typed.items():
        if name not in ("minutes", "goal", "to", "kind"):  # of a list only what is on it can be kept
            assert form.fields[name.replace("__", "-")] == value
    assert world.digest() == before


def test_nobody_named_and_too_many(world: World) -> None:
    vera = world.at("Vera")
    vera.open("/b/norden/ask")
    page = vera.press("Ask", **GOOD, attendees__0__name="", attendees__0__email="")
    assert (page.status, "Please name at least one person who would come." in page.text) == (422, True)
    same = {"attendees__1__name": "V", "attendees__1__email": "vera@fastprint.example"}
    vera.open("/b/norden/ask")
    page = vera.press("Ask", **GOOD, **same)
    assert (page.status, "The same address is there twice." in page.text) == (422, True)
    vera.open("/b/norden/ask")
    page = vera.press("One more person", **GOOD)
    assert page.forms[1].fields["topic"] == "Backup costs"
    assert [name for name in page.inputs if name.endswith("-name")] == [
        f"attendees-{number}-name" for number in range(3)
    ]


def test_a_second_answer_is_told_who_was_faster(world: World) -> None:
    world.play("asked")
    kim, alex = world.at("Kim"), world.at("Alex")
    kim.open("/")
    alex.open("/")
    alex.press("Yes")
    page = kim.press("No", note="No, thanks.")
    assert page.status == 409
    assert "Alex has already answered this; please have a look at what they said." in page.text


def slots(**typed: str) -> dict[str, str]:
    return {"slots__0__date": "2027-01-13", "slots__0__time": "14:00", "zone": "Europe/Berlin", **typed}


@pytest.mark.parametrize(
    ("typed", "where", "sentence"),
    [
        ({"zone": "Mars/Base"}, "zone", "We do not know this time zone; please name one like Europe/Berlin."),
        ({"zone": "../../etc/passwd"}, "zone", "We do not know this time zone; please name one like Europe/Berlin."),
        ({"slots__0__date": "13.1.2027"}, "slots-0-date", "Please give a date like 2027-01-13 and a time like 14:00."),
        ({"slots__0__time": ""}, "slots-0-date", "Please give a date like 2027-01-13 and a time like 14:00."),
        (
            {"slots__0__date": "2027-03-28", "slots__0__time": "02:30"},
            "slots-0-date",
            "The clocks go forward then and skip this time; please choose another one.",
        ),
        ({"note": "x" * 1001}, "note", "Please keep this to 1000 characters; it has 1001."),
    ],
)
def test_a_bad_time_is_kept_and_explained(world: World, typed: dict[str, str], where: str, sentence: str) -> None:
    code = world.play("accepted")
    kim = world.at("Kim")
    kim.open(f"/meeting-requests/{code}/times")
    before = world.digest()
    sent = slots(**typed)
    page = kim.press("Put these up", **sent)
    assert (page.status, page.errors) == (422, {where: sentence})
    form, _ = page.form_with("Put these up")
    assert {name: form.fields[name.replace("__", "-")] for name in sent} == sent
    assert world.digest() == before


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"slots__0__date": "2026-12-01"}, "One of these times has already begun; please choose times ahead."),
        ({"slots__0__date": "2029-01-01"}, "One of these times is too far away; the yes doesn't reach that far."),
        ({"slots__0__date": "", "slots__0__time": ""}, "Please give at least one time."),
        ({"slots__1__date": "2027-01-13", "slots__1__time": "14:00"}, "The same time is there twice."),
    ],
)
def test_times_that_do_not_fit_together(world: World, typed: dict[str, str], sentence: str) -> None:
    code = world.play("accepted")
    kim = world.at("Kim")
    kim.open(f"/meeting-requests/{code}/times")
    page = kim.press("Put these up", **slots(**typed))
    assert (page.status, sentence.replace("'", "’") in page.text.replace("'", "’")) == (422, True)


def test_a_time_that_comes_twice_is_asked_about(world: World) -> None:
    from datetime import UTC, datetime

    world.stage.go(datetime(2027, 10, 1, 9, tzinfo=UTC))
    code = world.play("accepted")
    kim = world.at("Kim")
    kim.open(f"/meeting-requests/{code}/times")
    page = kim.press("Put these up", slots__0__date="2027-10-31", slots__0__time="02:30", zone="Europe/Berlin")
    assert page.status == 422
    assert page.errors["slots-0-date"].startswith("The clocks go back then and show this time twice;")
    page = kim.press("Put these up", slots__0__fold="1")
    assert "Sunday, 31 October 2027, 02:30–03:00 (Berlin time, UTC+01:00)" in page.text


def test_choosing_the_vendors_times_and_the_buyers(world: World) -> None:
    code, _ = world.play("offered")
    vera, kim = world.at("Vera"), world.at("Kim")
    page = vera.open(f"/meeting-requests/{code}/times")
    vera.open(page.links["None of these: suggest other times"])
    page = vera.press("Put these up", slots__0__date="2027-01-20", slots__0__time="09:00", zone="Europe/London")
    assert "The times are with the other side." in page.text
    page = kim.open("/")
    assert "They suggest times: choose one" in page.text
    kim.open(page.links["They suggest times: choose one"])
    page = kim.press("Agree to this")
    assert "Agreed. The invitations are on their way." in page.text
    assert "Wednesday, 20 January 2027, 10:00–10:30 (Berlin time, UTC+01:00)" in page.text
    assert world.play("told", method="REQUEST") == [
        ("invitation", "kim@norden.example"),
        ("invitation", "vera@fastprint.example"),
        ("invitation", "vic@fastprint.example"),
    ]


def test_a_time_that_somebody_has_taken_says_so_and_offers_a_way_on(world: World) -> None:
    code, _ = world.play("offered")
    vera = world.at("Vera")
    page = vera.open(f"/meeting-requests/{code}/times")
    vera.open(page.links["None of these: suggest other times"])
    vera.page.form_with("Put these up")[0].fields.setlist("picks", ["2027-01-12T09:00,Europe/London,"])
    world.play("met")
    page = vera.press("Agree to this", note="Or on Tuesday.")
    assert page.status == 409
    assert "already has a meeting then; please choose another time." in page.text
    assert "In the way: Vera, Vic: Norden Mutual: Backup costs" in page.text
    form, _ = page.form_with("Put these up")
    assert (form.fields["note"], form.fields["picks"]) == ("Or on Tuesday.", "2027-01-12T09:00,Europe/London,")
    page = vera.press("Agree to this")  # the first of those that are left
    assert "Thursday, 14 January 2027, 09:00–09:30 (London time, UTC+00:00)" in page.text


def test_the_meetings_forms(world: World) -> None:
    uid = world.play("met")
    kim = world.at("Kim")
    kim.open(f"/meetings/{uid}")
    page = kim.press("Say so", how="video_buyer", detail="ftp://x")
    assert page.errors == {"detail": "Please give the join link alone; it begins with https://."}
    page = kim.press("Say so", detail="https://video.example/room")
    assert "Noted. Everybody gets the new invitation." in page.text
    page = kim.press("Move it", slot__date="2027-01-13", slot__time="14:00", zone="Europe/Berlin")
    assert (page.status, page.errors) == (422, {"slot-date": "The meeting is at that time already."})
    page = kim.press("Move it", slot__time="15:00", note="Sorry.")
    assert "Moved. Everybody is asked anew." in page.text
    assert "Wednesday, 13 January 2027, 15:00–15:30 (Berlin time, UTC+01:00)" in page.text


def test_a_wish_to_move_is_the_buyers_to_answer(world: World) -> None:
    uid = world.play("met")
    kim, vera = world.at("Kim"), world.at("Vera")
    vera.open(f"/meetings/{uid}")
    wish = {"slot__date": "2027-01-18", "slot__time": "09:00", "zone": "Europe/London"}
    page = vera.press("Send the wish", **wish, note="A fair.")
    assert "Your wish is with them. Nothing changes until they agree." in page.text
    assert "Wednesday, 13 January 2027, 13:00–13:30 (London time, UTC+00:00)" in page.text
    kim.open(f"/meetings/{uid}")
    page = kim.press("No, keep the time")
    assert "It stays where it is; they are told so." in page.text
    vera.open(f"/meetings/{uid}")
    vera.press("Send the wish", slot__date="2027-01-19", slot__time="09:00", zone="Europe/London")
    kim.open(f"/meetings/{uid}")
    page = kim.press("Yes, move it there")
    assert "Tuesday, 19 January 2027, 10:00–10:30 (Berlin time, UTC+01:00)" in page.text


def test_calling_off_and_taking_back(world: World) -> None:
    uid = world.play("met")
    code = world.play("asked", topic="Printers")
    vera = world.at("Vera")
    vera.open(f"/meetings/{uid}")
    page = vera.press("Call it off", note="a\u202eb")
    assert page.status == 422
    page = vera.press("Call it off", note="We are bought.")
    assert "This meeting has been called off." in page.text
    assert "Call it off" not in page.text
    vera.open(f"/meeting-requests/{code}")
    vera.press("Take this ask back")
    assert world.do("Vera", asks.see, code).state == "withdrawn"


def test_a_form_that_is_sent_as_it_came_changes_nothing(world: World) -> None:
    code, _ = world.play("offered")
    uid = world.play("met")
    world.do("Vera", meetings.propose, uid, slot=("2027-01-19T09:00:00", "Europe/London", None))
    for name in ("Carl", "Rita"):
        world.play("asked", name)
    world.do("Kim", joinings.join, one="fastprint", other="bridge")
    pages = (f"/meetings/{uid}", f"/meeting-requests/{code}/times", "/companies/fastprint")
    browsers, sent = (world.at("Kim"), world.at("Vera")), set()
    before = world.digest()
    for browser in browsers:
        for path in (*pages, "/companies/fastprint/one-with?other=cloudio"):
            for form in browser.open(path).forms:
                if found := {name for name in PRESSED if name in form.action} if form.method == "post" else set():
                    browser.client.post(form.action, data=form.fields)
                    assert world.digest() == before, form.action
                    sent |= found
    assert sent == PRESSED


def test_the_entry_is_for_those_who_attend(world: World) -> None:
    uid = world.play("met")
    answer = world.at("Vera").client.get(f"/meetings/{uid}.ics")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    lines = answer.text.replace("\r\n ", "").split("\r\n")
    assert f"UID:{uid}" in lines
    assert "METHOD:PUBLISH" in lines
    assert world.at("Alex").client.get(f"/meetings/{uid}.ics").status_code == 403
    assert [one for one in world.at("Alex").open(f"/meetings/{uid}").links if ".ics" in one] == []


def test_markup_is_only_ever_text(world: World) -> None:
    nasty = "<b onclick=x>&\"'</b>"
    vera, kim = world.at("Vera"), world.at("Kim")
    vera.open("/b/norden/ask")
    page = vera.press("Ask", **{**GOOD, "topic": nasty, "outcome": nasty, "learned": nasty})
    code = re.findall(r"/meeting-requests/(\w+)", page.path)[0]
    for browser, path in ((vera, page.path), (kim, "/"), (kim, f"/meeting-requests/{code}"), (vera, "/")):
        html = browser.open(path).html
        assert "<b onclick" not in html
        assert "&lt;b onclick=x&gt;&amp;&#34;&#39;" in html


MEETING = ("rescheduling", "place", "cancellation")


def junk() -> list[Any]:
    return ["", "x" * 5000, "\x00", "\ud800", "-1", "1e9", "NaN", "\u202e", "{{7*7}}", "' OR 1=1 --", "2027-13-45"]


@pytest.mark.parametrize("value", range(len(junk())))
def test_no_form_falls_over(world: World, value: int) -> None:
    uid = world.play("met")
    code, offer = world.play("offered")
    waiting = world.play("asked", topic="Waiting")
    text = junk()[value].encode("utf-8", "surrogatepass").decode("latin-1")
    for name, paths in (
        ("Kim", [f"/meeting-requests/{waiting}/acceptance", f"/meeting-requests/{waiting}/refusal"]),
        ("Kim", [f"/meetings/{uid}/{deed}" for deed in (*MEETING, "agenda", "agenda/entries")]),
        (
            "Vera",
            ["/b/norden/ask", f"/offers/{offer}/choice", f"/meeting-requests/{code}/times", f"/meetings/{uid}/place"],
        ),
    ):
        browser = world.at(name)
        token = browser.open("/history").forms[0].fields["csrf_token"]
        names = (
            *("topic", "outcome", "learned", "minutes", "goal", "kind", "to", "attendees-0-name", "attendees-0-email"),
            *("attendees-x-name", "note", "again_on", "how", "detail", "zone", "slots-0-date", "slots-0-time"),
            *("slots-0-fold", "slot-date", "slot-time", "title", "segment", "act", "revision", "version", "slot"),
            *("picks", "week_shown", "hours_shown", "day", "others"),
        )
        for path in paths:
            sent = {**dict.fromkeys(names, text), "csrf_token": token, "ask": code}
            if path.endswith(("acceptance", "refusal")):
                sent["answer"] = "yes" if path.endswith("acceptance") else "not_now"
            assert browser.client.post(path, data=sent).status_code in (303, 403, 404, 409, 422), path
    assert world.do("Kim", seen.see, uid).uid == uid


@pytest.mark.parametrize("mark", ["x", "0", "-1", "9" * 30, "\x00", "0000000"])
def test_page_marks_that_are_nobodys(world: World, mark: str) -> None:
    kim = world.at("Kim")
    for path in ("/?after=", "/history?before=", "/meetings?after="):
        assert kim.client.get(f"{path}{mark}").status_code in (200, 422), path
