"""Which goals a buyer names at its front door, and which only stand on what was made for them."""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from vendorhub.store.meeting_requests import MeetingRequest
from vendorhub.store.people import Goal
from vendorhub.store.records import Doubt
from vendorhub.store.relationships import RelationshipGoal

RETIRED = 0  # the position of a goal that is off the list


def listed(session: Session, buyer_id: int) -> Sequence[Goal]:
    """The goals on the list, in their order."""
    return session.scalars(
        select(Goal).where(Goal.buyer_id == buyer_id, Goal.position > RETIRED).order_by(Goal.position, Goal.id)
    ).all()


def set_goals(session: Session, buyer_id: int, names: Sequence[str]) -> None:
    """Puts these goals on the list, in this order.

    One that an ask, a relationship or a doubt names is never renamed or deleted: off the list it keeps its name there,
    and may come back.
    """
    known = {goal.name: goal for goal in session.scalars(select(Goal).where(Goal.buyer_id == buyer_id))}
    for position, name in enumerate(dict.fromkeys(names), start=1):
        goal = known.pop(name, None) or Goal(buyer_id=buyer_id, name=name)
        goal.position = position
        session.add(goal)
    for goal in known.values():
        named = or_(*(exists().where(each.goal_id == goal.id) for each in (MeetingRequest, RelationshipGoal, Doubt)))
        if session.scalar(select(named)):
            goal.position = RETIRED
        else:
            session.delete(goal)
