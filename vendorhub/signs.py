"""Answers whether this VendorHub is alive, ready and well: to probes, to meters, and in the log."""

import json
import secrets
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from types import TracebackType
from typing import Any, Final

import structlog
from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from vendorhub import clock
from vendorhub.domain.people import Door, DoorName, Side
from vendorhub.policy import Policy, policy
from vendorhub.queries import letters, people, readiness

STUCK_AFTER: Final = timedelta(minutes=10)
EXTENSION: Final = "vendorhub.signs"

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})
_FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Real-IP")
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

log = structlog.get_logger("vendorhub.web")


def init_app(app: Flask) -> None:
    """Puts the signs on the app. They come before all other hooks, so that these are timed and logged too."""
    speak_json()
    app.extensions[EXTENSION] = Meters()
    app.before_request(_begin)
    app.after_request(_end)
    # Flask's own would write the path, and paths hold secrets (L05).
    app.log_exception = _failed  # type: ignore[method-assign, assignment]
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)
    app.add_url_rule("/metrics", "metrics", metrics)


@policy(Policy.PUBLIC)
def healthz() -> dict[str, str]:
    """Whether the process answers at all; asks nothing of the database."""
    return {"status": "alive"}


@policy(Policy.PUBLIC)
def readyz() -> ResponseReturnValue:
    """Whether people can be served: 200, or 503 with what is not well, by name."""
    found = {"store": "ok", "letters": "ok"}
    try:
        if why := readiness.why_not_served():
            found = {"store": why}
        elif letters.overdue(clock.now()) > STUCK_AFTER:
            found["letters"] = "Letters have been due for more than ten minutes; is a worker running?"
    except SQLAlchemyError:  # its own words would quote the database's address
        found = {"store": "The database can't be reached."}
    ready = set(found.values()) == {"ok"}
    return {"status": "ready" if ready else "not ready", "checks": found}, 200 if ready else 503


@policy(Policy.LOOPBACK)
def metrics() -> ResponseReturnValue:
    """What Prometheus reads, of this process: each worker process counts its own. From loopback, or an operator."""
    if not _from_here() and not _is_operator():
        return Response(status=HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": 'Bearer realm="VendorHub"'})
    meters: Meters = current_app.extensions[EXTENSION]
    return Response(generate_latest(meters.registry), content_type="text/plain; version=0.0.4; charset=utf-8")


class Meters(Collector):
    """What is counted: requests by route template, and the letters as they stand when somebody looks."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        named = ["method", "route"]
        self.requests = Counter("vendorhub_requests", "Requests answered", [*named, "status"], registry=self.registry)
        self.seconds = Histogram(
            "vendorhub_request_seconds", "How long answers took", named, registry=self.registry, buckets=_BUCKETS
        )
        self.registry.register(self)

    def describe(self) -> list[Any]:
        """Nothing: what is collected is only known with a database at hand."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The outbox as it stands now."""
        by_state = GaugeMetricFamily("vendorhub_letters", "Letters by state", labels=["state"])
        for state, count in sorted(letters.by_state().items()):
            by_state.add_metric([state], count)
        yield by_state
        overdue = letters.overdue(clock.now()).total_seconds()
        yield GaugeMetricFamily("vendorhub_letters_overdue_seconds", "How long the oldest has been due", overdue)


def speak_json() -> None:
    """Lets every log line of this process be one JSON object on stderr."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(serializer=json.dumps, ensure_ascii=False, default=repr),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(20),
        logger_factory=_Stderr,
        cache_logger_on_first_use=False,
    )


class _Stderr:
    """Writes lines to what is stderr at that moment."""

    def __init__(self, *_: object) -> None:
        """Takes no arguments of the logger's."""

    def msg(self, line: str) -> None:
        """Writes one line."""
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    debug = info = warning = error = critical = exception = msg


def _begin() -> None:
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=secrets.token_hex(8))
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.pop("began", time.perf_counter())
    method = request.method if request.method in _METHODS else "OTHER"
    meters: Meters = current_app.extensions[EXTENSION]
    meters.requests.labels(method, _route(), str(response.status_code)).inc()
    meters.seconds.labels(method, _route()).observe(seconds)
    log.info("request", method=method, route=_route(), status=response.status_code, ms=round(seconds * 1000, 1))
    response.headers["X-Request-Id"] = structlog.contextvars.get_contextvars().get("request", "")
    return response


def _route() -> str:
    """The route's template: never the path, for paths hold secrets, and there are too many of them to count."""
    return request.url_rule.rule if request.url_rule else "unmatched"


def _failed(trouble: tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]) -> None:
    """Logs an error with where it came from, but with no value: values are people's words, addresses and secrets."""
    error = trouble[1]
    steps = []
    at = trouble[2]
    while at is not None:
        code = at.tb_frame.f_code
        steps.append(f"{code.co_filename.rpartition('/vendorhub/')[2]}:{at.tb_lineno} {code.co_name}")
        at = at.tb_next
    log.error("request failed", route=_route(), trouble=type(error).__name__, where=steps[-12:])


def _from_here() -> bool:
    """Whether the request comes from this machine itself, not by a proxy on it."""
    return request.remote_addr in _LOOPBACK and not any(name in request.headers for name in _FORWARDED)


def _is_operator() -> bool:
    given = request.headers.get("Authorization", "")
    secret = given[len("Bearer ") :] if given.startswith("Bearer ") else ""
    found = people.by_token(secret, Door(DoorName.API), now=clock.now()) if secret else None
    return found is not None and found[0].side is Side.OPERATOR
