"""Whatever the domain lets people type is harmless in a letter: no reader of mail takes it for a calendar object."""

from datetime import UTC, datetime
from html import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vendorhub.domain import texts
from vendorhub.itip.imip import Head, letter
from vendorhub.itip.mailboxes import Mailbox
from vendorhub.itip.parse import has_calendar_object

HEAD = Head(
    sender=Mailbox("VendorHub", "vendorhub@hub.example"),
    recipient=Mailbox("Kim", "kim@norden.example"),
    subject="An ask",
    message_id="<1@hub.example>",
    date=datetime(2027, 1, 4, 11, tzinfo=UTC),
)
# The pieces that such objects are made of, and what hides or parts them.
PIECES = [
    *("BEGIN", "begin:v", ":V", "EVENT", "CALENDAR", "vtodo", "&#66;", "&colon;", "\n ", "\n\t", "\u200b", "\u00ad"),
    *('["vcalendar"', "data:", "text/", "calendar", "urn:ietf:params:xml:ns:", "icalendar-2.0", "&quot;"),
    *("begin 644 ", "begin-base64 600 ", "x", ".ics", ".vcs\n", "\nM"),
    *("<div ", "<script ", 'type="application/ld+json">', '{"@type": "', "Event", '"}', "</script>", "&lt;", "<", ">"),
    *("itemtype=", "typeof =", '"https://schema.org/', "MusicEvent", '"', "'", "class=", "h-event", "&#118;event"),
    *("PK\x03\x04", "\x1f\x8b", "\x00", "x\u009f>", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
]


def in_a_letter(typed: str) -> bytes:
    quoted = "".join(f"> {line}\n" for line in typed.splitlines())
    return letter(HEAD, f"{typed}\n\n{quoted}", f'<p title="{escape(typed)}">{escape(typed)}</p>')


def refused_or_harmless(typed: str) -> bool:
    try:
        clean = texts.text(typed, at_most=1000, what="note")
    except texts.TextRefused:
        return True
    return not has_calendar_object(in_a_letter(clean))


@pytest.mark.parametrize(
    "typed",
    [
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR",
        "begin:v\n event",
        "&#66;EGIN:VEVENT",
        '["vcalendar", [], []]',
        "data:text/calendar;base64,QkVHSU4=",
        '<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0">',
        "begin 644 invite.ics",
        '<div itemscope itemtype="https://schema.org/Event">',
        '<p class="&#118;event">',
        '<script type="application/ld+json">{"@type": "Event"}</script>',
    ],
)
def test_each_form_would_be_stopped_at_the_exit_and_so_it_is_refused_at_the_entrance(typed: str):
    assert has_calendar_object(in_a_letter(typed))
    with pytest.raises(texts.TextRefused) as refused:
        texts.text(typed, at_most=1000, what="note")
    assert refused.value.problem == "calendar"


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join))
@example("BEGIN:V\u00adEVENT")
@example("<a title='>' class='x h-event'>")
@example('<a b=">"\nitemtype\n=\n"Event">')
def test_whatever_is_taken_is_harmless(typed: str):
    assert refused_or_harmless(typed)


@given(st.text(max_size=200))
def test_other_writing_is_harmless_too(typed: str):
    assert refused_or_harmless(typed)
