"""Which relationships exist for whom of a buyer: a confidential one for its circle alone, everywhere (law 10).

Every statement that reaches a relationship of the actor's own company for them carries `in_sight`; one that reaches
what is about a company, without its relationship, carries `open_to`.
"""

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, func, select

from vendorhub.domain.people import Actor
from vendorhub.store import InCircle, Relationship


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """Which rows of `Relationship` exist for a person of the buyer. Nobody is in a circle by their role."""
    own = Relationship.buyer_id == actor.organisation
    return and_(own, Relationship.id.not_in(_closed(actor.organisation, actor.person)))


def open_to(person: int, organisation: int, company: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Whether `company`, the column of a company's number, is none with which this buyer has a relationship that is
    confidential and not for this person of it."""
    closed = Relationship.id.in_(_closed(organisation, person))
    return company.not_in(select(Relationship.company_id).where(Relationship.buyer_id == organisation, closed))


def _closed(buyer: int, person: int) -> Select[int]:
    """The numbers of the relationships with a circle in which this person is not."""
    inside = func.sum(case((InCircle.person_id == person, 1), else_=0))
    return (
        select(InCircle.relationship_id)
        .where(InCircle.buyer_id == buyer)
        .group_by(InCircle.relationship_id)
        .having(inside == 0)
    )
