"""Answers who calls: the bearer token's person, how often they may, and what their headers ask of the deed."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

import structlog
from flask import current_app, request
from flask_babel import gettext as _
from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from vendorhub import clock
from vendorhub.api.bodies import unfit
from vendorhub.api.problems import Trouble
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.queries import people

log = structlog.get_logger("vendorhub.api")

EXTENSION: Final = "vendorhub.api.rate"
CALLS_A_MINUTE: Final = 6000
NEVER_SEEN: Final = "-"  # an If-Match of no version of ours

_BEARER: Final = re.compile(r"Bearer +([A-Za-z0-9._~+/-]{1,200}=*)", re.IGNORECASE)  # RFC 6750, 2.1
_STRONG_TAG: Final = re.compile(r'(?<!W/)"([!#-~]+)"')  # RFC 9110, 8.8.3; a weak one never matches
_KEY: Final = re.compile(r"[!-~]{1,255}")


class Rate:
    """How often one person may call, counted over all processes where a Redis is shared."""

    def __init__(self, storage: str, *, a_minute: int = CALLS_A_MINUTE) -> None:
        self._limit = RateLimitItemPerMinute(a_minute)
        self._counted = MovingWindowRateLimiter(storage_from_string(storage, wrap_exceptions=True))

    def count(self, person: int) -> None:
        """Counts one call. Raises Trouble 429 with Retry-After, in whole seconds, when it was one too many.

        Where nobody can count, everybody may call: a limit that fails must not be an outage.
        """
        try:
            if self._counted.hit(self._limit, "api", str(person)):
                return
            opens = self._counted.get_window_stats(self._limit, "api", str(person)).reset_time
        except StorageError:
            log.warning("calls are not counted")
            return
        wait = max(1, round(opens - clock.now().timestamp()))
        detail = _("Too many calls; the Retry-After header says when to go on.")
        raise Trouble(429, detail, headers={"Retry-After": str(wait)})


@dataclass(frozen=True)
class Caller:
    """Whose token it is, and whether it may change anything."""

    actor: Actor
    may_write: bool


def caller() -> Caller:
    """Who calls, by the bearer token alone: a cookie proves nothing here (A05).

    Raises Trouble 401 without a good token, 429 for too many calls.
    """
    given = request.headers.get("Authorization", "")
    bearer = _BEARER.fullmatch(given)
    found = people.by_token(bearer[1], Door(DoorName.API), now=clock.now()) if bearer else None
    if found is None:
        told = ', error="invalid_token"' if given else ""
        headers = {"WWW-Authenticate": f'Bearer realm="VendorHub"{told}'}
        raise Trouble(401, _("Please send a token that is good: Authorization: Bearer TOKEN."), headers=headers)
    actor, scope = found
    structlog.contextvars.bind_contextvars(person=actor.person)
    rate: Rate | None = current_app.extensions[EXTENSION]
    if rate is not None:
        rate.count(actor.person)
    return Caller(actor, may_write=scope == "write")


def to_write(who: Caller) -> Actor:
    """The caller as somebody who changes something. Raises Trouble 403 for a token that may only read."""
    if not who.may_write:
        raise Trouble(403, _("This token may only read; please make one of scope write."))
    return who.actor


def door_of(sent: bytes) -> Door:
    """The door with what the headers ask: Idempotency-Key, with the digest of all that came with it, and If-Match.

    Raises Trouble 422 for a key that is none.
    """
    key = request.headers.get("Idempotency-Key", "")
    if key and not _KEY.fullmatch(key):
        raise unfit({"Idempotency-Key": [_("A key has 1 to 255 visible ASCII characters.")]})
    told = b"\n".join((request.method.encode(), request.path.encode(errors="replace"), sent))
    return Door(DoorName.API, key=key, fingerprint=hashlib.sha256(told).hexdigest(), if_match=seen_by_sender())


def seen_by_sender() -> str:
    """The versions the sender has seen, with blanks between them (RFC 9110, 13.1.1); "" where they don't say."""
    given = request.headers.get("If-Match", "").strip()
    if given in ("", "*"):
        return given
    return " ".join(_STRONG_TAG.findall(given)) or NEVER_SEEN
