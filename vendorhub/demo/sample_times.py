"""Answers what the letters about a time for all look like: asked, answered, chosen, lost, and what comes after."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _

from vendorhub.demo import cast, vendors
from vendorhub.demo.sample_meetings import meeting
from vendorhub.demo.sample_world import ASK, BY_CIO, BY_NOBODY, CIO, START, UID, recipient_of, row, signed_by, span
from vendorhub.domain.agenda_versions import Change
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient
from vendorhub.outbox.signatures import Signature

Write = Callable[[LetterKind], bytes]
_SAID = ("All who were asked.", "All who were asked; Papermill if need be.", "All who were asked but Keelsafe.")


def letters(plain: Callable[..., bytes]) -> Iterator[tuple[str, LetterKind, Any, Write]]:
    """Each letter's name, its kind, who gets it and when, and what writes it: `plain`, as the gallery's others are."""
    kind = LetterKind
    vendor, var = recipient_of(vendors.MAYA), recipient_of(cast.VAR)
    slots = [span(START + timedelta(days=days, hours=hours), 90) for days, hours in ((0, 0), (1, -3), (2, 1))]

    def about(to: Recipient, signed: Signature, **facts: Any) -> Write:
        given = {"asker": var, "company": row(name=cast.LINDHOLT.name)}
        return lambda it: plain(it, to, signed, **{**given, **_links(it), **facts})

    told = _("To each vendor’s people and to the VAR: which of these times suit you?")
    yield "times_for_all", kind.TIMES_FOR_ALL, told, about(vendor, BY_CIO, slots=slots, again=False)
    told = _("The same once more, to those who have not answered")
    yield "times_for_all-again", kind.TIMES_FOR_ALL, told, about(vendor, BY_NOBODY, slots=slots, again=True)
    best = list(zip(slots, _SAID, strict=True))
    told = _("To the buyer’s side: all who were asked have said when")
    yield "times_answered", kind.TIMES_ANSWERED, told, about(CIO, BY_NOBODY, best=best)
    told = _("To who organises it: a time is chosen, and for whom it waits")
    yield "time_chosen", kind.TIME_CHOSEN, told, about(var, BY_CIO, slots=slots[:1], missing=["Papermill"])
    told = _("To the buyer’s side and who organises it: the time does not hold")
    yield "time_lost", kind.TIME_LOST, told, about(CIO, signed_by(vendors.MAYA), slots=slots[:1])
    told = _("To everybody else: a vendor will not be there after all")
    gap = Change("“%(title)s” is no longer there.", {"title": "What paper costs"})
    gone = {"vendor": "Papermill", "others": [vendors.KEELSAFE.name], "meeting": meeting(), "changes": [gap]}
    yield "vendor_gone", kind.VENDOR_GONE, told, about(CIO, BY_NOBODY, **gone, note="We merge.", decides=True)
    told = _("To those who arrange it: somebody can’t come, can after all, or a colleague comes instead")
    coming = {"meeting": meeting(), "name": vendors.TOM.name, "home": vendors.KEELSAFE.name, "joint": True}
    for what, stand_in in (("cannot_come", ""), ("come", ""), ("instead", "Ada Birk")):
        said = about(CIO, signed_by(vendors.TOM), **coming, what=what, stand_in=stand_in)
        yield f"who_comes-{what}", kind.WHO_COMES, told, said
    told = _("To the buyer’s side: no agenda is published yet")
    missing = about(CIO, BY_NOBODY, meeting=meeting(), published_by=date(2027, 1, 8))
    yield "agenda_missing", kind.AGENDA_MISSING, told, missing


def _links(kind: LetterKind) -> dict[str, str]:
    """Where its buttons lead; asked when it is written, for only then is there an office."""
    links = office().links
    if kind is LetterKind.AGENDA_MISSING:
        return {"link": links.agenda(ASK.code), "move": links.move(UID), "off": links.meeting(UID)}
    of_the_meeting = kind in (LetterKind.VENDOR_GONE, LetterKind.WHO_COMES)
    return {"link": links.meeting(UID) if of_the_meeting else links.times_for_all(ASK.code)}
