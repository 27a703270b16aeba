"""How does a finished letter leave the house: by SMTP, into a folder, or into memory?"""

import contextlib
import hashlib
import ipaddress
import os
import re
import smtplib
import ssl
import tempfile
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

DEFAULT_PORTS = {"smtp": 25, "smtps": 465}
# smtplib's own exceptions are all OSError.
OK = 250
SERVICE_CLOSING = 421  # RFC 5321 3.8: said by a server that is about to hang up
# 5xx answers that say that we have not signed in or are not encrypted (RFC 4954 6): no letter's fault.
ABOUT_US = {530, 534, 535, 538}
LONGEST_REASON = 500
ADDRESS = re.compile(r"[!#-'*+\-./0-9=?A-Z^-~]+@[A-Za-z0-9.-]+")
MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^>\s]+>)", re.IGNORECASE | re.MULTILINE)


class Refused(Exception):
    """A letter was not taken: `permanent` if trying again cannot help, and the `reason` as the other side put it."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


class Transport(Protocol):
    """Whatever can take a letter away."""

    def deliver(self, message: bytes, *, sender: str, to: str) -> None:
        """Hand over the bytes as they are, for one recipient. Raises Refused when they were not taken for sure."""

    def close(self) -> None:
        """Let go of what is held open."""


def from_url(smtp_url: str | None, folder: Path) -> Transport:
    """The transport of the settings: SMTP where there is an address, else .eml files in `folder`.

    Raises ValueError for an address that is not smtp:// or smtps:// with a host.
    """
    return Smtp(smtp_url) if smtp_url else Folder(folder)


class Smtp:
    """One kept connection to one server (RFC 5321), over TLS unless the server is on loopback.

    `url` is smtp:// or smtps://[user:password@]host[:port]; `timeout` is in seconds, for each answer. Certificates
    are checked against the system's authorities (or SSL_CERT_FILE). Not to be shared by threads.
    """

    def __init__(self, url: str, timeout: float = 20) -> None:
        parts = urlsplit(url)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
            raise ValueError("An SMTP address is smtp://host:port or smtps://host:port.")
        self._implicit_tls = parts.scheme == "smtps"
        self._host = parts.hostname
        self._port = parts.port or DEFAULT_PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._timeout = timeout
        self._server: smtplib.SMTP | None = None

    def deliver(self, message: bytes, *, sender: str, to: str) -> None:
        """Send to one recipient; the connection stays open for the next letter.

        Raises Refused: permanent for a 5xx about this letter; not permanent for a 4xx, for a server that cannot be
        reached, logged into or trusted, and whenever the answer to the final dot did not arrive.
        """
        if not message.count(b"\r\n") == message.count(b"\r") == message.count(b"\n"):
            raise Refused("The letter has a line end that is not CRLF.", permanent=True)
        if not (ADDRESS.fullmatch(sender) and ADDRESS.fullmatch(to)):
            raise Refused("The letter's sender or recipient is no address.", permanent=True)
        try:
            server = self._begin(sender)
            _expect(*server.rcpt(to))
            _expect(*server.data(message))
        except smtplib.SMTPResponseException as answer:
            self._end_letter()
            raise _refused(answer) from answer
        except OSError as failure:
            self._drop()
            raise Refused(f"{type(failure).__name__}: {failure}", permanent=False) from failure

    def close(self) -> None:
        """Say goodbye; the next letter connects anew."""
        if self._server is not None:
            with contextlib.suppress(OSError):
                self._server.quit()
        self._drop()

    def _begin(self, sender: str) -> smtplib.SMTP:
        """A connection that has taken MAIL FROM: the kept one, or a new one if the server has hung up on it."""
        if self._server is not None:
            try:
                code, text = self._server.mail(sender)
            except OSError:
                code, text = SERVICE_CLOSING, b""
            if code != SERVICE_CLOSING:
                _expect(code, text)
                return self._server
            self._drop()
        self._server = self._connect()
        _expect(*self._server.mail(sender))
        return self._server

    def _connect(self) -> smtplib.SMTP:
        """A connection that is encrypted and signed in as far as needed.

        Raises Refused, never permanent: whatever the answer here, it is about us and not about the letter.
        """
        with contextlib.ExitStack() as undo:
            try:
                server = self._open()
                undo.callback(server.close)
                server.ehlo_or_helo_if_needed()
                if not self._implicit_tls and not _on_loopback(self._host):
                    # Fails when the server offers none: a letter is never sent in the clear.
                    server.starttls(context=ssl.create_default_context())
                    server.ehlo_or_helo_if_needed()
                if self._user:
                    server.login(self._user, self._password)
            except OSError as failure:
                told = f"No connection to {self._host}: {type(failure).__name__}: {failure}"
                raise Refused(told[:LONGEST_REASON], permanent=False) from failure
            undo.pop_all()
        return server

    def _open(self) -> smtplib.SMTP:
        if self._implicit_tls:
            tls = ssl.create_default_context()
            return smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout, context=tls)
        return smtplib.SMTP(self._host, self._port, timeout=self._timeout)

    def _end_letter(self) -> None:
        """Keep the connection for the next letter, if the server is ready for one."""
        if self._server is not None:
            with contextlib.suppress(OSError):
                if self._server.rset()[0] == OK:
                    return
        self._drop()

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None


def _expect(code: int, text: bytes) -> None:
    if not OK <= code < 300:
        raise smtplib.SMTPResponseException(code, text)


def _refused(answer: smtplib.SMTPResponseException) -> Refused:
    text = answer.smtp_error
    told = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    permanent = 500 <= answer.smtp_code < 600 and answer.smtp_code not in ABOUT_US
    return Refused(f"{answer.smtp_code} {' '.join(told.split())}"[:LONGEST_REASON], permanent=permanent)


def _on_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Folder:
    """A folder of .eml files, for development and for who has no mail server; made when the first letter comes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def deliver(self, message: bytes, *, sender: str, to: str) -> None:
        """Write the letter whole or not at all, named by its Message-ID, so that it is there once however often sent.

        Raises Refused, not permanent, when the disk does not take it.
        """
        found = MESSAGE_ID.search(message.partition(b"\r\n\r\n")[0])
        name = hashlib.sha256(found[1] if found else message).hexdigest()[:32]
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            handle, unfinished = tempfile.mkstemp(dir=self._path, prefix=f"{name}.", suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(message)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).replace(self._path / f"{name}.eml")
            folder = os.open(self._path, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as failure:
            raise Refused(f"{type(failure).__name__}: {failure}", permanent=False) from failure

    def close(self) -> None:
        """Nothing is held open."""


class Memory:
    """A list of (recipient, bytes), for tests."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, bytes]] = []

    def deliver(self, message: bytes, *, sender: str, to: str) -> None:
        """Keep it."""
        self.letters.append((to, message))

    def close(self) -> None:
        """Nothing is held open."""
