"""Taking two companies for one, as after an acquisition, and parting them again: the buyer's own view of the world."""

from collections.abc import Collection

from sqlalchemy import select

from vendorhub.domain.codes import meant, new_code, plain
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Unfit, WrongState
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import companies as seen
from vendorhub.queries.companies import CompanyView
from vendorhub.store import Block, JoinedAnswer, Joining, MeetingRequest, Organisation
from vendorhub.store.companies import kin
from vendorhub.store.history import record_block, record_joining
from vendorhub.store.ledger import append
from vendorhub.store.write import Work, write


def join(actor: Actor, *, one: str, other: str, holding: Collection[str] = ()) -> str:
    """Takes two companies, named by their slugs, for one from now on, and answers the joining's code.

    `holding` are the codes of the earlier answers, and of the nevers, that shall hold for both; none does unasked.
    A never among them is a never of whoever presses, to the other company. Raises NotAllowed where they may not say
    it, Unfit for what can't be joined, WrongState for two that are one already.
    """
    require(actor, Deed.JOIN, frozenset({Relation.ANY}))
    with write(actor) as work:
        work.lock_buyer(actor.organisation)
        work.match(lambda: seen.see(actor, one).version)
        first, second = _company(work, actor, one, "one"), _company(work, actor, other, "other")
        if first.id == second.id:
            raise Unfit("other", "That is the same company; please choose another one.")
        if second.id in kin(work.session, actor.organisation, first.id):
            raise WrongState("These two are one already.")
        made = Joining(
            buyer_id=actor.organisation,
            code=new_code(10),
            one_id=first.id,
            other_id=second.id,
            by=actor.person,
            made_at=work.now,
        )
        work.session.add(made)
        work.session.flush()
        left = {meant(code) for code in holding}
        for company, twin in ((first, second), (second, first)):
            view = seen.see(actor, company.slug)
            left -= _carry_answers(work, made, view, left)
            left -= _carry_nevers(work, actor, view, twin, left)
        if left:
            raise Unfit("holding", "One of these answers does not stand any more; please look again.")
        record_joining(work, Deed.JOIN, buyer_id=made.buyer_id, one=first, other=second)
        work.result = made.code
        return made.code


def part(actor: Actor, code: str, *, beside: str = "") -> None:
    """Takes two companies for two again. A never that was given to one of them meanwhile stays until it is lifted.
    `beside` is the slug of the company on which the actor sees it, where that is said: it must be one of the two."""
    require(actor, Deed.JOIN, frozenset({Relation.ANY}))
    with write(actor) as work:
        work.lock_buyer(actor.organisation)
        made = work.session.scalar(
            select(Joining).where(Joining.code == meant(code), Joining.buyer_id == actor.organisation)
        )
        if made is None:
            raise NotThere
        if beside:
            work.match(lambda: seen.see(actor, beside).version)
            first = work.session.scalar(select(Organisation.id).where(Organisation.slug == plain(beside)))
            if first not in (made.one_id, made.other_id):
                raise NotThere
        if made.parted_at is not None:
            raise WrongState("These two are two already.")
        made.parted_by, made.parted_at = actor.person, work.now
        one, other = (work.session.get_one(Organisation, number) for number in (made.one_id, made.other_id))
        record_joining(work, Deed.PART, buyer_id=made.buyer_id, one=one, other=other)
        work.result = code


def _company(work: Work, actor: Actor, slug: str, field: str) -> Organisation:
    row = work.session.scalar(select(Organisation).where(Organisation.slug == plain(slug)))
    if row is not None and row.id == actor.organisation:
        raise Unfit(field, "That is your own company; please choose two of those that ask you.")
    try:
        seen.see(actor, slug)
    except NotThere:
        row = None
    if row is None:
        raise Unfit(field, "There is no such company among those that you have to do with.")
    return row


def _carry_answers(work: Work, made: Joining, view: CompanyView, chosen: Collection[str]) -> set[str]:
    found = {answer.code for answer in view.answers} & set(chosen)
    for number in work.session.scalars(select(MeetingRequest.id).where(MeetingRequest.code.in_(found))):
        work.session.add(JoinedAnswer(buyer_id=made.buyer_id, joining_id=made.id, request_id=number))
    return found


def _carry_nevers(work: Work, actor: Actor, view: CompanyView, twin: Organisation, chosen: Collection[str]) -> set[str]:
    """A never that shall hold for both is one more never, to the other company: what is open there ends with it."""
    found = {never.code for never in view.nevers if never.person is None} & set(chosen)
    if not found:
        return found
    require(actor, Deed.BLOCK, frozenset({Relation.ASKED}))
    decision = append(
        work, buyer_id=actor.organisation, request_id=None, kind=DecisionKind.NEVER, effective_at=work.now
    )
    work.session.add(
        Block(
            buyer_id=actor.organisation,
            code=new_code(10),
            decision_id=decision.id,
            company_id=twin.id,
            by=actor.person,
            made_at=work.now,
            effective_at=work.now,
        )
    )
    work.session.flush()
    record_block(work, Deed.BLOCK, buyer_id=actor.organisation, company=twin)
    return found
