"""Is a meeting said as RFC 5545 and RFC 5546 say, whatever stands in its names and titles?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unicodedata import category
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.itip.meetings import CLARA, ORGANISER, PAT, VERA, WRITTEN, content_lines, meeting, text
from vendorhub.itip.compose import Attendee, Entry, cancel, cancel_for, published, request
from vendorhub.itip.mailboxes import Mailbox

GOLDEN = Path(__file__).parent / "golden"
DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LATER = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)
EVIL = 'Eve\\nEND:VEVENT";RSVP=TRUE:mailto:eve@evil.example ^n,;:\\'

MOVED = meeting(
    sequence=1,
    dtstamp=LATER,
    last_modified=LATER,
    start=datetime(2027, 7, 13, 12, 0, tzinfo=UTC),
    end=datetime(2027, 7, 13, 12, 45, tzinfo=UTC),
    attendees=(CLARA, VERA, replace(PAT, partstat="NEEDS-ACTION")),
)
OVER = meeting(sequence=2, dtstamp=LATER, last_modified=LATER, attendees=(CLARA, replace(VERA, partstat="ACCEPTED")))

CASES = {
    "invitation": request(meeting()),
    "update": request(MOVED),
    "cancellation": cancel(OVER),
    "cancellation-for-one": cancel_for(OVER, "Vera@Northwind.example"),
    "invitation-in-utc": request(meeting(zone="Africa/Casablanca")),
    "invitation-non-ascii": request(
        meeting(
            summary="Größe & Übernahme: 備份 «après la fusion» 👩‍💻",
            location="Süd, Zimmer 3; Köln",
            organiser=Mailbox("Žofie Nováková über VendorHub", "meet-k3q7x2m5@hub.example"),
            attendees=(CLARA, Attendee("li@bücher.example", "李小龙", "TENTATIVE")),
        )
    ),
    "invitation-with-injection": request(
        meeting(
            summary=EVIL,
            description=f"{EVIL}\nBEGIN:VEVENT\nATTENDEE:mailto:eve@evil.example",
            location=EVIL,
            organiser=Mailbox(EVIL, "meet-k3q7x2m5@hub.example"),
            attendees=(Attendee("eve@muster.example", EVIL),),
        )
    ),
    "published": published(meeting()),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_bytes_are_those_of_the_golden_file(name: str) -> None:
    assert CASES[name] == (GOLDEN / f"{name}.ics").read_bytes()


@pytest.mark.parametrize("wire", CASES.values(), ids=CASES.keys())
def test_the_library_reads_back_one_event_of_the_same_uid(wire: bytes) -> None:
    calendar = icalendar.Calendar.from_ical(wire)
    assert [str(event["uid"]) for event in calendar.events] == ["0b6f4a2e-6d0f-4a53-9c53-0f6f1a8e7c11"]
    assert calendar.errors == []


def test_the_same_entry_gives_the_same_bytes() -> None:
    assert request(meeting()) == request(meeting()) == CASES["invitation"]


def values(wire: bytes, name: str) -> list[str]:
    return [one.value for one in content_lines(wire) if one.name == name]


def people(wire: bytes) -> list[tuple[str, dict[str, str]]]:
    return [(one.value, one.params) for one in content_lines(wire) if one.name == "ATTENDEE"]


def test_an_invitation_has_what_its_table_demands() -> None:
    wire = request(meeting())
    assert values(wire, "METHOD") == ["REQUEST"]
    assert values(wire, "STATUS") == ["CONFIRMED"]
    assert values(wire, "SEQUENCE") == values(wire, "X-MICROSOFT-CDO-APPT-SEQUENCE") == ["0"]
    assert values(wire, "DTSTART") == ["19701025T030000", "19700329T020000", "20270113T140000"]
    assert values(wire, "DTEND") == ["20270113T143000"]
    assert values(wire, "ORGANIZER") == ["mailto:meet-k3q7x2m5@hub.example"]
    person = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT"}
    assert people(wire) == [
        (
            "mailto:meet-k3q7x2m5@hub.example",
            {**person, "CN": "Vera Vendor via VendorHub", "ROLE": "CHAIR", "PARTSTAT": "ACCEPTED"},
        ),
        ("mailto:clara.muster@muster.example", {**person, "CN": "Clara Muster", "PARTSTAT": "ACCEPTED"}),
        (
            "mailto:vera@northwind.example",
            {**person, "CN": "Vera Vendor", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"},
        ),
        (
            "mailto:o'neil+it%251@northwind.example",
            {**person, "CN": "Pat 'Tape' O'Neil, CTO: backup; EMEA", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"},
        ),
    ]
    assert {one.name for one in content_lines(wire)}.isdisjoint({"DURATION", "VALARM", "RDATE"})
    assert [one.name for one in content_lines(wire) if one.name.startswith("X-")] == ["X-MICROSOFT-CDO-APPT-SEQUENCE"]


def test_a_cancellation_of_all_tells_all_and_one_for_one_tells_one_without_status() -> None:
    everybody = [
        "mailto:meet-k3q7x2m5@hub.example",
        "mailto:clara.muster@muster.example",
        "mailto:vera@northwind.example",
    ]
    assert values(cancel(OVER), "STATUS") == ["CANCELLED"]
    assert values(cancel(OVER), "ATTENDEE") == everybody
    assert values(cancel_for(OVER, "vera@northwind.example"), "STATUS") == []
    assert values(cancel_for(OVER, "vera@northwind.example"), "ATTENDEE") == everybody[2:]
    for wire in (cancel(OVER), cancel_for(OVER, "vera@northwind.example")):
        assert values(wire, "METHOD") == ["CANCEL"]
        assert values(wire, "SEQUENCE") == ["2"]
        assert b"RSVP" not in wire


def test_a_cancellation_for_somebody_who_was_never_invited_is_refused() -> None:
    with pytest.raises(ValueError, match="needs that attendee"):
        cancel_for(OVER, "stranger@elsewhere.example")


def test_what_is_published_names_nobody_but_the_organiser() -> None:
    wire = published(meeting())
    assert values(wire, "METHOD") == ["PUBLISH"]
    assert values(wire, "UID") == values(request(meeting()), "UID")
    assert people(wire) == []
    assert b"muster.example" not in wire
    assert b"vera@" not in wire


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Africa/Casablanca", "Asia/Gaza"])
def test_a_zone_that_has_no_definition_is_sent_in_utc(zone: str) -> None:
    wire = request(meeting(zone=zone))
    assert values(wire, "DTSTART") == ["20270113T130000Z"]
    assert values(wire, "DTEND") == ["20270113T133000Z"]
    assert b"TZID" not in wire


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), ["20271031T023000"]),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), ["20271031T013000Z"]),
        (datetime(2027, 10, 31, 2, 30, tzinfo=UTC), ["20271031T033000"]),
    ],
)
def test_the_second_of_two_equal_hours_is_sent_in_utc(start: datetime, told: list[str]) -> None:
    wire = request(meeting(start=start, end=start + timedelta(minutes=15)))
    assert values(wire, "DTSTART")[-1:] == told


def test_times_all_over_a_year_read_back_as_the_same_instants() -> None:
    for hours in range(0, 24 * 366, 29):
        start = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(hours=hours, minutes=15 * (hours % 4))
        entry = meeting(start=start, end=start + timedelta(minutes=30), zone="America/New_York")
        event = icalendar.Calendar.from_ical(request(entry)).events[0]
        assert event["dtstart"].dt.astimezone(UTC) == start
        assert event["dtend"].dt.astimezone(UTC) == entry.end


def test_instants_of_any_offset_are_told_in_the_meetings_zone_and_stamps_in_utc() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    entry = meeting()
    same = meeting(
        start=entry.start.astimezone(tokyo), end=entry.end.astimezone(tokyo), dtstamp=WRITTEN.astimezone(tokyo)
    )
    assert request(same) == request(entry)


REFUSED: dict[str, Callable[[], Entry]] = {
    "a SEQUENCE below 0": lambda: meeting(sequence=-1),
    "a SEQUENCE beyond 31 bits": lambda: meeting(sequence=2**31),
    "an end at the start": lambda: meeting(end=meeting().start),
    "an end before the start": lambda: meeting(end=meeting().start - timedelta(minutes=1)),
    "a start without offset": lambda: meeting(start=datetime(2027, 1, 13, 13)),
    "an end without offset": lambda: meeting(end=datetime(2027, 1, 13, 14)),
    "a stamp without offset": lambda: meeting(dtstamp=datetime(2027, 1, 13, 14)),
    "no UID": lambda: meeting(uid=""),
    "a UID of two lines": lambda: meeting(uid="a\r\nMETHOD:CANCEL"),
    "a UID too long": lambda: meeting(uid="a" * 256),
    "a UID beyond ASCII": lambda: meeting(uid="ä"),
    "a line break in the title": lambda: meeting(summary="a\nb"),
    "a carriage return in the description": lambda: meeting(description="a\r\nb"),
    "a NUL in the place": lambda: meeting(location="a\x00b"),
    "a turned direction in the title": lambda: meeting(summary="a\u202eb"),
    "an isolate in the description": lambda: meeting(description="a\u2066b"),
    "a link that is none": lambda: meeting(url="javascript:alert(1)"),
    "a link of two lines": lambda: meeting(url="https://hub.example/\r\nX:1"),
    "a link with a space": lambda: meeting(url="https://hub.example/a b"),
    "a line break in a name": lambda: meeting(attendees=(Attendee("a@x.example", "a\u2028b"),)),
    "an unknown answer": lambda: meeting(attendees=(Attendee("a@x.example", "A", "MAYBE"),)),
    "no address": lambda: meeting(attendees=(Attendee("nobody", "A"),)),
    "a quoted address": lambda: meeting(attendees=(Attendee('"a b"@x.example', "A"),)),
    "an address with a line break": lambda: meeting(attendees=(Attendee("a@x.example\r\nX:1", "A"),)),
    "a number as address": lambda: meeting(attendees=(Attendee("a@[127.0.0.1]", "A"),)),
    "an organiser without address": lambda: meeting(organiser=Mailbox("A", "")),
    "the same person twice": lambda: meeting(attendees=(VERA, replace(VERA, email="VERA@northwind.example"))),
    "the organiser's address as attendee": lambda: meeting(attendees=(Attendee(ORGANISER.address, "A"),)),
}


@pytest.mark.parametrize("made", REFUSED.values(), ids=REFUSED.keys())
def test_what_no_calendar_could_hold_is_refused(made: Callable[[], Entry]) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z][^\n]+\.$"):
        made()


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no time zone 'Europe/Nowhere'"):
        request(meeting(zone="Europe/Nowhere"))


one_line = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs", "Zl", "Zp"],
        exclude_characters=DIRECTIONS,
    )
    | st.sampled_from("\\;,:\"^nN'%="),
    max_size=120,
)


@given(name=one_line, title=one_line, place=one_line, words=st.lists(one_line), sequence=st.integers(0, 2**31 - 1))
def test_any_name_title_and_place_read_back_exactly_in_one_event(
    name: str, title: str, place: str, words: list[str], sequence: int
) -> None:
    description = "\n".join(words)
    entry = meeting(
        sequence=sequence,
        summary=title,
        location=place,
        description=description,
        organiser=Mailbox(name, ORGANISER.address),
        attendees=(CLARA, Attendee("a@x.example", name)),
    )
    wire = request(entry)
    told = content_lines(wire)
    assert [one.value for one in told if one.name == "BEGIN"] == [
        "VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT",
    ]  # fmt: skip
    assert [text(value) for value in values(wire, "SUMMARY")] == [title]
    assert [text(value) for value in values(wire, "LOCATION")] == ([place] if place else [])
    assert [text(value) for value in values(wire, "DESCRIPTION")] == ([description] if description else [])
    assert values(wire, "SEQUENCE") == [str(sequence)]
    assert values(wire, "ATTENDEE") == [
        "mailto:meet-k3q7x2m5@hub.example", "mailto:clara.muster@muster.example", "mailto:a@x.example",
    ]  # fmt: skip
    names = [one.params.get("CN", "") for one in told if one.name in ("ORGANIZER", "ATTENDEE")]
    shown = name.replace('"', "'").replace("\\", "/")
    assert names == [shown, "Clara Muster", shown, shown]
    assert len(icalendar.Calendar.from_ical(wire).events) == 1


@given(title=st.text(max_size=40))
def test_any_text_at_all_is_said_exactly_or_refused(title: str) -> None:
    if any(category(one) in {"Cc", "Cs", "Zl", "Zp"} or one in DIRECTIONS for one in title):
        with pytest.raises(ValueError, match=r"^A title must be one line"):
            meeting(summary=title)
    else:
        assert [text(value) for value in values(request(meeting(summary=title)), "SUMMARY")] == [title]


@given(email=st.emails())
def test_any_address_reads_back_from_its_uri_or_is_refused(email: str) -> None:
    try:
        wire = request(meeting(attendees=(Attendee(email, "A"),)))
    except ValueError:
        assert len(email) > 254 or len(email.rpartition("@")[0]) > 64
    else:
        assert unquote(values(wire, "ATTENDEE")[1].removeprefix("mailto:")) == email
