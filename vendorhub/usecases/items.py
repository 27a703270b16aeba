"""Items of a joint briefing: kept while they are written, sent, changed and taken back by their own people (M9)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from vendorhub.domain import items as rules
from vendorhub.domain.agendas import Segment
from vendorhub.domain.briefings import NAMED
from vendorhub.domain.codes import meant, new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.items import Given, ItemState, Press
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.outbox import items as letters
from vendorhub.queries import briefings as seen_briefings
from vendorhub.queries import item_judgements as judgements
from vendorhub.queries import items as seen
from vendorhub.queries.item_judgements import Judged
from vendorhub.store import Domain, Item, MeetingRequest, Organisation, Presenter, materials
from vendorhub.store.briefings import parts_of
from vendorhub.store.history import record, record_part
from vendorhub.store.write import Work, write

CODE_LENGTH = 12


def send(actor: Actor, code: str, given: Given, *, item: str = "", opened: datetime | None = None) -> str:
    """Sends an item, or a new version of one that is sent, and answers its code; `item` is that of a form which this
    person opened (see usecases/item_drafts.py), "" for a further item.

    One that is sent makes its vendor "in"; the last that was missing is told to who organises it. Raises WrongState
    for a vendor at or after the deadline or where a colleague has written at it since `opened`, Unfit for what won't
    do.
    """
    with write(actor) as work:
        judged = _locked(work, actor, code, Press.SEND, item=item, may_be_new=True)
        _nobody_else_wrote(judged, actor, opened)
        row = _sent(work, actor, judged, given, code=item)
        work.result = row.code
        return row.code


def change(actor: Actor, code: str, item: str, given: Given) -> None:
    """Sends an item that is there already anew, whole; a draft is sent by it. Raises as `send` does."""
    with write(actor) as work:
        judged = _locked(work, actor, code, Press.SEND, item=item)
        work.result = _sent(work, actor, judged, given).code


def take_back(actor: Actor, code: str, item: str) -> None:
    """Takes an item back; where it was the only one that was sent, its company is missing again."""
    with write(actor) as work:
        judged = _locked(work, actor, code, Press.TAKE_BACK, item=item)
        row = judged.row()
        was_sent, over = row.state == ItemState.SENT, work.now >= judged.view.deadline
        row.state, row.typed = rules.after(ItemState(row.state), Press.TAKE_BACK), None
        row.by, row.changed_at = actor.person, work.now
        materials.empty(work, materials.beside(work, buyer_id=row.buyer_id, item_id=row.id))
        work.session.flush()
        if was_sent:
            told = Deed.ITEM_BACK if over else None  # before, nobody else knows how many there are
            _note(work, judged, told if _is_in(work, judged) else Deed.ITEMS_MISSING, of_buyer=Deed.ITEM_BACK)
        work.result = row.code


def _locked(work: Work, actor: Actor, code: str, press: Press, *, item: str = "", may_be_new: bool = False) -> Judged:
    """What the deed is about, judged with the buyer's row held: 404, 403, 409 in that order."""
    _, request, _ = seen_briefings.find(actor, code)
    work.lock_buyer(request.buyer_id)
    return judgements.item(actor, code, press, item=item, may_be_new=may_be_new)


def _nobody_else_wrote(judged: Judged, actor: Actor, opened: datetime | None) -> None:
    row = judged.item
    if opened is not None and row is not None and row.by != actor.person and row.changed_at > opened:
        raise WrongState(
            "A colleague has written at this item since you opened it. What you typed is still here; "
            "open the item beside it, take over what is theirs, and send it from there."
        )


def _sent(work: Work, actor: Actor, judged: Judged, given: Given, *, code: str = "") -> Item:
    request, view, segment = judged.request, judged.view, judged.segment
    words = seen.vocabulary(actor, view)
    clean = rules.check(given, frame=view.minutes, vocabulary=words)
    asks_id = _asked(work, request, segment, given.asks)
    _own_people(work, actor, request, [each.email for each in clean.presenters])
    was_in, row = _is_in(work, judged), judged.item
    if row is None:
        row = Item(
            buyer_id=request.buyer_id,
            request_id=request.id,
            code=meant(code) or new_code(CODE_LENGTH),
            company_id=actor.organisation,
            segment=segment,
            created_at=work.now,
        )
        work.session.add(row)
    row.title, row.abstract, row.minutes = clean.title, clean.abstract, clean.minutes
    row.topics, row.visibility, row.asks_id = list(clean.topics), clean.visibility, asks_id
    row.state, row.typed, row.by, row.changed_at = ItemState.SENT, None, actor.person, work.now
    row.sent_at = work.now
    work.session.flush()
    work.session.execute(delete(Presenter).where(Presenter.item_id == row.id))
    for position, each in enumerate(clean.presenters, start=1):
        work.session.add(
            Presenter(
                buyer_id=request.buyer_id,
                item_id=row.id,
                position=position,
                name=each.name,
                email=each.email,
                role=each.role,
            )
        )
    _note(work, judged, None if was_in else Deed.ITEMS_IN, of_buyer=Deed.WRITE_ITEM)
    if segment is Segment.VENDOR and not was_in:
        letters.all_in(work, judged.briefing, request)
    return row


def _asked(work: Work, request: MeetingRequest, segment: Segment, slug: str) -> int | None:
    """The vendor to whom a buyer's question goes. Raises Unfit for anybody who is not named, or who does not ask."""
    if not slug:
        return None
    if segment is not Segment.BUYER:
        raise Unfit("asks", rules.NO_ASKS)
    named = [part.company_id for part in parts_of(work.session, request) if part.state in NAMED]
    found = work.session.scalar(select(Organisation.id).where(Organisation.slug == slug, Organisation.id.in_(named)))
    if found is None:
        raise Unfit("asks", "Please choose one of the vendors that are named.")
    return found


def _own_people(work: Work, actor: Actor, request: MeetingRequest, addresses: Sequence[str]) -> None:
    """Raises Unfit for a presenter with an address of another company in the room: each brings its own people."""
    others = {part.company_id for part in parts_of(work.session, request)} | {request.buyer_id, request.company_id}
    domains = {address.rpartition("@")[2] for address in addresses}
    found = work.session.scalar(
        select(Organisation.name)
        .join(Domain, Domain.organisation_id == Organisation.id)
        .where(Domain.name.in_(domains), Organisation.id.in_(others - {actor.organisation}))
        .order_by(Organisation.name)
    )
    if found is not None:
        raise Unfit(
            "presenters", "One of these addresses is of %(company)s; please name your own people.", company=found
        )


def _is_in(work: Work, judged: Judged) -> bool:
    """Whether anything of the company is sent."""
    return bool(
        work.session.scalar(
            select(func.count())
            .select_from(Item)
            .where(
                Item.request_id == judged.request.id,
                Item.company_id == judged.company,
                Item.state == ItemState.SENT,
            )
        )
    )


def _note(work: Work, judged: Judged, deed: Deed | None, *, of_buyer: Deed) -> None:
    """One line of history: of a vendor whether it is in, and nothing further while that is all that may be known."""
    if judged.segment is Segment.BUYER:
        record(work, of_buyer, request=judged.request, audience="buyer")
    elif deed is not None:
        record_part(work, deed, request=judged.request, company_id=judged.company)
