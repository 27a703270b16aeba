"""Which meetings a calendar file holds, and how fast one is refused that was made to hang its reader."""

from datetime import UTC, date, datetime

import pytest

from vendorhub.domain.adoptions import Date
from vendorhub.domain.refusals import Unfit
from vendorhub.itip import series

TODAY = date(2027, 1, 4)
WEEKLY = (
    *("UID:weekly@norden", "SUMMARY:Backup\\, with Fastprint", "DTSTART;TZID=Europe/Berlin:20261005T100000"),
    *("DTEND;TZID=Europe/Berlin:20261005T104500", "ORGANIZER;CN=Kim:mailto:kim@norden.example"),
    *("ATTENDEE;CN=Vera:MAILTO:Vera@fastprint.example", "ATTENDEE;CUTYPE=ROOM;CN=Blue:mailto:blue@norden.example"),
)


def calendar(*events: tuple[str, ...], head: str = "") -> bytes:
    told = "".join("BEGIN:VEVENT\r\n" + "".join(f"{line}\r\n" for line in event) + "END:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Elsewhere//EN\r\n{head}{told}END:VCALENDAR\r\n".encode()


def read(raw: bytes) -> list[series.Series]:
    return series.read(raw, zone="Europe/Berlin", today=TODAY)


def at(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_a_series_is_unrolled_with_what_was_moved_left_out_and_put_in() -> None:
    moved = ("UID:weekly@norden", "SUMMARY:Moved", "RECURRENCE-ID;TZID=Europe/Berlin:20261019T100000")
    moved = (*moved, "DTSTART;TZID=Europe/Berlin:20261020T150000", "DTEND;TZID=Europe/Berlin:20261020T160000")
    off = ("UID:weekly@norden", "RECURRENCE-ID;TZID=Europe/Berlin:20261102T100000", "STATUS:CANCELLED")
    off = (*off, "DTSTART;TZID=Europe/Berlin:20261102T100000")
    rule = ("RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE;TZID=Europe/Berlin:20261012T100000")
    rule = (*rule, "RDATE;TZID=Europe/Berlin:20261014T100000")
    (one,) = read(calendar((*WEEKLY, *rule), moved, off))
    assert (one.uid, one.title, one.cancelled) == ("weekly@norden", "Backup, with Fastprint", False)
    assert one.people == (("Vera", "vera@fastprint.example"), ("Kim", "kim@norden.example"))
    assert one.dates == (
        Date(at(10, 5, 8), at(10, 5, 8, 45)),
        Date(at(10, 14, 8), at(10, 14, 8, 45)),
        Date(at(10, 20, 13), at(10, 20, 14)),
        Date(at(10, 26, 9), at(10, 26, 9, 45)),  # the clocks have gone back
    )


def test_days_without_times_and_times_without_a_known_zone_are_the_buyer_s() -> None:
    found = read(
        calendar(
            ("UID:1", "SUMMARY:Day", "DTSTART;VALUE=DATE:20261224"),
            ("UID:2", "SUMMARY:Mars", "DTSTART;TZID=Mars/Base:20261224T100000", "DURATION:PT1H"),
            ("UID:3", "SUMMARY:Outlook", "DTSTART;TZID=W. Europe Standard Time:20261224T100000"),
        )
    )
    told = [(each.title, each.dates[0].start.hour, each.dates[0].minutes, each.zone_guessed) for each in found]
    assert told == [("Day", 8, 480, False), ("Mars", 9, 60, True), ("Outlook", 9, 0, False)]


def test_what_is_long_ago_or_far_ahead_is_left_out_and_what_is_called_off_has_no_dates() -> None:
    yearly = (*WEEKLY[:2], "DTSTART:20100104T100000Z", "DTEND:20100104T110000Z", "RRULE:FREQ=YEARLY")
    (one,) = read(calendar(yearly))
    assert [each.start.year for each in one.dates] == [2024, 2025, 2026, 2027, 2028]
    (off,) = read(calendar(WEEKLY, head="METHOD:CANCEL\r\n"))
    assert (off.cancelled, off.dates) == (True, ())


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "This file is empty."),
        (b"Dear all, see you on Monday.", "This is no calendar file; its name usually ends in .ics."),
        (calendar(), "There is no meeting to adopt in this file, from three years ago to a year from now."),
        (
            calendar(("UID:1", "DTSTART:19990101T100000Z")),
            "There is no meeting to adopt in this file, from three years ago to a year from now.",
        ),
        (
            calendar(*[("UID:1",)] * 5000),
            (
                "There are 5000 entries in this file, and at most 200 are read at once. Please export only the meetings"
                " with vendors."
            ),
        ),
        (b"BEGIN:VCALENDAR\n" + b" " * 2_000_000, "This file is larger than 2 megabytes."),
        (
            calendar(("no line of a calendar",)),
            "This calendar can't be read; please export the meeting again, by itself.",
        ),
        (
            calendar(("UID:1", "DTSTART:20250101T100000Z", "RRULE:FREQ=DAILY")),
            "A series in this file has more than 600 dates; that is none to adopt.",
        ),
        *(
            (
                calendar((*WEEKLY, rule)),
                "Something in this file repeats more often than daily; that is no meeting to adopt.",
            )
            for rule in ("RRULE:FREQ=SECONDLY", "RRULE:FREQ=\r\n HOURLY", "RRULE:FREQ=DAILY;BYSECOND=1,2,3")
        ),
        (
            calendar((*WEEKLY, "RRULE:FREQ=DAILY;INTERVAL=0")),
            "This calendar can't be read; please export the meeting again, by itself.",
        ),
    ],
)
def test_what_can_t_be_adopted_is_refused_in_words(raw: bytes, said: str) -> None:
    with pytest.raises(Unfit) as refused:
        read(raw)
    assert (refused.value.field, refused.value.sentence) == ("file", said)


def test_a_rule_that_never_comes_true_is_given_up() -> None:
    never = ("UID:1", "DTSTART:00010101T000000", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
    with pytest.raises(Unfit) as refused:
        read(calendar(never))
    assert refused.value.sentence == "This calendar can't be read; please export the meeting again, by itself."
