"""A time found by keyboard alone, in a real browser: put up in the week, chosen in the other side's zone."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.journeys.house import House, Visitor
from tests.people import PEOPLE, Cast, address
from tests.stage import TOPIC, VERA
from vendorhub.queries import people
from vendorhub.usecases import decisions, meeting_requests, sign_in

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def accepted(house: House) -> str:
    """The code of an ask of Vera's with Kim's yes."""
    with house.app.app_context():
        cast = Cast({name: people.known(address(name)) or 0 for name, *_ in PEOPLE})
        code = meeting_requests.ask(
            cast["Vera"],
            buyer="norden",
            topic=TOPIC,
            outcome="Whether tape pays again.",
            learned="You keep seven years of mail.",
            minutes=30,
            attendees=[VERA],
            to=address("Kim"),
        )
        decisions.accept(cast["Kim"], code)
    return code


def at(house: House, visitor: Visitor, name: str, path: str) -> Visitor:
    """Somebody who has signed in, at a page; the way in is looked at elsewhere."""
    with house.app.app_context():
        secret = sign_in.new_link(address(name), good_for=timedelta(hours=1))
    visitor.page.goto(f"{house.address}/sign-in/{secret}")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Sign in", exact=True).last.click()
    visitor.page.goto(f"{house.address}{path}")
    return visitor


def test_by_keyboard_alone(house: House, visitor: Callable[[], Visitor]) -> None:
    house.app.config["HOLD_SECONDS"] = 0
    code = accepted(house)
    alex = at(house, visitor(), "Alex", f"/meeting-requests/{code}/times")
    after = alex.page.get_by_role("button", name="Week after")
    after.focus()
    with alex.page.expect_navigation():
        alex.page.keyboard.press("Enter")
    alex.look()
    glides = alex.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
    assert glides == "auto"  # nothing moves away from under a press
    keys = alex.page.keyboard
    alex.page.get_by_role("button", name="Whole week").focus()
    keys.press("Tab")  # into the week, at its first half hour: one stop, however many boxes
    focused = "document.activeElement.labels[0].innerText.split(',')[0]"
    first = alex.page.evaluate(focused)
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("ArrowRight")
    keys.press("Space")
    assert alex.page.evaluate(focused) != first
    assert alex.reads("2 times are picked.")
    picked = alex.page.locator("input[name=picks]:checked").evaluate_all("all => all.map(one => one.value)")
    assert [value[10:] for value in picked] == ["T08:00,Europe/Berlin,", "T09:00,Europe/Berlin,"]
    keys.press("Tab")  # out of it: to what follows the week
    assert alex.page.evaluate("document.activeElement.closest('table')") is None
    alex.page.get_by_role("button", name="Put these up").focus()
    with alex.page.expect_navigation():
        keys.press("Enter")
    assert alex.reads("The times are with the other side.")

    vera = at(house, visitor(), "Vera", f"/meeting-requests/{code}/times")
    agree = vera.page.locator(".week td button").nth(1)
    assert "09:00" in agree.inner_text() or "08:00" in agree.inner_text()
    agree.focus()
    with vera.page.expect_navigation():
        vera.page.keyboard.press("Enter")
    assert vera.reads("Agreed. The invitations are on their way.")
