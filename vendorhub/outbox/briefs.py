"""Answers what is sent a working day before a meeting: the one page, to each who comes as they may see it."""

from vendorhub.domain.briefs import Brief
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.brief_sheets import sheet
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient
from vendorhub.outbox.signatures import by_clock
from vendorhub.outbox.visits import own_links
from vendorhub.store import Attendee, Organisation
from vendorhub.store.write import Work


def brief(work: Work, buyer: Organisation, to: Recipient, attendee: Attendee, view: Brief, *, again: bool) -> None:
    """One letter; `again` where it says what has changed since the one before."""
    own = own_links(work, [attendee]).get(attendee.email, "")
    links = office().links
    link = links.brief_of_visit(own) if own else links.brief(view.uid)
    page = sheet(view, zone=to.zone, language=to.language, link=link, now=work.now)
    post(
        work,
        LetterKind.BRIEF,
        to,
        signed=by_clock(buyer),
        context={"sheet": page, "again": again, "start": view.start, "link": link, "visits": bool(own)},
        buyer_id=buyer.id,
    )
