"""Answers what mail really arrived: an SMTP server in a process of its own, which keeps each message before it says so.

Run as `python -m tests.sink FOLDER FAULTS`; it prints its port and serves until its input ends.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

ROOT = Path(__file__).resolve().parent.parent
KEPT = "250 kept"

# What a fault says: an answer to RCPT ("450 later"), one to the final dot (". 451 later"; nothing is kept), or
# after the message is kept: CUT hangs up instead of answering, STUCK never answers.
CUT = "cut"
STUCK = "stuck"


@dataclass(frozen=True)
class Received:
    """One message as it arrived: from, the recipients of its envelope, and its bytes."""

    sender: str
    to: tuple[str, ...]
    content: bytes


@dataclass(frozen=True)
class Sink:
    """A running sink, by its port and its folder."""

    port: int
    folder: Path

    @property
    def url(self) -> str:
        """Its address, as VENDORHUB_SMTP_URL wants it."""
        return f"smtp://127.0.0.1:{self.port}"

    def mail(self) -> list[Received]:
        """Everything kept so far, in the order in which it arrived."""
        return [_read(file) for file in sorted(self.folder.glob("*.eml"))]


@contextmanager
def running(folder: Path, faults: Mapping[str, list[str]] | None = None) -> Iterator[Sink]:
    """A sink that keeps its mail in `folder`; `faults` are what each next delivery to a recipient meets."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.sink", str(folder), json.dumps(faults or {})]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Sink(int(process.stdout.readline()), folder)
    finally:
        process.stdin.close()
        assert process.wait() == 0
        process.stdout.close()


def _read(file: Path) -> Received:
    head, _, content = file.read_bytes().partition(b"\n")
    envelope = json.loads(head)
    return Received(envelope["from"], tuple(envelope["to"]), content)


# -- in the sink's own process


class _Keeper:
    """Writes each message down, unless a fault says otherwise."""

    def __init__(self, folder: Path, faults: dict[str, list[str]]) -> None:
        self.folder = folder
        self.faults = faults
        self.kept = 0

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        waiting = self.faults.get(address, [])
        if waiting and waiting[0][0].isdigit():
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        waiting = self.faults.get(envelope.rcpt_tos[0], [])
        fault = waiting.pop(0) if waiting else ""
        if fault.startswith("."):
            return fault.removeprefix(". ")
        self.keep(envelope)
        if fault == CUT:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        if fault == STUCK:
            await asyncio.Event().wait()
        return KEPT

    def keep(self, envelope: Envelope) -> None:
        """On the disk, its name too, before anybody hears of it."""
        assert isinstance(envelope.content, bytes)
        self.kept += 1
        head = json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos}).encode()
        draft, file = self.folder / "draft", self.folder / f"{self.kept:08}.eml"
        with draft.open("wb") as out:
            out.write(head + b"\n" + envelope.content)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(file)
        folder = os.open(self.folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


async def _serve(folder: Path, faults: dict[str, list[str]]) -> None:
    keeper = _Keeper(folder, faults)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(keeper, hostname="sink.example"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - the port is what it is asked for
    ended = asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), ended.set)
    await ended.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), json.loads(sys.argv[2])))
