"""Who speaks where two vendors of a briefing talk something over.

No use-case by itself: whatever gives them time on the agenda asks here.
"""

from collections.abc import Iterable

from sqlalchemy import and_, literal, select

from vendorhub.domain.agendas import Presenter
from vendorhub.store import Item, MeetingRequest, Participation, Person
from vendorhub.store import Presenter as PresenterRow
from vendorhub.store.write import Work


def speakers(work: Work, request: MeetingRequest, companies: Iterable[int]) -> list[Presenter]:
    """Who speaks for each: whoever presents what it sent; else the person who joined for it."""
    found: dict[str, Presenter] = {}
    for company in companies:
        rows = work.session.execute(
            select(PresenterRow.name, PresenterRow.email, PresenterRow.role)
            .join(Item, and_(Item.buyer_id == PresenterRow.buyer_id, Item.id == PresenterRow.item_id))
            .where(
                Item.buyer_id == request.buyer_id,
                Item.request_id == request.id,
                Item.company_id == company,
                Item.state == "sent",
            )
            .order_by(Item.id, PresenterRow.position)
        ).all()
        joined = select(Person.name, Person.email, literal("")).join(
            Participation, Participation.joined_by == Person.id
        )
        where = Participation.request_id == request.id, Participation.company_id == company
        for name, email, role in rows or work.session.execute(joined.where(*where)):
            found.setdefault(email, Presenter(name, email, role))
    return list(found.values())
