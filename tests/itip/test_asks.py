from email import message_from_bytes
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorhub.domain.heard import Channel, Heard
from vendorhub.domain.mails import Nature
from vendorhub.itip import guesses
from vendorhub.itip.asks import Incoming, digest_of, incoming

MAILS = Path(__file__).parent / "mails"
US = "mx.norden.example"

VERA = Heard(
    Channel.MAIL, "Backup costs", "Vera Vendor", "vera@fastprint.example", "Fastprint", "Hi Kim,\n\ntape pays again."
)
HEARD = {
    "gmail": [
        Heard(
            Channel.MAIL,
            "Backup costs",
            "Vera Vendor",
            "vera@fastprint.example",
            "Fastprint Ltd",
            "Hi Kim,\n\nTape pays again: we halved it for three insurers. Would Tuesday at 10:00 suit?",
        )
    ],
    "apple-mail": [VERA],
    "outlook-html": [VERA],
    "outlook-german-chain": [
        Heard(
            Channel.MAIL,
            "Sicherungskosten für 2027",
            "Vera Vendor",
            "vera@fastprint.example",
            "Fastprint",
            "Guten Tag,\n\nBandsicherung lohnt wieder.",
            ("Angebot.pdf",),
        )
    ],
    "thunderbird-html": [
        Heard(
            Channel.MAIL,
            "Backup costs",
            "Vera Vendor",
            "vera@fastprint.example",
            "Fastprint",
            "Hi Kim,\ntape pays again.",
        )
    ],
    "french": [
        Heard(
            Channel.MAIL,
            "Coûts de sauvegarde",
            "Vera Vendor",
            "vera@fastprint.example",
            "Fastprint",
            "Bonjour, la bande redevient rentable.",
        )
    ],
    "two-attached": [
        Heard(Channel.MAIL, "Backup costs", "Vera Vendor", "vera@fastprint.example", "Fastprint", "Tape pays again."),
        Heard(Channel.MAIL, "Cloud exit", "Carl", "carl@cloudio.example", "Cloudio", "Leave the cloud."),
    ],
    "networking-site": [
        Heard(
            Channel.SITE,
            "Tape pays again, may I show you in 20 minutes?",
            "Vera Vendor",
            "",
            "Fastprint Storage",
            "Vera Vendor\nAccount Executive at Fastprint Storage\n\n"
            "Tape pays again, may I show you in 20 minutes? It is worth it.",
        )
    ],
    "voicemail": [
        Heard(
            Channel.VOICEMAIL,
            "Voicemail from +44 20 7946 0991",
            "+44 20 7946 0991",
            words="Hello, this is Vera of Fastprint. Please call me about tape.",
            unreadable=("message.wav",),
        )
    ],
    "forwarded-invitation": [
        Heard(
            Channel.INVITATION,
            "Backup review",
            "Vera Vendor",
            "vera@fastprint.example",
            "Fastprint",
            "Hi Kim, tape pays again.",
        )
    ],
    "winmail": [Heard(Channel.MAIL, "Backup costs", unreadable=("winmail.dat",))],
    "typed-by-hand": [
        Heard(
            Channel.MAIL,
            "Ask by phone: Vera of Fastprint",
            words="She wants to talk about tape. I said we would look.",
        )
    ],
}


def read(raw: bytes) -> Incoming:
    found = incoming(raw, authserv_id=US)
    assert found is not None
    return found


@pytest.mark.parametrize("name", HEARD)
def test_what_one_of_the_buyers_people_forwards_is_heard(name: str):
    mail = read((MAILS / f"{name}.eml").read_bytes())
    assert list(mail.forwarded) == HEARD[name]
    assert (mail.readable, mail.believed, mail.sender, mail.sender_name) == (True, True, "kim@norden.example", "Kim")
    assert (mail.nature, mail.addressed, mail.more) == (Nature.PERSONAL, ("ask@hub.example",), 0)


@pytest.mark.parametrize(
    "said",
    [
        "Phone: Vera, Fastprint, tape contract\n\nShe was friendly.",
        "\n\nPhone: Vera, Fastprint, tape contract\nShe was friendly.",
    ],
)
def test_a_line_in_a_mail_of_ones_own_is_read_as_one_on_the_desk(said: str):
    mail = read(f"From: kim@norden.example\nSubject: {said}".encode())
    assert list(mail.forwarded) == [
        Heard(Channel.PHONE, "tape contract", "Vera", company="Fastprint", words="She was friendly.")
    ]


def test_an_invitation_is_heard_without_its_time():
    mail = read((MAILS / "straight-invitation.eml").read_bytes())
    assert mail.straight == Heard(
        Channel.INVITATION, "Backup review", "Vera Vendor", "vera@fastprint.example", "Fastprint", "Backup review"
    )
    assert (mail.method, mail.organiser) == ("REQUEST", "vera@fastprint.example")
    assert (mail.subject, mail.words) == ("Backup review", "Backup review")
    assert mail.invited == ("norden@hub.example", "kim@norden.example")


def test_an_organiser_of_another_company_than_the_sender_is_not_believed():
    raw = (MAILS / "straight-invitation.eml").read_bytes()
    mail = read(raw.replace(b"organizer:mailto:vera@fastprint", b"organizer;cn=Carl:mailto:carl@cloudio"))
    assert mail.straight is not None
    assert (mail.straight.sender_name, mail.straight.sender_email) == ("Vera Vendor", "vera@fastprint.example")


@pytest.mark.parametrize(
    ("change", "unreadable"),
    [
        (b"X-PADDING:" + b"x" * 1_000_000, ("invite.ics",)),  # too large
        (b"BEGIN:VALARM\nEND:VALARM\n" * 1_100, ("invite.ics",)),  # too many components
        (b"SUMMARY:Another\nEND:VEVENT\nBEGIN:VEVENT\n" * 20, ()),  # twenty entries are one ask
    ],
)
def test_a_calendar_object_without_end_is_named_and_no_more(change: bytes, unreadable: tuple[str, ...]):
    raw = (MAILS / "straight-invitation.eml").read_bytes().replace(b"uid:grey-2", change)
    assert [heard.unreadable for heard in read(raw).forwarded] == [unreadable]
    assert (read(raw).straight is None) == bool(unreadable)


def with_head(**fields: str) -> bytes:
    head = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in fields.items())
    return f"{head}From: Vera <vera@fastprint.example>\nSubject: Hello\n\nWords".encode()


@pytest.mark.parametrize(
    ("raw", "nature"),
    [
        (with_head(), "personal"),
        (with_head(Auto_Submitted="no"), "personal"),
        (with_head(Auto_Submitted="auto-generated"), "automatic"),
        (with_head(Return_Path="<>"), "automatic"),
        (with_head(X_Auto_Response_Suppress="All"), "automatic"),
        (with_head(Auto_Submitted="auto-replied (vacation)"), "auto_reply"),
        (with_head(Auto_Submitted="auto-replied"), "auto_reply"),
        (with_head(Precedence="auto_reply"), "auto_reply"),
        (with_head(List_Id="<x.example>"), "list"),
        (with_head(List_Unsubscribe="<https://x.example>"), "list"),
        (with_head(Precedence="bulk"), "list"),
        (with_head(Content_Type="multipart/report; report-type=delivery-status; boundary=b"), "bounce"),
        (b"From: MAILER-DAEMON@x.example\nSubject: Undelivered\n\nx", "bounce"),
    ],
)
def test_machines_are_told_from_people(raw: bytes, nature: str):
    assert read(raw).nature == nature


def test_the_same_mail_by_another_way_is_the_same():
    raw = with_head(Message_ID="<1@x.example>")
    other = b"Return-Path: <x@x.example>\r\nReceived: from a\r\n by b\r\nDelivered-To: ask@hub.example\r\n"
    assert digest_of(raw) == digest_of(other + raw.replace(b"\n", b"\r\n"))
    assert digest_of(raw) != digest_of(raw + b".")
    assert read(other + raw).delivered == ("ask@hub.example",)


def test_two_senders_are_none_that_could_be_believed():
    passed = f"Authentication-Results: {US}; dmarc=pass header.from=norden.example\n".encode()
    one = passed + b"From: kim@norden.example\nSubject: x\n\nWords"
    assert read(one).believed
    assert not read(one.replace(b"kim@norden.example", b"kim@norden.example, x@evil.example")).believed
    assert not read(one.replace(b"Subject", b"From: x@evil.example\nSubject")).believed
    assert not incoming(one).believed  # type: ignore[union-attr]


def test_at_most_twenty_attached_mails_are_heard():
    inner = "--b\nContent-Type: message/rfc822\n\nFrom: v{0}@fastprint.example\nSubject: Ask {0}\n\nWords\n"
    body = "".join(inner.format(number) for number in range(23))
    mail = read(f"From: kim@norden.example\nContent-Type: multipart/mixed; boundary=b\n\n{body}--b--\n".encode())
    assert [heard.topic for heard in mail.forwarded] == [f"Ask {number}" for number in range(20)]
    assert mail.more == 3


def test_what_is_no_mail_is_none_and_what_is_nested_without_end_is_kept():
    assert incoming(b"") is None
    assert incoming(b"\x00\xff nothing of the kind") is None
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000))
    assert not read(f"From: kim@norden.example\n{deep}".encode()).readable


PARTS = st.sampled_from([path.read_bytes() for path in sorted(MAILS.glob("*.eml"))])


@given(st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda body: b"From: x@y.example\n" + body)))
def test_octets_of_any_sort_never_raise(raw: bytes):
    incoming(raw, authserv_id=US)


@given(PARTS, st.integers(0, 2_000), st.integers(0, 40), st.binary(max_size=20))
def test_a_mail_that_was_damaged_on_the_way_never_raises(raw: bytes, at: int, cut: int, put: bytes):
    damaged = raw[:at] + put + raw[at + cut :]
    mail = incoming(damaged, authserv_id=US)
    assert mail is None or mail.readable  # damaged, yet somebody can still read it
    assert message_from_bytes(damaged) is not None


def test_a_name_with_a_von_or_a_de_in_it_stays_whole() -> None:
    assert guesses.person("Sanne de Wilgenaar", "sanne@pennyfold.example", "") == ("Sanne de Wilgenaar", "Pennyfold")
    assert guesses.person("Karl von Reusch", "karl@quietcable.example", "") == ("Karl von Reusch", "Quietcable")
