"""Answering: yes, in writing, not now, no, never; each held for a while (undo.py takes it back)."""

from collections.abc import Sequence
from datetime import date

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain.codes import new_code
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind, Refused, State
from vendorhub.domain.nevers import whom
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.rights import require
from vendorhub.domain.wall_times import in_zone
from vendorhub.queries.scope import decider, relations
from vendorhub.store import Block, Decision, Organisation
from vendorhub.store.ledger import append
from vendorhub.store.write import Work, write
from vendorhub.usecases.amending import PlaceGiven, keep, settle, wish
from vendorhub.usecases.answering import given, not_shut_out, taken_up, told, told_of_terms
from vendorhub.usecases.lining_up import ask_vendors
from vendorhub.usecases.writing import ask_for_paper


def accept(
    actor: Actor,
    code: str,
    *,
    note: str = "",
    minutes: int | None = None,
    attendees: Sequence[tuple[str, str, str]] | None = None,
    topic: str | None = None,
    place: PlaceGiven = None,
    each_quarter: bool = False,
) -> None:
    """Says yes, held for a while. Fewer minutes, fewer of their people, or more of our own are part of the yes.

    `attendees`, where given, are all who shall come, as (name, email, role). Others of theirs than they named, or
    another `topic`, make it a "yes, but": it waits for their agreement (law 2). With `each_quarter` it is a standing
    yes: a meeting a quarter until somebody calls it off. Raises Unfit for more minutes than were asked for, none of
    their people, or a standing yes to something else than was asked.
    """
    with write(actor) as work:
        say_yes(
            work,
            actor,
            code,
            note=note,
            minutes=minutes,
            attendees=attendees,
            topic=topic,
            place=place,
            each_quarter=each_quarter,
        )
        work.result = code


def say_yes(
    work: Work,
    actor: Actor,
    code: str,
    *,
    note: str = "",
    minutes: int | None = None,
    attendees: Sequence[tuple[str, str, str]] | None = None,
    topic: str | None = None,
    place: PlaceGiven = None,
    each_quarter: bool = False,
) -> None:
    """The same within a deed that is under way."""
    request, to = taken_up(work, actor, code, Deed.STAND if each_quarter else Deed.ACCEPT)
    not_shut_out(work, request)
    if each_quarter and request.kind == Kind.BRIEFING:
        raise Unfit("each_quarter", "A joint briefing is agreed to one at a time; its vendors may be others.")
    wanted = wish(work, request, minutes=minutes, attendees=attendees, topic=topic, place=place)
    if wanted.other and each_quarter:
        raise Unfit("each_quarter", "A standing yes is to what they asked for; please leave topic and people as asked.")
    deed = Deed.AMEND if wanted.other else Deed.STAND if each_quarter else Deed.ACCEPT
    terms = wanted.terms.each_quarter(work.now) if each_quarter else wanted.terms
    request.standing = each_quarter
    if wanted.other:
        require(actor, deed, relations(actor, request), decider=decider(request))
        to = rules.after(State(request.state), deed)
    answer = given(work, actor, request, deed, to, kind=DecisionKind.ACCEPT, note=note, terms=terms)
    request.consent_id = answer.id
    if wanted.other:
        told_of_terms(work, request, answer, keep(work, request, wanted, answer))
    else:
        settle(work, request, wanted)
        told(work, actor, request, answer, deed)
        ask_vendors(work, request, answer)


def refuse(
    actor: Actor,
    code: str,
    *,
    kind: str,
    again_on: date | None = None,
    note: str = "",
    scope: str = "company",
    what: str = "",
    due: date | None = None,
    reader: str = "",
    tell: bool = True,
) -> None:
    """Says in writing (`what` would be read, until `due`, by the `reader` of this address), not now (with the date
    from which they may ask again), no, or never (this person, or this company).

    Held like a yes. A never without `tell` is remembered and told to nobody: where they look, they read a plain no.
    Raises Unfit for an unknown kind or scope, a date that won't do, a reader of another company, or a note that
    nobody would read.
    """
    deed = Deed.BLOCK if kind == Refused.NEVER else Deed.DECLINE
    with write(actor) as work:
        request, to = taken_up(work, actor, code, deed, answer=kind)
        if kind not in list(Refused):
            raise Unfit("kind", "Please choose one of the answers.")
        shut_out = (
            whom(scope, company=request.company_id, vendor=request.vendor_id, person=request.asked_by)
            if kind == Refused.NEVER
            else ()
        )
        if not tell and (kind != Refused.NEVER or note.strip()):
            raise Unfit(
                "note" if kind == Refused.NEVER else "tell",
                "They are told nothing, so nobody would read this line; please leave it empty."
                if kind == Refused.NEVER
                else "Only a lasting no can be kept to yourselves.",
            )
        request.silent = not tell
        buyer = work.session.get_one(Organisation, request.buyer_id)
        today = in_zone(work.now, buyer.zone).date()
        request.again_on = rules.check_again_on(again_on, today=today) if kind == Refused.NOT_NOW else None
        answer = given(work, actor, request, deed, to, kind=DecisionKind(kind), note=note)
        if kind == Refused.IN_WRITING:
            ask_for_paper(work, request, what=what, due=due, reader=reader)
        for company, person in shut_out:
            _shut_out(work, actor, answer, company=company, person=person, first=company == shut_out[0][0])
        told(work, actor, request, answer, deed)
        work.result = code


def _shut_out(work: Work, actor: Actor, answer: Decision, *, company: int, person: int | None, first: bool) -> None:
    """One block for each company, each with a line of its own in the ledger; the `first` has the answer's."""
    line = (
        answer
        if first
        else append(
            work,
            buyer_id=answer.buyer_id,
            request_id=None,
            kind=DecisionKind.NEVER,
            effective_at=answer.effective_at,
            on_behalf_of=answer.on_behalf_of,
        )
    )
    work.session.add(
        Block(
            buyer_id=answer.buyer_id,
            code=new_code(10),
            decision_id=line.id,
            company_id=company,
            person_id=person,
            by=actor.person,
            made_at=work.now,
            effective_at=answer.effective_at,
        )
    )
