"""In whose name a VAR asks: how the vendor is named, which address can give its name, and until when."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from vendorhub.domain import texts
from vendorhub.domain.newcomers import COMPANY_AT_MOST, domains_of, is_free_mail
from vendorhub.domain.people import Side
from vendorhub.domain.refusals import Unfit

WAITS_FOR: Final = timedelta(days=7)  # then it is closed, and the VAR hears so
LETTERS_A_DAY: Final = 3  # to one address, whoever names it

_BEFORE_A_DOMAIN: Final = re.compile(r"^(https?://)?(www\.|[^\s@/]*@)?", re.IGNORECASE)


@dataclass(frozen=True)
class VendorNamed:
    """The vendor for whom a VAR asks, as it was said: by its slug, or by a name, with a domain where it is new here."""

    slug: str = ""
    name: str = ""
    domain: str = ""


def check_named(named: VendorNamed) -> VendorNamed:
    """The same, cleaned: a name in one line, a domain of the company's own. Raises Unfit, naming the field."""
    if named.slug:
        return named
    return VendorNamed(
        name=texts.line(named.name, at_most=COMPANY_AT_MOST, what="vendor"),
        domain=check_domain(named.domain) if named.domain.strip() else "",
    )


def check_domain(typed: str) -> str:
    """A mail domain as it is kept, of whatever somebody pastes: an address, a web page. Raises Unfit."""
    bare = _BEFORE_A_DOMAIN.sub("", typed.strip()).split("/")[0]
    try:
        domain = texts.email(f"somebody@{bare}").partition("@")[2]
    except texts.TextRefused:
        raise Unfit("vendor_domain", "Please write it like this: example.com.") from None
    if is_free_mail(domain):
        raise Unfit("vendor_domain", "Anybody gets an address there; please give the company’s own domain.")
    return domain


def check_company(kind: str, *, own: bool) -> None:
    """Whether a VAR may ask in the name of a company of this kind. Raises Unfit with what to do instead."""
    if own:
        raise Unfit("vendor", "That is your own company; leave this empty to ask for yourselves.")
    if kind == Side.BUYER:
        raise Unfit("vendor", "That company is asked here; it can’t be the one you ask for.")
    if kind == Side.VAR:
        raise Unfit("vendor", "That company asks for vendors itself; please name the vendor.")


def is_of(email: str, domain: str) -> bool:
    """Whether an address is of this domain, or of one below it."""
    return domain in domains_of(email)
