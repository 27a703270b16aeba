"""Answers what a decider reads of all that waits for them in one letter, each ask with a link of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from vendorhub.domain.letters import LetterKind
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Role
from vendorhub.domain.sortings import Pile
from vendorhub.outbox.about import decision_link, facts_of
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient, recipient
from vendorhub.outbox.signatures import by_clock
from vendorhub.store import DecisionLink, MeetingRequest, Membership, Organisation, Person, Sorting
from vendorhub.store.write import Work

_IN_TURN = (Pile.FOR_YOU, None, Pile.NO)


@dataclass(frozen=True)
class Waiting:
    """An ask that belongs into the letter: `new` to its reader, or sorted for them by `by` (None: not sorted)."""

    request: MeetingRequest
    new: bool
    sorting: Sorting | None
    by: str | None


def tell(work: Work, buyer: Organisation, person: Person, *, worth: Callable[[Waiting], bool] = lambda _: True) -> bool:
    """Writes the letter, if anything in it is `worth` one; whether it did.

    In it is what waits and was not told yet, or was sorted for this decider. What their assistant keeps is not: it
    was told to the assistant.
    """
    waits = _waits(work, buyer, person)
    if not any(worth(one) for one in waits):
        return False
    to = recipient(person, buyer)
    post(
        work,
        LetterKind.PILE,
        to,
        signed=by_clock(buyer),
        context={"asks": [_told(work, one, to) for one in waits], "buyer": buyer, "home": office().links.home()},
        buyer_id=buyer.id,
    )
    return True


def _waits(work: Work, buyer: Organisation, person: Person) -> list[Waiting]:
    sorter, ask = aliased(Person, name="sorter"), MeetingRequest
    decides = exists().where(
        Membership.person_id == person.id, Membership.organisation_id == buyer.id, Membership.role == Role.DECIDER
    )
    told = exists().where(
        DecisionLink.buyer_id == ask.buyer_id,
        DecisionLink.request_id == ask.id,
        DecisionLink.person_id == person.id,
        DecisionLink.used_at.is_(None),  # those of an ask that was opened again are closed: it is news
    )
    rows = work.session.execute(
        select(ask, Sorting, sorter.name, told.label("told"))
        .outerjoin(
            Sorting,
            and_(Sorting.buyer_id == ask.buyer_id, Sorting.request_id == ask.id, Sorting.decider == person.id),
        )
        .outerjoin(sorter, sorter.id == Sorting.by)
        .where(
            ask.buyer_id == buyer.id,
            ask.state == State.PENDING,
            ask.answer_by > work.now,
            ask.visible_at <= work.now,
            or_(ask.asked_of.is_(None), ask.asked_of == person.id),
            decides,
        )
        .order_by(ask.answer_by, ask.id)
    )
    found = [
        Waiting(row[0], new=not row.told and row[0].logged_by != person.id, sorting=row[1], by=row[2])
        for row in rows
        if person.active
    ]
    mine = [one for one in found if _pile(one) in _IN_TURN and (one.new or one.sorting)]
    return sorted(mine, key=lambda one: _IN_TURN.index(_pile(one)))


def _pile(one: Waiting) -> str | None:
    return one.sorting.pile if one.sorting else None


def _told(work: Work, one: Waiting, to: Recipient) -> dict[str, Any]:
    return {
        **facts_of(work, one.request),
        "line": one.sorting.line if one.sorting else "",
        "suggested": one.sorting.suggested if one.sorting else "",
        "by": one.by,
        "link": office().links.decision(decision_link(work, one.request, to)),
    }
