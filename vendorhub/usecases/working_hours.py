"""Saying in which hours one works: what a week shows first, and nobody else's to see."""

from vendorhub.domain.people import Actor
from vendorhub.domain.weeks import check_hours
from vendorhub.store import WorkingHours
from vendorhub.store.write import write


def keep(actor: Actor, *, begins: int, ends: int) -> None:
    """Keeps the hours of the person's own clock. Raises Unfit for hours that no day has."""
    check_hours(begins, ends)
    with write(actor) as work:
        row = work.session.get(WorkingHours, actor.person) or WorkingHours(person_id=actor.person)
        row.begins, row.ends = begins, ends
        work.session.add(row)
