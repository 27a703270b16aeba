"""Answers what every request passes before a page, and what every answer carries: policy, CSRF, limits, headers."""

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from vendorhub.domain.adoptions import OCTETS_AT_MOST
from vendorhub.domain.imports import OCTETS_AT_MOST as TABLE_AT_MOST
from vendorhub.domain.materials import AT_MOST
from vendorhub.domain.papers import PDF_AT_MOST
from vendorhub.policy import Policy, policy_of
from vendorhub.queries import readiness
from vendorhub.web import files, visitors
from vendorhub.web.csrf import Csrf
from vendorhub.web.errors import Unserved

csrf = Csrf()
limiter = Limiter(get_remote_address, headers_enabled=True)

# Bootstrap draws its small icons as data: pictures; nothing else comes from anywhere but here.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_ALWAYS_SERVED = files.ENDPOINTS | {"healthz", "readyz", "metrics"}
_BESIDE = 100_000  # octets of a form besides its file
# Which forms bring a file, and how many octets they have at most.
_ROOMY = {
    "adoptions.bring": OCTETS_AT_MOST + _BESIDE,
    "imports.bring": TABLE_AT_MOST + _BESIDE,
    "papers.hand_in": PDF_AT_MOST + _BESIDE,
    "materials.attach": AT_MOST + _BESIDE,
    "api.materials_bring": AT_MOST + _BESIDE,
}
_CLOSED = frozenset({"security.verify", "security.static"})


def init_app(app: Flask) -> None:
    """Puts the guards on the app, in the order in which they ask."""
    secure = app.config["SECURE"]
    app.config.update(
        # __Host- ties a cookie to this very host and to https (RFC 6265bis); plain http on loopback can't have it.
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,  # once a day, in visitors.py
        REMEMBER_COOKIE_NAME="__Host-remember" if secure else "remember",
        REMEMBER_COOKIE_SECURE=secure,
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form that lay open is not lost
        WTF_CSRF_SSL_STRICT=False,  # it would ask for the Referer that our pages don't send
        RATELIMIT_STORAGE_URI=app.config["REDIS_URL"] or "memory://",
        RATELIMIT_ENABLED=app.config["MODE"] != "test" or app.config.get("RATELIMIT_ENABLED", False),
    )
    app.before_request(_store_is_sound)
    app.before_request(_policy)
    app.before_request(_room_for_files)
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_headers)


def _store_is_sound() -> None:
    """A store that fails its check is not served (DESIGN.md, law 1: the database itself refuses)."""
    if request.endpoint not in _ALWAYS_SERVED and (why := readiness.why_not_served()):
        raise Unserved(why)


def _policy() -> ResponseReturnValue | None:
    if request.endpoint in _CLOSED:
        abort(404)
    view = current_app.view_functions.get(request.endpoint or "")
    if policy_of(view) is not Policy.SIGNED_IN or visitors.signed_in():
        return None
    asked_for = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else None
    return redirect(url_for("sign_in.ask", next=None if asked_for == "/" else asked_for), 303)


def _room_for_files() -> None:
    if request.endpoint in _ROOMY:
        request.max_content_length = _ROOMY[request.endpoint]


def _headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint not in files.ENDPOINTS and response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
