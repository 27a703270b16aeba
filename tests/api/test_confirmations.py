"""A VAR asks in a vendor's name over the API, and the vendor gives it or not."""

from typing import Any

import pytest

from tests.api.conftest import House

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

RITA = {"name": "Rita", "email": "rita@bridge.example"}
NEWTAPE = {"name": "Newtape", "domain": "newtape.example"}
NINA = {"name": "Nina", "email": "nina@newtape.example"}


def test_it_is_unverified_until_the_vendor_confirms_it(house: House) -> None:
    code = house.asked("Rita", vendor="fastprint")
    path = f"/meeting-requests/{code}"
    told = house["Rita"].get(path).json
    assert {name: told[name] for name in ("state", "company", "vendor", "vendor_name", "confirmed_by", "may")} == {
        "state": "unverified",
        "company": "Bridgeworks",
        "vendor": "fastprint",
        "vendor_name": "Fastprint",
        "confirmed_by": None,
        "may": ["withdraw"],
    }
    assert [each["code"] for each in house["Rita"].get("/meeting-requests?state=unverified").json["items"]] == [code]
    assert [house[name].get(path).status_code for name in ("Kim", "Ada", "Carl")] == [404] * 3
    assert house["Rita"].post(f"{path}/confirmation").status_code == 403
    before = house["Vera"].get(path)
    assert house["Vera"].post(f"{path}/confirmation", None, If_Match='"0"').status_code == 409
    answer = house["Vera"].post(f"{path}/confirmation", None, If_Match=before.headers["ETag"])
    assert (answer.status_code, answer.json["state"], answer.json["confirmed_by"]) == (200, "pending", "Vera")
    assert house["Kim"].get(path).json["vendor"] == "fastprint"
    assert house["Vera"].post(f"{path}/confirmation").status_code == 409
    assert house["Vera"].post(f"{path}/withdrawal").json["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("vendor", "attendees", "field"),
    [
        ("nobody", [RITA], "vendor"),
        ("norden", [RITA], "vendor"),
        (NEWTAPE, [RITA], "attendees"),
        ({**NEWTAPE, "domain": "gmail.com"}, [NINA], "vendor.domain"),
        ({"name": "Newtape"}, [NINA], "vendor.domain"),
        ({**NEWTAPE, "slug": "newtape"}, [NINA], "vendor.slug"),
    ],
)
def test_what_is_said_of_a_vendor_that_will_not_do(house: House, vendor: Any, attendees: Any, field: str) -> None:
    answer = house["Rita"].post(
        "/meeting-requests",
        {
            "buyer": "norden",
            "topic": "T",
            "outcome": "O",
            "learned": "L",
            "minutes": 30,
            "vendor": vendor,
            "attendees": attendees,
        },
    )
    assert (answer.status_code, field in answer.json["errors"]) == (422, True)


def test_a_vendor_that_is_new_here_has_no_slug_yet(house: House) -> None:
    code = house.asked("Rita", vendor=NEWTAPE, attendees=[RITA, NINA])
    told = house["Rita"].get(f"/meeting-requests/{code}").json
    assert (told["vendor"], told["vendor_name"]) == (None, "Newtape")
