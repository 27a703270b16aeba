"""Answers what time it is; nothing else in VendorHub asks the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_set_to: ContextVar[datetime | None] = ContextVar("set_to", default=None)
_ahead = timedelta()


def now() -> datetime:
    """The present instant, aware, in UTC; inside `at` the instant given there."""
    return _set_to.get() or datetime.now(UTC) + _ahead


def go_ahead(by: timedelta) -> None:
    """Lets this process's clock go ahead of the machine's from now on: for trying out what a later day brings."""
    global _ahead  # noqa: PLW0603 - a process has one clock
    _ahead = by


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Lets the block see the clock standing at `instant`, in its own thread or task only.

    For the demo, `sweep --now` and tests. Raises ValueError for a naive datetime, which is no instant.
    """
    if instant.utcoffset() is None:
        raise ValueError("the clock is set by an instant: a date and time with its offset")
    before = _set_to.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(before)
