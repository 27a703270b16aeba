"""What the buyer's side needs to know to note an ask that came elsewhere, and to put it right."""

from dataclasses import dataclass

from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor, Role
from vendorhub.domain.rights import Relation, require
from vendorhub.queries.scope import decider, find
from vendorhub.store import MeetingRequest, Person, db
from vendorhub.store.noted import known_companies

SHOWN_AT_MOST = 300


@dataclass(frozen=True)
class Sender:
    """Who asked elsewhere, as it was told: name and address, "" for what is not known."""

    name: str
    email: str


def companies(actor: Actor) -> tuple[str, ...]:
    """The names of the companies that the actor's company has to do with; none for those who see no asks but their own.

    Raises NotAllowed for the other side.
    """
    require(actor, Deed.LOG, frozenset({Relation.ANY}))
    if not {Role.DECIDER, Role.ASSISTANT, Role.ADMIN} & actor.roles:
        return ()
    return tuple(name for _number, name in known_companies(db.session(), actor.organisation)[:SHOWN_AT_MOST])


def sender(actor: Actor, code: str) -> Sender:
    """Who asked. Raises NotThere, NotAllowed for those who may not put it right."""
    request, stands = find(actor, code)
    require(actor, Deed.CORRECT, stands, decider=decider(request))
    return sender_of(request)


def sender_of(request: MeetingRequest) -> Sender:
    """The same of a request at hand."""
    person = db.session.get(Person, request.asked_by) if request.asked_by is not None else None
    return Sender(request.sender_name, person.email if person else "")
