"""What a buyer says of a relationship for itself: whose it is, what it serves, its contract, who may know of it."""

from collections.abc import Iterable
from typing import Unpack

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vendorhub.domain import details as rules
from vendorhub.domain.codes import meant, plain
from vendorhub.domain.deeds import Deed
from vendorhub.domain.details import Details, Said
from vendorhub.domain.items import check_topics
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import cadence as seen
from vendorhub.queries import details as choices
from vendorhub.queries.people import people_of
from vendorhub.store import Goal, InCircle, Organisation, Person, Relationship, RelationshipDetails, RelationshipGoal
from vendorhub.store.goals import listed
from vendorhub.store.history import record_relationship
from vendorhub.store.write import write


def set_details(actor: Actor, code: str, **said: Unpack[Said]) -> None:
    """Keeps what is said of a relationship; what is left out stays. Nobody is written to. Raises Unfit naming the field
    that needs another look."""
    with write(actor) as work:
        work.lock_buyer(actor.organisation)
        view = seen.see(actor, code)
        require(actor, Deed.SET_DETAILS, frozenset({Relation.ANY}))
        work.match(lambda: view.version)
        row = work.session.scalars(
            select(Relationship).where(Relationship.buyer_id == actor.organisation, Relationship.code == meant(code))
        ).one()
        stands = view.details or Details()
        owner = _set_facts(work.session, actor, row, said, stands)
        _set_goals(work.session, row, said.get("goals", stands.goals), stands)
        _set_circle(work.session, actor, row, said, stands, owner)
        company = work.session.get_one(Organisation, row.company_id)
        record_relationship(work, Deed.SET_DETAILS, buyer_id=row.buyer_id, company=company)
        work.result = code


def _set_facts(session: Session, actor: Actor, row: Relationship, said: Said, stands: Details) -> str:
    """Writes what stands in the row itself, and answers the owner's address, "" for none."""
    owner = said.get("owner", stands.owner[1] if stands.owner else "").strip()
    end, notice = said.get("contract_end", stands.contract_end), said.get("notice_by", stands.notice_by)
    rules.check_contract(end, notice)
    spend, currency = rules.check_spend(said.get("spend", stands.spend), said.get("currency", stands.currency))
    held = session.get(RelationshipDetails, (row.buyer_id, row.id))
    if held is None:
        held = RelationshipDetails(buyer_id=row.buyer_id, relationship_id=row.id)
        session.add(held)
    held.topics = list(check_topics(said.get("topics", stands.topics), vocabulary=choices.topics(actor)))
    held.owner_id = _people(session, actor, [owner], "owner")[0].id if owner else None
    held.contract_end, held.notice_by, held.spend, held.currency = end, notice, spend, currency
    return plain(owner.lower())


def _set_goals(session: Session, row: Relationship, names: Iterable[str], stands: Details) -> None:
    wanted = rules.check_goals(list(names))
    known = {goal.name: goal.id for goal in listed(session, row.buyer_id)}
    if off_the_list := set(stands.goals) - set(known):  # one that was here before may stay
        kept = select(Goal).where(Goal.buyer_id == row.buyer_id, Goal.name.in_(off_the_list))
        known |= {goal.name: goal.id for goal in session.scalars(kept)}
    for name in wanted:
        if name not in known:
            raise Unfit("goals", "There is no goal called %(name)s on your list.", name=name)
    mine = (RelationshipGoal.buyer_id == row.buyer_id, RelationshipGoal.relationship_id == row.id)
    session.execute(delete(RelationshipGoal).where(*mine))
    session.add_all(
        RelationshipGoal(buyer_id=row.buyer_id, relationship_id=row.id, goal_id=known[name]) for name in wanted
    )


def _set_circle(session: Session, actor: Actor, row: Relationship, said: Said, stands: Details, owner: str) -> None:
    by = session.get_one(Person, actor.person).email
    if "circle" in said:
        said = {**said, "circle": [person.email for person in _people(session, actor, said["circle"], "circle")]}
    circle = rules.circle_of(said, stands, owner=owner, by=by)
    session.execute(delete(InCircle).where(InCircle.buyer_id == row.buyer_id, InCircle.relationship_id == row.id))
    numbers = session.scalars(select(Person.id).where(Person.email.in_(circle)))
    session.add_all(
        InCircle(buyer_id=row.buyer_id, relationship_id=row.id, person_id=number) for number in numbers.all()
    )


def _people(session: Session, actor: Actor, emails: Iterable[str], field: str) -> list[Person]:
    """The people of the actor's own company with these addresses. Raises Unfit for somebody who is not of it."""
    known = {person.email: person for person in people_of(session, actor.organisation)}
    named = [plain(email.strip().lower()) for email in emails if email.strip()]
    for email in named:
        if email not in known:
            raise Unfit(field, "%(email)s is nobody of your company.", email=email)
    return [known[email] for email in named]
