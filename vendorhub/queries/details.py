"""What there is to choose from when a buyer says what it holds of a relationship: its people, its goals, its topics."""

from dataclasses import dataclass

from sqlalchemy import select

from vendorhub.domain.details import Who
from vendorhub.domain.people import Actor
from vendorhub.queries.circles import in_sight
from vendorhub.queries.people import people_of
from vendorhub.store import Relationship, RelationshipDetails, db
from vendorhub.store.goals import listed

TOPICS_SHOWN = 24


@dataclass(frozen=True)
class Choices:
    """The people of the actor's own company, the goals on its list, and the topics it has named so far."""

    people: tuple[Who, ...]
    goals: tuple[str, ...]
    topics: tuple[str, ...]


def choices(actor: Actor) -> Choices:
    """What can be chosen."""
    session = db.session()
    people = tuple((person.name, person.email) for person in people_of(session, actor.organisation))
    goals = tuple(goal.name for goal in listed(session, actor.organisation))
    return Choices(people, goals, topics(actor))


def topics(actor: Actor) -> tuple[str, ...]:
    """The topics of the relationships that exist for the actor, by name, each as it was first written."""
    rows = db.session.scalars(
        select(RelationshipDetails.topics)
        .join(Relationship, Relationship.id == RelationshipDetails.relationship_id)
        .where(in_sight(actor))
        .order_by(Relationship.id)
    )
    found: dict[str, str] = {}
    for word in (word for named in rows for word in named):
        found.setdefault(word.casefold(), word)
    return tuple(sorted(found.values(), key=str.casefold))[:TOPICS_SHOWN]
