import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorhub.domain.refusals import Unfit
from vendorhub.domain.texts import TextRefused, email, line, text

BREAKS = ["\n", "\r", "\r\n", "\v", "\f", "\u0085", "\u2028", "\u2029"]
CONTROLS = [chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)] if chr(code) not in "\t\n\v\f\r\u0085"]
OVERRIDES = [chr(code) for code in [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]]
UNREADABLE = [
    "\ud800",
    "\udfff",
    "\ufdd0",
    "\ufffe",
    "\uffff",
    "\U0001fffe",
    "\U0010ffff",
    "\U000e0041",
    "\ufff9",
    "\u206a",
]


def problem_of(clean, value: str, at_most: int = 120) -> str:
    with pytest.raises(TextRefused) as refused:
        clean(value, at_most=at_most, what="topic")
    assert refused.value.field == "topic"
    assert str(refused.value) == refused.value.sentence == refused.value.msgid % refused.value.values
    return refused.value.problem


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("Backup costs", "Backup costs"),
        ("  Backup \t  costs ", "Backup costs"),
        ("Backup\u00a0costs\u3000", "Backup costs"),
        ("Zoe\u0308", "Zoë"),
        ("\u200b Backup \u200b costs \ufeff", "Backup costs"),
        ("\ufeffBack\u00adup\u200b costs\u2060", "Backup costs"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200eשלום\u200f", "\u200eשלום\u200f"),
        ("👩\u200d💻 & <b>100 %</b>", "👩\u200d💻 & <b>100 %</b>"),
        ("Straße 4, ﬁt", "Straße 4, ﬁt"),
        ("½", "½"),
    ],
)
def test_a_line_is_cleaned(value: str, clean: str):
    assert line(value, at_most=120, what="topic") == clean


@pytest.mark.parametrize("at", BREAKS)
def test_a_line_has_no_break_in_it_or_after_it(at: str):
    assert problem_of(line, f"Backup{at}Bcc: all@example.com") == "line_break"
    assert problem_of(line, f"Backup{at}") == "line_break"


@pytest.mark.parametrize("clean", [line, text])
@pytest.mark.parametrize(
    ("problem", "characters"), [("control", CONTROLS), ("bidi", OVERRIDES), ("unreadable", UNREADABLE)]
)
def test_what_cannot_be_read_is_refused(clean, problem: str, characters: list[str]):
    assert {problem_of(clean, f"Backup{character}costs") for character in characters} == {problem}
    assert {problem_of(clean, character) for character in characters} == {problem}


@pytest.mark.parametrize("value", ["", "  ", "\t", "\u00a0", "\u200b", "\u200d", "\u200e", "\u0301"])
def test_a_line_says_something(value: str):
    assert problem_of(line, value) == "empty"
    assert text(value, at_most=120, what="note") == ""


def test_a_line_that_is_too_long_says_by_how_much():
    assert line("x" * 120, at_most=120, what="topic") == "x" * 120
    with pytest.raises(TextRefused) as refused:
        line("x" * 143, at_most=120, what="topic")
    assert str(refused.value) == "Please keep this to 120 characters; it has 143."
    assert refused.value.msgid == "Please keep this to %(at_most)d characters; it has %(length)d."
    assert refused.value.values == {"at_most": 120, "length": 143}
    assert isinstance(refused.value, ValueError)
    assert isinstance(refused.value, Unfit)


def test_the_length_is_that_of_the_cleaned_text():
    assert line("  " + "e\u0301" * 120 + "  ", at_most=120, what="topic") == "é" * 120
    assert line("\u03b1\u0313\u0300\u0345" * 120, at_most=120, what="topic") == "\u1f82" * 120
    assert problem_of(line, "e\u0301" * 121) == "too_long"
    assert problem_of(line, "x" * 1_000_000) == "too_long"
    assert problem_of(text, "e\u0301" * 121) == "too_long"


def test_marks_do_not_pile_up():
    assert line("e" + "\u0316" * 30, at_most=120, what="topic") == "e" + "\u0316" * 30
    assert problem_of(line, "e" + "\u0316" * 31) == "unreadable"
    assert problem_of(text, "e" + "\u0316\u0301" * 20_000, at_most=20_000) == "unreadable"


@pytest.mark.parametrize("at", ["\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029"])
def test_every_line_break_of_a_text_is_one(at: str):
    assert text(f"One{at}Two{at}{at}Three{at}", at_most=120, what="note") == "One\nTwo\n\nThree"


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("", ""),
        ("\r\n \t\r\n", ""),
        ("One\n\n\nTwo", "One\n\n\nTwo"),
        ("One\n\n\n\nTwo", "One\n\n\nTwo"),
        ("One \t\n \n\t\n \n\n\nTwo  ", "One\n\n\nTwo"),
        ("\n\n  - one\n\t- two\n\n", "  - one\n - two"),
        ("Zoe\u0308\nunterwegs", "Zoë\nunterwegs"),
        ("One \u200b\n\u200b\n \ufeff \n\n\nTwo", "One\n\n\nTwo"),
    ],
)
def test_a_text_is_cleaned(value: str, clean: str):
    assert text(value, at_most=120, what="note") == clean


@pytest.mark.parametrize("at", ["\v", "\f"])
def test_a_text_has_no_page_in_it(at: str):
    assert problem_of(text, f"One{at}Two") == "control"


anything = st.text(
    st.characters()
    | st.sampled_from([*"\n\r\v\f\u0085\u2028\u2029", *OVERRIDES, *UNREADABLE, "\t", " ", "\u200b", "\u0301"])
)


@given(anything)
def test_a_clean_line_stays_as_it_is_and_fits_a_header(value: str):
    try:
        clean = line(value, at_most=60, what="topic")
    except TextRefused:
        return
    assert line(clean, at_most=60, what="topic") == clean
    assert 1 <= len(clean) <= 60
    assert clean.splitlines() == [clean]
    assert clean == clean.strip() == unicodedata.normalize("NFC", clean)
    assert not {unicodedata.category(character) for character in clean} & {"Cc", "Cs", "Zl", "Zp"}
    assert clean.encode("utf-8").decode() == clean


@given(anything)
def test_a_clean_text_stays_as_it_is(value: str):
    try:
        clean = text(value, at_most=60, what="note")
    except TextRefused:
        return
    assert text(clean, at_most=60, what="note") == clean
    assert len(clean) <= 60
    assert "\n\n\n\n" not in clean
    assert clean.split("\n") == [each.rstrip(" ") for each in clean.splitlines()] or clean == ""
    assert not {unicodedata.category(character) for character in clean.replace("\n", "")} & {
        "Cc",
        "Cs",
        "Zl",
        "Zp",
    }


@pytest.mark.parametrize(
    ("value", "canonical"),
    [
        ("vera@example.com", "vera@example.com"),
        ("  Vera.Vendor@Example.COM\t", "vera.vendor@example.com"),
        ("o'brien+calendar@mail.example.com", "o'brien+calendar@mail.example.com"),
        ("a/b=c%d@example.com", "a/b=c%d@example.com"),
        ("vera@bücher.example", "vera@xn--bcher-kva.example"),
        ("vera@BÜCHER。example", "vera@xn--bcher-kva.example"),
        ("vera@xn--strae-oqa.example", "vera@xn--strae-oqa.example"),
        ("vendorhub@localhost", "vendorhub@localhost"),
        ("x" * 64 + "@example.com", "x" * 64 + "@example.com"),
    ],
)
def test_an_address_has_one_form(value: str, canonical: str):
    assert email(value) == canonical
    assert email(canonical) == canonical


@pytest.mark.parametrize(
    "value",
    [
        "vera",
        "@",
        "vera@",
        "@example.com",
        "vera@example",
        "vera@@example.com",
        "a@b@example.com",
        "vera @example.com",
        "vera@exa mple.com",
        '"vera"@example.com',
        "Vera <vera@example.com>",
        "mailto:vera@example.com",
        "a@example.com,b@example.com",
        "a@example.com;b@example.com",
        ".vera@example.com",
        "vera.@example.com",
        "ve..ra@example.com",
        "vera@example.com.",
        "vera@.example.com",
        "vera@example..com",
        "vera@-example.com",
        "vera@example-.com",
        "vera@[127.0.0.1]",
        "vera@127.0.0.1",
        "vera@exa_mple.com",
        "vera@example.c",
        "vera@example.com\n",
        "vera@example.com\r\nBcc: all@example.com",
        "vera\x00@example.com",
        "vera\\@example.com",
        "vera(home)@example.com",
        "zoë@example.com",
        "vera＠example.com",
        "vera@\u202eexample.com",
        "vera@℀.example",
        "vera@" + "x" * 64 + ".example",
        "x" * 65 + "@example.com",
        "ver\ud800a@example.com",
        "vera@\ud800.com",
        "vera@straße.example",
        "vera@σίσυφος.example",
        "\u212a@example.com",
    ],
)
def test_what_is_no_single_bare_address_is_refused(value: str):
    with pytest.raises(TextRefused) as refused:
        email(value, what="attendees")
    assert (refused.value.problem, refused.value.field) == ("malformed", "attendees")


def test_an_address_is_asked_for_and_not_too_long():
    with pytest.raises(TextRefused) as refused:
        email(" ")
    assert (refused.value.problem, refused.value.field) == ("empty", "email")
    labels = ".".join(["x" * 61] * 4)
    assert email(f"ver@{labels}.ex") == f"ver@{labels}.ex"
    for value in [f"vera@{labels}.ex", "vera@" + ".".join(["äöü" * 7] * 9) + ".example"]:
        with pytest.raises(TextRefused) as refused:
            email(value)
        assert refused.value.problem == "too_long"
        assert refused.value.values["at_most"] == 254


@given(st.emails())
def test_an_address_that_is_taken_is_bare_ascii(value: str):
    try:
        canonical = email(value)
    except TextRefused:
        return
    assert canonical == email(canonical) == email(value.upper())
    assert canonical.isascii()
    assert canonical == canonical.lower()
    assert canonical.count("@") == 1
    assert not set(canonical) & set('"(),:;<>[\\] \t\r\n')


@pytest.mark.parametrize("clean", [line, text])
@pytest.mark.parametrize(
    "value",
    [
        "BEGIN:VCALENDAR",
        "Begin:VEvent",
        "see BEGIN : V EVENT here",
        "&#66;EGIN&#58;VTODO",
        'say ["vcalendar", []]',
        "data:text/calendar,x",
        "data: text/ calendar",
        "urn:ietf:params:xml:ns:icalendar-2.0",
        "begin 644 invite.ics",
        '<div itemscope itemtype="https://schema.org/Event">',
        '&lt;p typeof="Event">',
        '<p class="VEVENT">',
        '<script type="application/ld+json">{"@type": "Event"}</script>',
    ],
)
def test_what_a_calendar_would_read_is_refused(clean, value: str):
    assert problem_of(clean, value) == "calendar"


def test_a_calendar_entry_over_several_lines_is_refused():
    for value in (
        "BEGIN:VC\n ALENDAR",
        "Hello\n\nBEGIN:\nVEVENT",
        "<a\nclass=x\n  typeof='x'>",
        "x\nbegin 600 a b.vcs\n#0V%T",
    ):
        assert problem_of(text, value) == "calendar"


@pytest.mark.parametrize(
    "value",
    [
        "We begin: venue and calendar follow",
        "Let us begin 2027 with less ICS",
        "A typeof question, if a < b",
        "vevent and itemtype are words",
        "Calendar data: text/plain",
        "From 100 < 200 at the event",
    ],
)
def test_what_only_speaks_of_calendars_is_taken(value: str):
    assert line(value, at_most=120, what="topic") == value
