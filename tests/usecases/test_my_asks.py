from datetime import timedelta

from tests.stage import DAY, HOLD, MINUTE, MONDAY, Stage, refused
from vendorhub.domain.refusals import Unfit
from vendorhub.queries import my_asks, standing
from vendorhub.usecases import blocks, decisions, meeting_requests, meetings, offers


def piles(stage: Stage, name: str = "Vera") -> dict[str, list[str]]:
    return {str(view.pile): [line.ask.code for line in view.lines] for view in my_asks.piles(stage[name])}


def test_whose_turn_it_is(stage: Stage) -> None:
    waiting = stage.asked(topic="Waits")
    held = stage.asked(topic="Held")
    decisions.accept(stage["Kim"], held)
    taken_back = stage.asked(topic="Taken back")
    meeting_requests.withdraw(stage["Vic"], taken_back)
    assert piles(stage) == {"mine": [], "theirs": [held, waiting], "agreed": [], "ended": [taken_back]}
    stage.go(HOLD)
    assert piles(stage)["theirs"] == [held, waiting]  # the times come next
    offer = offers.offer(stage["Kim"], held, slots=[("2027-01-13T14:00:00", "Europe/Berlin", None)])
    assert piles(stage)["mine"] == [held]
    uid = offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
    assert (piles(stage)["mine"], piles(stage)["agreed"]) == ([], [held])
    agreed = my_asks.piles(stage["Vera"])[2].lines[0]
    assert (agreed.ask.meeting, agreed.called_off, agreed.open) == (uid, False, True)
    meetings.cancel(stage["Kim"], uid)
    assert piles(stage)["ended"] == [taken_back, held]
    assert my_asks.piles(stage["Vera"])[3].lines[1].called_off
    stage.go(9 * DAY)
    assert piles(stage)["ended"] == [taken_back, held, waiting]  # nobody answered
    assert piles(stage, "Carl") == {"mine": [], "theirs": [], "agreed": [], "ended": []}


def test_a_pile_is_paged_by_its_last(stage: Stage) -> None:
    codes = [stage.asked(topic=f"Number {number}") for number in range(23)][::-1]
    first = my_asks.piles(stage["Vera"])[1]
    assert ([line.ask.code for line in first.lines], first.next) == (codes[:20], codes[19])
    later = my_asks.one_pile(stage["Vic"], "theirs", cursor=codes[19])
    assert ([line.ask.code for line in later.lines], later.next) == (codes[20:], None)
    for pile, cursor in (("theirs", "NEVERWAS"), ("nobodys", codes[0])):
        assert refused(Unfit, my_asks.one_pile, stage["Vera"], pile, cursor=cursor).field == "cursor"
    refused(Unfit, my_asks.one_pile, stage["Carl"], "theirs", cursor=codes[0])


def test_what_an_asker_faces(stage: Stage) -> None:
    assert standing.outlook(stage["Vera"], "norden") == standing.Outlook((), None, "", shut_out=False)
    code = stage.asked()
    found = standing.outlook(stage["Vic"], "norden")
    assert [(one.code, one.asked_by) for one in found.waiting] == [(code, "Vera")]
    decisions.refuse(stage["Kim"], code, kind="not_now", again_on=MONDAY.date() + timedelta(days=60))
    assert standing.outlook(stage["Vera"], "norden") == found  # held: nobody knows yet
    stage.go(HOLD)
    found = standing.outlook(stage["Vera"], "norden")
    assert (found.waiting, found.again_on, found.whose) == ((), MONDAY.date() + timedelta(days=60), "Kim")
    assert standing.outlook(stage["Carl"], "norden").again_on is None
    blocks.block(stage["Kim"], company="fastprint")
    stage.go(5 * MINUTE)
    assert standing.outlook(stage["Vera"], "norden").shut_out
    assert not standing.outlook(stage["Vera"], "harbour").shut_out
