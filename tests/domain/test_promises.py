"""How a promise stands: whose word it is, kept, late or missed by days, and when its owner is reminded."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from vendorhub.domain import promises as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.minutes import ActionState
from vendorhub.domain.promises import How, Reminder
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.rights import Relation

BUYER, VAR, VENDOR, RIVAL = 1, 2, 3, 4
MONDAY = date(2027, 2, 1)
DAY = timedelta(days=1)
LONG_AGO = datetime(2027, 1, 13, 15, tzinfo=UTC)
OPEN, DONE, CONFIRMED = ActionState


def test_a_vendors_promise_is_the_buyers_to_confirm_and_the_buyers_everybodys_who_reads_it() -> None:
    owed, owes, nobody = frozenset({Relation.OWED}), frozenset({Relation.OWES}), frozenset()
    told = {
        (reader, owner): rules.stands(reader, owner=owner, buyer=BUYER)
        for reader, owner in product((BUYER, VAR, VENDOR), repeat=2)
    }
    between_two = {(VAR, VENDOR): nobody, (VENDOR, VAR): nobody}
    with_buyer = dict.fromkeys(((BUYER, VENDOR), (BUYER, VAR), (VENDOR, BUYER), (VAR, BUYER)), owed)
    assert told == {(who, who): owes for who in (BUYER, VAR, VENDOR)} | with_buyer | between_two


def test_every_state_by_every_deed() -> None:
    keep, confirm, reopen, why = Deed.KEEP_PROMISE, Deed.CONFIRM_PROMISE, Deed.REOPEN_PROMISE, Deed.SAY_WHY
    for owes, expected in (
        (True, {(keep, OPEN): DONE, (reopen, DONE): OPEN, (why, OPEN): OPEN}),
        (False, {(confirm, OPEN): CONFIRMED, (confirm, DONE): CONFIRMED, (reopen, DONE): OPEN}),
    ):
        if not owes:
            expected[reopen, CONFIRMED] = OPEN
        deeds = (keep, why, reopen) if owes else (confirm, reopen)
        for deed, state in product(deeds, ActionState):
            if (deed, state) in expected:
                assert rules.after(state, deed, owes=owes) is expected[deed, state]
            else:
                with pytest.raises(WrongState):
                    rules.after(state, deed, owes=owes)


def test_kept_late_and_missed_to_the_day() -> None:
    days = {
        n: rules.how(due=MONDAY, done_on=None, told=False, today=MONDAY + n * DAY) for n in (-30, 0, 1, 14, 15, 400)
    }
    assert list(days.values()) == [How.OPEN, How.OPEN, How.LATE, How.LATE, How.MISSED, How.MISSED]
    done = {n: rules.how(due=MONDAY, done_on=MONDAY + n * DAY, told=False, today=MONDAY + 99 * DAY) for n in (-9, 0, 1)}
    assert done == {-9: How.KEPT, 0: How.KEPT, 1: How.LATE}
    assert rules.how(due=MONDAY, done_on=None, told=True, today=MONDAY) is How.MISSED
    assert rules.how(due=MONDAY, done_on=MONDAY + DAY, told=True, today=MONDAY + DAY) is How.LATE
    late = [rules.days_late(due=MONDAY, done_on=None, today=MONDAY + n * DAY) for n in (-5, 0, 3)]
    assert (late, rules.days_late(due=MONDAY, done_on=MONDAY + DAY, today=MONDAY + 9 * DAY)) == ([0, 0, 3], 1)


def reminded(due: date, now: datetime, *, made_at: datetime = LONG_AGO, zone: str = "Europe/Berlin") -> str:
    found = rules.reminder(due=due, made_at=made_at, now=now, zone=zone)
    return found[0] if found else ""


def test_a_reminder_in_the_morning_two_working_days_before_and_one_after() -> None:
    thursday, tuesday = datetime(2027, 1, 28, 7, tzinfo=UTC), datetime(2027, 2, 2, 7, tzinfo=UTC)
    second = timedelta(seconds=1)
    midnight = datetime(2027, 2, 1, 23, tzinfo=UTC)
    assert [reminded(MONDAY, at) for at in (thursday - second, thursday, midnight - second)] == ["", "before", "before"]
    assert [reminded(MONDAY, at) for at in (midnight, tuesday - second, tuesday)] == ["", "", "after"]
    assert [reminded(MONDAY, tuesday + 7 * DAY - each) for each in (second, timedelta())] == ["after", ""]
    friday = date(2027, 1, 29)
    assert reminded(friday, datetime(2027, 2, 1, 7, tzinfo=UTC)) == "after"  # no Saturday
    assert reminded(MONDAY, thursday, made_at=thursday) == ""  # promised after the reminder would have left
    assert reminded(MONDAY, tuesday, made_at=thursday) == "after"
    assert reminded(MONDAY, thursday, zone="America/New_York") == ""
    assert [
        rules.reminder(due=MONDAY, made_at=LONG_AGO, now=at, zone="Europe/Berlin") for at in (thursday, tuesday)
    ] == [
        (Reminder.BEFORE, thursday),
        (Reminder.AFTER, tuesday),
    ]


def test_what_was_missed_lies_behind_and_a_proof_is_a_line_or_a_link() -> None:
    assert rules.check_missed(MONDAY, today=MONDAY) == MONDAY
    assert rules.check_missed(MONDAY - 366 * DAY, today=MONDAY) == MONDAY - 366 * DAY
    for due in (None, MONDAY + DAY, MONDAY - 367 * DAY):
        with pytest.raises(Unfit) as refused:
            rules.check_missed(due, today=MONDAY)
        assert refused.value.field == "due"
    assert (rules.check_proof(" "), rules.check_proof(" See  the report ")) == ("", "See the report")
    links = ("https://x.example/a", "http://x.example", "javascript:alert(1)", "https://x.example see", "ftp://x")
    assert [rules.is_link(each) for each in links] == [True, True, False, False, False]
    for check, field in ((rules.check_proof, "proof"), (rules.check_why, "why")):
        with pytest.raises(Unfit) as refused:
            check("x" * 301)
        assert refused.value.field == field
    with pytest.raises(Unfit):
        rules.check_why(" ")
