"""The planner: what it proposes of a known quarter, and what holds of every plan whatever is asked."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import SCALE
from vendorhub.domain.planning import Frame, Limit, Plan, Wish, clashes, reasons, saving
from vendorhub.domain.windows import is_working_day
from vendorhub.solvers.planner import plan

MONDAY = date(2026, 9, 28)
QUARTER = Frame(date(2026, 10, 1), date(2027, 1, 1))


def wish(who: str, due: date, *subjects: str, minutes: int = 60, overdue: bool = False, alone: bool = False) -> Wish:
    return Wish(who, due, minutes, overdue=overdue, alone=alone, subjects=frozenset(subjects))


def told(made: Plan) -> list[tuple[str, str, int]]:
    """Who, from which to which day, and the minutes."""
    return [
        (
            "+".join(each.relationship for each in one.wishes),
            f"{one.span.first:%d %b}-{one.span.last:%d %b}",
            one.minutes,
        )
        for one in made.proposals
    ]


OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 20), date(2026, 11, 12), date(2026, 12, 9)


def test_a_quarter_is_planned_and_says_why() -> None:
    wishes = [
        wish("acme", OCTOBER, "backup"),
        wish("blue", NOVEMBER, "backup", "cloud"),
        wish("core", DECEMBER, "cloud"),
        wish("dust", date(2026, 9, 8), "paper", overdue=True),
        wish("ergo", OCTOBER, "backup", alone=True),
    ]
    made = plan(wishes, QUARTER)
    assert told(made) == [
        ("dust", "01 Oct-02 Oct", 60),
        ("acme+blue", "19 Oct-23 Oct", 80),
        ("ergo", "19 Oct-23 Oct", 60),
        ("core", "07 Dec-11 Dec", 60),
    ]
    assert [[str(why) for why in reasons(each, QUARTER)] for each in made.proposals] == [
        ["It was due on 2026-09-08, so it comes as soon as there is room."],
        ["All of them have to do with backup: 80 minutes together instead of 120 one by one."],
        ["It is due in that week, on 2026-10-20."],
        ["It is due in that week, on 2026-12-09."],
    ]
    assert str(saving(made)) == ("It takes 4.3 h instead of 5 h: 0.7 h less, because 2 of them come to 1 joint talks.")
    assert clashes(made, QUARTER) == []


def test_what_is_overdue_has_the_hours_and_the_rest_hears_which_limit_clashes() -> None:
    wishes = [wish("acme", OCTOBER), wish("blue", OCTOBER, overdue=True), wish("core", OCTOBER, overdue=True)]
    tight = replace(QUARTER, after=date(2026, 11, 1), hours=3, taken=((date(2026, 10, 5), 60),))
    made = plan(wishes, tight)
    assert told(made) == [("blue", "01 Oct-02 Oct", 60), ("core", "05 Oct-09 Oct", 60)]
    assert made.left == ((wishes[0], Limit.HOURS),)
    (why,) = clashes(made, tight)
    assert str(why) == (
        "There are too few hours for 1 of them: everybody takes up to 3 h, and with 3 h a month there are 2 h left. "
        "More hours, fewer meetings, or a longer rhythm would help."
    )


def test_a_quarter_without_a_working_day_says_so() -> None:
    weekend = Frame(date(2026, 12, 26), date(2026, 12, 28))
    made = plan([wish("acme", DECEMBER)], weekend)
    assert made == Plan(left=((wish("acme", DECEMBER), Limit.DAYS),))
    assert [str(why) for why in clashes(made, weekend)] == [
        "There are too few days for 1 of them: no other week of this quarter with a working day in it is ahead."
    ]


SUBJECTS = ["backup", "cloud", "paper", "power"]
DAYS = st.dates(MONDAY, date(2026, 12, 31))


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    first = draw(DAYS)
    return Frame(
        first,
        first + timedelta(days=draw(st.integers(0, 91))),
        hours=draw(st.none() | st.integers(1, 12)),
        holidays=frozenset(draw(st.sets(DAYS, max_size=12))),
        taken=tuple(draw(st.lists(st.tuples(DAYS, st.sampled_from([30, 60, 90])), max_size=6))),
    )


few = settings(max_examples=40 * SCALE)  # each of them is a whole quarter
WISHES = st.lists(
    st.builds(
        wish,
        st.sampled_from([f"vendor{number}" for number in range(20)]),
        DAYS,
        st.sampled_from(SUBJECTS),
        st.sampled_from(SUBJECTS),
        minutes=st.sampled_from([15, 30, 45, 60]),
        overdue=st.booleans(),
        alone=st.sampled_from([False, False, False, True]),
    ),
    max_size=12,
    unique_by=lambda each: (each.relationship, each.due),
)


@few
@given(WISHES, frames())
def test_a_plan_keeps_within_its_limits(wishes: list[Wish], frame: Frame) -> None:
    made = plan(wishes, frame)
    placed = [each for one in made.proposals for each in one.wishes]
    assert sorted([*placed, *(each for each, _ in made.left)], key=lambda each: each.order) == sorted(
        wishes, key=lambda each: each.order
    )  # each at most once, and none forgotten
    hours = Counter[tuple[int, int]]()
    for one in made.proposals:
        hours[one.span.month] += one.minutes
        days = [one.span.first + timedelta(days=number) for number in range((one.span.last - one.span.first).days + 1)]
        working = [day for day in days if is_working_day(day, frame.holidays)]
        assert (working[0], working[-1], len(working)) == (one.span.first, one.span.last, one.span.days)
        assert frame.first <= one.span.first <= one.span.last < frame.after
        assert len({each.relationship for each in one.wishes}) == len(one.wishes)
        assert len(one.wishes) == 1 or (one.subjects and one.minutes < one.alone)
        assert len(one.wishes) == 1 or not any(each.alone for each in one.wishes)
    if frame.hours is not None:
        given_away = {month: sum(own for day, own in frame.taken if (day.year, day.month) == month) for month in hours}
        assert all(minutes + given_away[month] <= frame.hours * 60 for month, minutes in hours.items())


@few
@given(WISHES, frames())
def test_what_is_merely_due_never_takes_the_place_of_what_is_overdue(wishes: list[Wish], frame: Frame) -> None:
    def weeks(made: Plan) -> dict[Wish, date]:
        return {each: one.span.first for one in made.proposals for each in one.wishes if each.overdue}

    assert weeks(plan(wishes, frame)) == weeks(plan([each for each in wishes if each.overdue], frame))


@few
@given(WISHES, frames(), st.randoms(use_true_random=False))
def test_a_plan_is_the_same_when_it_is_made_again(wishes: list[Wish], frame: Frame, chance: object) -> None:
    made = plan(wishes, frame)
    chance.shuffle(wishes)  # type: ignore[attr-defined]
    assert plan(wishes, frame) == made
    again = plan(wishes, frame, before=made)
    assert [(one.wishes, one.span) for one in again.proposals] == [(one.wishes, one.span) for one in made.proposals]
    assert (again.left, all(one.kept for one in again.proposals)) == (made.left, True)


@few
@given(WISHES, frames())
def test_a_small_change_moves_nobody_else(wishes: list[Wish], frame: Frame) -> None:
    def weeks(made: Plan) -> dict[Wish, date]:
        return {each: one.span.first for one in made.proposals for each in one.wishes}

    free = replace(frame, hours=None)
    made = plan(wishes, free)
    for gone in [one.wishes[0] for one in made.proposals if len(one.wishes) == 1][:1]:
        again = weeks(plan([each for each in wishes if each != gone], free, before=made))
        assert {each: again.get(each) for each in weeks(made) if each != gone} == {
            each: week for each, week in weeks(made).items() if each != gone
        }


def test_every_wish_is_told_of_as_it_is_placed() -> None:
    said: list[tuple[int, int]] = []
    plan([wish("acme", OCTOBER), wish("blue", OCTOBER)], QUARTER, told=lambda done, of: said.append((done, of)))
    assert said == [(1, 2), (2, 2)]
