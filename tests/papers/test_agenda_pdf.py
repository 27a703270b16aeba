import io
from dataclasses import replace
from datetime import UTC, datetime

from pypdf import PdfReader

from vendorhub.domain import agenda_sheets as rules
from vendorhub.domain.agenda_sheets import Line, Sheet
from vendorhub.papers import typeset
from vendorhub.papers.agenda_pdf import agenda_pdf

LINES = (
    Line(
        0, 20, "10:00", "20 min", "vendor", "Fastprint", "Who prints in the dark", ("Vera Ødegård",), "Without a net."
    ),
    Line(20, 10, "10:20", "10 min", "overlap", "Fastprint and Cloudio", "Кто первый? Ποιος;", ("Vera", "Carl"), ""),
    Line(30, 30, "10:30", "30 min", "buyer", "Norden Mutual", "What changed in June", (), ""),
)
SHEET = Sheet(
    kind="Joint briefing",
    theme="When everything is down",
    companies="Bridgeworks, Fastprint and Cloudio with Norden Mutual",
    facts=(("When", "Wednesday, 13 January 2027, 10:00–11:00 (Berlin time, UTC+01:00)"), ("Where", "Hafenstraße 12")),
    minutes=60,
    lines=LINES,
    legend=(("vendor", "Vendors"), ("overlap", "Together"), ("buyer", "Norden Mutual")),
    ticks=((0, "10:00"), (30, "10:30"), (60, "11:00")),
    share="Norden Mutual has 30 of 60 minutes (50 %)",
    rules_title="House rules",
    rules="No prices, no bids.",
    version="Version 2",
    page="Page {page} of {pages}",
    link="https://hub.example/briefings/BR-1",
    boxes="A box stands for other writing.",
    language="en",
    made_at=datetime(2027, 1, 4, 9, 0, tzinfo=UTC),
)


def read(sheet: Sheet) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(agenda_pdf(sheet))).pages]


def test_it_says_what_the_sheet_says_and_nothing_else() -> None:
    (page,) = read(SHEET)
    assert page.split("\n") == [
        *("Joint briefing", "When everything is down", "Bridgeworks, Fastprint and Cloudio with Norden Mutual"),
        *("When Wednesday, 13 January 2027, 10:00–11:00 (Berlin time, UTC+01:00)", "Where Hafenstraße 12"),
        "Vendors Together Norden Mutual Norden Mutual has 30 of 60 minutes (50 %)",
        *("10:00", "10:30", "11:00"),  # beside the timeline
        *("10:00", "20 min", "Fastprint", "Who prints in the dark", "Vera Ødegård", "Without a net."),
        *("10:20", "10 min", "Fastprint and Cloudio", "Кто первый? Ποιος;", "Vera · Carl"),
        *("10:30", "30 min", "Norden Mutual", "What changed in June"),
        *("Version 2 Page 1 of 1", "https://hub.example/briefings/BR-1"),
        *("House rules", "No prices, no bids."),
    ]


def test_the_same_sheet_is_the_same_paper() -> None:
    assert agenda_pdf(SHEET) == agenda_pdf(replace(SHEET))


def test_forty_entries_are_all_there_in_order_and_ask_for_more_pages_only_then() -> None:
    forty = [
        replace(LINES[at % 3], starts_at=5 * at, minutes=5, title=f"No. {at}", abstract="words " * 90)
        for at in range(40)
    ]
    pages = read(replace(SHEET, minutes=200, lines=tuple(forty)))
    said = [line for page in pages for line in page.split("\n") if line.startswith("No. ")]
    assert said == [f"No. {at}" for at in range(40)]
    feet = [line for page in pages for line in page.split("\n") if line.startswith("Version")]
    assert feet == [f"Version 2 Page {number} of {len(pages)}" for number in range(1, len(pages) + 1)]
    nine = read(replace(SHEET, minutes=45, lines=tuple(forty[:9])))
    assert len(nine) == 2
    assert [page.count("House rules") for page in nine] == [0, 1]


def test_what_no_typeface_has_is_a_box_and_never_a_failure() -> None:
    lacking = ("🎉🎉 👩‍👩‍👧", "שלום עולם", "مرحبا", "会議の議題")
    set_well = ("a\u0301\u0302\u0303", "\u202egnp", "x" * 400, "\t\x00\u2028", "Ω Ж ế ß €")
    assert [typeset.lacks(one) for one in (*lacking, *set_well)] == [True] * 4 + [False, False, False, True, False]
    for odd in ("\n\n".join(lacking), "\n".join(set_well).replace("\x00", "")):
        line = replace(LINES[0], title=odd, whose=odd, who=(odd,), abstract=odd)
        said = "\n".join(
            read(replace(SHEET, theme=odd, companies=odd, facts=(("When", odd),), lines=(line,), rules=odd))
        )
        assert (typeset.BOX in said, SHEET.boxes in said) == (typeset.lacks(odd), typeset.lacks(odd))


def test_an_agenda_without_entries_says_so() -> None:
    (page,) = read(replace(SHEET, lines=(), ticks=(), legend=(), empty="Nothing stands in it yet."))
    assert page.split("\n").count("Nothing stands in it yet.") == 1


def test_lines_break_between_words_and_the_last_says_that_there_is_more() -> None:
    face = typeset.text_face()
    found = typeset.lines("one two-three four\n\nfive", face, 10, 50)
    assert found == ["one two-", "three four", "five"]
    assert all(typeset.width(line, face, 10) <= 50 for line in found)
    assert typeset.first(found, 2, face, 10, 50) == ["one two-", "three…"]
    assert typeset.first(found, 0, face, 10, 50) == []
    assert typeset.first(found, 3, face, 10, 50) == found


def test_marks_beside_the_timeline_are_round_and_few() -> None:
    assert [rules.tick_every(minutes) for minutes in (30, 45, 60, 90, 120, 180, 480)] == [5, 10, 10, 15, 15, 30, 60]
    assert rules.shares(LINES) == [("vendor", 20), ("overlap", 10), ("buyer", 30)]
