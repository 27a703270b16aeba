"""What a buyer sets of its relationships: how often, pauses, quarters let go; and a meeting that was held elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select

from vendorhub.domain import cadence as rules
from vendorhub.domain import relationships as said
from vendorhub.domain import texts
from vendorhub.domain.codes import meant, new_code, plain
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import ASKED_FOR
from vendorhub.domain.meeting_requests import check_minutes as check_planned_minutes
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, Unfit, WrongState
from vendorhub.domain.relationships import Who
from vendorhub.domain.rights import Relation, require
from vendorhub.domain.wall_times import in_zone
from vendorhub.queries import cadence as seen
from vendorhub.queries.circles import open_to
from vendorhub.store import CadencePause, LoggedMeeting, Organisation, Relationship, Waiver
from vendorhub.store.history import record_relationship
from vendorhub.store.relationships import CODE_LENGTH, kept, set_rule
from vendorhub.store.write import Work, write

REASON_AT_MOST = 200


def begin(actor: Actor, *, company: str) -> str:
    """Keeps a rhythm with a company from now on, a meeting a quarter until somebody says otherwise; answers the
    relationship's code. Where there is one already, it is that one. Raises Unfit for no such company."""
    require(actor, Deed.SET_CADENCE, frozenset({Relation.ANY}))
    with write(actor) as work:
        work.lock_buyer(actor.organisation)
        relationship, _ = _with(work, actor, company)
        work.result = relationship.code
        return relationship.code


def set_cadence(
    actor: Actor,
    code: str,
    *,
    every: str,
    minutes: int | None = None,
    kind: str | None = None,
    soft: int | None = None,
    hard: int | None = None,
) -> None:
    """How often the two shall meet from this quarter on; what is not said stays. What is past stays as it was."""
    with write(actor) as work:
        row, view, today = _judged(work, actor, code, Deed.SET_CADENCE)
        before = view.rule or rules.Rule(since=today)
        rule = replace(
            before,
            since=today,
            every=rules.every(every),
            minutes=before.minutes if minutes is None else check_planned_minutes(minutes),
            kind=before.kind if kind is None else _check_kind(kind),
            soft=before.soft if soft is None else rules.check_limit(soft, what="soft"),
            hard=before.hard if hard is None else rules.check_limit(hard, what="hard"),
        )
        set_rule(work.session, row, rule, by=actor.person, now=work.now)
        _record(work, Deed.SET_CADENCE, row)
        work.result = code


def pause(actor: Actor, code: str, *, first: date, last: date, reason: str) -> None:
    """Asks for nothing from the first to the last of these days. Raises Unfit, see domain/cadence.py."""
    with write(actor) as work:
        row, view, today = _judged(work, actor, code, Deed.PAUSE)
        made = rules.pause(first, last, _reason(reason), today=today, others=view.pauses)
        work.session.add(
            CadencePause(
                buyer_id=row.buyer_id,
                relationship_id=row.id,
                first=made.first,
                last=made.last,
                reason=made.reason,
                by=actor.person,
                made_at=work.now,
            )
        )
        _record(work, Deed.PAUSE, row)
        work.result = code


def let_go(actor: Actor, code: str, *, quarter: str, reason: str) -> None:
    """Lets a quarter go that is not over. Raises Unfit for one that is, WrongState for one that was let go before."""
    with write(actor) as work:
        row, view, today = _judged(work, actor, code, Deed.LET_GO)
        which = actor.fiscal.named(quarter)
        rules.check_waiver(which, reason, today=today)
        if str(which) in dict(view.waivers):
            raise WrongState("This quarter was let go already.")
        work.session.add(
            Waiver(
                buyer_id=row.buyer_id,
                relationship_id=row.id,
                quarter=str(which),
                reason=_reason(reason),
                by=actor.person,
                made_at=work.now,
            )
        )
        _record(work, Deed.LET_GO, row)
        work.result = code


def log_meeting(
    actor: Actor, *, company: str, day: date, minutes: int, people: Sequence[Who] = (), note: str = ""
) -> str:
    """Notes a meeting that was held elsewhere, and answers its code: it counts like one that was held here, and nobody
    is written to. Raises Unfit for what needs another look."""
    require(actor, Deed.LOG_MEETING, frozenset({Relation.ANY}))
    with write(actor) as work:
        buyer = work.lock_buyer(actor.organisation)
        row, today = _with(work, actor, company)
        made = LoggedMeeting(
            buyer_id=buyer.id,
            relationship_id=row.id,
            code=new_code(CODE_LENGTH),
            day=said.check_day(day, today=today),
            minutes=said.check_minutes(minutes),
            people=list(said.check_people(people)),
            note=said.check_note(note),
            by=actor.person,
            made_at=work.now,
        )
        work.session.add(made)
        _record(work, Deed.LOG_MEETING, row)
        work.result = made.code
        return made.code


def _judged(work: Work, actor: Actor, code: str, deed: Deed) -> tuple[Relationship, seen.RelationshipView, date]:
    """The relationship's row, the actor's view of it and today, by the buyer's calendar. 404, 403, 412."""
    view = seen.see(actor, code)
    require(actor, deed, frozenset({Relation.ANY}))
    buyer = work.lock_buyer(actor.organisation)
    row = work.session.scalar(
        select(Relationship).where(Relationship.buyer_id == buyer.id, Relationship.code == meant(code))
    )
    if row is None:
        raise NotThere
    work.match(lambda: view.version)
    return row, view, in_zone(work.now, buyer.zone).date()


def _with(work: Work, actor: Actor, company: str) -> tuple[Relationship, date]:
    """The relationship to a company, by its slug, and today."""
    row = work.session.scalar(
        select(Organisation).where(
            Organisation.slug == plain(company),
            Organisation.kind != Side.BUYER,
            or_(Organisation.noted_by.is_(None), Organisation.noted_by == actor.organisation),
            open_to(actor.person, actor.organisation, Organisation.id),
        )
    )
    if row is None:
        raise Unfit("company", "There is no company of that name here; please look at how it is written.")
    today = in_zone(work.now, actor.zone).date()
    return kept(work.session, actor.organisation, row.id, today=today, now=work.now), today


def _check_kind(kind: str) -> str:
    if kind not in ASKED_FOR:
        raise Unfit("kind", "Please choose one of: %(kinds)s.", kinds=", ".join(sorted(ASKED_FOR)))
    return kind


def _reason(reason: str) -> str:
    return texts.line(reason, at_most=REASON_AT_MOST, what="reason") if reason.strip() else ""


def _record(work: Work, deed: Deed, row: Relationship) -> None:
    record_relationship(work, deed, buyer_id=row.buyer_id, company=work.session.get_one(Organisation, row.company_id))
