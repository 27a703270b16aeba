"""What follows a briefing: the buyer's confirmation of its minutes, remarks, its worth, thanks, and the same again."""

from datetime import date

from sqlalchemy import select

from vendorhub.domain import items as item_rules
from vendorhub.domain import minutes as rules
from vendorhub.domain.agendas import Segment, Visibility
from vendorhub.domain.briefings import Part
from vendorhub.domain.codes import new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.items import ItemState
from vendorhub.domain.minutes import ActionState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import WrongState
from vendorhub.domain.wall_times import in_zone
from vendorhub.outbox import minutes as letters
from vendorhub.outbox.readers import organisation
from vendorhub.queries import minute_judgements as judgements
from vendorhub.queries import minutes as seen
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.store import (
    Action,
    Goal,
    Item,
    MeetingRequest,
    MinuteLine,
    MinuteRemark,
    Minutes,
    Organisation,
    Participation,
    Person,
    Thanks,
    Worth,
)
from vendorhub.store.briefings import briefing_of, parts_of
from vendorhub.store.history import record, record_part
from vendorhub.store.promises import CODE_LENGTH
from vendorhub.store.write import Work, write
from vendorhub.usecases.briefings import proposed
from vendorhub.usecases.minuting import attending, entries, locked

_CARRIED_MINUTES = 5  # of a promise that is still open


def confirm(actor: Actor, code: str) -> None:
    """The buyer's side confirms the minutes: from now on they stay as they are, and everybody who was invited gets one
    letter with the decisions that they may read and their own promises. Raises WrongState before it is over, a second
    time, and where nothing was written down."""
    with write(actor) as work:
        request, _ = _after(work, actor, code, Deed.CONFIRM_MINUTES)
        work.session.add(
            Minutes(
                buyer_id=request.buyer_id,
                request_id=request.id,
                confirmed_by=actor.person,
                confirmed_at=work.now,
            )
        )
        record(work, Deed.CONFIRM_MINUTES, request=request)
        letters.confirmed(
            work,
            request,
            entries(work, request),
            lines=_decided(work, request),
            promises=_promised(work, request),
            attending=attending(work, request),
        )
        work.result = code


def remark(actor: Actor, code: str, *, text: str) -> None:
    """Another party than the buyer says something to the minutes: for the buyer and who organises it."""
    with write(actor) as work:
        request, _ = _after(work, actor, code, Deed.ADD_REMARK)
        rules.check_number(len(seen.see(actor, code).remarks))
        work.session.add(
            MinuteRemark(
                buyer_id=request.buyer_id,
                request_id=request.id,
                company_id=actor.organisation,
                text=rules.check_remark(text),
                by=actor.person,
                made_at=work.now,
            )
        )
        record_part(work, Deed.ADD_REMARK, request=request, company_id=actor.organisation)
        work.result = code


def weigh(actor: Actor, code: str, vendor: str, *, worth: int) -> None:
    """Says whether a vendor's part was worth the time, from 1 to 5: the buyer's own, and nobody else's to read (M13).
    Raises NotThere for a vendor that was not there."""
    with write(actor) as work:
        request, part = _about(work, actor, code, vendor, Deed.WEIGH)
        row = work.session.get(Worth, (request.buyer_id, request.id, part.company_id))
        if row is None:
            row = Worth(buyer_id=request.buyer_id, request_id=request.id, company_id=part.company_id)
            work.session.add(row)
        row.worth, row.by, row.made_at = rules.check_worth(worth), actor.person, work.now
        record(
            work,
            Deed.WEIGH,
            request=request,
            audience="buyer",
            words=organisation(work, part.company_id).name,
        )
        work.result = code


def thank(actor: Actor, code: str, vendor: str, *, text: str, quotable: bool = False) -> None:
    """Thanks a vendor, which is told so by letter; it may quote that only where `quotable` (M10). The same words again
    change what may be done with them, which stands on its page; nobody is written to twice with them. Raises NotThere
    for a vendor that was not there."""
    with write(actor) as work:
        request, part = _about(work, actor, code, vendor, Deed.THANK)
        clean = rules.check_thanks(text)
        row = work.session.get(Thanks, (request.buyer_id, request.id, part.company_id, 0))
        was = (row.text, row.quotable) if row is not None else None
        if row is None:
            row = Thanks(buyer_id=request.buyer_id, request_id=request.id, company_id=part.company_id)
            work.session.add(row)
        row.text, row.quotable, row.by, row.made_at = clean, quotable, actor.person, work.now
        work.session.flush()
        if was != (clean, quotable):
            record_part(work, Deed.THANK, request=request, company_id=part.company_id)
        if was is None or was[0] != clean:
            letters.thanked(work, request, part, row)
        work.result = code


def again(actor: Actor, code: str) -> str:
    """Proposes the same once more, three months on, and answers the new code: its line-up, and as items of the
    buyer's the questions that nobody had time for and the promises that are open. It needs the buyer's yes like any.

    Each item is for the buyer and the vendor whom it is about. Raises what proposing raises.
    """
    with write(actor) as work:
        request, view = _after(work, actor, code, Deed.AGAIN)
        briefing, buyer = briefing_of(work.session, request), organisation(work, request.buyer_id)
        came = [part.company_id for part in parts_of(work.session, request) if part.state == Part.JOINED]
        goal = work.session.get(Goal, request.goal_id) if request.goal_id else None
        made = proposed(
            work,
            actor,
            buyer=buyer.slug,
            theme=request.topic,
            outcome=request.outcome,
            minutes=request.minutes,
            vendors=[organisation(work, company).slug for company in came],
            items_due=rules.due_again(briefing.items_due, _met_on(view), today=in_zone(work.now, buyer.zone).date()),
            goal=goal.name if goal else None,
            buyer_share=briefing.buyer_share,
            house_rules=briefing.house_rules,
            to=_who_decided(work, actor, request),
        )
        work.session.flush()
        briefing_of(work.session, made).publish_days_before = briefing.publish_days_before
        _carry(work, actor, request, made, came)
        record(work, Deed.AGAIN, request=request, words=made.code)
        work.result = made.code
        return made.code


def _after(work: Work, actor: Actor, code: str, deed: Deed, *, vendor: str = "") -> tuple[MeetingRequest, BriefingView]:
    locked(work, actor, code)
    return judgements.after(actor, code, deed, vendor=vendor)


def _about(work: Work, actor: Actor, code: str, vendor: str, deed: Deed) -> tuple[MeetingRequest, Participation]:
    """The request, and the part in it of a vendor that was there."""
    request, _ = _after(work, actor, code, deed, vendor=vendor)
    company = work.session.scalar(select(Organisation.id).where(Organisation.slug == vendor))
    return request, next(part for part in parts_of(work.session, request) if part.company_id == company)


def _decided(work: Work, request: MeetingRequest) -> list[MinuteLine]:
    return list(
        work.session.scalars(
            select(MinuteLine)
            .where(
                MinuteLine.buyer_id == request.buyer_id,
                MinuteLine.request_id == request.id,
                MinuteLine.kind == rules.LineKind.DECISION,
            )
            .order_by(MinuteLine.id)
        )
    )


def _promised(work: Work, request: MeetingRequest) -> list[Action]:
    return list(
        work.session.scalars(
            select(Action)
            .where(Action.buyer_id == request.buyer_id, Action.request_id == request.id)
            .order_by(Action.due, Action.id)
        )
    )


def _met_on(view: BriefingView) -> date:
    if view.start is None:
        raise WrongState("That can be done once the briefing is over.")
    return in_zone(view.start, view.buyer_zone).date()


def _who_decided(work: Work, actor: Actor, request: MeetingRequest) -> str | None:
    """Of whom it is asked: somebody else's proposal goes to who said yes; one's own house sees to that itself."""
    decider = request.decided_by or request.asked_of
    if actor.side is Side.BUYER or decider is None:
        return None
    return work.session.get_one(Person, decider).email


def _carry(work: Work, actor: Actor, request: MeetingRequest, made: MeetingRequest, came: list[int]) -> None:
    """What is left over becomes items of the buyer's, as many as it may have."""
    placed = {entry.ref for entry in entries(work, request)}
    unasked = work.session.scalars(
        select(Item)
        .where(
            Item.buyer_id == request.buyer_id,
            Item.request_id == request.id,
            Item.segment == Segment.BUYER,
            Item.state == ItemState.SENT,
            Item.code.not_in(placed),
        )
        .order_by(Item.id)
    )
    left = [(item.title, item.abstract, item.minutes, list(item.topics), item.asks_id) for item in unasked]
    left += [
        (
            promise.text,
            f"{promise.owner_name}, {organisation(work, promise.company_id).name}, {promise.due.isoformat()}",
            _CARRIED_MINUTES,
            [],
            promise.company_id if promise.company_id in came else None,
        )
        for promise in _promised(work, request)
        if promise.state == ActionState.OPEN
    ]
    for title, abstract, minutes, topics, asks_id in left[: item_rules.ITEMS_AT_MOST]:
        work.session.add(
            Item(
                buyer_id=made.buyer_id,
                request_id=made.id,
                code=new_code(CODE_LENGTH),
                company_id=made.buyer_id,
                segment=Segment.BUYER,
                title=title,
                abstract=abstract,
                minutes=minutes,
                topics=topics,
                visibility=Visibility.BUYER,
                asks_id=asks_id if asks_id in came else None,
                state=ItemState.SENT,
                by=actor.person,
                created_at=work.now,
                changed_at=work.now,
                sent_at=work.now,
            )
        )
