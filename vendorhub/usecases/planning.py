"""Planning a quarter: asking for it, the hours that vendors may take, and what the worker makes of it."""

from collections.abc import Sequence
from datetime import timedelta
from time import monotonic

from sqlalchemy import ColumnElement, and_, or_, select, update

from vendorhub import clock
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.planning import Frame, Plan, PlanState, Wish, check_hours, clashes, reasons, saving
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import planning as seen
from vendorhub.queries import rhythms
from vendorhub.store import Organisation, QuarterPlan, db
from vendorhub.store.history import record_plan
from vendorhub.store.plans import Proposed, read, written
from vendorhub.store.write import write

_RESCUE = timedelta(minutes=2)  # after which another worker begins anew
_TOLD_SECONDS = 0.5  # how often the page may hear how far it is


def ask(actor: Actor, *, quarter: str, leave_out: Sequence[str] | None = None) -> str:
    """Asks for a plan of a quarter, and answers the quarter's name; the worker makes it. `leave_out` are the
    relationships, by their codes, that stay out of it; None: as before. What was proposed before stays until then.

    Raises NotThere for those who ask, Unfit for a quarter that can't be planned, or no such relationship.
    """
    seen.see(actor)
    require(actor, Deed.PLAN, frozenset({Relation.ANY}))
    with write(actor) as work:
        work.lock_buyer(actor.organisation)
        which = str(seen.named(actor, quarter))
        work.match(lambda: seen.see(actor, which).version)
        row = work.session.scalar(
            select(QuarterPlan).where(QuarterPlan.buyer_id == actor.organisation, QuarterPlan.quarter == which)
        )
        if row is None:
            row = QuarterPlan(buyer_id=actor.organisation, quarter=which, times=0, left_out=[])
            work.session.add(row)
        row.state, row.times = PlanState.WAITING, row.times + 1
        row.placed = row.wanted = 0
        row.asked_by, row.asked_at = actor.person, work.now
        if leave_out is not None:
            row.left_out = _left_out(actor, leave_out, row.left_out)
        record_plan(work, Deed.PLAN, buyer_id=actor.organisation, words=which)
        work.result = which
        return which


def set_hours(actor: Actor, *, hours: int | None) -> None:
    """Says how many hours a month vendors may take; None: as many as it takes. Raises NotThere for those who ask."""
    seen.see(actor)
    require(actor, Deed.SET_HOURS, frozenset({Relation.ANY}))
    with write(actor) as work:
        buyer = work.lock_buyer(actor.organisation)
        work.match(lambda: seen.see(actor).version)
        buyer.vendor_hours = check_hours(hours)
        record_plan(work, Deed.SET_HOURS, buyer_id=buyer.id, words=str(hours or ""))


def make_due() -> int:
    """Makes the plan that was asked for first, if any waits; answers how many it made, 0 or 1.

    One that a worker began and did not end is begun anew. Whatever goes wrong marks it as failed and is raised.
    """
    claimed = _claim()
    if claimed is None:
        return 0
    number, times = claimed
    try:
        made = _made(number, times)
    except Exception:
        _set(number, times, state=PlanState.FAILED.value)
        raise
    _set(number, times, state=PlanState.DONE.value, made=written(made), made_at=clock.now())
    return 1


def _left_out(actor: Actor, said: Sequence[str], before: Sequence[str]) -> list[str]:
    """The codes that stay out; what the actor can't see stays as it was."""
    known = {kept.code for kept in rhythms.of_buyer(actor)}
    chosen = {meant(code) for code in said}
    if chosen - known:
        raise Unfit("leave_out", "There is no such relationship; please choose again.")
    return sorted(chosen | (set(before) - known))


def _claim() -> tuple[int, int] | None:
    """The plan that is taken on now, and how often it was asked for; a read first, so that an idle worker takes
    nobody's turn."""
    waits = _waits()
    row = db.session.execute(
        select(QuarterPlan.id, QuarterPlan.times).where(waits).order_by(QuarterPlan.asked_at, QuarterPlan.id).limit(1)
    ).first()
    db.session.rollback()
    if row is None:
        return None
    with write(None) as work:
        taken = work.session.execute(
            update(QuarterPlan)
            .where(QuarterPlan.id == row.id, QuarterPlan.times == row.times, waits)
            .values(state=PlanState.RUNNING.value, begun_at=work.now)
        )
        return (row.id, row.times) if taken.rowcount == 1 else None  # type: ignore[attr-defined]


def _waits() -> ColumnElement[bool]:
    orphan = and_(QuarterPlan.state == PlanState.RUNNING, QuarterPlan.begun_at <= clock.now() - _RESCUE)
    return or_(QuarterPlan.state == PlanState.WAITING, orphan)


def _made(number: int, times: int) -> Proposed:
    """The plan, worked out outside of any transaction."""
    from vendorhub.solvers.planner import plan

    wishes, frame, before = _given(number)
    told_at = monotonic()

    def told(done: int, of: int) -> None:
        nonlocal told_at
        if monotonic() - told_at > _TOLD_SECONDS:
            told_at = monotonic()
            _set(number, times, placed=done, wanted=of)

    made = plan(wishes, frame, before=before, told=told)
    why_so = tuple(tuple(reasons(each, frame)) for each in made.proposals)
    return Proposed(made, why_so, saving(made) if made.proposals else None, tuple(clashes(made, frame)))


def _given(number: int) -> tuple[list[Wish], Frame, Plan]:
    """What is to be planned, within what, and the plan before."""
    row = db.session.get_one(QuarterPlan, number, populate_existing=True)
    buyer = db.session.get_one(Organisation, row.buyer_id, populate_existing=True)
    house = seen.house(buyer)
    quarter = seen.named(house, row.quarter)
    wishes = [
        each.wish for each in seen.asks(house, rhythms.of_buyer(house), quarter) if each.kept.code not in row.left_out
    ]
    frame, before = seen.frame(house, quarter, buyer.vendor_hours), read(row.made).plan
    db.session.rollback()
    return wishes, frame, before


def _set(number: int, times: int, **values: object) -> None:
    """Writes what became of a plan, unless it was asked for anew meanwhile."""
    with write(None) as work:
        work.session.execute(
            update(QuarterPlan)
            .where(QuarterPlan.id == number, QuarterPlan.times == times, QuarterPlan.state == PlanState.RUNNING)
            .values(**values)
        )
