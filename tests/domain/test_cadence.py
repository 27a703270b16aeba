"""How often two companies want to meet, and what may be set about it."""

from datetime import date

import pytest

from vendorhub.domain.cadence import (
    Every,
    Pause,
    Rule,
    Unit,
    asks_whether_it_is_worth_it,
    check_limit,
    check_waiver,
    every,
    pause,
    rules_in_order,
)
from vendorhub.domain.quarters import FiscalCalendar
from vendorhub.domain.refusals import Unfit

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("quarter", Every(Unit.QUARTER)),
        (" Half-Year ", Every(Unit.HALF_YEAR)),
        ("1 week", Every(Unit.WEEKS, 1)),
        ("104 weeks", Every(Unit.WEEKS, 104)),
        ("none", Every(Unit.NONE)),
    ],
)
def test_a_rhythm_as_people_write_it(said: str, meant: Every) -> None:
    assert every(said) == meant
    assert every(str(meant)) == meant


@pytest.mark.parametrize("said", ["0 weeks", "105 weeks", "-1 weeks", "weeks", "fortnight", "", "1.5 weeks", "٣ weeks"])
def test_what_is_no_rhythm_is_refused(said: str) -> None:
    with pytest.raises(Unfit) as refused:
        every(said)
    assert refused.value.field == "every"


@pytest.mark.parametrize(
    ("said", "anchor", "then"),
    [
        ("month", date(2027, 1, 31), [date(2027, 2, 28), date(2027, 3, 31)]),
        ("quarter", date(2026, 11, 30), [date(2027, 2, 28), date(2027, 5, 30)]),
        ("half-year", date(2026, 8, 31), [date(2027, 2, 28), date(2027, 8, 31)]),
        ("year", date(2028, 2, 29), [date(2029, 2, 28), date(2030, 2, 28)]),
        ("6 weeks", date(2026, 11, 23), [date(2027, 1, 4), date(2027, 2, 15)]),
    ],
)
def test_the_same_day_so_much_later(said: str, anchor: date, then: list[date]) -> None:
    assert [every(said).after(anchor, times, FiscalCalendar()) for times in (1, 2)] == then


def test_a_quarterly_rhythm_has_a_day_in_each_quarter_of_whole_weeks() -> None:
    calendar = FiscalCalendar(1, 0)  # 2026-Q1 begins on 29 December 2025
    assert every("quarter").after(date(2025, 12, 29), 1, calendar) == date(2026, 3, 30)  # and not on the 29th, in Q1
    assert every("month").after(date(2025, 12, 29), 3, calendar) == date(2026, 3, 29)


def test_a_pause_has_a_reason_and_an_end_and_leaves_the_past_alone() -> None:
    tender = pause(TODAY, date(2027, 3, 31), " A tender. ", today=TODAY)
    assert tender == Pause(TODAY, date(2027, 3, 31), "A tender.")
    assert (TODAY in tender, date(2027, 4, 1) in tender) == (True, False)
    wrong = [
        ("reason", TODAY, date(2027, 1, 1), " ", ()),
        ("last", TODAY, date(2026, 11, 22), "x", ()),
        ("last", TODAY, date(2028, 11, 24), "x", ()),
        ("first", date(2026, 11, 22), date(2027, 1, 1), "x", ()),
        ("first", date(2027, 3, 31), date(2027, 4, 30), "x", (tender,)),
    ]
    for field, first, last, reason, others in wrong:
        with pytest.raises(Unfit) as refused:
            pause(first, last, reason, today=TODAY, others=others)
        assert refused.value.field == field


def test_only_a_quarter_that_is_not_over_is_let_go() -> None:
    calendar = FiscalCalendar()
    check_waiver(calendar.quarter_of(TODAY), "A move of offices.", today=TODAY)
    for field, name, reason in (("quarter", "2026-Q3", "x"), ("reason", "2026-Q4", " ")):
        with pytest.raises(Unfit) as refused:
            check_waiver(calendar.named(name), reason, today=TODAY)
        assert refused.value.field == field


def test_limits_are_days_within_half_a_year() -> None:
    assert [check_limit(days, what="soft") for days in (0, 180)] == [0, 180]
    for days in (-1, 181):
        with pytest.raises(Unfit):
            check_limit(days, what="hard")


def test_a_rule_counts_from_the_quarter_in_which_it_was_made() -> None:
    first, second, third = (Rule(since=day) for day in (date(2026, 2, 3), date(2026, 11, 2), TODAY))
    assert rules_in_order([third, first, second], FiscalCalendar()) == [
        (date(2026, 1, 1), first),
        (date(2026, 10, 1), third),
    ]


def test_once_a_year_it_is_asked_whether_it_is_still_worth_it() -> None:
    assert not asks_whether_it_is_worth_it(date(2025, 11, 24), TODAY)
    assert asks_whether_it_is_worth_it(date(2025, 11, 23), TODAY)
