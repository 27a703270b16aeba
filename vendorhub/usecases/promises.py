"""What becomes of a promise: its side says that it is done or why not yet, the other confirms it or opens it again; and
a delivery that was missed is told without a meeting."""

from datetime import date, datetime, time

from sqlalchemy import func, or_, select

from vendorhub.domain import promises as rules
from vendorhub.domain.codes import new_code, plain
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.minutes import ActionState, check_promise
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotAllowed, Unfit, WrongState
from vendorhub.domain.rights import Relation, require
from vendorhub.domain.wall_times import in_zone
from vendorhub.domain.windows import reached
from vendorhub.outbox import promises as letters
from vendorhub.queries import links
from vendorhub.queries import promises as seen
from vendorhub.queries.circles import open_to
from vendorhub.store import Action, MeetingRequest, Organisation, Person, Relationship
from vendorhub.store.blocks import shut_out
from vendorhub.store.history import record, record_part, record_promise
from vendorhub.store.promises import CODE_LENGTH
from vendorhub.store.talks import Talk, last_talk
from vendorhub.store.write import Work, write


def complete(actor: Actor, code: str, *, proof: str = "") -> None:
    """The owner's side says that it is done, with a line or a link by which one sees it. Raises NotThere, NotAllowed
    for the other side, WrongState where it is done already, Unfit for a line that won't do."""
    with write(actor) as work:
        _complete(work, actor, code, proof)


def complete_by_link(secret: str, *, proof: str = "") -> None:
    """The same by the link in a reminder, for people without an account as well."""
    with write(None) as work:
        actor, code = links.promise_link(secret)
        work.actor = actor
        _complete(work, actor, code, proof)


def say_why_by_link(secret: str, *, why: str) -> None:
    """Why it is not in time, likewise."""
    with write(None) as work:
        actor, code = links.promise_link(secret)
        work.actor = actor
        _say_why(work, actor, code, why)


def confirm(actor: Actor, code: str) -> None:
    """The side to which it was promised says that it is kept, whether or not the other has said so before."""
    with write(actor) as work:
        row = _judged(work, actor, code, Deed.CONFIRM_PROMISE)
        if row.done_at is None:
            row.done_by, row.done_at = actor.person, work.now
        row.confirmed_by, row.confirmed_at = actor.person, work.now
        _settle(work, row, Deed.CONFIRM_PROMISE)


def reopen(actor: Actor, code: str, *, note: str = "") -> None:
    """It is open after all: the other side does not see it done, and its owner, who said that it was, is told so with a
    `note`; or either side takes its own word back, of which nobody is told. Whom the buyer has shut out writes to
    nobody of it (law 5)."""
    with write(actor) as work:
        row = _judged(work, actor, code, Deed.REOPEN_PROMISE)
        clean = rules.check_why(note, required=False)
        own_word = row.company_id == actor.organisation or row.done_at == row.confirmed_at
        row.done_by = row.done_at = row.confirmed_by = row.confirmed_at = None
        row.proof = ""
        if not own_word and not _is_shut_out(work, actor, row.buyer_id):
            letters.reopened(work, row, clean)
        _settle(work, row, Deed.REOPEN_PROMISE)


def say_why(actor: Actor, code: str, *, why: str) -> None:
    """The owner's side says why it is not in time, and what changes: the other side reads it beside the promise, and a
    governance review begins with it."""
    with write(actor) as work:
        _say_why(work, actor, code, why)


def tell_missed(actor: Actor, *, company: str, ours: bool, text: str, due: date | None, why: str = "") -> str:
    """Tells, without a meeting, that a delivery was missed: by the actor's own side (`ours`, then perhaps `why`), or by
    the other, `company`, a slug. Answers the promise's code. It is noted as a promise that is missed, and those of the
    other side who were in touch last get one letter.

    Raises Unfit for a company that one has not met, or for what needs another look, NotAllowed where the buyer asked
    not to be written to, WrongState for a second one within a day.
    """
    require(actor, Deed.TELL_MISSED, frozenset({Relation.ANY}))
    with write(actor) as work:
        other, buyer, talk = _met(work, actor, company)
        _refuse_second(work, actor, buyer, other)
        today = in_zone(work.now, buyer.zone).date()
        own = work.session.get_one(Person, actor.person)
        row = Action(
            buyer_id=buyer.id,
            code=new_code(CODE_LENGTH),
            text=check_promise(text),
            company_id=actor.organisation if ours else other.id,
            to_id=other.id if ours else actor.organisation,
            told_by=actor.organisation,
            owner_name=own.name if ours else "",
            owner_email=own.email if ours else "",
            due=rules.check_missed(due, today=today),
            state=ActionState.OPEN,
            by=actor.person,
            made_at=work.now,
            why=rules.check_why(why, required=False) if ours else "",
        )
        work.session.add(row)
        work.session.flush()
        if talk is not None:
            letters.missed(work, row, talk)
        _record(work, row, Deed.TELL_MISSED)
        work.result = row.code
        return row.code


def _complete(work: Work, actor: Actor, code: str, proof: str) -> None:
    row = _judged(work, actor, code, Deed.KEEP_PROMISE)
    row.done_by, row.done_at = actor.person, work.now
    row.proof = rules.check_proof(proof)
    _settle(work, row, Deed.KEEP_PROMISE)


def _say_why(work: Work, actor: Actor, code: str, why: str) -> None:
    row = _judged(work, actor, code, Deed.SAY_WHY)
    row.why = rules.check_why(why)
    _settle(work, row, Deed.SAY_WHY)


def _judged(work: Work, actor: Actor, code: str, deed: Deed) -> Action:
    """The promise's row with the buyer's row locked, judged and in the state that follows."""
    view = seen.see(actor, code)
    row = work.session.scalars(select(Action).where(Action.code == view.code)).one()
    work.lock_buyer(row.buyer_id)
    seen.judge(actor, code, deed)
    work.session.refresh(row)
    row.state = rules.after(ActionState(row.state), deed, owes=row.company_id == actor.organisation)
    return row


def _settle(work: Work, row: Action, deed: Deed) -> None:
    _record(work, row, deed)
    work.result = row.code


def _record(work: Work, row: Action, deed: Deed) -> None:
    """One line, for the two whose promise it is."""
    if row.request_id is None:
        vendor = row.to_id if row.company_id == row.buyer_id else row.company_id
        record_promise(work, deed, buyer_id=row.buyer_id, company_id=vendor or row.company_id, words=row.text)
        return
    request = work.session.get_one(MeetingRequest, row.request_id)
    if request.kind == Kind.BRIEFING and row.company_id not in (row.buyer_id, request.company_id):
        record_part(work, deed, request=request, company_id=row.company_id)
    else:
        record(work, deed, request=request, words=row.text)


def _met(work: Work, actor: Actor, slug: str) -> tuple[Organisation, Organisation, Talk | None]:
    """The other company, the buyer of the two with its row locked, and their last talk; None where the buyer keeps a
    relationship with it without one. Raises Unfit for a company that the actor's has not met, NotAllowed."""
    named = select(Organisation).where(Organisation.slug == plain(slug))
    if not actor.asks:
        named = named.where(open_to(actor.person, actor.organisation, Organisation.id))
    other = work.session.scalar(named)
    if other is None or (other.kind == Side.BUYER) is not actor.asks:
        raise _not_met()
    buyer = work.lock_buyer(other.id if actor.asks else actor.organisation)
    vendor = actor.organisation if actor.asks else other.id
    if _is_shut_out(work, actor, buyer.id):
        raise NotAllowed("This company has decided not to meet, and asks you not to write again.")
    talk = last_talk(work.session, buyer.id, vendor, now=work.now)
    if talk is None and (actor.asks or not _is_kept(work, buyer.id, vendor)):
        raise _not_met()
    return other, buyer, talk


def _is_shut_out(work: Work, actor: Actor, buyer_id: int) -> bool:
    shut = select(shut_out(buyer_id, actor.organisation, actor.person, now=work.now))
    return actor.asks and bool(work.session.scalar(shut))


def _is_kept(work: Work, buyer_id: int, company_id: int) -> bool:
    kept = select(Relationship.id).where(Relationship.buyer_id == buyer_id, Relationship.company_id == company_id)
    return work.session.scalar(kept) is not None


def _not_met() -> Unfit:
    return Unfit("company", "Please name a company that you have met; there is none of that name.")


def _refuse_second(work: Work, actor: Actor, buyer: Organisation, other: Organisation) -> None:
    day = in_zone(work.now, buyer.zone).date()
    since = reached(datetime.combine(day, time()), buyer.zone)
    told = (
        select(func.count())
        .select_from(Action)
        .where(
            Action.buyer_id == buyer.id,
            Action.told_by == actor.organisation,
            or_(Action.company_id == other.id, Action.to_id == other.id),
            Action.made_at >= since,
        )
    )
    if work.session.scalar(told):
        raise WrongState("You have told them of one today already; please tell the next tomorrow, or when you meet.")
