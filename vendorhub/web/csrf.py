"""Answers whether a form came from a page of ours: Flask-WTF's check, with a token that reads differently each time.

Pages go out compressed, and the length of what is compressed tells whether two parts of it are alike (BREACH). So no
page holds the session's secret itself, but a random pad and the secret under it.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hmac import compare_digest
from typing import Any, Final

from flask import Flask, g, session
from flask_wtf.csrf import CSRFProtect, generate_csrf, validate_csrf

_FIELD: Final = "csrf_token"  # Flask-WTF's name for it, in forms and in the session


class Csrf(CSRFProtect):  # type: ignore[misc]
    """The check on every form."""

    def init_app(self, app: Flask) -> None:
        """Puts the check before every request, and the token into every template."""
        super().init_app(app)
        app.jinja_env.globals[_FIELD] = token
        app.context_processor(lambda: {_FIELD: token})

    def check(self, given: str | None) -> None:
        """Raises ValidationError for what is no token of this session."""
        validate_csrf(_signed(given))

    def _get_csrf_token(self) -> Any:
        return _signed(super()._get_csrf_token())


def token() -> str:
    """The token for this answer's forms."""
    if "masked" not in g:
        generate_csrf()  # makes the session's secret where there is none
        secret = bytes.fromhex(session[_FIELD])
        pad = secrets.token_bytes(len(secret))
        g.masked = urlsafe_b64encode(pad + _under(pad, secret)).decode()
    return str(g.masked)


def _signed(given: str | None) -> str | None:
    """The token as Flask-WTF knows it, for one of ours; whatever else is its to judge."""
    try:
        told = urlsafe_b64decode((given or "").encode())
    except ValueError:
        return given
    half = len(told) // 2
    secret = _under(told[:half], told[half:]).hex()
    return generate_csrf() if given and compare_digest(secret, session.get(_FIELD, "-")) else given


def _under(pad: bytes, text: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(pad, text, strict=False))
