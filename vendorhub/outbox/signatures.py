"""Answers whose name stands under a letter: the person's who pressed, or the clock's for a company (UX.md)."""

from dataclasses import dataclass

from flask_babel import gettext as _

from vendorhub.domain.people import Side
from vendorhub.outbox.readers import organisation
from vendorhub.store import MeetingRequest, Organisation, Person
from vendorhub.store.write import Work


@dataclass(frozen=True)
class Signature:
    """Names only; how they are put is said in the reader's language, when the letter is written."""

    company: str
    person: str = ""
    on_behalf_of: str = ""

    def name(self) -> str:
        """One line: "Alex Assistant for Chris CIO", "VendorHub for Northwind", or VendorHub's own."""
        if self.person and self.on_behalf_of:
            return str(_("%(person)s for %(other)s", person=self.person, other=self.on_behalf_of))
        if self.company and not self.person:
            return str(_("VendorHub for %(company)s", company=self.company))
        return self.person or "VendorHub"

    def line(self) -> str:
        """What stands under the letter: the name, and a person's company beside it."""
        return str(_("%(name)s, %(company)s", name=self.name(), company=self.company)) if self.person else self.name()

    def sender(self) -> str:
        """The name beside the sender's address; the address is ours, so it says so (ITIP 21, 22)."""
        return str(_("%(person)s via VendorHub", person=self.name())) if self.person else self.name()


OURS = Signature(company="")


def by_clock(company: Organisation) -> Signature:
    """What time alone caused."""
    return Signature(company=company.name)


def by_person(work: Work, person_id: int, *, of: Organisation, on_behalf_of: int | None = None) -> Signature:
    """What a person pressed, and for whom."""
    person = work.session.get_one(Person, person_id)
    other = work.session.get_one(Person, on_behalf_of) if on_behalf_of not in (None, person_id) else None
    return Signature(company=of.name, person=person.name, on_behalf_of=other.name if other else "")


def by_actor(work: Work, request: MeetingRequest) -> Signature:
    """Whoever does this work, as one of the two sides of `request`: an assistant for their decider."""
    buyer = organisation(work, request.buyer_id)
    if work.actor is None:
        return by_clock(buyer)
    if work.actor.side is not Side.BUYER:
        return by_person(work, work.actor.person, of=organisation(work, work.actor.organisation))
    decider = request.decided_by or request.asked_of
    return by_person(work, work.actor.person, of=buyer, on_behalf_of=decider if decider in work.actor.serves else None)
