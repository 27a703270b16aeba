"""Answers who reads a letter, and who hears of an ask: whoever may decide it, and their assistants."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from vendorhub.domain.people import Role
from vendorhub.store import DecisionLink, MeetingRequest, Membership, Organisation, Person, PileHours
from vendorhub.store.write import Work


@dataclass(frozen=True)
class Recipient:
    """Whom a letter goes to; `serves` names the decider for whom an assistant reads it."""

    person_id: int | None
    email: str
    name: str
    zone: str
    language: str = "en"
    serves: str = ""


@dataclass(frozen=True)
class InAName:
    """A VAR that asks in a vendor's name, as letters call the two; how that is put is said in the reader's language."""

    var: str
    vendor: str
    zone: str

    @property
    def name(self) -> str:
        """One line: "Bridgeworks for Fastprint"."""
        return str(_("%(company)s for %(vendor)s", company=self.var, vendor=self.vendor))


def organisation(work: Work, organisation_id: int) -> Organisation:
    """An organisation that a stored row names."""
    return work.session.get_one(Organisation, organisation_id)


def reader(work: Work, person_id: int, home: Organisation) -> Recipient:
    """A person as recipient; who has set no zone reads in that of `home`, their organisation."""
    return recipient(work.session.get_one(Person, person_id), home)


def recipient(person: Person, home: Organisation | InAName, *, serves: str = "") -> Recipient:
    """The same for a person whose row is at hand."""
    return Recipient(
        person_id=person.id,
        email=person.email,
        name=person.name,
        zone=person.zone or home.zone,
        language=person.language,
        serves=serves,
    )


def who_were_asked(work: Work, request: MeetingRequest) -> list[Recipient]:
    """Who hears of an ask: the decider asked, else every decider of the buyer, and their assistants."""
    return _deciding(work, request, request.asked_of)


def who_hear_at_once(work: Work, request: MeetingRequest) -> list[Recipient]:
    """Who hears of an ask by a letter of its own: not those who read all that waits in one, at their hours."""
    later = _with_hours(work, request)
    return [to for to in who_were_asked(work, request) if to.person_id not in later]


def who_have_heard(work: Work, request: MeetingRequest) -> list[Recipient]:
    """Who was asked and knows of it by now."""
    told = work.session.scalars(
        select(DecisionLink.person_id).where(
            DecisionLink.buyer_id == request.buyer_id, DecisionLink.request_id == request.id
        )
    )
    unaware = _with_hours(work, request) - set(told)
    return [to for to in who_were_asked(work, request) if to.person_id not in unaware]


def _with_hours(work: Work, request: MeetingRequest) -> set[int]:
    return set(work.session.scalars(select(PileHours.person_id).where(PileHours.buyer_id == request.buyer_id)))


def who_answer(work: Work, request: MeetingRequest) -> list[Recipient]:
    """Who hears of what follows the yes: the decider who gave it, and their assistants."""
    return _deciding(work, request, request.decided_by or request.asked_of)


def _deciding(work: Work, request: MeetingRequest, decider: int | None) -> list[Recipient]:
    """Active people only, each once, deciders first; in the order in which they joined."""
    buyer = organisation(work, request.buyer_id)
    deciders = [work.session.get_one(Person, decider)] if decider else _of_role(work, buyer, Role.DECIDER)
    names = {person.id: person.name for person in deciders}
    found = {person.id: recipient(person, buyer) for person in deciders if person.active}
    for assistant, decider_id in _assistants(work, buyer, names):
        found.setdefault(assistant.id, recipient(assistant, buyer, serves=names[decider_id]))
    return list(found.values())


def _of_role(work: Work, buyer: Organisation, role: Role) -> Iterable[Person]:
    return work.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == buyer.id, Membership.role == role)
        .order_by(Person.id)
    ).all()


def _assistants(work: Work, buyer: Organisation, deciders: Iterable[int]) -> Iterable[tuple[Person, int]]:
    rows = work.session.execute(
        select(Person, Membership.reports_to)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == buyer.id,
            Membership.role == Role.ASSISTANT,
            Membership.reports_to.in_(list(deciders)),
            Person.active,
        )
        .order_by(Person.id, Membership.id)
    )
    return [(person, decider) for person, decider in rows if decider is not None]
