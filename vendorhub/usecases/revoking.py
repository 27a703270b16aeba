"""A yes taken back after it was heard: at once, for only answers are held."""

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain import texts
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import on_behalf_of
from vendorhub.outbox import notices
from vendorhub.queries.scope import decider
from vendorhub.store.ledger import append
from vendorhub.store.write import Work, write
from vendorhub.usecases.answering import NOTE_AT_MOST
from vendorhub.usecases.judged import judged
from vendorhub.usecases.taking_back import take_back


def revoke(actor: Actor, code: str, *, note: str = "") -> None:
    """Calls off a yes that counts: the meeting ahead is cancelled, times on the table fall, and whoever asked is told.

    A meeting that has been stays as it was. Raises WrongState while the yes can still be taken back unheard.
    """
    with write(actor) as work:
        call_off(work, actor, code, note=note)
        work.result = code


def call_off(work: Work, actor: Actor, code: str, *, note: str = "") -> None:
    """The same within a deed that is under way."""
    request, _ = judged(work, actor, code, Deed.REVOKE)
    rules.after(State(request.state), Deed.REVOKE, held=rules.is_held(request.held_until, work.now))
    said = texts.text(note, at_most=NOTE_AT_MOST, what="note")
    line = append(
        work,
        buyer_id=request.buyer_id,
        request_id=request.id,
        kind=DecisionKind.REVOKE,
        effective_at=work.now,
        on_behalf_of=on_behalf_of(actor, decider(request), Deed.REVOKE),
        undoes=request.consent_id,
    )
    _, called_off = take_back(work, request, note=said, decision_id=line.id)
    notices.revoked(work, request, note=said, called_off=called_off > 0)
