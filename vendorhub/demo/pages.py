"""Answers where everybody's mail can be read while trying things out: on this machine, in demo and development."""

from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vendorhub import clock
from vendorhub.demo import cast, mail, monday, world
from vendorhub.demo.samples import SAMPLES, Sample, sample
from vendorhub.domain.mails import ASK_BOX
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.wall_times import in_zone
from vendorhub.itip.asks import incoming
from vendorhub.outbox.office import office
from vendorhub.policy import Policy, policy
from vendorhub.usecases import mails

pages = Blueprint("dev", __name__, url_prefix="/dev")

# The letter's own HTML runs nothing, loads nothing and is framed by our page only; a link in it leaves the frame.
_LETTERS_OWN: Final = (
    "sandbox allow-top-navigation-by-user-activation; "
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)
# A sample's links lead nowhere, so they are dead.
_SAMPLES_OWN: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_OWN_SERVER: Final = "mx.vendorhub.example"  # nobody sends real mail to the demo, so it proves its own senders
_DARK: Final = "@media (prefers-color-scheme: dark)"
_THEMES: Final = {"light": "@media not all", "dark": "@media all"}


def init_app(app: Flask) -> None:
    """Puts the mailbox on the app. Raises RuntimeError outside demo and development."""
    if app.config["MODE"] not in ("demo", "development"):
        raise RuntimeError("nobody's mail is shown to everybody but in demo and development")
    app.register_blueprint(pages)


@pages.before_request
def _on_loopback() -> None:
    """404 to whoever comes from elsewhere, or by a name that only leads here (DNS rebinding)."""
    names = {urlsplit(current_app.config["BASE_URL"]).hostname, "localhost", "127.0.0.1", "::1"}
    try:
        near = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        near = False
    if not near or urlsplit(f"//{request.host}").hostname not in names:
        abort(404)


@pages.get("/mailbox")
@policy(Policy.DEVELOPMENT)
def mailbox() -> str:
    """The letters that were delivered, the last first."""
    to = request.args.get("to", "")
    box = mail.box(_folder(), to=to)
    reader = {address: name for name, address in box.readers}.get(to, to)
    return render_template(
        "dev/mailbox.html",
        to=to,
        reader=reader,
        box=box,
        at_most=mail.SHOWN_AT_MOST,
        cio=cast.CIO.name if world.standing() is world.Standing.WHOLE else None,
    )


@pages.post("/monday")
@policy(Policy.DEVELOPMENT)
def hand_in_monday() -> ResponseReturnValue:
    """Fourteen asks that came elsewhere arrive as the CIO forwarded them this morning; twice is once."""
    morning = in_zone(clock.now(), cast.HAVELMARK.zone).replace(hour=8, minute=0, second=0, microsecond=0)
    for raw in monday.post(morning, to=f"{ASK_BOX}@{office().domain}", authserv_id=_OWN_SERVER):
        if (arrived := incoming(raw, authserv_id=_OWN_SERVER)) is not None:
            mails.take(raw, arrived, mailbox=ASK_BOX)
    flash(_("Fourteen mails are handed in; each is a card at %(name)s’s now.", name=cast.CIO.name), "success")
    return redirect(url_for("dev.mailbox"), 303)


@pages.get("/mailbox/<name>")
@policy(Policy.DEVELOPMENT)
def letter(name: str) -> str:
    """One letter: both texts, what a calendar would do with it, its headers."""
    return render_template("dev/letter.html", letter=mail.opened(name, _delivered(name)))


@pages.get("/mailbox/<name>/html")
@policy(Policy.DEVELOPMENT)
def letter_html(name: str) -> Response:
    """The letter's own HTML, for the frame in its page."""
    return _framed(mail.opened(name, _delivered(name)).html, _LETTERS_OWN)


@pages.get("/mailbox/<name>.eml")
@policy(Policy.DEVELOPMENT)
def raw_letter(name: str) -> Response:
    """The letter's bytes as they were delivered."""
    return _file(name, _delivered(name))


@pages.get("/letters")
@policy(Policy.DEVELOPMENT)
def samples() -> str:
    """Every kind of letter, as a sample."""
    found = [(each, mail.opened(each.name, each.message()).head) for each in SAMPLES.values()]
    return render_template("dev/samples.html", samples=found)


@pages.get("/letters/<name>")
@policy(Policy.DEVELOPMENT)
def sample_letter(name: str) -> str:
    """One sample: its HTML in light and dark, its plain text, what a calendar would do with it."""
    each = _sample(name)
    return render_template("dev/sample.html", sample=each, letter=mail.opened(name, each.message()))


@pages.get("/letters/<name>/html")
@policy(Policy.DEVELOPMENT)
def sample_html(name: str) -> Response:
    """A sample's own HTML, as whoever reads in `theme` sees it; else by the reader's preference."""
    html = mail.opened(name, _sample(name).message()).html
    theme = request.args.get("theme", "")
    if theme in _THEMES:
        html = html.replace(_DARK, _THEMES[theme]).replace("light dark", theme)
    return _framed(html, _SAMPLES_OWN)


@pages.get("/letters/<name>.eml")
@policy(Policy.DEVELOPMENT)
def raw_sample(name: str) -> Response:
    """A sample's bytes."""
    return _file(name, _sample(name).message())


def _sample(name: str) -> Sample:
    try:
        return sample(name)
    except NotThere:
        abort(404)


def _delivered(name: str) -> bytes:
    try:
        return mail.raw(_folder(), name)
    except NotThere:
        abort(404)


def _framed(html: str, security: str) -> Response:
    answer = Response(html.replace("<head>", '<head><base target="_top">', 1), mimetype="text/html")
    answer.headers["Content-Security-Policy"] = security
    return answer


def _file(name: str, octets: bytes) -> Response:
    answer = Response(octets, mimetype="message/rfc822")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.eml"'
    return answer


def _folder() -> Path:
    return Path(current_app.instance_path) / "mail"
