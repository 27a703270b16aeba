"""A company's word on a fact of its record, and on a goal that it thinks will fail; the buyer's on having heard it."""

from sqlalchemy import func, select

from vendorhub.domain import records as rules
from vendorhub.domain.codes import meant, new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Unfit, WrongState
from vendorhub.queries import cadence, doubts
from vendorhub.queries import records as seen
from vendorhub.store import Doubt, FactAnswer, Goal, Organisation, Relationship
from vendorhub.store.goals import RETIRED
from vendorhub.store.history import record_relationship
from vendorhub.store.relationships import CODE_LENGTH
from vendorhub.store.write import Work, write


def answer(actor: Actor, code: str, *, fact: str, text: str) -> None:
    """Says what the company finds wrong with a fact about itself, beside which both sides read it; said again it takes
    the place of what was said. Raises Unfit for no such fact, and for nothing said."""
    with write(actor) as work:
        kept = _kept(work, actor, code)
        view = seen.answering(actor, code)
        try:
            seen.fact(view, fact)
        except NotThere:
            raise Unfit("fact", "There is no such fact about your company here.") from None
        clean = rules.check_answer(text)
        key = (kept.buyer_id, kept.company_id, fact)
        row = work.session.get(FactAnswer, key)
        if row is None:
            row = FactAnswer(buyer_id=key[0], company_id=key[1], fact=fact)
            work.session.add(row)
        row.text, row.by, row.made_at = clean, actor.person, work.now
        _record(work, Deed.ANSWER_FACT, kept)
        work.result = code


def doubt(actor: Actor, code: str, *, goal: str, text: str) -> str:
    """Says why a goal that the buyer has opened will fail, and answers the doubt's code: no ask, and nobody is written
    to. Raises WrongState while an earlier one of the company's about it has not been heard, and for whom the buyer
    asked not to ask; Unfit for no such goal."""
    with write(actor) as work:
        kept = _kept(work, actor, code)
        doubts.doubting(actor, code)
        named = work.session.scalar(
            select(Goal).where(Goal.buyer_id == kept.buyer_id, Goal.name == goal.strip(), Goal.position > RETIRED)
        )
        if named is None:
            raise Unfit("goal", "Please choose one of the goals on their list.")
        rules.check_one_doubt(
            work.session.scalar(
                select(func.count()).where(
                    Doubt.buyer_id == kept.buyer_id,
                    Doubt.company_id == kept.company_id,
                    Doubt.goal_id == named.id,
                    Doubt.heard_at.is_(None),
                )
            )
            or 0
        )
        made = Doubt(
            buyer_id=kept.buyer_id,
            code=new_code(CODE_LENGTH),
            company_id=kept.company_id,
            goal_id=named.id,
            text=rules.check_doubt(text),
            by=actor.person,
            made_at=work.now,
        )
        work.session.add(made)
        _record(work, Deed.DOUBT, kept)
        work.result = made.code
        return made.code


def hear(actor: Actor, code: str) -> None:
    """The buyer's side has read a doubt: it leaves the desk, and the company may say another. Raises WrongState where
    somebody has said so."""
    with write(actor) as work:
        work.lock_buyer(actor.organisation)
        view = doubts.hearing(actor, code)
        row = work.session.scalars(select(Doubt).where(Doubt.code == meant(view.code))).one()
        if row.heard_at is not None:
            raise WrongState("Somebody of your side has read this already.")
        row.heard_by, row.heard_at = actor.person, work.now
        company = work.session.get_one(Organisation, row.company_id)
        record_relationship(work, Deed.HEAR_DOUBT, buyer_id=row.buyer_id, company=company)
        work.result = code


def _kept(work: Work, actor: Actor, code: str) -> Relationship:
    """The relationship, nobody else at its buyer's. Raises NotThere for one that the actor doesn't see."""
    cadence.see(actor, code)
    kept = work.session.scalars(select(Relationship).where(Relationship.code == meant(code))).one()
    work.lock_buyer(kept.buyer_id)
    return kept


def _record(work: Work, deed: Deed, kept: Relationship) -> None:
    company = work.session.get_one(Organisation, kept.company_id)
    record_relationship(work, deed, buyer_id=kept.buyer_id, company=company)
