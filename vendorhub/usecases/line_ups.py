"""Who is in the room: the organisers' change of it, and the buyer's word on a wider one (law 2)."""

from collections.abc import Sequence

from vendorhub.domain import briefings as rules
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.rights import on_behalf_of
from vendorhub.outbox import briefings as letters
from vendorhub.store import Briefing, MeetingRequest, Organisation
from vendorhub.store.briefings import vendors_named
from vendorhub.store.consents import consent_of
from vendorhub.store.history import record
from vendorhub.store.ledger import append
from vendorhub.store.write import Work, write
from vendorhub.usecases.briefings import judged
from vendorhub.usecases.lining_up import ask_anew, is_invited, vendors_called
from vendorhub.usecases.meeting_all import give_up_time


def set_line_up(actor: Actor, code: str, *, vendors: Sequence[str]) -> None:
    """Makes these (slugs) the line-up, and asks everybody again. Fewer than the buyer said yes to are free.

    More are a wish until the buyer says yes to them, unless the buyer's own side presses. Raises WrongState once a
    time is agreed and everybody invited, Unfit for a vendor that won't do.
    """
    with write(actor) as work:
        briefing, request, _ = judged(work, actor, code, Deed.SET_LINE_UP)
        rules.check_how_many(vendors)
        wanted = vendors_called(work, request.buyer_id, vendors)
        if is_invited(work, request):
            raise WrongState("Everybody is invited already; please call it off, or let a vendor leave.")
        now = set(vendors_named(work.session, request))
        if now == {each.id for each in wanted}:
            raise Unfit("vendors", "These are the vendors that are named already.")
        agreed = set(consent_of(work.session, request).terms.vendors)
        further = [each for each in wanted if each.id not in agreed]
        if further and actor.side is not Side.BUYER:
            briefing.wished, briefing.wished_by = [each.id for each in wanted], actor.person
            briefing.changed_at = work.now
            record(work, Deed.SET_LINE_UP, request=request, words="wished")
            letters.line_up_wished(work, request, [each.name for each in further])
        else:
            if further:
                _widen(work, actor, request, wanted)
                give_up_time(work, briefing, request)
            ask_anew(work, briefing, request, [each.id for each in wanted])
            record(work, Deed.SET_LINE_UP, request=request)
        work.result = code


def allow_wider(actor: Actor, code: str) -> None:
    """The buyer says yes to the line-up that the organiser wishes: a new consent, and everybody is asked again."""
    with write(actor) as work:
        briefing, request, wanted = _wished(work, actor, code)
        _widen(work, actor, request, wanted)
        give_up_time(work, briefing, request)
        ask_anew(work, briefing, request, [each.id for each in wanted])
        record(work, Deed.WIDEN, request=request)
        work.result = code


def refuse_wider(actor: Actor, code: str, *, note: str = "") -> None:
    """The buyer keeps the line-up it said yes to; the organiser is told."""
    with write(actor) as work:
        briefing, request, _ = _wished(work, actor, code)
        briefing.wished = briefing.wished_by = None
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


def _widen(work: Work, actor: Actor, request: MeetingRequest, wanted: Sequence[Organisation]) -> None:
    """One more yes, to the same terms with these vendors; it counts at once, for it is no answer to an ask."""
    terms = consent_of(work.session, request).terms.with_vendors(tuple(each.id for each in wanted))
    line = append(
        work,
        buyer_id=request.buyer_id,
        request_id=request.id,
        kind=DecisionKind.ACCEPT,
        effective_at=work.now,
        on_behalf_of=on_behalf_of(actor, request.decided_by or request.asked_of, Deed.WIDEN),
        terms=terms,
    )
    request.consent_id = line.id
