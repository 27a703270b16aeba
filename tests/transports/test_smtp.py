"""Does each letter leave once, whole, in one envelope, and does the caller learn what happened?"""

import datetime
import socket
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.transports.servers import HANG_UP, failing, free_port, honest
from vendorhub.transports import Folder, Refused, Smtp, from_url

SENDER, CLARA, VERA = "meet-abc@hub.example", "clara@muster.example", "vera@northwind.example"
LETTER = b"Message-ID: <1@hub.example>\r\nSubject: Hello\r\n\r\nOne\r\n.\r\n..two\r\n"


def refusal(smtp: Smtp, message: bytes = LETTER, *, sender: str = SENDER, to: str = CLARA) -> Refused:
    with pytest.raises(Refused) as refused:
        smtp.deliver(message, sender=sender, to=to)
    return refused.value


def test_three_letters_go_over_one_connection_byte_for_byte() -> None:
    with honest() as (inbox, port):
        smtp = Smtp(f"smtp://127.0.0.1:{port}")
        for to in (CLARA, VERA, CLARA):
            smtp.deliver(LETTER, sender=SENDER, to=to)
        smtp.close()
        assert inbox.envelopes == [(SENDER, [to], LETTER) for to in (CLARA, VERA, CLARA)]
        assert len(inbox.peers) == 1


def test_after_close_the_next_letter_connects_anew() -> None:
    with honest() as (inbox, port):
        smtp = Smtp(f"smtp://localhost:{port}")
        for _ in range(2):
            smtp.deliver(LETTER, sender=SENDER, to=CLARA)
            smtp.close()
        assert len(inbox.envelopes) == len(inbox.peers) == 2


@pytest.mark.parametrize("how", [HANG_UP, "421 idle for too long"])
def test_a_server_that_hung_up_between_letters_is_called_again_once(how: str | None) -> None:
    with failing(MAIL=["250 ok", how]) as (script, port):
        smtp = Smtp(f"smtp://127.0.0.1:{port}")
        smtp.deliver(LETTER, sender=SENDER, to=CLARA)
        smtp.deliver(LETTER, sender=SENDER, to=VERA)
        smtp.close()
        assert script.connections == 2
        assert len(script.taken) == 2


def test_a_server_that_keeps_hanging_up_is_a_temporary_refusal() -> None:
    with failing(MAIL=["250 ok", HANG_UP, HANG_UP]) as (script, port):
        smtp = Smtp(f"smtp://127.0.0.1:{port}")
        smtp.deliver(LETTER, sender=SENDER, to=CLARA)
        assert refusal(smtp).permanent is False
        assert script.connections == 2


@pytest.mark.parametrize(
    ("at", "answer", "permanent"),
    [
        ("MAIL", "451 later", False),
        ("MAIL", "550 not you", True),
        ("MAIL", "530 sign in first", False),
        ("RCPT", "450 mailbox busy", False),
        ("RCPT", "550 5.1.1 no such mailbox", True),
        ("DATA", "452 no space", False),
        ("DATA", "554 not now", True),
        ("DOT", "451 try again", False),
        ("DOT", "552 too much mail", True),
        ("DOT", "421 closing", False),
        ("DOT", "gibberish", False),
    ],
)
def test_4xx_is_temporary_and_5xx_permanent_and_the_next_letter_goes_on(at: str, answer: str, permanent: bool) -> None:
    with failing(**{at: [answer]}) as (script, port):
        smtp = Smtp(f"smtp://127.0.0.1:{port}")
        refused = refusal(smtp)
        assert refused.permanent is permanent
        assert script.taken == []
        smtp.deliver(LETTER, sender=SENDER, to=VERA)
        smtp.close()
        assert script.taken == [b"Message-ID: <1@hub.example>\r\nSubject: Hello\r\n\r\nOne\r\n..\r\n...two\r\n"]
        assert script.connections == 1


def test_the_reason_is_the_servers_own_sentence_in_one_line() -> None:
    with failing(RCPT=["550-5.1.1 no such\r\n550 mailbox"]) as (_, port):
        smtp = Smtp(f"smtp://127.0.0.1:{port}")
        assert refusal(smtp).reason == "550 5.1.1 no such mailbox"
        smtp.close()


def test_a_cut_after_the_final_dot_is_temporary_and_never_sent_again_by_the_transport() -> None:
    with failing(DOT=[HANG_UP]) as (script, port):
        smtp = Smtp(f"smtp://127.0.0.1:{port}")
        assert refusal(smtp).permanent is False
        assert len(script.taken) == 1
        smtp.deliver(LETTER, sender=SENDER, to=CLARA)
        smtp.close()
        assert script.taken[0] == script.taken[1]
        assert script.connections == 2


def test_a_refused_reset_costs_the_connection_and_no_letter() -> None:
    with failing(RCPT=["550 no"], RSET=["500 what?"]) as (script, port):
        smtp = Smtp(f"smtp://127.0.0.1:{port}")
        assert refusal(smtp).permanent
        smtp.deliver(LETTER, sender=SENDER, to=CLARA)
        smtp.close()
        assert (script.connections, len(script.taken)) == (2, 1)


@pytest.mark.parametrize("banner", ["554 go away", "421 busy", HANG_UP])
def test_a_server_that_takes_no_connection_refuses_for_now(banner: str | None) -> None:
    with failing(HELLO=[banner]) as (_, port):
        assert refusal(Smtp(f"smtp://127.0.0.1:{port}")).permanent is False


def test_nobody_listening_is_temporary() -> None:
    refused = refusal(Smtp(f"smtp://127.0.0.1:{free_port()}"))
    assert refused.permanent is False
    assert refused.reason.startswith("No connection to 127.0.0.1: ConnectionRefusedError")


def test_a_silent_server_is_given_up_after_the_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        refused = refusal(Smtp(f"smtp://127.0.0.1:{silent.getsockname()[1]}", timeout=0.2))
    assert refused.permanent is False


def test_a_wrong_password_is_temporary_and_not_in_the_reason() -> None:
    with failing(EHLO=["250-here\r\n250 AUTH PLAIN LOGIN"], AUTH=["535 no", "535 no"]) as (script, port):
        refused = refusal(Smtp(f"smtp://hub:geh%40eim@127.0.0.1:{port}"))
        assert refused.permanent is False
        assert "geh" not in refused.reason
        assert script.said[1].startswith("AUTH PLAIN ")


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example>\r\nRCPT TO:<spy@evil.example",
        "a@b.example\r\nDATA",
        "a@b.example\n",
        "a@b.example, spy@evil.example",
        "<a@b.example>",
        "a b@c.example",
        "ä@b.example",
        "a@b.example\x00",
        "nobody",
        "",
    ],
)
def test_an_address_that_would_be_another_envelope_is_refused_without_a_word_to_the_server(
    address: str,
) -> None:
    with failing() as (script, port):
        smtp = Smtp(f"smtp://127.0.0.1:{port}")
        assert refusal(smtp, to=address).permanent
        assert refusal(smtp, sender=address).permanent
        assert script.said == []


@pytest.mark.parametrize("line_end", [b"\n", b"\r"])
def test_a_bare_line_end_is_refused_since_servers_disagree_about_it(line_end: bytes) -> None:
    smuggled = b"Subject: a\r\n\r\nx" + line_end + b".\r\nMAIL FROM:<spy@evil.example>\r\n"
    with failing() as (script, port):
        assert refusal(Smtp(f"smtp://127.0.0.1:{port}"), smuggled).permanent
        assert script.said == []


def test_dots_and_commands_in_a_body_stay_in_the_body() -> None:
    body = b"Subject: a\r\n\r\n.\r\nMAIL FROM:<spy@evil.example>\r\nRCPT TO:<x@evil.example>\r\nDATA\r\n.\r\n"
    with honest() as (inbox, port):
        smtp = Smtp(f"smtp://127.0.0.1:{port}")
        smtp.deliver(body, sender=SENDER, to=CLARA)
        smtp.close()
        assert inbox.envelopes == [(SENDER, [CLARA], body)]


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> str:
    """A host name that is not loopback's, though its address is."""
    real = socket.getaddrinfo

    def resolve(host: object, *rest: object, **more: object) -> object:
        return real("127.0.0.1" if host == "mail.example" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return "mail.example"


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("mail.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, secret = tmp_path / "cert.pem", tmp_path / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return context, pem


def test_off_loopback_a_server_without_starttls_gets_no_letter(elsewhere: str) -> None:
    with failing() as (script, port):
        refused = refusal(Smtp(f"smtp://{elsewhere}:{port}"))
        assert refused.permanent is False
        assert "STARTTLS" in refused.reason
        assert [said.split()[0] for said in script.said] == ["ehlo"]


def test_off_loopback_a_letter_goes_encrypted(
    elsewhere: str, certificate: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    context, pem = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with honest(context) as (inbox, port):
        smtp = Smtp(f"smtp://{elsewhere}:{port}")
        smtp.deliver(LETTER, sender=SENDER, to=CLARA)
        smtp.close()
        assert inbox.encrypted == [True]
        assert inbox.envelopes == [(SENDER, [CLARA], LETTER)]


def test_smtps_speaks_tls_from_the_first_word(
    elsewhere: str, certificate: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    context, pem = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with honest(context, implicit=True) as (inbox, port):
        smtp = Smtp(f"smtps://{elsewhere}:{port}")
        smtp.deliver(LETTER, sender=SENDER, to=CLARA)
        smtp.close()
        assert inbox.envelopes == [(SENDER, [CLARA], LETTER)]


def test_a_certificate_that_nobody_vouches_for_gets_no_letter(
    elsewhere: str, certificate: tuple[ssl.SSLContext, Path]
) -> None:
    with honest(certificate[0]) as (inbox, port):
        refused = refusal(Smtp(f"smtp://{elsewhere}:{port}"))
        assert refused.permanent is False
        assert "CERTIFICATE_VERIFY_FAILED" in refused.reason
        assert inbox.envelopes == []


@pytest.mark.parametrize("url", ["http://127.0.0.1", "smtp://", "smtp:127.0.0.1", "smtp://h:port", "mail"])
def test_an_address_that_is_no_smtp_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"smtp://|Port"):
        Smtp(url)


def test_the_settings_choose_between_smtp_and_the_folder(tmp_path: Path) -> None:
    assert isinstance(from_url("smtp://127.0.0.1:2525", tmp_path), Smtp)
    assert isinstance(from_url(None, tmp_path), Folder)
