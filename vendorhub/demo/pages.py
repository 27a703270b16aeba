"""Answers where everybody's mail can be read while trying things out: on this machine, in demo and development."""

from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, abort, current_app, render_template, request

from vendorhub.demo import mail
from vendorhub.domain.refusals import NotThere
from vendorhub.policy import Policy, policy

pages = Blueprint("dev", __name__, url_prefix="/dev")

# The letter's own HTML runs nothing, loads nothing and is framed by our page only; a link in it leaves the frame.
_LETTERS_OWN = (
    "sandbox allow-top-navigation-by-user-activation; "
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


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
    return render_template(
        "dev/mailbox.html",
        to=to,
        letters=mail.delivered(_folder(), to=to),
        recipients=mail.recipients(_folder()),
        at_most=mail.SHOWN_AT_MOST,
    )


@pages.get("/mailbox/<name>")
@policy(Policy.DEVELOPMENT)
def letter(name: str) -> str:
    """One letter: both texts, what its calendar part says, its headers."""
    try:
        return render_template("dev/letter.html", letter=mail.opened(_folder(), name))
    except NotThere:
        abort(404)


@pages.get("/mailbox/<name>/html")
@policy(Policy.DEVELOPMENT)
def letter_html(name: str) -> Response:
    """The letter's own HTML, for the frame in its page."""
    try:
        found = mail.opened(_folder(), name)
    except NotThere:
        abort(404)
    answer = Response(found.html.replace("<head>", '<head><base target="_top">', 1), mimetype="text/html")
    answer.headers["Content-Security-Policy"] = _LETTERS_OWN
    return answer


@pages.get("/mailbox/<name>.eml")
@policy(Policy.DEVELOPMENT)
def raw_letter(name: str) -> Response:
    """The letter's bytes as they were delivered."""
    try:
        octets = mail.raw(_folder(), name)
    except NotThere:
        abort(404)
    answer = Response(octets, mimetype="message/rfc822")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.eml"'
    return answer


def _folder() -> Path:
    return Path(current_app.instance_path) / "mail"
