"""An ask is kept by the page itself: while it is written, when it is left, and not once it has been sent."""

import pytest

from tests.journeys.house import House
from tests.journeys.test_story import Visitors
from tests.people import address
from vendorhub.usecases import sign_in

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

HIDE = """
    Object.defineProperty(document, "visibilityState", { value: "hidden" });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
"""


def test_the_page_keeps_what_is_written(house: House, visitor: Visitors) -> None:
    vera = visitor()
    page = vera.page
    with house.app.app_context():
        secret = sign_in.new_link(address("Vera"), good_for=sign_in.GOOD_FOR)
    page.goto(f"{house.address}/sign-in/{secret}")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.clock.install()
    page.goto(f"{house.address}/b/norden/ask")
    vera.fill("1. What is it about, in one line?", "Backup c")
    page.clock.run_for(4000)
    page.get_by_role("status").filter(has_text="Kept at").wait_for()
    vera.fill("1. What is it about, in one line?", "Backup costs")
    with page.expect_event("requestfinished", lambda request: request.url.endswith("/ask/draft")):
        page.evaluate(HIDE)  # what it sends when it is really left, no page is there to be told of
    page.goto(f"{house.address}/")
    assert vera.reads("Norden Mutual: Backup costs")
    page.get_by_role("link", name="Go on writing").click()
    vera.fill("3. What would they know or decide afterwards?", "Whether tape pays again.")
    vera.fill("4. What have you learned about them already?", "You keep seven years of mail.")
    page.get_by_label("30 minutes", exact=True).check()
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_text("Your ask is with them.").wait_for()
    page.goto(f"{house.address}/")
    assert not vera.reads("Go on writing")
