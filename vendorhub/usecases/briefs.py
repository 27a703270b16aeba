"""The one page before a meeting: on a page, as a PDF, and by letter a working day before to each who comes."""

import hashlib
from dataclasses import dataclass

from vendorhub import clock
from vendorhub.domain.brief_sheets import BriefSheet
from vendorhub.domain.people import Actor
from vendorhub.outbox.agenda_sheets import in_language, said
from vendorhub.outbox.brief_sheets import sheet
from vendorhub.outbox.office import office
from vendorhub.queries import briefs as seen
from vendorhub.queries import people, visits


@dataclass(frozen=True)
class Printed:
    """A brief as its reader may see it, and its version: the digest of all that stands on it."""

    sheet: BriefSheet
    version: str


def printed(actor: Actor, uid: str, *, link: str = "") -> Printed:
    """The brief of a meeting. Raises NotThere where there is none for this actor."""
    me = people.me(actor)
    with in_language(me.language):
        view = seen.see(actor, uid, say=said)
    where = link or office().links.brief(uid)
    made = sheet(view, zone=me.zone, language=me.language, link=where, now=clock.now())
    return Printed(made, hashlib.sha256(repr(made).encode()).hexdigest()[:32])


def pdf(made: Printed) -> bytes:
    """The same as a PDF."""
    from vendorhub.papers.brief_pdf import brief_pdf

    return brief_pdf(made.sheet)


def for_visitor(secret: str) -> Printed:
    """The brief of somebody without an account, by the link in their letter. Raises NotThere where it opens nothing."""
    visit = visits.find(secret)
    return printed(visit.actor, visit.meeting.uid, link=office().links.visit(secret))
