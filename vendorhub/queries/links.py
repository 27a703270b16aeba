"""Whose link this is: what a secret from a letter opens, and for whom."""

from datetime import timedelta

from sqlalchemy import and_, select

from vendorhub import clock, keys
from vendorhub.domain.people import Actor, Door, DoorName, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.store import Action, DecisionLink, MeetingRequest, Organisation, Person, PromiseLink, db

GOOD_FOR = timedelta(days=90)


def decision_link(secret: str) -> tuple[int, str] | None:
    """The person a decision link was mailed to and the code of the request it opens; None if unknown or too old.

    A link that has been used still shows how things stand; that it answers only once is `Work.use_link`'s to see to.
    """
    row = db.session.execute(
        select(DecisionLink.person_id, MeetingRequest.code, DecisionLink.created_at)
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == DecisionLink.buyer_id, MeetingRequest.id == DecisionLink.request_id),
        )
        .where(DecisionLink.hash == keys.hash_secret(secret))
    ).first()
    if row is None or row.created_at + GOOD_FOR <= clock.now():
        return None
    return row.person_id, row.code


def promise_link(secret: str) -> tuple[Actor, str]:
    """As whom the link of a reminder lets its reader act, and the code of the one promise that it shows.

    Raises NotThere for an unknown one, one that is too old, and where its owner is gone."""
    row = db.session.execute(
        select(Action.code, PromiseLink.created_at, Person, Organisation)
        .join(Action, and_(Action.buyer_id == PromiseLink.buyer_id, Action.id == PromiseLink.action_id))
        .join(Person, and_(Person.email == Action.owner_email, Person.active))
        .join(Organisation, Organisation.id == Action.company_id)
        .where(PromiseLink.hash == keys.hash_secret(secret))
    ).first()
    if row is None or row.created_at + GOOD_FOR <= clock.now():
        raise NotThere
    person, home = row.Person, row.Organisation
    actor = Actor(
        person=person.id,
        organisation=home.id,
        side=Side(home.kind),
        name=person.name,
        roles=frozenset(),
        door=Door(DoorName.LINK),
        zone=person.zone or home.zone,
    )
    return actor, row.code
