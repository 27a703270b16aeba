"""Who may knock where: derived from the URL map, so that a new page can't be forgotten."""

import re
from typing import Any

import pytest
from flask import Flask

from tests.web.conftest import World
from vendorhub.policy import Policy, policy_of

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

# What stands in an address for a thing that isn't there.
NOBODYS = {
    "code": "0000000",
    "uid": "not-a-meeting",
    "slug": "nobody",
    "offer": "0000000000",
    "proposal": "0000000000",
    "name": "nothing",
    "number": "1",
}


def ours(app: Flask, of: Policy) -> list[tuple[str, str]]:
    """Every method and address rule of the pages under a policy."""
    return sorted(
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if policy_of(app.view_functions[rule.endpoint]) is of and not rule.rule.startswith("/api/")
        for method in (rule.methods or set()) & {"GET", "POST"}
    )


def filled(rule: str, things: dict[str, str]) -> str:
    own = {**NOBODYS, **things, "code": things.get(rule.split("/")[1], things["code"])}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: own.get(found[1], "0000000000"), rule)


def test_nobody_in_particular_is_sent_to_sign_in(world: World) -> None:
    routes = ours(world.app, Policy.SIGNED_IN)
    assert len(routes) > 20
    client = world.app.test_client()
    before = world.digest()
    for method, rule in routes:
        answer = client.open(filled(rule, NOBODYS), method=method)
        assert answer.status_code == 303, (method, rule)
        assert answer.headers["Location"].split("?")[0] == "/sign-in", (method, rule)
    assert world.digest() == before


def test_signing_in_leads_back_to_the_page_that_was_asked_for(world: World) -> None:
    code = world.play("asked")
    answer = world.app.test_client().get(f"/meeting-requests/{code}?x=1")
    assert answer.headers["Location"] == f"/sign-in?next=/meeting-requests/{code}?x%3D1"


@pytest.mark.parametrize("outsider", ["Charlie", "Carl", "Rita", "Oz", "Pia", "Cleo"])
def test_what_is_not_yours_is_not_there(world: World, outsider: str) -> None:
    uid = world.play("met")
    code, offer = world.play("offered", slots=(("2027-02-13T14:00:00", "Europe/Berlin", None),))
    things = {"code": code, "uid": uid, "offer": offer, "proposal": "0000000000", "slug": "norden", "name": "0" * 26}
    things["briefings"] = world.briefing()
    browser = world.at(outsider)
    token = browser.open("/history").forms[0].fields["csrf_token"]
    before = world.digest()
    routes = [(method, rule) for method, rule in ours(world.app, Policy.SIGNED_IN) if set("<") & set(rule)]
    for method, rule in routes:
        if "<slug>" in rule:
            continue
        sent = {"csrf_token": token, "ask": code, **valid(rule)}
        answer = browser.client.open(filled(rule, things), method=method, data=sent if method == "POST" else None)
        missing = browser.client.open(
            filled(rule, NOBODYS), method=method, data={**sent, "ask": NOBODYS["code"]} if method == "POST" else None
        )
        assert answer.status_code == 404, (method, rule)
        assert bare(answer.text) == bare(missing.text), (method, rule)
    assert world.digest() == before


def bare(html: str) -> str:
    """A page without the token that differs from page to page."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", html)


def valid(rule: str) -> dict[str, Any]:
    """A body that would do, so that nothing but the scope refuses it."""
    slot = {"slot-date": "2027-01-20", "slot-time": "10:00", "zone": "Europe/Berlin"}
    return {
        "acceptance": {"answer": "yes"},
        "refusal": {"answer": "no"},
        "rescheduling": slot,
        "place": {"how": "phone", "answer": "place"},
        "cancellation": {"answer": "call_off"},
        "confirmation": {"answer": "confirm"},
        "retraction": {"answer": "retract"},
        "times": {"answer": "put_up", "slots-0-date": "2027-01-20", "slots-0-time": "10:00", "zone": "Europe/Berlin"},
    }.get(rule.rsplit("/", 1)[-1], {})


def test_a_vendor_can_not_ask_as_a_buyer_would_nor_a_buyer_as_a_vendor(world: World) -> None:
    kim = world.at("Kim")
    assert kim.open("/b/norden/ask").status == 403
    assert kim.page.text.count("This is for the other side to do.") == 1


@pytest.mark.parametrize(("name", "status"), [("Vera", 403), ("Mo", 403), ("Ada", 403)])
def test_who_may_see_an_ask_may_not_all_answer_it(world: World, name: str, status: int) -> None:
    code = world.play("asked")
    browser = world.at(name)
    page = browser.open(f"/meeting-requests/{code}")
    assert page.status == 200
    assert [button.label for form in page.forms for button in form.buttons if button.label == "Yes"] == []
    token = page.forms[0].fields["csrf_token"]
    answer = browser.client.post(f"/meeting-requests/{code}/acceptance", data={"csrf_token": token, "answer": "yes"})
    assert answer.status_code == status
