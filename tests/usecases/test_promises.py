"""What becomes of promises: done, confirmed, open again, reminded of, and what was missed, told without a meeting."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.people import address
from tests.stage import DAY, FIRST, HOLD, Stage, refused, words
from tests.usecases.minutes import DUE, over
from vendorhub.domain.agenda_templates import Template
from vendorhub.domain.agendas import Single
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, Unfit, WrongState
from vendorhub.outbox.office import office
from vendorhub.queries import agenda_building as agenda_seen
from vendorhub.queries import history, links
from vendorhub.queries import promises as seen
from vendorhub.queries.promises import PromiseView
from vendorhub.store import db
from vendorhub.usecases import agenda_building, blocks, minutes, offers, promise_reminders, promises

COUNT, LOWER, ASK, PLAN = "Count the printers", "Lower the price", "Ask the board", "Send the floor plan"
OWED = ("actions", f"Promised before: {COUNT}; {PLAN}")
THURSDAY, TUESDAY = datetime(2027, 1, 28, 7, tzinfo=UTC), datetime(2027, 2, 2, 7, tzinfo=UTC)


def listed(stage: Stage, name: str, **asked: object) -> dict[str, PromiseView]:
    """The promises that this person sees, by their words."""
    db.session.rollback()
    return {view.text: view for view in seen.listing(stage[name], **asked)[0]}


def points(stage: Stage, name: str, uid: str) -> list[tuple[str, str]]:
    """The agenda of a single meeting as it is being built."""
    db.session.rollback()
    return [(line.entry.segment, line.entry.title) for line in agenda_seen.told(stage[name], Single(uid)).lines]


def code_of(stage: Stage, text: str) -> str:
    return listed(stage, "Kim")[text].code


def test_each_side_sees_its_own_and_what_was_promised_it_never_a_rivals(stage: Stage) -> None:
    over(stage)
    assert {name: set(listed(stage, name)) for name in ("Kim", "Alex", "Rita", "Vera", "Carl", "Charlie")} == {
        **{name: {COUNT, LOWER, ASK, PLAN} for name in ("Kim", "Alex", "Rita")},
        "Vera": {COUNT, PLAN},
        "Carl": {LOWER, ASK, PLAN},
        "Charlie": set(),
    }
    vera = listed(stage, "Vera")
    assert (vera[COUNT].email, vera[PLAN].email, vera[PLAN].company_name) == (address("Vera"), "", "Norden Mutual")
    assert "price" not in repr(vera)
    assert (vera[COUNT].item, listed(stage, "Carl")[ASK].item) == ("Printing less", "What Cloudio costs")
    refused(NotThere, seen.see, stage["Vera"], code_of(stage, LOWER))
    first, cursor = seen.listing(stage["Kim"], limit=3)
    rest, end = seen.listing(stage["Kim"], limit=3, cursor=cursor)
    assert ([view.text for view in (*first, *rest)], end) == ([PLAN, ASK, LOWER, COUNT], None)
    assert refused(Unfit, seen.listing, stage["Vera"], cursor=code_of(stage, LOWER)).field == "cursor"
    stage.go(FIRST + timedelta(minutes=30))
    assert listed(stage, "Vera") == {}


def test_done_by_the_owners_side_confirmed_or_opened_again_by_the_other(stage: Stage) -> None:
    code = over(stage)
    ours, theirs, plan = (code_of(stage, text) for text in (COUNT, LOWER, PLAN))
    old = replace(stage["Vera"].door, if_match=seen.see(stage["Vera"], ours).version)
    for name in ("Kim", "Rita"):
        refused(NotAllowed, promises.complete, stage[name], ours)
    for name, refusal in (("Vera", NotAllowed), ("Rita", NotAllowed), ("Carl", NotThere), ("Charlie", NotThere)):
        refused(refusal, promises.confirm, stage[name], ours)
    assert refused(Unfit, promises.complete, stage["Vera"], ours, proof="x" * 301).field == "proof"
    promises.complete(stage["Vera"], ours, proof="https://fastprint.example/count")
    refused(SomebodyWasFaster, promises.reopen, stage["Vera"].by(old), ours)
    refused(WrongState, promises.complete, stage["Vera"], ours)
    view = listed(stage, "Kim")[COUNT]
    assert (view.state, view.how, view.done_by, view.proof_link) == ("done", "kept", "Vera", view.proof)
    promises.reopen(stage["Kim"], ours, note="The third floor is missing.")
    (letter,) = stage.letters(kind="promise_reopened")
    assert (letter.recipient, "> The third floor is missing." in words(letter)) == (address("Vera"), True)
    assert listed(stage, "Vera")[COUNT].proof == ""
    refused(WrongState, promises.reopen, stage["Kim"], ours)
    promises.complete(stage["Vera"], ours)
    promises.reopen(stage["Vera"], ours)  # their own word back
    stage.go(TUESDAY + HOLD)
    promises.confirm(stage["Kim"], ours)
    view = listed(stage, "Vera")[COUNT]
    assert (view.state, view.how, view.days, view.confirmed_by) == ("confirmed", "late", 1, "Kim")
    refused(WrongState, promises.reopen, stage["Vera"], ours)
    refused(WrongState, promises.confirm, stage["Kim"], ours)
    promises.complete(stage["Alex"], plan)
    promises.confirm(stage["Vera"], plan)  # it was made to those in the room
    refused(NotAllowed, promises.confirm, stage["Rita"], theirs)
    promises.say_why(stage["Carl"], theirs, why="Our board meets in March.")
    refused(NotAllowed, promises.say_why, stage["Kim"], theirs, why="No.")
    assert listed(stage, "Kim")[LOWER].why == "Our board meets in March."
    assert [letter.recipient for letter in stage.letters(kind="promise_reopened")] == [address("Vera")]
    deeds = [line.deed for line in history.lines(stage["Vera"])[0]]
    assert (deeds.count("keep_promise"), deeds.count("confirm_promise"), deeds.count("reopen_promise")) == (2, 1, 2)
    assert "say_why" not in deeds
    assert "say_why" in [line.deed for line in history.lines(stage["Kim"], about=code)[0]]


def test_taking_ones_own_word_back_and_whoever_is_shut_out_write_to_nobody(stage: Stage) -> None:
    over(stage)
    plan = code_of(stage, PLAN)
    for _ in range(2):
        promises.confirm(stage["Vera"], plan)
        promises.reopen(stage["Vera"], plan, note="Buy our new printers.")
    assert stage.letters(kind="promise_reopened") == []
    promises.complete(stage["Kim"], plan)
    promises.reopen(stage["Vera"], plan, note="The cellar is missing.")
    blocks.block(stage["Kim"], company="fastprint")
    stage.go(HOLD)
    promises.complete(stage["Kim"], plan)
    promises.reopen(stage["Vera"], plan, note="And the attic.")
    (letter,) = stage.letters(kind="promise_reopened")
    assert (letter.recipient, "The cellar is missing." in words(letter)) == (address("Kim"), True)
    assert listed(stage, "Kim")[PLAN].state == "open"


def test_the_owner_alone_is_reminded_once_before_and_once_after(stage: Stage) -> None:
    over(stage)
    promises.complete(stage["Carl"], code_of(stage, LOWER))
    stage.go(THURSDAY - timedelta(seconds=1))
    assert (promise_reminders.remind_due(), stage.told(kind="promise_reminder")) == (0, [])
    stage.go(THURSDAY)
    assert (promise_reminders.remind_due(), promise_reminders.remind_due()) == (3, 0)
    to = [letter.recipient for letter in stage.letters(kind="promise_reminder")]
    assert to == [address("Vera"), address("Kim"), address("Kim")]
    promises.complete(stage["Kim"], code_of(stage, ASK))
    blocks.block(stage["Kim"], company="fastprint")
    stage.go(TUESDAY)
    assert (promise_reminders.remind_due(), promise_reminders.remind_due()) == (1, 0)
    assert len(stage.letters(kind="promise_reminder")) == 4
    assert PLAN in words(stage.letters(kind="promise_reminder")[-1])


def test_people_without_an_account_say_by_their_letters_link_that_it_is_done(stage: Stage) -> None:
    code = over(stage)
    minutes.promise(stage["Kim"], code, text="Bring a printer", owner="vera@presents.example", due=DUE)
    stage.go(THURSDAY)
    promise_reminders.remind_due()
    (letter,) = stage.letters(kind="promise_reminder", recipient="vera@presents.example")
    secret = words(letter).partition(office().links.promise(""))[2].split()[0]
    actor, which = links.promise_link(secret)
    assert (seen.see(actor, which).text, actor.roles) == ("Bring a printer", frozenset())
    promises.complete_by_link(secret, proof="It stands in the hall.")
    view = listed(stage, "Kim")["Bring a printer"]
    assert (view.state, view.done_by, view.proof) == ("done", actor.name, "It stands in the hall.")
    refused(WrongState, promises.complete_by_link, secret)
    refused(NotThere, promises.complete_by_link, "x" * 43)
    minutes.take_out_promise(stage["Kim"], code, which)
    refused(NotThere, links.promise_link, secret)


def test_a_missed_delivery_is_told_without_a_meeting_once_a_day(stage: Stage) -> None:
    over(stage)
    stage.go(datetime(2027, 3, 1, 9, tzinfo=UTC))
    given = {"company": "fastprint", "ours": False, "text": "Toner for the second floor", "due": date(2027, 2, 26)}
    for changed, field in (
        ({"company": "initech"}, "company"),
        ({"company": "norden"}, "company"),
        ({"company": "nobody-here"}, "company"),
        ({"due": date(2027, 3, 2)}, "due"),
        ({"due": None}, "due"),
        ({"text": " "}, "text"),
        ({"text": "x" * 121}, "text"),
    ):
        assert refused(Unfit, promises.tell_missed, stage["Kim"], **{**given, **changed}).field == field
    told = promises.tell_missed(stage["Kim"], **given)
    views = [seen.see(stage[name], told) for name in ("Kim", "Vera")]
    assert [(view.how, view.days, view.own, view.told, view.owner) for view in views] == [
        ("missed", 3, False, True, ""),
        ("missed", 3, True, True, ""),
    ]
    assert stage.told(kind="promise_missed") == [("promise_missed", address("Vera"))]
    for name in ("Rita", "Carl", "Charlie"):
        refused(NotThere, seen.see, stage[name], told)
    refused(WrongState, promises.tell_missed, stage["Alex"], **{**given, "text": "Another"})
    ours = promises.tell_missed(stage["Vera"], **{**given, "company": "norden", "ours": True, "why": "A strike."})
    assert (seen.see(stage["Kim"], ours).why, seen.see(stage["Kim"], ours).owner) == ("A strike.", "Vera")
    assert stage.told(kind="promise_missed")[1:] == [
        ("promise_missed", address("Kim")),
        ("promise_missed", address("Alex")),
    ]
    promises.complete(stage["Vera"], told, proof="Delivered today.")
    promises.confirm(stage["Kim"], told)
    assert seen.see(stage["Vera"], told).how == "late"
    deeds = {name: [line.deed for line in history.lines(stage[name])[0]] for name in ("Kim", "Vera", "Carl")}
    assert {name: lines.count("tell_missed") for name, lines in deeds.items()} == {"Kim": 2, "Vera": 2, "Carl": 0}
    assert promise_reminders.remind_due() == 0
    stage.go(DAY)
    blocks.block(stage["Kim"], company="fastprint")
    stage.go(HOLD)
    refused(NotAllowed, promises.tell_missed, stage["Vera"], **{**given, "company": "norden"})
    assert refused(Unfit, promises.tell_missed, stage["Charlie"], **{**given, "company": "norden"}).field == "company"


def test_what_is_owed_opens_the_next_agenda_of_the_two(stage: Stage) -> None:
    over(stage)
    stage.go(TUESDAY + timedelta(hours=3))
    code = stage.accepted(topic="Printers", goal=None)
    offer = offers.offer(stage["Kim"], code, slots=(("2027-02-10T14:00:00", "Europe/Berlin", None),))
    uid = offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
    agenda_building.set_half(stage["Vera"], uid, items=[("News", 10)])
    assert points(stage, "Kim", uid) == [OWED, ("vendor", "News")]
    agenda_building.start_from(stage["Kim"], Single(uid), Template.EMPTY)
    assert points(stage, "Vera", uid) == [OWED, ("vendor", "News")]
    agenda_building.set_half(stage["Vera"], uid, items=[])
    promises.say_why(stage["Vera"], code_of(stage, COUNT), why="Two floors were locked.")
    agenda_building.start_from(stage["Vera"], Single(uid), Template.GOVERNANCE)
    assert points(stage, "Kim", uid) == [
        ("buyer", "Promises: 0 kept, 2 not"),
        ("vendor", f"{COUNT}, late (Two floors were locked): what changes by when"),
        ("buyer", f"{PLAN}, late: why, and what changes by when"),
        ("actions", "Who does what, by when"),
    ]
