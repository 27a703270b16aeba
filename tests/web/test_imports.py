"""A table on its page: tried, read what would not be taken and why, and taken."""

import io

import pytest

from tests.web.conftest import World

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_table_is_tried_and_its_good_rows_taken(world: World) -> None:
    kim = world.at("Kim")

    def bring(raw: bytes) -> int:
        kim.open("/imports")
        token = kim.page.form_with("Try it")[0].fields["csrf_token"]
        answer = kim.client.post("/imports", data={"csrf_token": token, "file": (io.BytesIO(raw), "vendors.csv")})
        kim.open("/imports") if answer.status_code == 303 else kim._show(answer)
        return int(answer.status_code)

    assert bring(b"company,colour\nA,red\n") == 422
    assert kim.page.errors["file"].startswith("There is no column “colour”; those are: company, domain")
    assert bring("\ufeffcompany;met_on\r\nAcme;2026-12-01\r\n<b>Nil</b>;soon\r\n".encode()) == 303
    assert "One row is good, one is not" in kim.page.text
    assert "Line 3 met_on Please write the date like this: 2027-01-13." in kim.page.text
    kim.press("Take the good rows")
    assert "Taken. New are: companies 1, relationships 1, meetings 1." in kim.page.text
    assert "Acme" in kim.page.text
    assert "Take the good rows" not in kim.open("/imports").text
    assert "kim brought in a table of vendors" in kim.open("/history").text.lower()
    sample = kim.client.get("/imports/sample.csv")
    assert sample.data.startswith(b"company,domain,person,email,every,")
    assert bring(sample.data) == 303
    assert "3 rows are good, 0 are not" in kim.page.text


def test_it_is_no_page_of_those_who_only_look_on(world: World) -> None:
    assert [world.at(who).open("/imports").status for who in ("Vera", "Cleo", "Alex")] == [404, 403, 200]
