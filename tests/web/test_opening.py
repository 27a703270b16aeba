"""L01: whatever is opened, by whoever, any number of times, changes nothing; and each link of each letter is opened."""

import io
import re
from datetime import date, timedelta

from flask import Flask

from tests.conftest import SCALE, Database
from tests.people import address
from tests.stage import HOLD, VERA, Stage, opened
from tests.usecases.minutes import begun
from tests.web.conftest import World
from vendorhub import clock
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.policy import Policy, policy_of
from vendorhub.queries import items as seen_items
from vendorhub.queries import meetings, overlaps
from vendorhub.usecases import (
    afterwards,
    confirmations,
    decisions,
    feeds,
    materials,
    meeting_requests,
    minutes,
    newcomers,
    passing,
    people,
    promise_reminders,
    questions,
)
from vendorhub.usecases import sign_in as signing_in
from vendorhub.usecases.placing import Words
from vendorhub.usecases.sweep import sweep

LOOKING = ("Kim", "Vera", "Rita", "Oz")
TIMES = 3
RITA = ("Rita", address("Rita"), "")
NINA = "nina@newtape.example"


def full(stage: Stage) -> list[str]:
    """An ask in each state there is, a meeting, times on the table, and every link that a letter has; the codes."""
    kim, vera, in_a_name = stage["Kim"], stage["Vera"], {"vendor": VendorNamed(slug="fastprint")}
    lapsed = stage.asked(topic="Lapsed")
    stage.go(timedelta(days=8))
    sweep()
    stage.met()
    codes = [lapsed, stage.offered()[0]]
    topics = ("Withdrawn", "Asked back", "Amended", "Passed on", "Pending", "Held", "Declined")
    codes += [stage.asked(topic=topic) for topic in topics]
    withdrawn, back, amended, redirected, _, held, declined = codes[2:]
    meeting_requests.withdraw(vera, withdrawn)
    questions.ask_back(kim, back, question="What does it cost?")
    decisions.accept(kim, amended, topic="Less of it")
    passing.pass_on(kim, redirected, to=address("Cleo"))
    decisions.refuse(kim, declined, kind="not_now", again_on=date(2027, 6, 1))
    codes.append(stage.asked("Rita", attendees=[RITA, VERA], topic="Confirmed", **in_a_name))
    confirmations.confirm(vera, codes[-1])
    codes.append(stage.asked("Rita", attendees=[RITA, VERA], topic="Unverified", **in_a_name))
    stage.go(HOLD)
    codes.append(stage.asked(topic="Attached"))
    decisions.refuse(kim, codes[-3], kind="no")
    decisions.accept(kim, held)
    said = Words("Tape", "Whether it pays.", "Seven years.", 30, [("Nina", NINA, "")])
    newcomers.ask(buyer="norden", name="Nina", email=NINA, company="Newtape", words=said)
    signing_in.ask(address("Kim"))
    signing_in.answer_asks()
    return codes


def joint(stage: Stage) -> dict[str, str]:
    """A joint briefing that is over, with its minutes, a file, and every letter there is of one; its codes."""
    code = begun(stage, slot=2)
    item = seen_items.listing(stage["Vera"], code).own[0].code
    file = materials.attach(stage["Vera"], code, item, file=io.BytesIO(b"Half of it."), name="half.txt")
    minutes.note(stage["Kim"], code, text="We print half.", kind="decision")
    stage.go(timedelta(hours=3))
    afterwards.remark(stage["Vera"], code, text="It was two floors.")
    afterwards.thank(stage["Kim"], code, "fastprint", text="That was plain.")
    due = (clock.now() + timedelta(days=7)).date()
    minutes.promise(stage["Kim"], code, text="Count the toner", owner=address("Vera"), due=due)
    afterwards.confirm(stage["Kim"], code)
    stage.go(timedelta(days=6))
    promise_reminders.remind_due()
    stage.go(timedelta(days=-6))  # the others of the story are where they were
    pair = overlaps.see(stage["Kim"], code).pairs[0].code
    return {"briefing": code, "item": item, "material": file, "overlap": pair, "number": "1"}


def secrets(stage: Stage) -> dict[str, set[str]]:
    """The secrets in the letters, by the first step of the address below which each opens something."""
    found: dict[str, set[str]] = {}
    for letter in (letter for letter in stage.letters() if letter.sealed):  # what was stopped opens nothing any more
        for part in opened(letter).walk():
            if part.get_content_maintype() == "text":
                for door, secret in re.findall(r"/([\w-]+)/([\w-]{43})", part.get_content()):
                    found.setdefault(door, set()).add(secret)
    return found


def addresses(app: Flask, codes: list[str], things: dict[str, str], links: dict[str, set[str]], turn: int) -> list[str]:
    """Every address that can be opened: each ask and each link by itself, and what lies below one of them in `turn`.

    Usually every other one: those who come at even turns and at odd ones share them. In longer runs all.
    """
    found = []
    for at, rule in enumerate(sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)):
        if "GET" not in (rule.methods or ()) or "static" in rule.rule:
            continue
        names = re.findall(r"<(?:\w+:)?(\w+)>", rule.rule)
        asks = codes if "briefings" not in rule.rule else [things["briefing"]]
        each = {"code": asks, "secret": sorted(links.get(rule.rule.split("/")[1], ()))}.get("".join(names[:1]), [])
        if not rule.rule.endswith(">") and SCALE == 1:
            each = each[(at + turn) % len(each) :][:1] if each else []
        for value in each or [""]:
            said = {**dict.fromkeys(names, "x"), **things, **({names[0]: value} if value else {})}
            found.append(re.sub(r"<(?:\w+:)?(\w+)>", lambda name, said=said: said[name[1]], rule.rule))  # type: ignore[misc]
    return found if SCALE > 1 else found[turn % 2 :: 2]


def test_every_address_and_every_link_of_every_letter_changes_nothing(world: World, database: Database) -> None:
    with world.app.app_context():
        codes = full(world.stage)
        things = joint(world.stage)
        kinds = {letter.kind for letter in world.stage.letters()}
        links = secrets(world.stage) | {"feeds": {feeds.make(world.stage["Kim"]).split("/")[-1].removesuffix(".ics")}}
        tokens = {name: people.create_token(email=address(name)) for name in ("Kim", "Vera")}
    doors = {
        rule.rule.split("/")[1]
        for rule in world.app.url_map.iter_rules()
        if policy_of(world.app.view_functions[rule.endpoint]) is Policy.LINK or rule.rule == "/sign-in/<secret>"
    }
    assert set(links) == doors  # a letter for each, with the secret that opens it; that of a feed stands on a page
    states = {view["state"] for token in tokens.values() for view in listed(world, token)}
    assert states == {
        *("unverified", "pending", "asked_back", "accepted", "amended", "declined"),
        *("redirected", "attached", "withdrawn", "lapsed"),
    }
    few = {door: set(sorted(each)[:2]) for door, each in links.items()}
    assert kinds >= {"briefing_asked", "briefing_answered", "agenda_published", "times_for_all", "minutes", "thanks"}
    things |= {"uid": world.do("Kim", meetings.listing)[0][0].uid, "slug": "norden"}
    browsers = [world.somebody(), *(world.at(name) for name in LOOKING)]
    before, first = world.digest(), int(database.app_url.startswith("postgresql"))
    for turn, browser in enumerate(browsers, first):
        nobody = browser is browsers[0]  # who opens every link, as a scanner does
        for path in addresses(world.app, codes, things, links if nobody or SCALE > 1 else few, turn):
            assert browser.client.head(path).status_code != 500, path
            for _ in range(TIMES if (nobody and path.split("/")[1] in links) or SCALE > 1 else 1):
                assert browser.client.get(path).status_code != 500, path
        assert world.digest() == before, turn
    client = world.app.test_client()
    for turn, token in enumerate(tokens.values(), first):
        for path in addresses(world.app, codes, things, few, turn):
            if path.startswith("/api/"):
                assert client.get(path, headers={"Authorization": f"Bearer {token}"}).status_code != 500, path
    assert world.digest() == before


def listed(world: World, token: str) -> list[dict[str, str]]:
    answer = world.app.test_client().get("/api/v1/meeting-requests", headers={"Authorization": f"Bearer {token}"})
    return list(answer.json["items"])
