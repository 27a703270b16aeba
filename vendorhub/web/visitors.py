"""Answers who is looking at the page."""

from flask import g, session
from flask_login import AnonymousUserMixin, current_user, logout_user

from vendorhub import clock
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.queries import people
from vendorhub.queries.people import MeView

_ANONYMOUS = (None, None)
_LONGEST_KEY = 64
_LAST_DAY = "last_day"


def actor(*, if_match: str = "", once: str = "") -> Actor:
    """The signed-in person at the page's door, with what a form sends along: the version of the page they saw, and
    the key by which the same form pressed twice is known.

    For pages that declare a session only: guards turn everybody else away before.
    """
    found, _ = _visitor()
    if found is None:
        raise LookupError("this page has let in somebody who isn't signed in")
    key = once if once.isascii() and once.isprintable() and len(once) <= _LONGEST_KEY else ""
    return found.by(Door(DoorName.PAGE, key=key, if_match=if_match))


def me() -> MeView | None:
    """The signed-in person as they see themselves; None for everybody else."""
    return _visitor()[1]


def signed_in() -> bool:
    """Whether there is a signed-in person with a place here; who has lost it is signed out."""
    return _visitor()[0] is not None


def forget() -> None:
    """Takes the visitor for nobody for the rest of this request: what has failed is not asked again."""
    g.visitor = _ANONYMOUS
    g._login_user = AnonymousUserMixin()  # Flask-Login puts its user into every template, and would look for one


def reads_in(default: str = "UTC") -> str:
    """The zone in which this visitor reads times."""
    who = me()
    return who.zone if who else default


def _visitor() -> tuple[Actor, MeView] | tuple[None, None]:
    found: tuple[Actor, MeView] | tuple[None, None] | None = g.get("visitor")
    if found is None:
        found = g.visitor = _load()
    return found


def _load() -> tuple[Actor, MeView] | tuple[None, None]:
    if "_user_id" not in session or not current_user.is_authenticated:
        return _ANONYMOUS
    found = people.visitor(current_user.id, Door(DoorName.PAGE))
    if found is None:
        logout_user()
        return _ANONYMOUS
    # A session ends a month after the last day on which it was used; sealing it with every answer is slow.
    if session.get(_LAST_DAY) != (today := clock.now().toordinal()):
        session[_LAST_DAY] = today
    return found
