"""Saying who answers for me: which answers each assistant may give alone, and when what is left comes by letter."""

from collections.abc import Collection

from sqlalchemy import select

from vendorhub.domain import digests as rules
from vendorhub.domain.assistants import given_anew
from vendorhub.domain.codes import plain
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor, Role
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.rights import Relation, require
from vendorhub.outbox import piles
from vendorhub.queries import assistants as seen
from vendorhub.store import Membership, Person, PileHours
from vendorhub.store.history import record_giving
from vendorhub.store.write import write


def give(actor: Actor, assistant: str, answers: Collection[str]) -> None:
    """Lets an assistant of the actor's, by address, give these answers alone, and no others; it counts at once.

    Raises NotAllowed for who decides nothing, NotThere for who is no assistant of theirs, Unfit for an answer that
    stays with the decider.
    """
    require(actor, Deed.DELEGATE, frozenset({Relation.ANY}))
    with write(actor) as work:
        work.lock_buyer(actor.organisation)
        work.match(lambda: seen.mine(actor).version)
        found = work.session.execute(
            select(Membership, Person.name)
            .join(Person, Person.id == Membership.person_id)
            .where(
                Person.email == plain(assistant),
                Membership.organisation_id == actor.organisation,
                Membership.role == Role.ASSISTANT,
                Membership.reports_to == actor.person,
            )
        ).first()
        if found is None:
            raise NotThere
        place, name = found
        before = frozenset(place.given.split())
        anew = given_anew(before, answers)
        if anew != before:
            place.given = " ".join(sorted(anew))
            record_giving(work, buyer_id=actor.organisation, name=name)


def set_hours(actor: Actor, hours: Collection[int]) -> None:
    """Lets the actor's pile come in one letter at these hours of their own clock; none: each ask by its own letter.

    What has not been told yet is told at once when the hours end. Raises NotAllowed for who decides nothing, Unfit
    for hours that won't do.
    """
    require(actor, Deed.DELEGATE, frozenset({Relation.ANY}))
    with write(actor) as work:
        buyer = work.lock_buyer(actor.organisation)
        work.match(lambda: seen.mine(actor).version)
        chosen = rules.as_text(rules.check_hours(hours))
        row = work.session.get(PileHours, actor.person, populate_existing=True)
        if row is None and chosen:
            work.session.add(PileHours(person_id=actor.person, buyer_id=buyer.id, hours=chosen, looked_at=work.now))
        elif row is not None and chosen:
            row.hours = chosen
        elif row is not None:
            work.session.delete(row)
            piles.tell(work, buyer, work.session.get_one(Person, actor.person), worth=lambda one: one.new)
