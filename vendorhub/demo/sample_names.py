"""Answers what the letters about a vendor's name look like: a VAR would ask in it."""

from collections.abc import Callable, Iterator
from typing import Any

from flask_babel import lazy_gettext as _

from vendorhub.demo import cast, vendors
from vendorhub.demo.cast import Member
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient
from vendorhub.outbox.signatures import OURS, Signature

Write = Callable[[LetterKind], bytes]


def letters(plain: Callable[..., bytes], **ask: Any) -> Iterator[tuple[str, LetterKind, Any, Write]]:
    """Each letter's name, its kind, who gets it and when, and what writes it: `plain`, as the gallery's others are."""
    kind = LetterKind
    vendor, var = _to(vendors.MAYA), _to(cast.VAR)
    by_vendor, by_var = (Signature(company, who.name) for company, who in (_KEELSAFE, _LINDHOLT))

    def in_a_name(to: Recipient, signed: Signature, link: str = "", **facts: Any) -> Write:
        return lambda it: plain(
            it,
            to,
            signed,
            asker=var,
            vendor=vendors.KEELSAFE.name,
            link=office().links.confirmation(link) if link else office().links.meeting_request("K7Q2M4X"),
            **facts,
        )

    asked = in_a_name(vendor, by_var, "the-secret-of-this-letter", var=cast.LINDHOLT.name, **ask)
    yield "name_asked", kind.NAME_ASKED, _("To the vendor’s people: a VAR would ask in their name"), asked
    yield "name_given", kind.NAME_GIVEN, _("To the VAR: the vendor confirmed it"), in_a_name(var, by_vendor)
    told = _("To the VAR: the vendor refused it, or took its name back")
    yield "name_refused", kind.NAME_REFUSED, told, in_a_name(var, by_vendor, before=True)
    yield "name_refused-later", kind.NAME_REFUSED, told, in_a_name(var, by_vendor, before=False)
    told = _("To the VAR: nobody of the vendor’s has confirmed it in time")
    yield "name_lapsed", kind.NAME_LAPSED, told, in_a_name(var, OURS)


_KEELSAFE = vendors.KEELSAFE.name, vendors.MAYA
_LINDHOLT = cast.LINDHOLT.name, cast.VAR


def _to(member: Member) -> Recipient:
    return Recipient(None, member.email, member.name, member.company.zone if member.company else "UTC")
