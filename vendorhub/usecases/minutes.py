"""Writing down what is said and promised at a briefing, and saying what is on."""

from datetime import date

from sqlalchemy import delete

from vendorhub.domain import minutes as rules
from vendorhub.domain.codes import new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import WrongState
from vendorhub.domain.rights import require
from vendorhub.domain.running import OVER, may_begin
from vendorhub.domain.wall_times import in_zone
from vendorhub.outbox.readers import organisation
from vendorhub.queries import briefings
from vendorhub.queries import minutes as seen
from vendorhub.queries.scope import decider
from vendorhub.store import MinuteLine, PromiseLink, RunningStep
from vendorhub.store.promises import CODE_LENGTH, promised
from vendorhub.store.write import write
from vendorhub.usecases.minuting import attendee, entry_of, how_many, line_of, locked, promise_of, writing, wrote


def note(actor: Actor, code: str, *, text: str, kind: str = "note", entry: str = "") -> str:
    """Writes a note or a decision down, about an entry of the agenda or, with "", the whole; answers its code.

    Each is a row of its own, so two who write at once lose nothing. Raises WrongState before it begins and once the
    minutes are confirmed, Unfit for what won't do.
    """
    with write(actor) as work:
        request = writing(work, actor, code)
        row = MinuteLine(
            buyer_id=request.buyer_id,
            request_id=request.id,
            code=new_code(CODE_LENGTH),
            entry=entry_of(work, request, entry),
            kind=rules.check_kind(kind),
            text=rules.check_text(text),
            by=actor.person,
            made_at=work.now,
        )
        rules.check_number(how_many(work, request))
        work.session.add(row)
        wrote(work, request)
        work.result = row.code
        return row.code


def change_note(actor: Actor, code: str, line: str, *, text: str, kind: str | None = None) -> None:
    """Writes a line anew. Raises SomebodyWasFaster where it is not as the actor saw it: then both are there to look
    at, what stands and what was typed."""
    with write(actor) as work:
        request = writing(work, actor, code, line=line)
        row = line_of(work, request, line)
        row.text = rules.check_text(text)
        row.kind = rules.check_kind(kind) if kind is not None else row.kind
        row.changed_by, row.revision = actor.person, row.revision + 1
        wrote(work, request)
        work.result = row.code


def take_out(actor: Actor, code: str, line: str) -> None:
    """Takes a line out of the minutes. Raises as `change_note` does."""
    with write(actor) as work:
        request = writing(work, actor, code, line=line)
        work.session.delete(line_of(work, request, line))
        wrote(work, request)
        work.result = code


def promise(actor: Actor, code: str, *, text: str, owner: str, due: date | None, entry: str = "") -> str:
    """Writes down what somebody promises by when, and answers its code; `owner` is the address of one of those who
    were invited. Raises as `note` does."""
    with write(actor) as work:
        request = writing(work, actor, code)
        buyer = organisation(work, request.buyer_id)
        who = attendee(work, request, owner)
        rules.check_number(how_many(work, request))
        row = promised(
            work,
            request,
            text=rules.check_promise(text),
            company_id=who.company_id or request.buyer_id,  # at a briefing everybody comes for a company
            owner=(who.name, who.email),
            due=rules.check_due(due, today=in_zone(work.now, buyer.zone).date()),
            by=actor.person,
            entry=entry_of(work, request, entry),
        )
        wrote(work, request)
        work.result = row.code
        return row.code


def change_promise(actor: Actor, code: str, action: str, *, text: str, owner: str, due: date | None) -> None:
    """Writes a promise anew, as long as the minutes are not confirmed: what, whose, and by when. Raises as `note` does,
    and SomebodyWasFaster where it is not as the actor saw it."""
    with write(actor) as work:
        request = writing(work, actor, code, action=action)
        row = promise_of(work, request, action)
        buyer, who = organisation(work, request.buyer_id), attendee(work, request, owner)
        row.text = rules.check_promise(text)
        row.company_id = who.company_id or row.company_id  # at a briefing everybody comes for a company
        row.owner_name, row.owner_email = who.name, who.email
        if due != row.due:  # a day that is past meanwhile may stand
            row.due = rules.check_due(due, today=in_zone(work.now, buyer.zone).date())
        wrote(work, request)
        work.result = row.code


def take_out_promise(actor: Actor, code: str, action: str) -> None:
    """Takes a promise out, as long as the minutes are not confirmed."""
    with write(actor) as work:
        request = writing(work, actor, code, action=action)
        row = promise_of(work, request, action)
        work.session.execute(delete(PromiseLink).where(PromiseLink.action_id == row.id))
        work.session.delete(row)
        wrote(work, request)
        work.result = code


def begin(actor: Actor, code: str, *, entry: str) -> None:
    """Says that this entry is on from now, with "" that it is over; half an hour before the agreed time at the
    earliest. Raises Unfit for an entry that the published agenda does not have."""
    with write(actor) as work:
        locked(work, actor, code)
        _, request, stands = briefings.find(actor, code)
        require(actor, Deed.KEEP_MINUTES, stands, decider=decider(request))
        view = briefings.see(actor, code)
        if view.start is None or view.end is None or view.state not in seen.RUNS:
            raise WrongState("Nothing is on before a time is agreed.")
        if not may_begin(start=view.start, end=view.end, now=work.now):
            raise WrongState("That can be said on the day, from half an hour before it begins.")
        if entry != OVER:
            entry_of(work, request, entry)
        work.session.add(
            RunningStep(
                buyer_id=request.buyer_id,
                request_id=request.id,
                entry=entry,
                by=actor.person,
                began_at=work.now,
            )
        )
        wrote(work, request)
        work.result = code
