"""Is every disguise of a calendar object seen in the final bytes of a mail, and no plain letter mistaken for one?"""

import base64
import gzip
import io
import json
import quopri
import zipfile
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from vendorhub.itip.parse import CalendarPart, calendar_parts, has_calendar_object, recipients

ICS = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:8d6e\r\n"
    b"SUMMARY:Hello\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
PLAIN = "Northwind asks you for 30 minutes.\r\nNothing is in your calendar before you say yes: BEGIN when you like.\r\n"


def letter() -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "meet-abc@hub.example"
    message["To"] = "clara@muster.example"
    message["Subject"] = "A vendor asks"
    message.set_content(PLAIN)
    message.add_alternative("<p class='lead' data-typeof='x'>Northwind &amp; you &#39;n I</p>", subtype="html")
    return message


def with_attachment(data: bytes, kind: str, name: str | None = None) -> bytes:
    message = letter()
    maintype, _, subtype = kind.partition("/")
    message.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)
    return message.as_bytes()


def with_html(page: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message.set_content(PLAIN)
    message.add_alternative(page, subtype="html")
    return message.as_bytes()


def archive(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, data in files.items():
            writer.writestr(name.replace("_", "."), data)
    return packed.getvalue()


def raw(content_type: str, body: bytes, *more: str) -> bytes:
    headers = ["From: a@hub.example", "To: b@muster.example", f"Content-Type: {content_type}", *more]
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + body


def ld_json(told: object) -> bytes:
    return with_html(f'<script type="application/ld+json">{json.dumps(told)}</script>')


INNOCENT = {
    "a letter": letter().as_bytes(),
    "a letter with a picture": with_attachment(b"\x89PNG\r\n\x1a\n\x00\x00", "image/png", "logo.png"),
    "an archive of a text": with_attachment(archive(notes_txt=b"hello"), "application/zip", "notes.zip"),
    "a packed text": with_attachment(gzip.compress(b"hello"), "application/gzip", "notes.gz"),
    "an attached mail": with_attachment(letter().as_bytes(), "application/octet-stream", "mail.eml"),
    "a vCard": with_attachment(b"BEGIN:VCARD\r\nEND:VCARD\r\n", "text/vcard", "vera.vcf"),
    "markup of a company": ld_json({"@type": "Organization", "name": "The Big Event"}),
    "microdata of a company": with_html('<div itemscope itemtype="https://schema.org/Organization">x</div>'),
    "a script of another kind": with_html('<script type="text/plain">Event</script>'),
    "a charset that nobody knows": raw("text/plain; charset=x-unknown", b"hello\r\n"),
    "nothing": b"",
}

MICRODATA = '<div itemscope itemtype="{}"><meta itemprop="startDate" content="2027-01-13T14:00"></div>'

GUILTY = {
    "text/calendar": with_attachment(ICS, "text/calendar"),
    "text/calendar without a body": raw("text/calendar; method=REQUEST", b""),
    "application/ics": with_attachment(ICS, "application/ics"),
    "text/x-vcalendar": with_attachment(b"BEGIN:VCALENDAR\r\nVERSION:1.0\r\n", "text/x-vcalendar"),
    "text/x-vcalendar told by type alone": with_attachment(b"x", "text/x-vcalendar"),
    "a file name .ics alone": with_attachment(b"x", "application/octet-stream", "invite.ics"),
    "a file name .VCS. alone": with_attachment(b"x", "application/octet-stream", "Invite.VCS. "),
    "a type's name .ics alone": raw('application/octet-stream; name="a.ics"', b"x"),
    "an encoded file name": raw(
        "application/octet-stream", b"x", 'Content-Disposition: attachment; filename="=?utf-8?b?YS5pY3M=?="'
    ),
    "a file name by RFC 2231": raw(
        "application/octet-stream", b"x", "Content-Disposition: attachment; filename*=utf-8''a%2Eics"
    ),
    "octets without a name": with_attachment(ICS, "application/octet-stream"),
    "octets that say to be a picture": with_attachment(ICS, "image/png", "logo.png"),
    "in lower case": with_attachment(ICS.lower(), "application/octet-stream"),
    "folded inside its first line": with_attachment(ICS.replace(b"VCAL", b"VC\r\n AL"), "image/png"),
    "an event without calendar": with_attachment(b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "image/png"),
    "in the text itself": raw("text/plain", ICS),
    "in the text as base64": raw(
        "text/plain", base64.encodebytes(ICS), "Content-Transfer-Encoding: base64"
    ),
    "in the text as quoted-printable": raw(
        "text/plain",
        b"BEG=49N:V=\r\n" + quopri.encodestring(ICS[7:]),
        "Content-Transfer-Encoding: quoted-printable",
    ),
    "in UTF-16": raw(
        "text/plain; charset=utf-16",
        base64.encodebytes(ICS.decode().encode("utf-16")),
        "Content-Transfer-Encoding: base64",
    ),
    "in UTF-7": raw("text/plain; charset=utf-7", b"+AEIARQBHAEkATg:VCALENDAR\r\n"),
    "in EBCDIC": raw(
        "text/plain; charset=cp500",
        base64.encodebytes("BEGIN:VCALENDAR".encode("cp500")),
        "Content-Transfer-Encoding: base64",
    ),
    "in the preamble": raw(
        'multipart/mixed; boundary="b"', ICS + b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n"
    ),
    "in the epilogue": raw(
        'multipart/mixed; boundary="b"', b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n" + ICS
    ),
    "in a multipart without its boundary": raw('multipart/mixed; boundary="b"', ICS),
    "in an attached mail": raw("message/rfc822", raw("text/calendar", ICS)),
    "in an attached mail that is encoded": raw(
        "message/rfc822",
        base64.encodebytes(raw("text/plain", base64.encodebytes(ICS), "Content-Transfer-Encoding: base64")),
        "Content-Transfer-Encoding: base64",
    ),
    "in an .eml": with_attachment(with_attachment(ICS, "image/png"), "application/octet-stream", "mail.eml"),
    "uuencoded in the text": raw("text/plain", b"Hello\r\nbegin 644 invite.ics\r\n#0V%T\r\n`\r\nend\r\n"),
    "in an archive": with_attachment(archive(a_txt=b"x", b_bin=ICS), "application/zip", "a.zip"),
    "in an archive by name": with_attachment(archive(invite_ics=b""), "application/zip", "a.zip"),
    "in an archive in an archive": with_attachment(
        archive(a_zip=archive(b_txt=ICS)), "application/octet-stream"
    ),
    "in an archive behind other bytes": with_attachment(b"MZ\x90" + archive(a_txt=ICS), "image/png"),
    "gzipped": with_attachment(gzip.compress(ICS), "application/gzip", "a.gz"),
    "gzipped twice": with_attachment(gzip.compress(gzip.compress(ICS)), "application/gzip"),
    "a broken archive": with_attachment(b"PK\x03\x04rest", "application/zip"),
    "a broken gzip": with_attachment(gzip.compress(ICS)[:-9], "application/gzip"),
    "a gzip of two members": with_attachment(gzip.compress(b"x") + gzip.compress(ICS), "application/gzip"),
    "Outlook's own wrapping": with_attachment(b"\x78\x9f\x3e\x22\x01\x00", "application/ms-tnef", "winmail.dat"),
    "jCal": with_attachment(b'["vcalendar", [], []]', "application/json", "a.json"),
    "xCal": with_attachment(b'<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"/>', "application/xml"),
    "a link that is a calendar": with_html('<a href="data:text/calendar;charset=utf8,x">Add</a>'),
    "such a link in entities": with_html('<a href="&#100;ata&colon;text/calendar,x">Add</a>'),
    "JSON-LD of an event": ld_json({"@context": "https://schema.org", "@type": "Event"}),
    "JSON-LD of a kind of event": ld_json({"@type": ["Thing", "schema:BusinessEvent"]}),
    "JSON-LD of a reservation": ld_json({"@graph": [{"@type": "http://schema.org/EventReservation"}]}),
    "JSON-LD with other names for its keys": ld_json({"@context": {"kind": "@type"}, "kind": "Event"}),
    "JSON-LD with escapes": with_html(
        '<SCRIPT TYPE="application/ld&#43;json">{"@type": "\\u0045vent"}</SCRIPT>'
    ),
    "JSON-LD that is broken": with_html('<script type="application/ld+json">{"@type": "Ev</script>'),
    "microdata of an event": with_html(MICRODATA.format("https://schema.org/Event")),
    "microdata of a reservation": with_html(MICRODATA.format("http&#58;//schema.org/FoodEstablishmentReservation")),
    "RDFa of an event": with_html('<div vocab="https://schema.org/" typeof="EducationEvent">x</div>'),
    "a microformat": with_html('<div class="big VEVENT">x</div>'),
}  # fmt: skip


@pytest.mark.parametrize("mail", INNOCENT.values(), ids=INNOCENT.keys())
def test_a_mail_without_a_calendar_object(mail: bytes) -> None:
    assert calendar_parts(mail) == []
    assert has_calendar_object(mail) is False


@pytest.mark.parametrize("mail", GUILTY.values(), ids=GUILTY.keys())
def test_a_calendar_object_is_seen(mail: bytes) -> None:
    assert has_calendar_object(mail) is True


def test_a_bomb_is_not_unpacked_but_counts() -> None:
    bomb = archive(a_txt=b"\x00" * 30_000_000)
    assert has_calendar_object(with_attachment(bomb, "application/zip"))
    assert has_calendar_object(with_attachment(gzip.compress(b"\x00" * 30_000_000), "application/gzip"))


def test_containers_nested_too_deep_count() -> None:
    zipped = packed = b"hello"
    mail = letter().as_bytes()
    for _ in range(6):
        zipped, packed = archive(a_zip=zipped), gzip.compress(packed)
        mail = raw(
            "application/octet-stream; name=a.eml", base64.encodebytes(mail), "Content-Transfer-Encoding: base64"
        )
    assert has_calendar_object(with_attachment(zipped, "application/zip"))
    assert has_calendar_object(with_attachment(packed, "application/gzip"))
    assert has_calendar_object(mail)


def test_each_part_is_told_with_its_method_and_uids() -> None:
    message = letter()
    message.add_alternative(ICS.decode(), subtype="calendar", params={"method": "cancel"})
    message.add_attachment(ICS, maintype="application", subtype="octet-stream", filename="invite.ics")
    inner, attached = calendar_parts(message.as_bytes())
    assert (inner.method, inner.uids) == ("CANCEL", ("8d6e",))
    assert attached == CalendarPart("REQUEST", ("8d6e",), ICS)


def test_uids_are_unfolded_and_each_told_once() -> None:
    body = b"BEGIN:VCALENDAR\nUID:a\n b\nUID;X-A=1:c\nuid:ab\nEND:VCALENDAR\n"
    assert calendar_parts(raw("text/calendar", body)) == [CalendarPart(None, ("ab", "c"), body)]


def test_recipients_are_those_of_all_three_headers() -> None:
    mail = b'To: "A, B" <a@x.example>, b@x.example\r\nCC: c@x.example\r\nbcc: d@x.example\r\n\r\nTo: e@x.example\r\n'
    assert recipients(mail) == ("a@x.example", "b@x.example", "c@x.example", "d@x.example")
    assert recipients(b"Subject: none\r\n\r\n") == ()
