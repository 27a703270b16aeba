"""Is a letter what mail programs expect, whatever stands in its names, its subject and its text?"""

import email
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.itip.meetings import ORGANISER, meeting
from tests.itip.test_compose import one_line
from vendorhub.itip.compose import cancel, request
from vendorhub.itip.imip import Head, letter
from vendorhub.itip.mailboxes import Mailbox
from vendorhub.itip.parse import calendar_parts

GOLDEN = Path(__file__).parent / "golden"
HEAD = Head(
    sender=ORGANISER,
    recipient=Mailbox("Clara Muster", "clara.muster@muster.example"),
    subject="Invitation: Northwind, backup after the merger",
    message_id="<8d6e0b6f4a2e.0@hub.example>",
    date=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    reply_to=ORGANISER.address,
)
TEXT = "Northwind and you, Wednesday 13 January 2027, 14:00 to 14:30, Berlin time (UTC+01:00).\n\nFrom here on.\n"
HTML = "<!doctype html>\n<p>Northwind and you, <b>Wednesday 13 January 2027</b>, 14:00 to 14:30.</p>\n"
FIRST = "<8d6e0b6f4a2e.0@hub.example>"

CASES = {
    "letter": letter(replace(HEAD, subject="Northwind asks for 30 minutes"), TEXT, HTML),
    "invitation-letter": letter(HEAD, TEXT, HTML, request(meeting()), "REQUEST"),
    "cancellation-letter": letter(
        replace(
            HEAD,
            subject="Cancelled: Northwind, backup after the merger",
            message_id="<8d6e0b6f4a2e.1@hub.example>",
            in_reply_to=FIRST,
            references=(FIRST, "<8d6e0b6f4a2e.0b@hub.example>"),
        ),
        TEXT,
        HTML,
        cancel(meeting(sequence=1)),
        "CANCEL",
    ),
    "letter-non-ascii": letter(
        replace(
            HEAD,
            sender=Mailbox("Žofie Nováková, Einkäuferin über VendorHub und ihr ganzes Team", ORGANISER.address),
            recipient=Mailbox('Pat "Tape" O\\Neil', "li@bücher.example"),
            subject="Größe & Übernahme: 備份 «après la fusion», und was wir davon noch wissen sollten 👩‍💻",
        ),
        "Grüße aus Köln – 14:00 Uhr.\n" + "lang " * 30 + "\n.\nFrom Köln\n",
        "<p>李小龍想和您見面，談談合併之後的備份。</p>\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_bytes_are_those_of_the_golden_file(name: str) -> None:
    assert CASES[name] == (GOLDEN / f"{name}.eml").read_bytes()


@pytest.mark.parametrize("wire", CASES.values(), ids=CASES.keys())
def test_every_line_is_short_ascii_and_ends_in_crlf(wire: bytes) -> None:
    assert wire.isascii()
    assert wire.endswith(b"\r\n")
    lines = wire.split(b"\r\n")
    assert all(b"\r" not in one and b"\n" not in one and len(one) <= 998 for one in lines)
    head = wire.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert all(len(one) <= 78 for one in head)


def read(wire: bytes) -> EmailMessage:
    message = email.message_from_bytes(wire, policy=default)
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk() if part.defects] == []
    return message


def kinds(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def test_a_letter_without_calendar_is_an_alternative_of_two() -> None:
    message = read(CASES["letter"])
    assert kinds(message) == ["multipart/alternative", "text/plain", "text/html"]
    assert calendar_parts(CASES["letter"]) == []


def test_a_letter_has_the_headers_of_an_automatic_one() -> None:
    assert read(CASES["letter"]).items() == [
        ("From", "Vera Vendor via VendorHub <meet-k3q7x2m5@hub.example>"),
        ("To", "Clara Muster <clara.muster@muster.example>"),
        ("Reply-To", "meet-k3q7x2m5@hub.example"),
        ("Subject", "Northwind asks for 30 minutes"),
        ("Date", "Mon, 23 Nov 2026 09:30:00 +0000"),
        ("Message-ID", "<8d6e0b6f4a2e.0@hub.example>"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("MIME-Version", "1.0"),
        ("Content-Type", read(CASES["letter"])["Content-Type"]),
    ]


def test_an_invitation_carries_the_same_bytes_as_alternative_and_as_attachment() -> None:
    message = read(CASES["invitation-letter"])
    assert kinds(message) == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    inner, attached = list(message.walk())[4:]
    assert inner["Content-Type"].params == {"charset": "UTF-8", "method": "REQUEST"}
    assert inner["Content-Disposition"] is None
    assert attached["Content-Type"].params == {"name": "invite.ics"}
    assert attached.get_content_disposition() == "attachment"
    assert attached.get_filename() == "invite.ics"
    for part in (inner, attached):
        assert part["Content-Transfer-Encoding"] == "7bit"
    assert [part.raw for part in calendar_parts(CASES["invitation-letter"])] == [request(meeting())] * 2


def test_a_calendar_beyond_ascii_goes_as_base64_octet_for_octet() -> None:
    calendar = request(meeting(summary="Übernahme"))
    wire = letter(HEAD, TEXT, HTML, calendar, "REQUEST")
    assert [part["Content-Transfer-Encoding"] for part in list(read(wire).walk())[4:]] == ["base64", "base64"]
    assert [part.raw for part in calendar_parts(wire)] == [calendar, calendar]


def test_a_cancellation_is_in_the_thread_of_its_invitation() -> None:
    message = read(CASES["cancellation-letter"])
    assert message["In-Reply-To"] == FIRST
    assert message["References"].split() == [FIRST, "<8d6e0b6f4a2e.0b@hub.example>"]


def test_the_same_input_gives_the_same_bytes_and_another_id_other_boundaries() -> None:
    assert letter(HEAD, TEXT, HTML, request(meeting()), "REQUEST") == CASES["invitation-letter"]
    other = read(letter(replace(HEAD, message_id="<other@hub.example>"), TEXT, HTML))
    assert other.get_boundary() != read(letter(HEAD, TEXT, HTML)).get_boundary()


@pytest.mark.parametrize(
    ("calendar", "method"),
    [(None, "REQUEST"), (request(meeting()), None), (request(meeting()), "CANCEL"), (request(meeting()), "request")],
)
def test_a_calendar_and_another_method_are_refused(calendar: bytes | None, method: str | None) -> None:
    with pytest.raises(ValueError, match="go together"):
        letter(HEAD, TEXT, HTML, calendar, method)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\x0b", "\x0c", "\x00", "\x85", "\u2028", "\u2029"])
def test_no_header_takes_a_line_break_or_a_nul(end: str) -> None:
    evil = f"Hello{end}Bcc: spy@evil.example"
    for made in (
        lambda: replace(HEAD, subject=evil),
        lambda: replace(HEAD, message_id=f"<a{end}@hub.example>"),
        lambda: replace(HEAD, in_reply_to=f"{FIRST}{end}"),
        lambda: replace(HEAD, references=(FIRST, f"<b@hub.example>{end}X: y")),
        lambda: replace(HEAD, sender=Mailbox(evil, ORGANISER.address)),
        lambda: replace(HEAD, recipient=Mailbox("Clara", f"clara@muster.example{end}")),
        lambda: letter(replace(HEAD, reply_to=f"a@hub.example{end}X: y"), TEXT, HTML),
    ):
        with pytest.raises(ValueError, match=r"\.$"):
            made()


def test_a_date_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="needs an offset"):
        replace(HEAD, date=datetime(2026, 11, 23, 9, 30))


@given(name=one_line, subject=one_line)
def test_any_name_and_subject_read_back_in_one_header_each(name: str, subject: str) -> None:
    head = replace(HEAD, subject=subject, recipient=Mailbox(name, "clara.muster@muster.example"))
    wire = letter(head, TEXT, HTML)
    message = read(wire)
    assert [key for key, _ in message.items()] == [
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID",
        "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
    ]  # fmt: skip
    assert message["Subject"] == subject
    # The newer reader adds spaces between the encoded words of a name; the older one does not.
    shown, address = parseaddr(str(email.message_from_bytes(wire)["To"]))
    assert (str(make_header(decode_header(shown))), address) == (name, "clara.muster@muster.example")


@given(text=st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n\r\t. =-_"), max_size=400))
def test_any_text_reads_back_line_for_line(text: str) -> None:
    message = read(letter(HEAD, text, f"<pre>{text}</pre>"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    plain, page = list(message.walk())[1:]
    for part, meant in ((plain, lines.removesuffix("\n") + "\n"), (page, f"<pre>{lines}</pre>\n")):
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        assert payload.decode().replace("\r\n", "\n") == meant


def test_a_long_subject_in_ascii_is_folded_between_its_words() -> None:
    subject = "Invitation for Wed, 13 Jan 2027, 13:00 (London time): Restoring the claims system in four hours"
    octets = letter(replace(HEAD, subject=subject), TEXT, HTML)
    assert b": Restoring the\r\n claims system in four hours\r\n" in octets
    assert read(octets)["Subject"] == subject
