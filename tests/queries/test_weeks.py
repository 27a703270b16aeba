"""What is taken around an ask: one's own side's time, by name only where it is theirs to see (laws 8, 10)."""

from datetime import timedelta

import pytest

from tests.people import address
from tests.stage import FIRST, HOLD, MINUTE, SECOND_SLOT, SLOTS, Stage
from vendorhub.domain.refusals import NotThere
from vendorhub.queries.weeks import AroundView, TakenView, around
from vendorhub.usecases import decisions, offers

DAY = timedelta(days=1)


def seen(stage: Stage, name: str, code: str) -> AroundView:
    return around(stage[name], code, since=FIRST - DAY, until=FIRST + 7 * DAY)


def test_each_side_sees_its_own_time_taken_and_no_more(stage: Stage) -> None:
    uid = stage.met()
    code = stage.accepted(topic="Printers", attendees=[("Vera", address("Vera"), "Sales")])
    # Pia's meeting, to which she brings Kim: at another time, and nothing that Alex could see
    hers = stage.asked(topic="Salaries", to=address("Pia"), attendees=[("Vic", address("Vic"), "")])
    decisions.accept(stage["Pia"], hers, attendees=[("Vic", address("Vic"), ""), ("Kim", address("Kim"), "")])
    stage.go(HOLD)
    offer = offers.offer(stage["Pia"], hers, slots=[SLOTS[1]])
    other = offers.choose(stage["Vera"], offer, slot=stage.slot(offer))

    half_hour = 30 * MINUTE
    met = (FIRST, FIRST + half_hour)
    salaries = (SECOND_SLOT, SECOND_SLOT + half_hour)
    zones = ("Europe/Berlin", "Europe/London", (8, 18))
    assert seen(stage, "Kim", code) == AroundView(
        *zones,
        (
            TakenView(*met, (), "Fastprint: Backup costs", uid),
            TakenView(*salaries, (), "Fastprint: Salaries", other),
        ),
    )
    assert seen(stage, "Alex", code) == AroundView(
        *zones,
        (TakenView(*met, ("Kim",), "Fastprint: Backup costs", uid), TakenView(*salaries, ("Kim",), "", "")),
    )
    # Vic isn't asked to this one, so that he is taken is nobody's business here
    assert seen(stage, "Vera", code) == AroundView(*zones, (TakenView(*met, (), "Norden Mutual: Backup costs", uid),))
    assert (
        around(stage["Kim"], code, since=FIRST, until=FIRST + DAY, but=uid).taken == seen(stage, "Kim", code).taken[1:]
    )
    for outsider in ("Charlie", "Carl", "Rita", "Cleo", "Oz"):
        with pytest.raises(NotThere):
            seen(stage, outsider, code)
