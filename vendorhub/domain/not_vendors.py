"""Whose mail is no ask: a buyer's customers, its bank, its sister companies, by address or by domain."""

from vendorhub.domain import texts
from vendorhub.domain.newcomers import domains_of, is_free_mail
from vendorhub.domain.refusals import Unfit

ENTRIES_AT_MOST = 500


def entry(typed: str) -> str:
    """One line of the list as it is kept: an address, or a domain with all below it.

    Raises Unfit for anything else, and for a domain where anybody can have an address.
    """
    given = typed.strip().removeprefix("@")
    if "@" in given:
        return texts.email(given, what="entry")
    domain = texts.email(f"anybody@{given}", what="entry").partition("@")[2] if given else texts.email("", what="entry")
    if is_free_mail(domain):
        raise Unfit("entry", "Anybody can have an address at %(domain)s; please name one address there.", domain=domain)
    return domain


def entries_for(email: str) -> tuple[str, ...]:
    """The lines any of which says that this (canonical) address is no vendor's: itself, its domain, those above."""
    return (email, *domains_of(email))
