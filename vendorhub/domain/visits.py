"""People who are invited and have no account: how long their letter's link opens its page, and who may come instead."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from vendorhub.domain import texts
from vendorhub.domain.confirmations import is_of
from vendorhub.domain.newcomers import own_domain
from vendorhub.domain.refusals import Unfit

OPENS_FOR: Final = timedelta(days=90)  # after the end: what was promised is read on the page until then
NAME_AT_MOST: Final = 120


def opens(*, end: datetime, now: datetime) -> bool:
    """Whether the link to a meeting that ends then still opens its page."""
    return now < end + OPENS_FOR


def of_the_same_company(address: str, other: str, domains: Collection[str]) -> bool:
    """Whether an address is of the same company as another: of one of its known `domains`, or of the other's own.

    Where anybody can have an address nobody's company is known by it.
    """
    return any(is_of(address, domain) for domain in {*domains, own_domain(other)} - {""})


def check_stand_in(
    name: str, email: str, *, instead_of: str, company: str, domains: Collection[str], listed: Collection[str]
) -> tuple[str, str]:
    """Name and address, cleaned, of who comes instead of whoever has the address `instead_of`.

    One person for another of the same company is no more than the buyer said yes to; anybody else is (law 2).
    `listed` are the addresses that were on the list at any time. Raises Unfit.
    """
    called = texts.line(name, at_most=NAME_AT_MOST, what="name")
    address = texts.email(email)
    if not of_the_same_company(address, instead_of, domains):
        raise Unfit(
            "email",
            "This address is not one of %(company)s, and nobody was asked. Anybody else may need a new yes of the "
            "buyer; please write to whoever invited you.",
            company=company,
        )
    if address in listed:
        raise Unfit("email", "They are on the list, or were before; please name somebody else.")
    return called, address
