"""Answers whether somebody reads light or dark: as their device prefers, unless they have chosen."""

from typing import Final

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from vendorhub.policy import Policy, policy
from vendorhub.web.guards import csrf
from vendorhub.web.paths import own_path

pages = Blueprint("themes", __name__)

_THEMES: Final = ("light", "dark")
_COOKIE: Final = "theme"
_A_YEAR: Final = 365 * 24 * 60 * 60


@pages.post("/theme")
@policy(Policy.PUBLIC)
@csrf.exempt  # type: ignore[untyped-decorator]
def choose() -> ResponseReturnValue:
    """Keeps the choice in this browser, also for those who aren't signed in: it is nobody's secret and guards
    nothing, so pages without a session (a letter's link) need none for it."""
    response = redirect(own_path(request.form.get("next", "")) or url_for("home.show"), 303)
    wanted = request.form.get("theme", "")
    if wanted in _THEMES:
        secure = request.is_secure
        response.set_cookie(_COOKIE, wanted, max_age=_A_YEAR, secure=secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(_COOKIE)
    return response


def chosen() -> str:
    """The theme that was chosen in this browser; "" is the device's."""
    wanted = request.cookies.get(_COOKIE, "")
    return wanted if wanted in _THEMES else ""
