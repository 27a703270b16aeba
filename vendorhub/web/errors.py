"""Answers what a page says when it can't do what was asked: what happened, what was kept, what to do next."""

from math import ceil

from flask import Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable, TooManyRequests

from vendorhub import clock
from vendorhub.domain import materials
from vendorhub.domain.refusals import Refusal
from vendorhub.web import visitors
from vendorhub.web.words import say

_TITLES = {
    400: lazy_gettext("This page could not be understood"),
    403: lazy_gettext("This is not yours to do"),
    404: lazy_gettext("There is nothing here for you"),
    405: lazy_gettext("This page only shows things"),
    409: lazy_gettext("That can’t be done now"),
    413: lazy_gettext("That was too much at once"),
    422: lazy_gettext("Something needs another look"),
    429: lazy_gettext("That was too often for now"),
    500: lazy_gettext("Something went wrong on our side"),
    503: lazy_gettext("VendorHub is not open at the moment"),
}
_WHAT_NOW = {
    400: lazy_gettext("Nothing was changed. Go back, load the page anew and send it again."),
    403: lazy_gettext("Nothing was changed."),
    404: lazy_gettext(
        "Either the address is not complete, or what it names is not there for you. "
        "If it came in a letter, copy the whole line; if the link is old, sign in and look under what waits for you."
    ),
    405: lazy_gettext("Nothing was changed. Go back and use the buttons there."),
    409: lazy_gettext("Nothing was changed."),
    413: lazy_gettext(
        "Nothing was changed. A page takes up to half a million characters, and a file has its own measure beside it. "
        "Go back, shorten what you wrote (it is still there) or choose a smaller file, and send it again."
    ),
    422: lazy_gettext("Nothing was changed. Go back; what you wrote is still there."),
    429: lazy_gettext("Nothing was changed. Then go back, where what you wrote still is, and send it again."),
    500: lazy_gettext(
        "Nothing was half done: what you sent was either kept whole or not at all. Go back and look, then try again."
    ),
    503: lazy_gettext(
        "Nothing was half done, and what was agreed stands. Please try again in a few minutes; if it lasts, tell "
        "whoever runs this place. What you were writing is still in the page before this one: go back to it."
    ),
}

_SECRETS = frozenset({"secret", "token"})  # the parts of an address that open something


class Unserved(ServiceUnavailable):
    """The store is not in a state to be served; the description is for the operator."""


def init_app(app: Flask) -> None:
    """Puts the error pages on the app."""
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(Refusal, _refused)
    for status in _TITLES:
        app.register_error_handler(status, _failed)


def page(status: int, *, why: str = "", headers: dict[str, str] | None = None) -> ResponseReturnValue:
    """The error page of a status, with a sentence about this very case where there is one."""
    known = status if status in _TITLES else 500
    template = "errors/bare.html" if status >= 500 else "errors/error.html"
    # Nothing of the address stands on it: what isn't yours looks like what isn't there, byte for byte (law 10).
    # Only where nothing was even looked for there is a way to try the same again, and never to a secret (L05).
    secret = not _SECRETS.isdisjoint(request.view_args or {})
    again = request.full_path.rstrip("?") if status >= 500 and request.method == "GET" and not secret else ""
    body = render_template(template, title=_TITLES[known], why=why, what_now=_WHAT_NOW[known], again=again, here="")
    answer = make_response(body, status)
    answer.headers.update(headers or {})
    return answer


def _refused(refusal: Exception) -> ResponseReturnValue:
    if not isinstance(refusal, Refusal):
        raise refusal
    return page(refusal.status, why="" if refusal.status == 404 else say(refusal))


def _forged(error: Exception) -> ResponseReturnValue:
    why = _("This form was opened before you signed in or out, or in another browser.")
    return page(400, why=why)


def _failed(error: Exception) -> ResponseReturnValue:
    if not isinstance(error, HTTPException):
        raise error
    if (error.code or 500) >= 500:
        visitors.forget()  # where the store or the code has failed, nothing is asked of either, nor who is looking
    if isinstance(error, InternalServerError) and isinstance(error.original_exception, OperationalError):
        error = Unserved(_("The database doesn’t answer."))
    if request.path.startswith("/api/"):
        return error
    if isinstance(error, Unserved):
        return page(503, why=str(error.description))
    if isinstance(error, InternalServerError):
        return page(500)
    if error.code == 413 and request.endpoint == "materials.attach":
        return page(413, why=say(materials.too_large()))
    again = {name: value for name, value in error.get_headers() if name in ("Retry-After", "Allow")}
    return page(error.code or 500, why=_wait() if isinstance(error, TooManyRequests) else "", headers=again)


def _wait() -> str:
    """When a limit that was met lets somebody go on."""
    limits = [limiter.current_limit for limiter in current_app.extensions.get("limiter", ())]
    seconds = max((limit.reset_at - clock.now().timestamp() for limit in limits if limit), default=0.0)
    minutes = max(1, ceil(int(seconds) / 60))
    return str(ngettext("You can go on in a minute.", "You can go on in %(num)d minutes.", minutes))
