"""Asks a server for one page over and over, on kept connections, and notes how long each answer took."""

import http.client
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlencode

CLIENTS = 4
WARM_UP = 16
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Load:
    """What came of a load: seconds for each answer, the bytes of one, and the seconds that all took."""

    seconds: list[float] = field(default_factory=list)
    size: int = 0
    elapsed: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / self.elapsed

    def percentile(self, which: int) -> float:
        """Milliseconds within which so many of a hundred answers came."""
        return quantiles(self.seconds, n=100)[which - 1] * 1000


def load(port: int, path: str, headers: Mapping[str, str], *, requests: int, status: int = 200) -> Load:
    """Gets `path` so many times with a few clients at once. Raises AssertionError for any answer but `status`."""
    told, lock = Load(), threading.Lock()

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        seconds = []
        for _ in range(requests // CLIENTS):
            begun = time.perf_counter()
            size = len(_get(connection, path, headers, status))
            seconds.append(time.perf_counter() - begun)
        connection.close()
        with lock:
            told.seconds += seconds
            told.size = size

    begun = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.elapsed = time.perf_counter() - begun
    assert len(told.seconds) == requests // CLIENTS * CLIENTS, f"{path} was not answered"
    return told


def tag(port: int, path: str, headers: Mapping[str, str]) -> str:
    """The ETag of what is there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=dict(headers))
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.headers["ETag"]


def _get(connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str], status: int) -> bytes:
    connection.request("GET", path, headers=dict(headers))
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == status, f"GET {path}: {answer.status} {body[:300]!r}"
    return body


def signed_in(port: int, secret: str) -> dict[str, str]:
    """The headers of a browser that has signed in by this link's secret, as a person would."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    cookies: dict[str, str] = {}
    page = _visit(connection, "GET", f"/sign-in/{secret}", cookies)
    found = _TOKEN.search(page)
    form = urlencode({"csrf_token": found[1]} if found else {})
    _visit(connection, "POST", f"/sign-in/{secret}", cookies, form)
    connection.close()
    return _headers(cookies)


def _visit(
    connection: http.client.HTTPConnection, method: str, path: str, cookies: dict[str, str], form: str | None = None
) -> str:
    sent = _headers(cookies) | ({"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {})
    connection.request(method, path, form, sent)
    answer = connection.getresponse()
    body = answer.read().decode()
    assert answer.status < 400, f"{method} {path}: {answer.status} {body[:300]}"
    for line in answer.headers.get_all("Set-Cookie") or []:
        name, _, value = line.partition(";")[0].partition("=")
        cookies[name] = value
    return body


def _headers(cookies: Mapping[str, str]) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
