"""`demo run` is web, worker and mailbox in one process group, of which nothing is left however it ends."""

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SCALE
from tests.processes import ROOT, free_port, rest
from vendorhub.cli.demo import _told_to_stop

WITHIN = 90.0  # seconds, on a busy machine


class Demo:
    """A demo that was started, with what it has said so far."""

    def __init__(self, instance: Path, *options: str) -> None:
        self.port = free_port(os.getpid())
        self.said = instance.parent / "said.txt"
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "vendorhub", "demo", "run", f"--port={self.port}", *options],
                cwd=ROOT,
                env={**os.environ, "VENDORHUB_MODE": "demo", "VENDORHUB_INSTANCE": str(instance)},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    def wait_until(self, words: str) -> str:
        for _ in range(int(WITHIN / 0.1)):
            if words in self.said.read_text():
                return self.said.read_text()
            assert self.process.poll() is None, self.said.read_text()
            rest(0.1)
        raise AssertionError(self.said.read_text())

    def status(self, path: str) -> int:
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WITHIN)
        web.request("GET", path)
        answer = web.getresponse()
        answer.read()
        web.close()
        return answer.status

    def group(self) -> set[int]:
        """The processes of its group."""
        listing = subprocess.run(["ps", "-e", "-o", "pid=,pgid="], capture_output=True, text=True, check=True).stdout
        pairs = [tuple(map(int, line.split())) for line in listing.splitlines()]
        return {pid for pid, group in pairs if group == self.process.pid}

    def wait_until_gone(self) -> None:
        for _ in range(int(WITHIN / 0.1)):
            if not self.group():
                return
            rest(0.1)
        raise AssertionError(f"left: {self.group()}")


def links_of(said: str) -> list[str]:
    return re.findall(r"/sign-in/[\w-]{43}", said)


@pytest.fixture
def demo(demo_copy: Path, request: pytest.FixtureRequest) -> Iterator[Demo]:
    """A demo whose world is there already."""
    started = Demo(demo_copy, *getattr(request, "param", ()))
    yield started
    for pid in started.group():
        os.kill(pid, signal.SIGKILL)
    started.process.wait()


def letters(instance: Path) -> int:
    return len(list((instance / "mail").glob("*.eml")))


# On that day a letter waits for each of the asks that nobody has answered.
@pytest.mark.parametrize("demo", [("--at", "2045-01-05T09:00:00+01:00")], indirect=True)
def test_it_says_where_to_look_and_all_of_it_works_until_a_part_dies(
    demo: Demo, demo_copy: Path, made_demo: Path
) -> None:
    said = demo.wait_until("Ctrl-C stops it.")
    home = f"http://127.0.0.1:{demo.port}"
    assert f"VendorHub is at {home}\n" in said
    links = re.findall(rf"^  (.+)\n    {home}/sign-in/[\w-]{{43}}$", said, re.MULTILINE)
    assert links == [
        "Katrin Vogtländer, CIO at Havelmark Insurance",
        "Jonas Ahrend, the CIO's assistant at Havelmark Insurance",
        "Rosa Albin, VAR at Lindholt Systems",
        "Maya Adeyemi-Cole, vendor at Keelsafe",
        "Arjun Deshmane, vendor at Quillmare",
        "Signe Falkenborg, CIO at Aldersund Hospitals",
    ]
    assert f"Read everybody's mail: {home}/dev/mailbox\n" in said
    paths = ("/healthz", "/", "/dev/mailbox", "/dev/mailbox/none", links_of(said)[0])
    assert [demo.status(path) for path in paths] == [200, 303, 200, 404, 200]
    for _ in range(int(WITHIN)):
        if letters(demo_copy) == letters(made_demo) + 16:
            break
        rest(1)
    assert letters(demo_copy) == letters(made_demo) + 16
    assert demo.status("/readyz") == 200
    second = Demo(demo_copy)
    assert second.process.wait(WITHIN) == 2
    assert "A demo is already running in" in second.said.read_text()
    kill_the_worker_of(demo)
    assert demo.process.wait(WITHIN) == 2
    demo.wait_until_gone()
    assert "A part of the demo ended by itself" in demo.said.read_text()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM, signal.SIGHUP][: 4 if SCALE > 1 else 1])
def test_nothing_is_left_of_it(demo: Demo, end: signal.Signals) -> None:
    demo.wait_until("Ctrl-C stops it.")
    assert len(demo.group()) >= 4  # itself, gunicorn and its worker, our worker
    demo.process.send_signal(end)
    assert demo.process.wait(WITHIN) == (0 if end is not signal.SIGKILL else -signal.SIGKILL)
    demo.wait_until_gone()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_whatever_asks_it_to_stop_is_heard(end: signal.Signals) -> None:
    before = signal.getsignal(end)
    with _told_to_stop() as told:
        signal.raise_signal(end)
    assert told == [end]
    assert signal.getsignal(end) is before


def kill_the_worker_of(demo: Demo) -> None:
    listing = subprocess.run(["ps", "-e", "-o", "pid=,args="], capture_output=True, text=True, check=True).stdout
    worker = next(
        int(line.split()[0])
        for line in listing.splitlines()
        if int(line.split()[0]) in demo.group() and "vendorhub worker" in line
    )
    os.kill(worker, signal.SIGKILL)
