"""The demo world, made through the use-cases, and the pages that help to try things out."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Puts the development pages on the app."""
    from vendorhub.demo import pages, parts  # noqa: F401 - parts puts its page beside the others

    pages.init_app(app)
