"""Proposing a joint briefing, and what its organisers change about it: the line-up and the frame."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from vendorhub.domain import briefings as rules
from vendorhub.domain import items
from vendorhub.domain.codes import plain
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.domain.people import Actor, Role, Side
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.rights import Relation, require
from vendorhub.domain.wall_times import in_zone
from vendorhub.outbox import items as item_letters
from vendorhub.queries import briefings as seen
from vendorhub.queries.scope import decider
from vendorhub.store import Briefing, MeetingRequest, Organisation, Participation, Person
from vendorhub.store.briefings import parts_of
from vendorhub.store.history import record
from vendorhub.store.write import Work, write
from vendorhub.usecases.amending import settle, wish
from vendorhub.usecases.answering import given
from vendorhub.usecases.lining_up import ask_vendors, vendors_called
from vendorhub.usecases.placing import Words, may_ask_now, put_before, written_down


def propose(
    actor: Actor,
    *,
    buyer: str,
    theme: str,
    outcome: str,
    minutes: int,
    vendors: Sequence[str],
    items_due: date | None,
    goal: str | None = None,
    buyer_share: int = rules.SHARE,
    house_rules: str = "",
    to: str | None = None,
) -> str:
    """Proposes a joint briefing to a buyer and answers its code; `vendors` are slugs. There is no time in it (M1).

    A VAR proposes to any buyer; somebody of a buyer to their own, where a decider's proposal is their yes, held as any
    answer is. The vendors hear nothing before the buyer's yes counts. Raises NotAllowed where the VAR is shut out,
    Unfit for what needs another look; of a vendor that the buyer has shut out only that it is not with this buyer.
    """
    with write(actor) as work:
        request = proposed(
            work,
            actor,
            buyer=buyer,
            theme=theme,
            outcome=outcome,
            minutes=minutes,
            vendors=vendors,
            items_due=items_due,
            goal=goal,
            buyer_share=buyer_share,
            house_rules=house_rules,
            to=to,
        )
        work.result = request.code
        return request.code


def proposed(
    work: Work,
    actor: Actor,
    *,
    buyer: str,
    theme: str,
    outcome: str,
    minutes: int,
    vendors: Sequence[str],
    items_due: date | None,
    goal: str | None,
    buyer_share: int,
    house_rules: str,
    to: str | None,
) -> MeetingRequest:
    """The same within a deed that has begun; answers the request."""
    require(actor, Deed.PROPOSE, frozenset({Relation.ANY}))
    asked = work.lock_buyer(_buyer(work, actor, buyer))
    if actor.side is not Side.BUYER:
        may_ask_now(work.session, actor, asked.id, work.now)
    words = Words(
        topic=theme,
        outcome=outcome,
        learned="",
        minutes=minutes,
        attendees=[(actor.name, _address(work, actor.person), "")],
        goal=goal,
        kind=Kind.BRIEFING,
        to=to or _own_decider(work, actor),
    )
    rules.check_how_many(vendors)
    named = vendors_called(work, asked.id, vendors)
    due = rules.check_items_due(items_due, today=in_zone(work.now, asked.zone).date())
    share, kept = rules.check_share(buyer_share), rules.check_house_rules(house_rules)
    request = written_down(work, actor, asked, words)
    work.session.add(
        Briefing(
            buyer_id=asked.id,
            request_id=request.id,
            buyer_share=share,
            items_due=due,
            line_up=rules.line_up([each.id for each in named]),
            house_rules=kept,
            changed_at=work.now,
        )
    )
    work.session.flush()
    for position, each in enumerate(named, start=1):
        work.session.add(
            Participation(
                buyer_id=asked.id,
                request_id=request.id,
                company_id=each.id,
                position=position,
                state=rules.Part.ASKED,
            )
        )
    work.session.flush()
    record(work, Deed.PROPOSE, request=request)
    if request.asked_of == actor.person:
        _says_yes(work, actor, request)
    else:
        put_before(work, request, asked)
    return request


def set_frame(
    actor: Actor,
    code: str,
    *,
    items_due: date | None = None,
    buyer_share: int | None = None,
    house_rules: str | None = None,
    publish_days_before: int | None = None,
) -> None:
    """Changes by when items are due (for all alike), the buyer's share, the house rules, or how many working days
    before it the agenda is published; None leaves it as it is. Every vendor hears of another day. Raises Unfit for
    what won't do."""
    with write(actor) as work:
        briefing, request, buyer = judged(work, actor, code, Deed.SET_FRAME)
        if items_due is not None and items_due != briefing.items_due:
            briefing.items_due = rules.check_items_due(items_due, today=in_zone(work.now, buyer.zone).date())
            # whoever hears of a day that is nearer than the reminder needs no further one
            briefing.reminded_at = work.now if items.remind_at(items_due, buyer.zone) <= work.now else None
            for part in parts_of(work.session, request):
                if part.state in (rules.Part.ASKED, rules.Part.JOINED) and part.asked_at is not None:
                    item_letters.extended(work, briefing, request, part)
        if buyer_share is not None:
            briefing.buyer_share = rules.check_share(buyer_share)
        if house_rules is not None:
            briefing.house_rules = rules.check_house_rules(house_rules)
        if publish_days_before is not None:
            briefing.publish_days_before = rules.check_days_before(publish_days_before)
        briefing.changed_at = work.now
        record(work, Deed.SET_FRAME, request=request)
        work.result = code


def judged(work: Work, actor: Actor, code: str, deed: Deed) -> tuple[Briefing, MeetingRequest, Organisation]:
    """The briefing, its request and its buyer, whose row is held from here on.

    Raises NotThere, NotAllowed, SomebodyWasFaster where somebody has changed what the actor saw, and WrongState where
    it is too early for the deed, or over: in that order.
    """
    _, request, _ = seen.find(actor, code)
    buyer = work.lock_buyer(request.buyer_id)
    briefing, request, stands = seen.find(actor, code)
    require(actor, deed, stands, decider=decider(request))
    view = seen.see(actor, code)
    work.match(lambda: view.version)
    rules.require_going_on(view.state, deed)
    return briefing, request, buyer


def _buyer(work: Work, actor: Actor, slug: str) -> int:
    found = work.session.scalar(
        select(Organisation.id).where(Organisation.slug == plain(slug), Organisation.kind == Side.BUYER)
    )
    if found is None or (actor.side is Side.BUYER and found != actor.organisation):
        raise Unfit("buyer", "There is no such company here.")
    return found


def _own_decider(work: Work, actor: Actor) -> str | None:
    """Who answers what somebody proposes to their own company: themselves, or whom they assist; else any decider."""
    if Role.DECIDER in actor.roles:
        return _address(work, actor.person)
    return _address(work, min(actor.serves)) if actor.serves else None


def _address(work: Work, person: int) -> str:
    return work.session.get_one(Person, person).email


def _says_yes(work: Work, actor: Actor, request: MeetingRequest) -> None:
    """A decider's own proposal is their yes to it, in the same press."""
    wanted = wish(work, request, minutes=None, attendees=None, topic=None, place=None)
    answer = given(
        work, actor, request, Deed.ACCEPT, State.ACCEPTED, kind=DecisionKind.ACCEPT, note="", terms=wanted.terms
    )
    request.consent_id = answer.id
    settle(work, request, wanted)
    record(
        work,
        Deed.ACCEPT,
        request=request,
        visible_at=answer.effective_at,
        decision_id=answer.id,
        words=answer.kind,
    )
    ask_vendors(work, request, answer)
