"""Answers how pages are drawn: the language, what every template knows, and how times are said."""

from functools import lru_cache
from typing import Any

from babel import Locale
from flask import Flask, request, url_for
from flask_babel import Babel, get_locale, get_translations
from flask_bootstrap import Bootstrap5
from markupsafe import Markup

from vendorhub import clock, wording
from vendorhub.domain import wall_times
from vendorhub.domain.deeds import Deed
from vendorhub.domain.mails import ask_address
from vendorhub.domain.sortings import Suggestion
from vendorhub.web import themes, visitors, words
from vendorhub.web.times import all_errors


def init_app(app: Flask) -> None:
    """Puts Bootstrap's files, Flask-Babel and our filters on the app."""
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = False  # a line's end is the blank between two words
    Bootstrap5(app)
    Babel(app, default_translation_directories="translations", locale_selector=_language)
    app.jinja_env.install_gettext_callables(_said, _counted, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = _sentence
    app.jinja_env.add_extension(wording.Flush)  # a quarter of a page would be indentation
    app.jinja_env.filters.update(wording.FILTERS)
    app.jinja_env.filters.update(words.FILTERS)
    app.jinja_env.globals.update(
        Deed=Deed, Suggestion=Suggestion, stylesheet=_stylesheet, script=_script, all_errors=all_errors
    )
    domain = app.config["MAIL_DOMAIN"]
    app.jinja_env.globals["ask_address"] = lambda slug="": ask_address(domain, slug)
    app.jinja_env.globals.update(each_choices=words.each_choices)
    app.context_processor(_for_every_page)


def _said(message: str) -> str:
    return str(_catalogue(get_locale()).ugettext(message))


def _sentence(message: str, **values: Any) -> Markup:
    """What `_` says in a template. Jinja's own function says the same by a longer way, and a page has hundreds."""
    return _marked(get_locale(), message) % values if values else _whole(get_locale(), message)


# As many as the templates have; what people typed is filled in afterwards, and escaped.
@lru_cache(maxsize=8192)
def _marked(locale: Locale | None, message: str) -> Markup:
    return Markup(_catalogue(locale).ugettext(message))  # noqa: S704 - the sentences of our own templates


@lru_cache(maxsize=8192)
def _whole(locale: Locale | None, message: str) -> Markup:
    return _marked(locale, message) % {}  # so that a doubled percent sign is one, as elsewhere


def _counted(one: str, many: str, number: int) -> str:
    return str(_catalogue(get_locale()).ungettext(one, many, number))


# A page has hundreds of sentences, and Flask-Babel finds its way to the catalogue anew for each.
@lru_cache
def _catalogue(_locale: Locale | None) -> Any:
    return get_translations()


def _language() -> Locale:
    who = visitors.me()
    return _locale(who.language if who else "en")


# The same object each time, so that finding its catalogue compares nothing.
@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


def _for_every_page() -> dict[str, Any]:
    who = visitors.me()
    zone = who.zone if who else "UTC"
    return {
        "me": who,
        "theme": themes.chosen(),
        "here": request.full_path.rstrip("?") if request.method == "GET" else "",
        "zone": zone,
        "now": clock.now(),
        "zone_names": wall_times.zone_name,
        "hows": list(words.HOWS.items()),
        "kinds": list(words.KINDS.items()),
    }


def _stylesheet() -> str:
    return url_for("static", filename="vendorhub.css")


def _script(name: str) -> str:
    return url_for("static", filename=f"{name}.js")
