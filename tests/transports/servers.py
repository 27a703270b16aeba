"""Mail servers for the transports' tests: an honest one, and one that fails as it is told."""

import contextlib
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Inbox:
    """What an honest server has taken: each envelope, and from which connections."""

    envelopes: list[tuple[str | None, list[str], bytes]] = field(default_factory=list)
    peers: list[object] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        self.encrypted.append(session.ssl is not None)
        if session.peer not in self.peers:
            self.peers.append(session.peer)
        return "250 taken"


@contextlib.contextmanager
def honest(tls: ssl.SSLContext | None = None, *, implicit: bool = False) -> Iterator[tuple[Inbox, int]]:
    """An SMTP server on a free port of loopback, offering STARTTLS (or speaking TLS at once) if it has a context."""
    inbox = Inbox()
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=free_port(),
        ssl_context=tls if implicit else None,
        tls_context=None if implicit else tls,
        require_starttls=tls is not None and not implicit,
    )
    controller.start()
    try:
        yield inbox, controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


HANG_UP = None


@dataclass
class Script:
    """How a failing server answers: to a command (or the final dot, ".") each next answer, then "250 ok".

    HANG_UP closes the connection instead of answering.
    """

    answers: dict[str, list[str | None]]
    said: list[str] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)
    connections: int = 0

    def answer(self, command: str) -> str | None:
        self.said.append(command)
        waiting = self.answers.get(command.split(maxsplit=1)[0].upper(), [])
        usual = {"DATA": "354 go on", "QUIT": "221 bye"}.get(command.upper(), "250 ok")
        return waiting.pop(0) if waiting else usual


@contextlib.contextmanager
def failing(**answers: list[str | None]) -> Iterator[tuple[Script, int]]:
    """A server that follows a script; `DOT` stands for the final dot, `HELLO` for the banner."""
    script = Script({{"DOT": "."}.get(name, name): told for name, told in answers.items()})

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            script.connections += 1
            if not self.say(script.answers.get("HELLO", ["220 ready"])[0]):
                return
            while line := self.rfile.readline():
                told = script.answer(line.decode().strip())
                if not self.say(told):
                    return
                if told and told.startswith("354"):
                    content = b""
                    while (line := self.rfile.readline()) not in (b".\r\n", b""):
                        content += line
                    told = script.answer(".")
                    if told is HANG_UP or told.startswith("250"):
                        script.taken.append(content)
                    if not self.say(told):
                        return

        def say(self, told: str | None) -> bool:
            if told is not HANG_UP:
                self.wfile.write(f"{told}\r\n".encode())
            return told is not HANG_UP

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield script, server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
