"""How long a newcomer waits from clone to first page, when downloads are cached."""

import http.client
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks.report import Figure
from tests.processes import ROOT, free_port, rest

AT_MOST = 60
GIVES_UP_AFTER = 600


def measure(*, requests: int) -> Iterator[Figure]:
    """A fresh clone of what is committed, and bin/demo in it, until a page is there; `requests` plays no part."""
    del requests
    with tempfile.TemporaryDirectory(prefix="vendorhub-bench-") as made:
        begun = time.perf_counter()
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), made], check=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("VENDORHUB_", "VIRTUAL_ENV"))}
        port = free_port(os.getpid())
        log = Path(made) / "demo.log"
        with (
            log.open("wb") as out,
            subprocess.Popen(["bin/demo", "--port", str(port)], cwd=made, env=kept, stdout=out, stderr=out) as demo,
        ):
            try:
                _wait_for_a_page(port, demo)
                seconds = time.perf_counter() - begun
            finally:
                demo.terminate()
    yield Figure("clone to first page, downloads cached", "sqlite", seconds, "s", at_most=AT_MOST)


def _wait_for_a_page(port: int, demo: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + GIVES_UP_AFTER
    while time.monotonic() < until:
        assert demo.poll() is None, "the demo ended by itself"
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/sign-in")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        rest(0.05)
    raise TimeoutError("no page came")
