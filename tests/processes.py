"""The product's own processes, started as an operator starts them and killed as no operator would."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STARTS_WITHIN = 60.0
# Below the ports that the kernel gives to clients: or one of them might hold ours while the server is down.
PORTS = range(18_000, 28_000)

_moment = threading.Event()


def rest(seconds: float) -> None:
    """Lets others have a go before the next look."""
    _moment.wait(seconds)


def free_port(salt: int) -> int:
    """A port of loopback on which nobody listens; the search begins elsewhere for each `salt`."""
    for port in (*PORTS[salt % len(PORTS) :], *PORTS):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return int(port)
    raise RuntimeError("no port is free")


@dataclass
class Command:
    """One `vendorhub` command in a process group of its own, started as often as it is killed."""

    arguments: tuple[str, ...]
    environ: Mapping[str, str]
    log: Path
    killed: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Starts it, without waiting for what it does then."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "vendorhub", *self.arguments],
                cwd=ROOT,
                env=dict(self.environ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process that was started last."""
        assert self._process is not None
        return self._process.pid

    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """Ends the whole group as a power cut would."""
        assert self._process is not None
        self.killed += 1
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def kill_child(self, which: float) -> None:
        """Ends one of its children, from the first (0) to the last (nearly 1), and lets it see to that itself."""
        children = sorted(_children(self.pid))
        if children:
            self.killed += 1
            with suppress(ProcessLookupError):
                os.kill(children[int(which * len(children))], signal.SIGKILL)

    def hears(self, number: signal.Signals) -> bool:
        """Whether it has come as far as to handle this signal itself."""
        told = subprocess.run(["ps", "-o", "caught=", "-p", str(self.pid)], capture_output=True, text=True, check=True)
        return bool(int(told.stdout, 16) >> (number - 1) & 1)

    def stop(self) -> int:
        """Asks it to end, and answers its exit status."""
        assert self._process is not None
        self._process.terminate()
        status = self._process.wait(STARTS_WITHIN)
        with suppress(ProcessLookupError):  # whatever it left behind
            os.killpg(self._process.pid, signal.SIGKILL)
        return status


def wait_until_serving(port: int) -> None:
    """Returns when /healthz answers 200. Raises TimeoutError after a minute."""
    for _ in range(int(STARTS_WITHIN / 0.05)):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with suppress(OSError, http.client.HTTPException), closing(connection):
            connection.request("GET", "/healthz")
            with connection.getresponse() as answer:
                if answer.status == http.HTTPStatus.OK:
                    return
        rest(0.05)
    raise TimeoutError("the web server does not answer")


def _children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in told.read_text().split()] if told.exists() else []
