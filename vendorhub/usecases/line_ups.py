"""Who is in the room, for what and how long: the organisers' change of it, and the buyer's word on that (law 2)."""

from collections.abc import Sequence

from vendorhub.domain import briefings as rules
from vendorhub.domain import meeting_requests as asks
from vendorhub.domain import texts
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.rights import on_behalf_of
from vendorhub.domain.terms import Terms
from vendorhub.outbox import briefings as letters
from vendorhub.store import Briefing, MeetingRequest, Organisation
from vendorhub.store.briefings import vendors_named
from vendorhub.store.consents import consent_of
from vendorhub.store.history import record
from vendorhub.store.ledger import append
from vendorhub.store.offers import clear_table
from vendorhub.store.write import Work, write
from vendorhub.usecases.briefings import judged
from vendorhub.usecases.lining_up import ask_anew, is_invited, vendors_called
from vendorhub.usecases.meeting_all import give_up_time


def set_line_up(
    actor: Actor, code: str, *, vendors: Sequence[str], theme: str | None = None, minutes: int | None = None
) -> None:
    """Makes these (slugs) the line-up, and asks everybody again. Fewer than the buyer said yes to are free.

    More are a wish until the buyer says yes to them, and so are another theme and other minutes (None: as they are),
    unless the buyer's own side presses; until then what was agreed holds. Raises WrongState once a time is agreed and
    everybody invited, Unfit for what won't do.
    """
    with write(actor) as work:
        briefing, request, _ = judged(work, actor, code, Deed.SET_LINE_UP)
        rules.check_how_many(vendors)
        wanted = vendors_called(work, request.buyer_id, vendors)
        if is_invited(work, request):
            raise WrongState("Everybody is invited already; please call it off, or let a vendor leave.")
        now, terms = set(vendors_named(work.session, request)), consent_of(work.session, request).terms
        other_theme, other_minutes = _others(request, terms, theme, minutes)
        if now == {each.id for each in wanted} and not other_theme and not other_minutes:
            raise Unfit("vendors", "These are the vendors that are named already.")
        further = [each for each in wanted if each.id not in terms.vendors]
        material = bool(further or other_theme or other_minutes)
        if material and actor.side is not Side.BUYER:
            briefing.wished, briefing.wished_by = [each.id for each in wanted], actor.person
            briefing.wished_theme, briefing.wished_minutes = other_theme, other_minutes
            briefing.changed_at = work.now
            record(work, Deed.SET_LINE_UP, request=request, words="wished" if further else "terms")
            letters.line_up_wished(
                work, request, [each.name for each in further], theme=other_theme, minutes=other_minutes
            )
        else:
            if material:
                _agree_anew(work, actor, briefing, request, wanted, theme=other_theme, minutes=other_minutes)
            ask_anew(work, briefing, request, [each.id for each in wanted])
            record(work, Deed.SET_LINE_UP, request=request)
        work.result = code


def allow_wider(actor: Actor, code: str) -> None:
    """The buyer says yes to the line-up that the organiser wishes, and to its theme and minutes: a new consent, and
    everybody is asked again."""
    with write(actor) as work:
        briefing, request, wanted = _wished(work, actor, code)
        theme, minutes = briefing.wished_theme, briefing.wished_minutes
        _agree_anew(work, actor, briefing, request, wanted, theme=theme, minutes=minutes)
        ask_anew(work, briefing, request, [each.id for each in wanted])
        record(work, Deed.WIDEN, request=request)
        work.result = code


def refuse_wider(actor: Actor, code: str, *, note: str = "") -> None:
    """The buyer keeps what it said yes to; the organiser is told."""
    with write(actor) as work:
        briefing, request, _ = _wished(work, actor, code)
        briefing.wished = briefing.wished_by = briefing.wished_theme = briefing.wished_minutes = None
        briefing.changed_at = work.now
        record(work, Deed.WIDEN, request=request, words="refused")
        letters.line_up_kept(work, request, note)
        work.result = code


def _wished(work: Work, actor: Actor, code: str) -> tuple[Briefing, MeetingRequest, list[Organisation]]:
    briefing, request, _ = judged(work, actor, code, Deed.WIDEN)
    if not briefing.wished:
        raise WrongState("Nobody wishes for another line-up; here is how things stand now.")
    slugs = [work.session.get_one(Organisation, each).slug for each in briefing.wished]
    return briefing, request, vendors_called(work, request.buyer_id, slugs)


def _others(
    request: MeetingRequest, terms: Terms, theme: str | None, minutes: int | None
) -> tuple[str | None, int | None]:
    """The theme and the minutes, cleaned; None for what is as it was agreed. Raises Unfit."""
    other = None if theme is None else texts.line(theme, at_most=asks.TOPIC_AT_MOST, what="theme")
    long = None if minutes is None else asks.check_minutes(minutes, request.kind)
    return other if other != terms.topic else None, long if long != terms.minutes else None


def _agree_anew(
    work: Work,
    actor: Actor,
    briefing: Briefing,
    request: MeetingRequest,
    wanted: Sequence[Organisation],
    *,
    theme: str | None,
    minutes: int | None,
) -> None:
    """One more yes, to the terms with these vendors, this theme and these minutes (None: as they were); it counts at
    once, for it is no answer to an ask. A time that was chosen, and times of another length, fall with the old one."""
    vendors = tuple(each.id for each in wanted)
    terms = consent_of(work.session, request).terms.of_briefing(vendors=vendors, theme=theme, minutes=minutes)
    line = append(
        work,
        buyer_id=request.buyer_id,
        request_id=request.id,
        kind=DecisionKind.ACCEPT,
        effective_at=work.now,
        on_behalf_of=on_behalf_of(actor, request.decided_by or request.asked_of, Deed.WIDEN),
        terms=terms,
    )
    request.consent_id, request.topic, request.minutes_agreed = line.id, terms.topic, terms.minutes
    give_up_time(work, briefing, request)
    if minutes:
        clear_table(work.session, request.buyer_id, request.id, now=work.now)
