"""Whom a "don't ask again" shuts out: a person, their company, or a VAR, the vendor it asks for, or both."""

from enum import StrEnum

from vendorhub.domain.refusals import Unfit


class Scope(StrEnum):
    """Who is not to ask again."""

    PERSON = "person"  # who asked, alone
    COMPANY = "company"  # everybody of the company; of a VAR's ask for a vendor, everybody of both
    VAR = "var"  # of such an ask: everybody of the VAR
    VENDOR = "vendor"  # of such an ask: everybody of the vendor


def whom(scope: str, *, company: int, vendor: int | None, person: int | None) -> tuple[tuple[int, int | None], ...]:
    """Each company that is shut out, and the person where it is they alone. Raises Unfit for nobody of this ask."""
    if scope == Scope.PERSON and person is not None:
        return ((company, person),)
    if scope == Scope.COMPANY:
        return ((company, None),) if vendor is None else ((company, None), (vendor, None))
    if scope == Scope.VAR and vendor is not None:
        return ((company, None),)
    if scope == Scope.VENDOR and vendor is not None:
        return ((vendor, None),)
    raise Unfit("scope", "Please choose this person or this company.")
