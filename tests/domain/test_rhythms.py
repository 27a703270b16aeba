"""The state of each quarter of a relationship, and its why."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vendorhub.domain.cadence import Pause, Rule, every
from vendorhub.domain.quarters import FiscalCalendar, Quarter
from vendorhub.domain.rhythms import Cell, Encounter, How, Rhythm, State, cells, dues, next_due

TODAY = date(2026, 11, 23)  # a Monday
YEAR = FiscalCalendar()


def rule(said: str = "quarter", since: date = date(2026, 1, 1), **limits: int) -> Rule:
    return Rule(since=since, every=every(said), **limits)


def of(
    rules: Iterable[Rule] = (),
    met: Iterable[Encounter] = (),
    pauses: Iterable[Pause] = (),
    waivers: Iterable[tuple[str, str]] = (),
) -> Rhythm:
    return Rhythm(tuple(rules), tuple(met), tuple(pauses), tuple(waivers))


def held(*days: date) -> list[Encounter]:
    return [Encounter(day, held=True) for day in days]


def planned(*days: date) -> list[Encounter]:
    return [Encounter(day, held=False) for day in days]


def quarters(first: str = "2026-Q1", number: int = 8, calendar: FiscalCalendar = YEAR) -> tuple[Quarter, ...]:
    return tuple(calendar.on(calendar.named(first), each) for each in range(number))


def told(rhythm: Rhythm, *, today: date = TODAY, number: int = 8) -> dict[str, str]:
    found = cells(rhythm, quarters(number=number), calendar=YEAR, today=today)
    return {str(cell.quarter): f"{cell.state}: {cell.why}" for cell in found}


def states(rhythm: Rhythm, *, today: date = TODAY, number: int = 8) -> dict[str, State]:
    return {name: State(said.partition(":")[0]) for name, said in told(rhythm, today=today, number=number).items()}


def test_a_year_of_a_quarterly_relationship() -> None:
    rhythm = of([rule()], [*held(date(2026, 2, 10), date(2026, 8, 3)), *planned(date(2027, 1, 12))])
    assert told(rhythm) == {
        "2026-Q1": "met: You met on 2026-02-10.",
        "2026-Q2": "missed: A meeting was due on 2026-05-11, and you did not meet.",  # the 10th is a Sunday
        "2026-Q3": "met: You met on 2026-08-03.",
        "2026-Q4": "overdue: A meeting was due on 2026-11-03, 20 days ago, and none is planned.",
        "2027-Q1": "planned: You meet on 2027-01-12.",
        "2027-Q2": "upcoming: The next meeting is due on 2027-05-03.",
        "2027-Q3": "upcoming: The next meeting is due on 2027-08-03.",
        "2027-Q4": "upcoming: The next meeting is due on 2027-11-03.",
    }
    assert next_due(rhythm, calendar=YEAR, today=TODAY) == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("day", "state", "why"),
    [
        (date(2026, 11, 8), State.UPCOMING, "The next meeting is due on 2026-11-23."),
        (date(2026, 11, 9), State.DUE, "A meeting is due on 2026-11-23, and none is planned."),
        (date(2026, 11, 23), State.DUE, "A meeting is due on 2026-11-23, and none is planned."),
        (date(2026, 12, 7), State.DUE, "A meeting was due on 2026-11-23, and none is planned."),
        (date(2026, 12, 8), State.OVERDUE, "A meeting was due on 2026-11-23, 15 days ago, and none is planned."),
        (date(2027, 1, 1), State.MISSED, "A meeting was due on 2026-11-23, and you did not meet."),
    ],
)
def test_the_same_date_as_days_go_by(day: date, state: State, why: str) -> None:
    rhythm = of([rule()], held(date(2026, 8, 23)))
    found = cells(rhythm, quarters("2026-Q4", 1), calendar=YEAR, today=day)
    assert found == (Cell(quarters("2026-Q4", 1)[0], state, found[0].why, date(2026, 11, 23)),)
    assert str(found[0].why) == why


def test_limits_are_the_rules_own() -> None:
    rhythm = of([rule(soft=0, hard=0)], held(date(2026, 8, 23)))
    on = {day: states(rhythm, today=date(2026, 11, day))["2026-Q4"] for day in (22, 23, 24)}
    assert on == {22: State.UPCOMING, 23: State.DUE, 24: State.OVERDUE}


def test_who_has_never_met_is_due_by_the_end_of_the_quarter() -> None:
    fresh = of([rule(since=TODAY)])
    assert told(fresh, number=5) == {
        "2026-Q4": "upcoming: The next meeting is due on 2026-12-31.",
        "2027-Q1": "upcoming: The next meeting is due on 2027-03-31.",
    }
    assert next_due(fresh, calendar=YEAR, today=TODAY) == date(2026, 12, 31)
    yearly = of([rule("year", since=TODAY)])
    assert list(states(yearly)) == ["2026-Q4", "2027-Q4"]


def test_a_quarter_of_which_nothing_is_asked_has_no_state() -> None:
    assert list(states(of([rule("year")], held(date(2026, 5, 5))))) == ["2026-Q1", "2026-Q2", "2027-Q2"]
    assert states(of()) == {}
    assert states(of([rule("none")], held(date(2026, 5, 5)))) == {"2026-Q2": State.MET}
    assert next_due(of([rule("none")], held(date(2026, 5, 5))), calendar=YEAR, today=TODAY) is None


def test_several_dates_in_a_quarter_are_met_when_each_had_its_meeting() -> None:
    start = held(date(2025, 12, 15))
    all_three = of([rule("month")], [*start, *held(date(2026, 1, 15), date(2026, 2, 16), date(2026, 3, 16))])
    assert told(all_three)["2026-Q1"] == "met: You met 3 times, last on 2026-03-16."
    two = of([rule("month")], [*start, *held(date(2026, 1, 15), date(2026, 3, 16))])
    assert told(two)["2026-Q1"] == "missed: Of 3 meetings that were due, 2 took place."
    # In the running quarter the worst of what is open is shown.
    now = of([rule("month")], [*held(date(2026, 9, 10)), *planned(date(2026, 12, 1))])
    assert told(now)["2026-Q4"] == "due: Of 3 meetings asked for, 1 are held or planned; the next date is 2026-11-10."


def test_a_meeting_that_was_early_restarts_the_clock() -> None:
    rhythm = of([rule()], held(date(2026, 2, 10), date(2026, 4, 1)))
    assert told(rhythm)["2026-Q3"] == "missed: A meeting was due on 2026-07-01, and you did not meet."


def test_a_briefing_counts_and_says_so() -> None:
    rhythm = of([rule()], [Encounter(date(2026, 10, 6), held=True, how=How.BRIEFING)])
    assert told(rhythm)["2026-Q4"] == "met: You met in a joint briefing on 2026-10-06."


def test_a_pause_asks_for_nothing_and_the_clock_starts_anew_after_it() -> None:
    tender = Pause(date(2026, 10, 1), date(2027, 1, 19), "a tender")
    rhythm = of([rule()], held(date(2026, 8, 3)), [tender])
    assert told(rhythm)["2026-Q4"] == "paused: Paused until 2027-01-19: a tender"
    assert told(rhythm)["2027-Q1"] == "upcoming: The next meeting is due on 2027-01-20."
    assert told(rhythm)["2027-Q2"] == "upcoming: The next meeting is due on 2027-04-20."
    assert next_due(rhythm, calendar=YEAR, today=TODAY) == date(2027, 1, 20)


def test_a_pause_within_a_quarter_moves_its_date() -> None:
    rhythm = of([rule()], held(date(2026, 8, 3)), [Pause(date(2026, 11, 1), date(2026, 11, 29), "a move")])
    assert told(rhythm)["2026-Q4"] == "due: A meeting is due on 2026-11-30, and none is planned."


def test_a_pause_of_a_yearly_meeting_does_not_cost_a_year() -> None:
    rhythm = of([rule("year")], held(date(2025, 11, 9)), [Pause(date(2026, 11, 1), date(2027, 1, 31), "an audit")])
    assert list(states(rhythm)) == ["2026-Q4", "2027-Q1"]
    assert states(rhythm)["2027-Q1"] is State.UPCOMING


def test_who_meets_in_a_pause_or_in_a_quarter_let_go_has_met() -> None:
    met = held(date(2026, 8, 3), date(2026, 11, 9))
    pause = Pause(date(2026, 10, 1), date(2026, 12, 31), "a tender")
    assert states(of([rule()], met, [pause]))["2026-Q4"] is State.MET
    assert states(of([rule()], met, waivers=(("2026-Q4", "a move"),)))["2026-Q4"] is State.MET


def test_a_quarter_let_go_says_why_and_the_next_counts() -> None:
    rhythm = of([rule()], held(date(2026, 8, 3)), waivers=(("2026-Q4", "a move of offices"),))
    assert told(rhythm)["2026-Q4"] == "waived: You let this quarter go: a move of offices"
    assert next_due(rhythm, calendar=YEAR, today=TODAY) == date(2027, 2, 3)


def test_a_changed_rule_changes_this_quarter_and_later_ones_only() -> None:
    before = of([rule()], held(date(2026, 2, 10)))
    past = {name: said for name, said in told(before).items() if name < "2026-Q4"}
    for said in ("none", "month", "year", "5 weeks"):
        after = of([rule(), rule(said, since=TODAY)], before.encounters)
        assert {name: said for name, said in told(after).items() if name < "2026-Q4"} == past
    assert set(told(of([rule(), rule("none", since=TODAY)], before.encounters))) == set(past)


def test_due_dates_are_working_days_of_their_quarter() -> None:
    rhythm = of([rule()], held(date(2026, 9, 26)))
    holidays = frozenset({date(2026, 12, 28), date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)})
    assert next_due(rhythm, calendar=YEAR, today=TODAY) == date(2026, 12, 28)  # the 26th is a Saturday
    assert next_due(rhythm, calendar=YEAR, today=TODAY, holidays=holidays) == date(2026, 12, 25)


DAYS = st.dates(date(2025, 1, 1), date(2028, 3, 31))
CALENDARS = st.one_of(
    st.builds(FiscalCalendar, st.integers(1, 12)), st.builds(FiscalCalendar, st.integers(1, 12), st.integers(0, 6))
)
RHYTHMS = ["quarter", "month", "half-year", "year", "1 week", "5 weeks", "13 weeks", "104 weeks", "none"]
RULES = st.lists(st.builds(rule, st.sampled_from(RHYTHMS), DAYS, soft=st.integers(0, 60), hard=st.integers(0, 60)))
PAUSES = st.lists(st.builds(lambda day, days: Pause(day, day + timedelta(days=days), "x"), DAYS, st.integers(0, 400)))


@given(CALENDARS, RULES, st.lists(DAYS), st.lists(DAYS), PAUSES, DAYS)
@example(FiscalCalendar(1, 0), [rule()], [date(2025, 12, 29)], [], [], date(2026, 3, 30))
def test_each_quarter_has_one_state_and_it_fits_its_contents(
    calendar: FiscalCalendar, rules: list[Rule], past: list[date], ahead: list[date], pauses: list[Pause], today: date
) -> None:
    met = [*held(*(day for day in past if day < today)), *planned(*(day for day in ahead if day >= today))]
    shown = tuple(calendar.on(calendar.quarter_of(today), number) for number in range(-4, 5))
    found = cells(of(rules, met, pauses), shown, calendar=calendar, today=today)
    assert [cell.quarter for cell in found] == [each for each in shown if each in {cell.quarter for cell in found}]
    for cell in found:
        meets = [each for each in met if each.day in cell.quarter]
        assert cell.day in cell.quarter
        assert str(cell.why)
        assert (cell.state is State.MISSED) <= (cell.quarter.after <= today)
        assert (cell.state in (State.DUE, State.OVERDUE, State.UPCOMING)) <= (today < cell.quarter.after)
        assert (cell.state in (State.MET, State.PLANNED)) <= bool(meets)
        assert (cell.state is State.PAUSED) <= any(cell.day in pause for pause in pauses)
    assert {each for each in shown if any(meet.day in each for meet in met)} <= {cell.quarter for cell in found}


@given(CALENDARS, RULES, st.lists(DAYS), PAUSES, DAYS, DAYS, DAYS)
def test_a_planned_meeting_that_moves_touches_the_two_quarters_alone(
    calendar: FiscalCalendar,
    rules: list[Rule],
    past: list[date],
    pauses: list[Pause],
    today: date,
    old: date,
    new: date,
) -> None:
    shown = tuple(calendar.on(calendar.quarter_of(date(2025, 1, 1)), number) for number in range(14))
    met = held(*(day for day in past if day < today))

    def with_one(day: date) -> dict[str, Cell]:
        rhythm = of(rules, [*met, *planned(day)], pauses)
        return {str(cell.quarter): cell for cell in cells(rhythm, shown, calendar=calendar, today=today)}

    before, after = with_one(old), with_one(new)
    touched = {str(calendar.quarter_of(day)) for day in (old, new)}
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} <= touched


@given(CALENDARS, RULES, st.lists(DAYS), PAUSES, DAYS, st.sampled_from(RHYTHMS))
def test_a_new_rule_leaves_every_quarter_that_is_over_as_it_was(
    calendar: FiscalCalendar, rules: list[Rule], past: list[date], pauses: list[Pause], today: date, said: str
) -> None:
    known = [each for each in rules if each.since <= today]
    shown = tuple(calendar.on(calendar.quarter_of(today), number) for number in range(-6, 0))
    met = held(*(day for day in past if day < today))
    before, after = (
        cells(of(each, met, pauses), shown, calendar=calendar, today=today)
        for each in (known, [*known, rule(said, since=today)])
    )
    assert before == after


@given(CALENDARS, st.lists(DAYS, min_size=1), DAYS)
def test_a_quarterly_rule_asks_once_a_quarter(calendar: FiscalCalendar, past: list[date], today: date) -> None:
    met = held(*(day for day in past if day <= today))
    ahead = tuple(calendar.on(calendar.quarter_of(today), number) for number in range(1, 9))
    rhythm = of([rule(since=date(2025, 1, 1))], met)
    found = cells(rhythm, ahead, calendar=calendar, today=today)
    assert tuple(cell.quarter for cell in found) == ahead
    assert {cell.state for cell in found} <= {State.UPCOMING, State.DUE}
    assert len(list(dues(rhythm, ahead[0].first, ahead[-1].after, calendar=calendar))) == len(ahead)
