from datetime import UTC, datetime, timedelta

import pytest

from vendorhub.domain.refusals import Unfit
from vendorhub.domain.visits import OPENS_FOR, check_stand_in, of_the_same_company, opens

END = datetime(2027, 1, 13, 14, tzinfo=UTC)
DOMAINS = ("fastprint.example", "fastprint.test")


def test_a_link_opens_its_page_until_ninety_days_after_the_end():
    assert timedelta(days=90) == OPENS_FOR
    assert [opens(end=END, now=END + OPENS_FOR + timedelta(seconds=late)) for late in (-1, 0)] == [True, False]


@pytest.mark.parametrize(
    ("address", "other", "same"),
    [
        ("sam@fastprint.example", "una@fastprint.example", True),
        ("sam@lab.fastprint.test", "una@freelance.example", True),
        ("sam@freelance.example", "una@freelance.example", True),
        ("sam@cloudio.example", "una@fastprint.example", False),
        ("sam@notfastprint.example", "una@fastprint.example", False),
        ("sam@fastprint.example.cloudio.example", "una@fastprint.example", False),
        ("sam@gmail.com", "una@gmail.com", False),
    ],
)
def test_who_is_of_the_same_company(address: str, other: str, same: bool):
    assert of_the_same_company(address, other, DOMAINS) is same


def test_a_company_without_a_domain_is_known_by_the_address_alone():
    assert of_the_same_company("sam@solo.example", "una@solo.example", ())
    assert not of_the_same_company("sam@gmail.com", "una@solo.example", ())


def checked(name: str = " Sam  Print ", email: str = "Sam@FastPrint.example") -> tuple[str, str]:
    return check_stand_in(
        name,
        email,
        instead_of="una@fastprint.example",
        company="Fastprint",
        domains=DOMAINS,
        listed=["kim@norden.example", "una@fastprint.example", "vera@fastprint.example"],
    )


def test_somebody_else_of_the_company_may_come():
    assert checked() == ("Sam Print", "sam@fastprint.example")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "sam@cloudio.example"}, "email"),
        ({"email": "una@fastprint.example"}, "email"),
        ({"email": "vera@fastprint.example"}, "email"),
        ({"email": "sam@fastprint.example\r\nBcc: all@norden.example"}, "email"),
        ({"email": ""}, "email"),
        ({"name": ""}, "name"),
        ({"name": "BEGIN:VCALENDAR"}, "name"),
    ],
)
def test_anybody_else_may_not(typed: dict[str, str], field: str):
    with pytest.raises(Unfit) as refusal:
        checked(**typed)
    assert refusal.value.field == field
