"""Who has had an ask until now, to whom it may still be passed, and who may come along."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vendorhub.domain.deeds import Deed
from vendorhub.domain.passing import may_get
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import answers_for
from vendorhub.queries.people import people_of, who_may_answer
from vendorhub.queries.scope import decider, find
from vendorhub.store import MeetingRequest, db


@dataclass(frozen=True)
class HadIt:
    """The people who had an ask, whoever has it now included, and the requests from which it was passed on."""

    people: frozenset[int]
    hops: tuple[int, ...]


def who_had_it(session: Session, request: MeetingRequest) -> HadIt:
    """The chain behind a request; no longer than it may be, so a statement a hop."""
    people, hops, before = {decider(request)}, list[int](), request.from_id
    while before is not None and before not in hops:
        earlier = session.scalars(
            select(MeetingRequest).where(MeetingRequest.buyer_id == request.buyer_id, MeetingRequest.id == before)
        ).one()
        hops.append(earlier.id)
        people.add(decider(earlier))
        before = earlier.from_id
    return HadIt(frozenset(person for person in people if person is not None), tuple(hops))


def may_be_passed_to(actor: Actor, code: str) -> list[tuple[str, str]]:
    """Address and name of everybody to whom the actor may pass this ask. Raises NotThere outside their scope."""
    request, _ = find(actor, code)
    people = {person.id: person for person in who_may_answer(db.session(), request.buyer_id)}
    fit = may_get(list(people), by=actor.person, had_it=who_had_it(db.session(), request).people)
    return [(people[each].email, people[each].name) for each in fit]


def may_come_along(actor: Actor, code: str) -> list[tuple[str, str]]:
    """Address and name of everybody of the buyer's whom a yes may bring along: not of whoever says it, for they come
    anyway. Raises NotThere outside the actor's scope."""
    request, _ = find(actor, code)
    comes = decider(request) or answers_for(actor, None, Deed.ACCEPT)
    people = people_of(db.session(), request.buyer_id)
    return [(person.email, person.name) for person in people if person.id != comes]
