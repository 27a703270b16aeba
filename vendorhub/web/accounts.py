"""Answers how people prove who they are: sessions and passwords are Flask-Security's, the letters are ours."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask, Response, request
from flask_babel import lazy_gettext
from flask_security import MailUtil, Security

from vendorhub.usecases import passwords
from vendorhub.web.guards import limiter

_WRITING = frozenset({"security.forgot_password", "security.reset_password"})


class _Letters(MailUtil):
    """Flask-Security's letters, queued in our outbox; addresses as the rest of the house reads them."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **context: Any,
    ) -> None:
        """One letter, in the transaction of the view that sends it."""
        passwords.letter(to=str(recipient), subject=str(subject), text=body or "", html=html or "")

    def normalize(self, email: str) -> str:
        """The address that was meant. Raises ValueError."""
        return passwords.address(email)

    def validate(self, email: str) -> str:
        """The same: nobody is asked on the network whether it can be delivered."""
        return passwords.address(email)


# What the library says, in our words; it passes them through its own gettext.
_SAID = {
    "GENERIC_AUTHN_FAILED": ("This address and this password do not go together.", "error"),
    "PASSWORD_RESET_REQUEST": ("If %(email)s has a place here, a letter is on its way to it.", "info"),
    "PASSWORD_RESET_NO_LOGIN": ("Your password is kept. Sign in with it now.", "success"),
    "INVALID_RESET_PASSWORD_TOKEN": ("This link is not good any more; please ask for a new letter.", "error"),
    "PASSWORD_RESET_EXPIRED": ("This link is older than an hour; please ask for a new letter.", "error"),
    "PASSWORD_INVALID_LENGTH": ("Please take at least %(length)s characters.", "error"),
    "PASSWORD_NOT_PROVIDED": ("Please fill this in.", "error"),
    "RETYPE_PASSWORD_MISMATCH": ("The two are not the same.", "error"),
}


def init_app(app: Flask) -> None:
    """Puts Flask-Security on the app: password sign-in, choosing a password by letter, signing out; nothing else."""
    app.config.update(
        SECURITY_JOIN_USER_ROLES=False,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_DEPRECATED_PASSWORD_SCHEMES=[],
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],  # argon2 salts by itself
        SECURITY_PASSWORD_LENGTH_MIN=12,
        SECURITY_LOGIN_URL="/sign-in/password",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_POST_LOGOUT_VIEW="/sign-in",
        SECURITY_RESET_URL="/password",
        SECURITY_RECOVERABLE=True,
        SECURITY_RESET_PASSWORD_WITHIN=timedelta(hours=1),
        SECURITY_POST_RESET_VIEW="/sign-in/password",
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_LOGIN_USER_TEMPLATE="sign_in/password.html",
        SECURITY_FORGOT_PASSWORD_TEMPLATE="sign_in/forgot.html",  # noqa: S106
        SECURITY_RESET_PASSWORD_TEMPLATE="sign_in/choose.html",  # noqa: S106
        SECURITY_EMAIL_SUBJECT_PASSWORD_RESET=lazy_gettext("Choose a password for VendorHub"),
        SECURITY_EMAIL_SUBJECT_PASSWORD_NOTICE=lazy_gettext("Your password for VendorHub was changed"),
        SECURITY_STATIC_FOLDER_URL="/sign-in/static",
        SECURITY_API_ENABLED_METHODS=["session"],
        **{f"SECURITY_MSG_{name}": said for name, said in _SAID.items()},
    )
    security = Security(app, passwords.accounts(), mail_util_cls=_Letters, register_blueprint=True)
    security.principal.identity_loaders.clear()  # what somebody may do is asked of the rights, not of their role's name
    security.want_json(lambda _request: False)
    app.before_request(_begin)
    app.after_request(_settle)
    for endpoint, often in (
        ("security.login", "20 per 15 minutes"),
        ("security.forgot_password", "10 per 15 minutes"),
        ("security.reset_password", "20 per 15 minutes"),
    ):
        limit: Callable[[Any], Any] = limiter.limit(often, methods=["POST"])
        app.view_functions[endpoint] = limit(app.view_functions[endpoint])


def _begin() -> None:
    if request.method == "POST" and request.endpoint in _WRITING:
        passwords.begin()


def _settle(response: Response) -> Response:
    if request.method == "POST" and request.endpoint in _WRITING and response.status_code < 400:
        passwords.settle()
    return response
