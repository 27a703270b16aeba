"""A calendar file on its page: read, looked at, adopted, taken out."""

import io

import pytest

from tests.itip.test_series import WEEKLY, calendar
from tests.web.conftest import World
from tests.web.test_statements import statements
from vendorhub.usecases import adoptions

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
FOUR = calendar((*WEEKLY, "RRULE:FREQ=WEEKLY;INTERVAL=5;COUNT=4"))


def test_from_the_file_to_the_relationship_and_out_again(world: World) -> None:
    kim = world.at("Kim")

    def bring(raw: bytes) -> int:
        kim.open("/adoptions")
        token = kim.page.form_with("Read it")[0].fields["csrf_token"]
        sent = {"csrf_token": token, "file": (io.BytesIO(raw), "series.ics")}
        answer = kim.client.post("/adoptions", data=sent)
        kim.open("/adoptions") if answer.status_code == 303 else kim._show(answer)
        return int(answer.status_code)

    assert bring(b"") == 422
    assert kim.page.errors == {"file": "This file is empty."}
    assert bring(FOUR) == 303
    for words in ("Backup, with Fastprint", "Held 3 times, last on Monday, 14 December 2026.", "With Vera"):
        assert words in kim.page.text
    assert "One is ahead, on Monday, 18 January 2027." in kim.page.text
    assert kim.page.form_with("Adopt it")[0].fields["company"] == "Fastprint"
    kim.press("Adopt it", company=" ")
    assert "Adopted. It counts from now on; nobody was written to." in kim.page.text
    assert "held 3 times, last on Monday, 14 December 2026" in kim.page.text
    assert bring(FOUR) == 303
    assert "One that was adopted is up to date." in kim.page.text
    kim.open(kim.page.links["Quarter board"])
    kim.open(kim.page.links["Fastprint"])
    kim.press("Take out")
    assert "Taken out. It is as if it had not been brought." in kim.page.text
    assert "You have not met yet." in kim.page.text


def test_it_is_no_page_of_the_other_side(world: World) -> None:
    assert [world.at(who).open("/adoptions").status for who in ("Vera", "Ada", "Cleo")] == [404, 403, 200]


def test_what_waits_takes_as_many_statements_for_five_as_for_one(world: World) -> None:
    kim = world.at("Kim")

    def waits(number: int) -> int:
        who = (f"ATTENDEE:mailto:eve@new{number}.example", "ATTENDEE:mailto:vera@fastprint.example")
        world.do("Kim", adoptions.bring, calendar((f"UID:{number}", "DTSTART:20261201T100000Z", *who)))
        return statements(world, kim, "/adoptions")

    few = waits(0)
    assert [waits(number) for number in range(1, 5)][-1] == few
    assert kim.page.text.count("Adopt it") == 5
