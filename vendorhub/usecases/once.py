"""Answers what came of a deed, also when the same Idempotency-Key brings it again."""

from collections.abc import Callable

from vendorhub.store.write import AlreadyDone


def once(deed: Callable[[], str | None]) -> str:
    """Does the deed, or says again what came of it the first time: the code or UID that the deed told, or "".

    Raises what the deed raises; Unfit for a key that was used for something else.
    """
    try:
        return deed() or ""
    except AlreadyDone as done:
        return done.result
