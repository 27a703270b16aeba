"""Sorting what waits: an assistant puts an ask on a pile, which decides nothing and tells the other side nothing."""

from sqlalchemy import select

from vendorhub.domain import meeting_requests as asks
from vendorhub.domain import sortings as rules
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import may
from vendorhub.domain.sortings import Pile, Sorted
from vendorhub.queries.scope import decider, relations
from vendorhub.store import MeetingRequest, Sorting
from vendorhub.store.history import record
from vendorhub.store.piles import unsort
from vendorhub.store.write import Work, write
from vendorhub.usecases.answering import given, taken_up, told
from vendorhub.usecases.judged import judged


def sort(actor: Actor, code: str, *, pile: str, line: str = "", suggested: str = "") -> None:
    """Puts an ask on a pile, with a line and a suggested answer for the decider if there are any; the last word counts.

    *No for us* is the answer no at once, held like any, where the assistant may give it alone; else it goes to the
    decider with that suggestion. Raises Unfit for what can't be read.
    """
    with write(actor) as work:
        request, _ = judged(work, actor, code, Deed.SORT)
        whose = decider(request)
        rules.check_waits(asks.true_state(State(request.state), answer_by=request.answer_by, now=work.now))
        said = rules.check(pile, line=line, suggested=suggested)
        stands = relations(actor, request)
        if said.pile is Pile.NO and may(actor, Deed.DECLINE, stands, decider=whose, answer=DecisionKind.NO):
            _say_no(work, actor, request)
        else:
            _lay(work, actor, request, said)
        work.result = code


def _say_no(work: Work, actor: Actor, request: MeetingRequest) -> None:
    """A no like any other; what came elsewhere is remembered as one, and nobody outside is written to for it.

    What was sorted before is over: if the no is taken back, the ask is to be sorted anew.
    """
    unsort(work.session, buyer_id=request.buyer_id, request_id=request.id)
    kind = DecisionKind.REMEMBER if request.channel else DecisionKind.NO
    request, to = taken_up(work, actor, request.code, Deed.DECLINE, answer=kind)
    answer = given(work, actor, request, Deed.DECLINE, to, kind=kind, note="")
    if request.channel:
        record(work, Deed.DECLINE, request=request, audience="buyer", decision_id=answer.id, words=kind)
    else:
        told(work, actor, request, answer, Deed.DECLINE)


def _lay(work: Work, actor: Actor, request: MeetingRequest, said: Sorted) -> None:
    """An ask of nobody in particular is sorted for the decider whom the assistant serves."""
    whose = request.asked_of or request.decided_by or min(actor.serves)
    row = work.session.scalar(
        select(Sorting).where(
            Sorting.buyer_id == request.buyer_id, Sorting.request_id == request.id, Sorting.decider == whose
        )
    ) or Sorting(buyer_id=request.buyer_id, request_id=request.id, decider=whose)
    row.pile, row.line, row.suggested = said.pile, said.line, said.suggested
    row.by, row.at = actor.person, work.now
    work.session.add(row)
    record(work, Deed.SORT, request=request, audience="buyer", words=said.pile)
