"""Whether a deed could be done at all, whatever is sent with it: the door asks when what was sent won't do.

Each raises what the deed itself would before it looks at its words: NotThere, NotAllowed, WrongState.
"""

from dataclasses import replace

from vendorhub import clock
from vendorhub.domain import meeting_requests as asks
from vendorhub.domain import meetings as agreed
from vendorhub.domain import offers as times
from vendorhub.domain import papers
from vendorhub.domain.briefings import Part, refuse_halves, require_going_on
from vendorhub.domain.briefings import after as after_part
from vendorhub.domain.codes import meant
from vendorhub.domain.decisions import why_not_live
from vendorhub.domain.deeds import Deed
from vendorhub.domain.logged import after_correction
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.papers import Stage
from vendorhub.domain.people import Actor, Role
from vendorhub.domain.quarters import AHEAD
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, WrongState
from vendorhub.domain.rights import Relation, require
from vendorhub.domain.sortings import check_waits
from vendorhub.queries import assistants as seen_assistants
from vendorhub.queries import (
    blocks,
    briefings,
    cadence,
    companies,
    mails,
    meeting_requests,
    meetings,
    offers,
    planning,
    polls,
    standing_consents,
    wordings,
)
from vendorhub.queries.scope import decider, find, relations
from vendorhub.store import db
from vendorhub.store.consents import consent_of

_PARTING = (Deed.TAKE_PART, Deed.STAY_OUT, Deed.LEAVE)


def meeting_request(actor: Actor, code: str, deed: Deed, *, answer: str = "") -> None:
    """Whether the actor could do this deed on a meeting request now; `answer` is the way of declining."""
    request, stands = find(actor, code)
    require(actor, deed, stands, decider=decider(request), answer=answer)
    view = meeting_requests.see(actor, code)
    _match(actor, view.version)
    now = clock.now()
    if deed is Deed.SORT:
        check_waits(State(view.state))
        return
    if deed is Deed.CORRECT:
        after_correction(State(view.state), logged=bool(view.channel), told=request.told_at is not None)
        return
    if deed in (Deed.OFFER, Deed.COUNTER):
        offers.require_yes(actor, request, now)
        consent = consent_of(db.session(), request)
        if refusal := why_not_live(consent.facts, max(now, consent.facts.effective_at)):
            raise WrongState(refusal)
        if view.standing and view.meeting:
            raise WrongState(AHEAD)
        return
    if deed in (Deed.REMARK, Deed.SETTLE):
        if deed not in view.may:
            raise WrongState("There is nothing to say of that here.")
        return
    if deed in (Deed.HAND_IN, Deed.ENOUGH):
        papers.after(view.writing.stage if view.writing else None, deed)
    elif view.writing is None or view.writing.stage is not Stage.HERE or deed not in papers.ANSWERS_TO_PAPERS:
        asks.after(State(view.state), deed, held=asks.is_held(request.held_until, now))
    if deed is Deed.WITHDRAW and view.meeting:
        raise WrongState("A time is agreed; please call the meeting off instead.")


def offer(actor: Actor, code: str, deed: Deed) -> None:
    """Whether the actor could do this deed on an offer now."""
    row, request = offers.find_offer(actor, code)
    require(actor, deed, relations(actor, request), decider=decider(request))
    view = offers.see(actor, code)
    _match(actor, view.version)
    offers.require_side(actor, row, deed)
    times.after(times.OfferState(view.state), deed)
    offers.require_yes(actor, request, clock.now())


def meeting(actor: Actor, uid: str, deed: Deed, *, proposal: str | None = None) -> None:
    """Whether the actor could do this deed on a meeting now, and on that wish to move it where one is named."""
    row, request, stands = meetings.find_meeting(actor, uid)
    require(actor, deed, stands, decider=decider(request))
    view = meetings.see(actor, uid)
    _match(actor, view.version)
    if deed is Deed.SET_AGENDA:
        refuse_halves(row.kind)
    agreed.after(MeetingState(row.state), deed, start=row.start_at, now=clock.now())
    if proposal is not None:
        wish = next((one for one in view.proposals if one.code == proposal), None)
        if wish is None:
            raise NotThere
        if wish.state != "open":
            raise WrongState("This wish has already been answered.")


def briefing(actor: Actor, code: str, deed: Deed, *, vendor: str = "") -> None:
    """Whether the actor could do this deed on a briefing now; `vendor` is the slug of whose part it is about."""
    _, request, stands = briefings.find(actor, code)
    view = briefings.see(actor, code)
    if vendor and vendor not in {part.slug for part in view.vendors}:
        raise NotThere
    require(actor, deed, stands, decider=decider(request))
    if vendor and not any(part.own and part.slug == vendor for part in view.vendors):
        raise NotAllowed("This is for that vendor to say.")
    _match(actor, view.version)
    require_going_on(view.state, deed)
    if view.own is not None and deed in _PARTING:
        after_part(Part(view.own.state), deed)


def poll(actor: Actor, code: str) -> None:
    """Whether the actor could put times up for all at a briefing now."""
    briefing(actor, code, Deed.POLL)
    _not_invited(actor, code)


def word_on_times(actor: Actor, code: str, *, vendor: str) -> None:
    """Whether the actor could say for this company, by slug, which of the times that are up suit it."""
    view = polls.asked_of(actor, code, vendor=vendor)
    _, request, stands = briefings.find(actor, code)
    require(actor, Deed.SAY_WHEN, stands, decider=decider(request))
    _match(actor, view.version if view else "")
    require_going_on(briefings.see(actor, code).state)
    if view is None:
        raise WrongState("No times are up at the moment.")


def choice_for_all(actor: Actor, code: str) -> None:
    """Whether the actor could choose one of these times that are up for all now."""
    at = polls.briefing_at(actor, code)
    _, request, stands = briefings.find(actor, at)
    require(actor, Deed.SET_TIME, stands, decider=decider(request))
    view = polls.see(actor, code)
    _match(actor, view.version)
    require_going_on(briefings.see(actor, at).state)
    _not_invited(actor, at)
    times.after(view.state, Deed.CHOOSE)


def _not_invited(actor: Actor, code: str) -> None:
    if briefings.see(actor, code).meeting is not None:
        raise WrongState("Everybody is invited already; please move the meeting instead.")


def block(actor: Actor) -> None:
    """Whether the actor could shut a company out at all."""
    require(actor, Deed.BLOCK, frozenset({Relation.ASKED}) if Role.DECIDER in actor.roles else frozenset())


def lifting(actor: Actor, code: str) -> None:
    """Whether the actor could let the company of this block ask again."""
    require(actor, Deed.LIFT, frozenset({Relation.ANY}))
    if blocks.see(actor, code).lifted_at is not None:
        raise WrongState("This company may already ask again.")


def _match(actor: Actor, version: str) -> None:
    if not actor.door.has_seen(lambda: version):
        raise SomebodyWasFaster("This has changed since you opened it; please look again, then decide.")


def company(actor: Actor, slug: str, *, joining: str = "") -> None:
    """Whether the actor could say of this company with which it is one, or part that joining of it."""
    require(actor, Deed.JOIN, frozenset({Relation.ANY}))
    view = companies.see(actor, slug)
    _match(actor, view.version)
    if joining and meant(joining) not in {each.code for each in view.joinings}:
        raise NotThere


def mail(actor: Actor, code: str) -> None:
    """Whether the actor could say that this mail is theirs."""
    view = mails.see(actor, code)
    _match(actor, view.version)
    if not view.to_confirm:
        raise WrongState("This has been settled already.")


def house(actor: Actor, deed: Deed) -> None:
    """Whether the actor could do this deed in their own company."""
    require(actor, deed, frozenset({Relation.ANY}))


def relationship(actor: Actor, code: str, deed: Deed) -> None:
    """Whether the actor could do this deed on a relationship now."""
    view = cadence.see(actor, code)
    house(actor, deed)
    _match(actor, view.version)


def standing_yes(actor: Actor, code: str, ask: object, *, over: bool = False) -> None:
    """Whether the actor could give a relationship's company a standing yes now; with `over`, call it off."""
    view = cadence.see(actor, code)
    which = (standing_consents.to_revoke if over else standing_consents.to_give)(
        actor, code, ask=ask if isinstance(ask, str) else ""
    )
    _match(actor, view.version)
    meeting_request(actor.by(replace(actor.door, if_match="")), which, Deed.REVOKE if over else Deed.STAND)


def plan(actor: Actor, deed: Deed) -> None:
    """Whether the actor could ask for a plan of a quarter, or say how many hours vendors may take."""
    view = planning.see(actor)
    house(actor, deed)
    _match(actor, view.version)


def assistants(actor: Actor) -> None:
    """Whether the actor could say who answers for them."""
    _match(actor, seen_assistants.mine(actor).version)


def own_words(actor: Actor) -> None:
    """Whether the actor could say in which words answers are told."""
    _match(actor, wordings.own(actor).version)
