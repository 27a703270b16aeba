import io
import zipfile
from collections.abc import Callable

import pytest
from pypdf import PdfWriter

from vendorhub.domain import materials as rules
from vendorhub.domain.materials import Kind
from vendorhub.domain.refusals import Unfit
from vendorhub.papers import materials

ENTRY = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
MAIN = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.%s.main+xml"/></Types>'
WORD, SHEET, SLIDES = (
    MAIN % each for each in (b"wordprocessingml.document", b"spreadsheetml.sheet", b"presentationml.presentation")
)
EVENT = b'<div itemscope itemtype="https://schema.org/BusinessEvent">Thursday</div>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
GIF = b"GIF89a" + bytes(range(200)) * 9


def pdf(*changes: Callable[[PdfWriter], object], pages: int = 1) -> bytes:
    writer, held = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    for change in changes:
        change(writer)
    writer.write(held)
    return held.getvalue()


def archive(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return held.getvalue()


def office(contents: bytes = WORD, **parts: bytes) -> bytes:
    return archive(**{"[Content_Types].xml": contents, "word/document.xml": b"<w:p>Costs</w:p>", **parts})


def kind(raw: bytes, name: str = "deck") -> Kind:
    found, size = materials.check(io.BytesIO(raw), name)
    assert size == len(raw)
    return found


def why_not(raw: bytes, name: str = "deck") -> str:
    with pytest.raises(Unfit) as refused:
        materials.check(io.BytesIO(raw), name)
    assert refused.value.field == "file"
    return refused.value.sentence


@pytest.mark.parametrize(
    ("raw", "name", "is_kind"),
    [
        (pdf(pages=3), "prices.exe", Kind.PDF),
        (PNG, "rack.pdf", Kind.PNG),
        (b"\xff\xd8\xff\xe0" + bytes(2000), "rack.jpeg", Kind.JPEG),
        (GIF, "rack.gif", Kind.GIF),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(2000), "rack", Kind.WEBP),
        (office(), "deck.zip", Kind.DOCX),
        (office(SHEET), "deck", Kind.XLSX),
        (office(SLIDES, **{"ppt/embeddings/chart.xlsx": office(SHEET)}), "deck", Kind.PPTX),
        (archive(mimetype=b"application/vnd.oasis.opendocument.presentation", content=b"<x/>"), "deck", Kind.ODP),
        ("Größe; Вес; Μέγεθος\r\n1;2;3\r\n".encode(), "sizes.csv", Kind.CSV),
        (b"\xef\xbb\xbf# What it costs\n\nTwo **days**.", "costs.MARKDOWN", Kind.MD),
        (b"Two days.", "costs.html", Kind.TXT),
    ],
)
def test_a_file_is_what_it_holds_not_what_it_is_called(raw: bytes, name: str, is_kind: Kind) -> None:
    assert kind(raw, name) is is_kind


def test_it_is_neither_empty_nor_larger_than_25_mb() -> None:
    assert why_not(b"") == "This file is empty; please choose the one you meant."
    assert kind(b"x" * rules.AT_MOST) is Kind.TXT
    assert why_not(b"x" * (rules.AT_MOST + 1)) == "Please keep each file to 25 MB."


@pytest.mark.parametrize(
    "raw",
    [
        b"<!DOCTYPE html><title>Deck</title>",
        b"\n <svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><svg/>",
        b"{\\rtf1 Costs}",
        b"MZ\x90\x00" + bytes(64),
        b"\x7fELF" + bytes(64),
        b"\x1f\x8b\x08" + bytes(64),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "\ufeffCosts".encode("utf-16"),
        b"caf\xe9",
        b"words and a bell\x07",
        archive(**{"notes.txt": b"hello"}),
        archive(mimetype=b"application/epub+zip"),
    ],
)
def test_what_is_of_no_kind_that_we_know_is_refused(raw: bytes) -> None:
    assert why_not(raw).startswith("This is none of the files that can be passed on; please send it as PDF, PNG, ")


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7\n<html><script>alert(1)</script>" + bytes(2000),
        b"%PDF-1.7\n" + bytes(2000) + b"<IFRAME src=x>",
        GIF[:6] + b"/*<ScRiPt>*/" + GIF[6:],
        PNG + b"<html>",
        b"Costs\n<script>alert(1)</script>",
        "Costs <html>".encode("utf-16-le").join([PNG, b""]),
    ],
)
def test_a_file_that_is_a_page_too_is_refused(raw: bytes) -> None:
    assert why_not(raw).startswith("This file is a web page, too")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (ENTRY, "deck.txt"),
        (b"Costs", "deck.ics"),
        (b"Costs", "deck.pdf.VCS "),
        (b"x" * (1 << 20) + ENTRY, "deck.txt"),
        (b"x" * ((1 << 20) - 5) + ENTRY, "deck.txt"),
        (b"BEG\r\n IN:VEVENT", "deck.md"),
        (PNG + ENTRY.decode().encode("utf-16-le") + bytes(2000), "deck.png"),
        (b"From: a\n\nQkVHSU46VkNBTEVOREFSDQpCRUdJTg==", "deck.txt"),
        (b"Costs begin&#58;vevent", "deck.md"),
        (b"x" * 2000 + EVENT, "deck.md"),
        (office(**{"word/invite.ics": b"x"}), "deck.docx"),
        (office(**{"word/media/a.bin": ENTRY}), "deck.docx"),
        (office(**{"word/e.docx": office(**{"word/e.docx": office(x=ENTRY)})}), "deck.docx"),
        (office(SLIDES, **{"ppt/notes.xml": EVENT}), "deck.pptx"),
    ],
)
def test_a_calendar_in_disguise_is_not_passed_on(raw: bytes, name: str) -> None:
    assert why_not(raw, name) == "Please leave calendar entries out of the file; times are agreed here."


@pytest.mark.parametrize(
    "raw",
    [
        pdf(lambda writer: writer.add_attachment("invite.ics", b"x")),
        pdf(lambda writer: writer.encrypt("secret")),
        pdf() + archive(x=b"x"),
        office(**{"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)}),
        office(**{str(at): b"" for at in range(5001)}),
        office(**{"word/bomb": bytes(151_000_000)}),
    ],
)
def test_it_carries_nothing_that_nobody_sees(raw: bytes) -> None:
    assert why_not(raw).startswith("This file carries others that can't be looked into")


def test_macros_are_named() -> None:
    with_macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    assert why_not(office(with_macros)).startswith("This document carries programs (macros)")


def test_what_is_broken_or_locked_is_said_to_be() -> None:
    broken, whole = "This file can't be read; please save it anew and send it again.", office()
    assert why_not(b"%PDF-1.7 and nothing of the kind") == broken
    assert why_not(whole[:-30]) == broken
    assert why_not(rules.ARCHIVE + whole) == broken
    locked = bytearray(whole)
    locked[whole.rindex(b"PK\x01\x02") + 8] |= 1
    assert why_not(bytes(locked)) == broken


@pytest.mark.parametrize(
    ("given", "is_kind", "name"),
    [
        ("C:\\Users\\ada\\Prices 2027.PDF", Kind.PDF, "Prices 2027.pdf"),
        ("../../etc/passwd", Kind.TXT, "passwd.txt"),
        ("prices.exe", Kind.PDF, "prices.pdf"),
        ("v2.1 final draft", Kind.DOCX, "v2.1 final draft.docx"),
        ('a"b\r\nSet-Cookie: x.png', Kind.PNG, "a b Set-Cookie x.png"),
        ("\u202egnp.exe", Kind.PNG, "gnp.png"),
        ("предложение.jpeg", Kind.JPEG, "предложение.jpg"),
        ("", Kind.MD, "file.md"),
        ("...", Kind.MD, "file.md"),
        ("n" * 500 + ".csv", Kind.CSV, "n" * 116 + ".csv"),
    ],
)
def test_a_name_is_one_readable_line_with_the_ending_of_what_it_is(given: str, is_kind: Kind, name: str) -> None:
    assert rules.name_of(given, is_kind) == name
