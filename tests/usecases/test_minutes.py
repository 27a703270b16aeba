"""The day of a briefing: what is on, what is written down by whom, what each side reads of it, and what follows."""

from dataclasses import replace
from datetime import date, timedelta

from tests.people import address
from tests.stage import FIRST, MINUTE, Stage, refused, words
from tests.usecases.minutes import DUE, begun, over, refs
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, Unfit, WrongState
from vendorhub.queries import briefings, history, items
from vendorhub.queries import minutes as seen
from vendorhub.queries.minute_views import MinutesView
from vendorhub.store import db
from vendorhub.usecases import afterwards, minutes, promises


def look(stage: Stage, name: str, code: str) -> MinutesView:
    db.session.rollback()
    return seen.see(stage[name], code)


def said(stage: Stage, name: str, code: str) -> list[str]:
    """What this person reads: lines, and promises."""
    view = look(stage, name, code)
    return [each.text for each in (*view.notes, *view.actions)]


def test_what_is_on_goes_by_the_clock_until_somebody_says_so(stage: Stage) -> None:
    code = begun(stage)
    news, print_, _ = refs(stage, code)
    stage.go(15 * MINUTE)
    now = look(stage, "Vera", code).now
    assert (now.at, now.left, now.late, now.told) == (0, 25, 0, False)
    minutes.begin(stage["Rita"], code, entry=print_)
    stage.go(27 * MINUTE)
    now = look(stage, "Kim", code).now
    assert (now.at, now.left, now.late, now.told) == (1, -7, 0, True)  # it began 25 minutes early
    minutes.begin(stage["Kim"], code, entry=news)
    stage.go(10 * MINUTE)
    now = look(stage, "Kim", code).now
    assert (now.at, now.left, now.late) == (0, 30, 42)
    assert now.ends_at == FIRST + 122 * MINUTE
    minutes.begin(stage["Kim"], code, entry="")
    assert look(stage, "Carl", code).now.over
    assert refused(Unfit, minutes.begin, stage["Kim"], code, entry="NOSUCHONE").field == "entry"
    refused(NotAllowed, minutes.begin, stage["Vera"], code, entry=news)
    refused(NotThere, minutes.begin, stage["Charlie"], code, entry=news)
    stage.go(FIRST - 31 * MINUTE)
    refused(WrongState, minutes.begin, stage["Kim"], code, entry=news)
    refused(WrongState, minutes.note, stage["Kim"], code, text="Too early.")


def test_two_who_write_at_once_lose_nothing(stage: Stage) -> None:
    code = begun(stage)
    news, *_ = refs(stage, code)
    line = minutes.note(stage["Kim"], code, text="They need half.", entry=news)
    minutes.note(stage["Rita"], code, text="They need a third.", entry=news)
    view = look(stage, "Rita", code)
    assert [(one.text, one.by) for one in view.entries[0].notes] == [
        ("They need half.", "Kim"),
        ("They need a third.", "Rita"),
    ]
    door = replace(stage["Rita"].door, if_match=seen.note(stage["Rita"], code, line).version)
    minutes.change_note(stage["Kim"], code, line, text="They need half of it.", kind="decision")
    refused(SomebodyWasFaster, minutes.change_note, stage["Rita"].by(door), code, line, text="They need two thirds.")
    refused(SomebodyWasFaster, minutes.take_out, stage["Rita"].by(door), code, line)
    one = seen.note(stage["Rita"], code, line)
    assert (one.text, one.kind, one.by, one.changed_by) == ("They need half of it.", "decision", "Kim", "Kim")
    minutes.take_out(stage["Rita"], code, line)
    refused(NotThere, seen.note, stage["Rita"], code, line)
    refused(NotThere, minutes.change_note, stage["Rita"], code, line, text="Again.")
    told = [line.by for line in history.lines(stage["Kim"], about=code)[0] if line.deed == "keep_minutes"]
    assert told == ["Kim", "Rita"]


def test_what_is_written_down_is_judged(stage: Stage) -> None:
    code = begun(stage)
    kim, today = stage["Kim"], FIRST.date()
    for given, field in (
        ({"text": " "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "x", "kind": "thought"}, "kind"),
        ({"text": "x", "entry": "NOSUCHONE"}, "entry"),
    ):
        assert refused(Unfit, minutes.note, kim, code, **given).field == field
    for owner, due, field in (
        ("charlie@initech.example", DUE, "owner"),
        (address("Vera"), None, "due"),
        (address("Vera"), today - timedelta(days=1), "due"),
        (address("Vera"), date(2030, 1, 1), "due"),
    ):
        assert refused(Unfit, minutes.promise, kim, code, text="Count", owner=owner, due=due).field == field
    assert look(stage, "Kim", code).is_empty
    promised = minutes.promise(kim, code, text="Count", owner=" VERA@fastprint.example", due=today)
    old = replace(stage["Rita"].door, if_match=seen.action(stage["Rita"], code, promised).version)
    minutes.change_promise(kim, code, promised, text="Count twice", owner=address("Carl"), due=DUE)
    one = seen.action(kim, code, promised)
    assert (one.text, one.company, one.email, one.due) == ("Count twice", "cloudio", address("Carl"), DUE)
    given = {"text": "Count", "owner": address("Vera"), "due": DUE}
    refused(SomebodyWasFaster, minutes.change_promise, stage["Rita"].by(old), code, promised, **given)
    for wrong, field in (({"text": ""}, "text"), ({"owner": "x@y.example"}, "owner"), ({"due": None}, "due")):
        assert refused(Unfit, minutes.change_promise, kim, code, promised, **(given | wrong)).field == field
    refused(NotAllowed, minutes.change_promise, stage["Bo"], code, promised, **given)
    minutes.take_out_promise(stage["Rita"], code, promised)
    assert look(stage, "Kim", code).is_empty
    for name, refusal in (("Vera", NotAllowed), ("Bo", NotAllowed), ("Charlie", NotThere)):
        refused(refusal, minutes.note, stage[name], code, text="Let me.")
        refused(refusal, afterwards.confirm, stage[name], code)


def test_a_vendor_reads_what_is_not_for_others_and_only_when_it_is_over(stage: Stage) -> None:
    code = over(stage)
    everything = [
        *("Two floors are given up.", "We print half.", "Cloudio is too dear.", "We meet again in spring."),
        *("Count the printers", "Lower the price", "Ask the board", "Send the floor plan"),
    ]
    for name in ("Kim", "Alex", "Bo", "Rita"):
        assert sorted(said(stage, name, code)) == sorted(everything)
    assert said(stage, "Vera", code) == [
        *("Two floors are given up.", "We print half.", "We meet again in spring."),
        *("Count the printers", "Send the floor plan"),
    ]
    assert said(stage, "Carl", code) == [
        *("Two floors are given up.", "We print half.", "Cloudio is too dear.", "We meet again in spring."),
        *("Lower the price", "Ask the board", "Send the floor plan"),
    ]
    vera = look(stage, "Vera", code)
    assert [(one.owner, one.email) for one in vera.actions] == [("Vera", address("Vera")), ("Kim", "")]
    assert "Cloudio is too dear." not in repr(vera)
    assert "Lower the price" not in repr(vera)
    hidden = look(stage, "Kim", code).entries[2].notes[0].code
    refused(NotThere, seen.note, stage["Vera"], code, hidden)
    refused(NotThere, minutes.change_note, stage["Vera"], code, hidden, text="Not at all.")
    refused(NotThere, seen.see, stage["Charlie"], code)
    stage.go(FIRST + 30 * MINUTE)
    assert look(stage, "Vera", code).sealed
    assert said(stage, "Vera", code) == []


def test_the_buyer_confirms_and_everybody_gets_one_letter_of_their_own(stage: Stage) -> None:
    code = over(stage)
    kim = stage["Kim"]
    stale = kim.by(replace(kim.door, if_match=look(stage, "Kim", code).version))
    minutes.note(stage["Rita"], code, text="One more.")
    refused(SomebodyWasFaster, afterwards.confirm, stale, code)
    refused(NotAllowed, afterwards.confirm, stage["Rita"], code)
    afterwards.confirm(kim, code)
    letters = {letter.recipient: words(letter).replace("\r", "") for letter in stage.letters(kind="minutes")}
    assert sorted(letters) == [
        *("carl@cloudio.example", "carl@presents.example", "kim@norden.example", "rita@bridge.example"),
        *("vera@fastprint.example", "vera@presents.example"),
    ]
    vera, carl = letters["vera@fastprint.example"], letters["carl@presents.example"]
    assert "- We print half. (Printing less)\n- We meet again in spring.\n" in vera
    assert "- Count the printers, by Monday, 1 February 2027\n" in vera
    assert "too dear" not in vera
    assert "- Cloudio is too dear. (What Cloudio costs)\n" in carl
    assert "Nothing is noted that you promised." in carl
    assert "- Ask the board, by Monday, 1 February 2027\n- Send the floor plan" in letters["kim@norden.example"]
    view = look(stage, "Vera", code)
    assert (view.confirmed_by, view.confirmed_at) == ("Kim", look(stage, "Kim", code).confirmed_at)
    for deed, given in (
        (minutes.note, {"text": "After all."}),
        (minutes.promise, {"text": "After all", "owner": address("Kim"), "due": DUE}),
    ):
        assert refused(WrongState, deed, kim, code, **given).sentence == (
            "These minutes are confirmed, so they stay as they are; a remark can still be added."
        )
    refused(WrongState, afterwards.confirm, kim, code)


def test_nothing_is_confirmed_before_it_is_over_or_of_nothing(stage: Stage) -> None:
    code = begun(stage)
    refused(WrongState, afterwards.confirm, stage["Kim"], code)
    stage.go(timedelta(hours=2))
    assert refused(WrongState, afterwards.confirm, stage["Kim"], code).sentence == (
        "Nothing has been written down yet."
    )
    assert stage.told(kind="minutes") == []


def test_a_remark_is_for_the_buyer_and_who_organises_it(stage: Stage) -> None:
    code = over(stage)
    afterwards.remark(stage["Carl"], code, text="We are not dear.")
    afterwards.remark(stage["Rita"], code, text="It was eight floors.")
    refused(NotAllowed, afterwards.remark, stage["Kim"], code, text="Mine.")
    assert refused(Unfit, afterwards.remark, stage["Carl"], code, text=" ").field == "text"
    read = {name: [one.text for one in look(stage, name, code).remarks] for name in ("Kim", "Rita", "Carl", "Vera")}
    assert read == {
        "Kim": ["We are not dear.", "It was eight floors."],
        "Rita": ["We are not dear.", "It was eight floors."],
        "Carl": ["We are not dear."],
        "Vera": [],
    }


def test_the_worth_is_the_buyers_own_and_thanks_are_the_vendors(stage: Stage) -> None:
    code = over(stage)
    afterwards.weigh(stage["Kim"], code, "cloudio", worth=2)
    afterwards.weigh(stage["Alex"], code, "fastprint", worth=5)
    afterwards.thank(stage["Kim"], code, "fastprint", text="You were plain.", quotable=True)
    told = {
        name: [(one.slug, one.worth, one.thanks, one.quotable) for one in look(stage, name, code).vendors]
        for name in ("Kim", "Rita", "Vera", "Carl")
    }
    assert told == {
        "Kim": [("fastprint", 5, "You were plain.", True), ("cloudio", 2, "", False)],
        "Rita": [("fastprint", None, "", False), ("cloudio", None, "", False)],
        "Vera": [("fastprint", None, "You were plain.", True)],
        "Carl": [("cloudio", None, "", False)],
    }
    deeds = {name: [line.deed for line in history.lines(stage[name])[0]] for name in ("Kim", "Rita", "Vera", "Carl")}
    assert [name for name, lines in deeds.items() if "weigh" in lines] == ["Kim"]
    assert [name for name, lines in deeds.items() if "thank" in lines] == ["Kim", "Rita", "Vera"]
    assert stage.told(kind="thanks") == [("thanks", address("Vera"))]
    afterwards.thank(stage["Kim"], code, "fastprint", text="You were plain.", quotable=False)
    assert [one.quotable for one in look(stage, "Vera", code).vendors if one.slug == "fastprint"] == [False]
    assert len(stage.told(kind="thanks")) == 1
    refused(Unfit, afterwards.weigh, stage["Kim"], code, "cloudio", worth=6)
    refused(NotThere, afterwards.weigh, stage["Kim"], code, "initech", worth=3)
    for name in ("Rita", "Vera", "Bo"):
        refused(NotAllowed, afterwards.weigh, stage[name], code, "cloudio", worth=5)
        refused(NotAllowed, afterwards.thank, stage[name], code, "cloudio", text="Me too.")


def test_the_same_again_takes_along_what_is_left_over(stage: Stage) -> None:
    code = over(stage)
    ours, *_ = (one.code for one in look(stage, "Kim", code).actions)
    promises.complete(stage["Vera"], ours)
    refused(NotAllowed, afterwards.again, stage["Vera"], code)
    made = afterwards.again(stage["Rita"], code)
    db.session.rollback()
    view, before = briefings.see(stage["Kim"], made), briefings.see(stage["Kim"], code)
    assert (view.state, view.theme, view.minutes, view.asked_by) == ("proposed", before.theme, 90, "Rita")
    assert ([part.slug for part in view.vendors], view.items_due) == (["fastprint", "cloudio"], date(2027, 4, 20))
    refused(NotThere, briefings.see, stage["Vera"], made)  # it again needs the buyer's yes
    left = [(one.title, one.asks, one.visibility) for one in items.listing(stage["Kim"], made).items]
    assert left == [
        ("Who else has done it?", "cloudio", "buyer"),
        ("Lower the price", "cloudio", "buyer"),
        ("Ask the board", None, "buyer"),
        ("Send the floor plan", None, "buyer"),
    ]
    again = afterwards.again(stage["Kim"], code)
    assert briefings.see(stage["Kim"], again).state == "consented"  # who decides says yes by proposing
