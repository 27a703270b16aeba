import io
from collections.abc import Callable

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from vendorhub.domain.refusals import Unfit
from vendorhub.papers import pdf

CALENDAR = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def made(*changes: Callable[[PdfWriter], object], pages: int = 1, says: str = "What it costs") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(595, 842)
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        page[NameObject("/Resources")] = DictionaryObject(
            {
                NameObject("/Font"): DictionaryObject(
                    {NameObject("/F1"): DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})}
                )
            }
        )
        written = DecodedStreamObject()
        written.set_data(f"BT /F1 12 Tf 72 720 Td ({says}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(written.flate_encode())
    for change in changes:
        change(writer)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def runs_a_script(writer: PdfWriter) -> None:
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer._root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(script))


def why_not(raw: bytes) -> str:
    with pytest.raises(Unfit) as refused:
        pdf.check(raw)
    assert refused.value.field == "pdf"
    return refused.value.sentence


def test_two_pages_are_kept() -> None:
    assert [pdf.check(made(pages=pages)) for pages in (1, 2)] == [1, 2]


def test_three_are_too_many() -> None:
    assert why_not(made(pages=3)) == "They have asked for two pages at most; this has 3."


@pytest.mark.parametrize(
    "hide",
    [
        lambda writer: writer.add_attachment("notes.txt", b"hello"),
        lambda writer: writer.add_attachment("invite.ics", CALENDAR),
        runs_a_script,
        lambda writer: writer.encrypt("secret"),
    ],
)
def test_it_carries_nothing_but_its_pages(hide: Callable[[PdfWriter], object]) -> None:
    assert why_not(made(hide)).startswith("This PDF carries more than its pages")


def test_a_calendar_entry_is_no_paper() -> None:
    assert why_not(made(says="BEGIN:VEVENT")).startswith("Please leave calendar entries out of the paper")
    assert why_not(made() + CALENDAR).startswith("Please leave calendar entries out of the paper")


def test_what_is_no_pdf_is_refused() -> None:
    assert why_not(b"PK\x03\x04").startswith("This is not a PDF")
    assert why_not(b"%PDF-1.7 and then nothing of the kind").startswith("This file can't be read")
    assert why_not(made(pages=2)[:400]).startswith("This file can't be read")
