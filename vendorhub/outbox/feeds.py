"""Answers how due days are said in somebody's own calendar, in their language."""

from collections.abc import Iterable
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from vendorhub.domain.rhythms import Cell
from vendorhub.itip import feeds
from vendorhub.outbox.office import office
from vendorhub.wording import day

Due = tuple[str, str, Cell]  # the relationship's code, the company's name, and the quarter


def due_days(dues: Iterable[Due], *, language: str, today: date) -> bytes:
    """The feed of these; a quarter keeps its UID whichever day it is due on."""
    at = office()
    with force_locale(language):
        days = [
            feeds.Day(
                uid=f"due-{code}-{cell.quarter}@{at.domain}".lower(),
                on=cell.day,
                summary=_("Due: %(company)s", company=name),
                description=_("You want to meet by %(day)s. Nobody is asked or invited by this.", day=day(cell.day)),
                url=at.links.relationship(code),
            )
            for code, name, cell in dues
            if cell.day
        ]
        return feeds.feed(_("Due to meet"), days, today=today)
