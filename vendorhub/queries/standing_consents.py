"""Which of a relationship's asks have a standing yes, and which that wait could have one (M8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from vendorhub import clock
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import AWAITING, Kind, State
from vendorhub.domain.people import Actor, Role
from vendorhub.domain.refusals import NotThere, WrongState
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import cadence
from vendorhub.queries.request_rows import views
from vendorhub.queries.request_views import RequestView, shown
from vendorhub.store import MeetingRequest, Organisation, db


@dataclass(frozen=True)
class StandingView:
    """The asks of one company, the newest first: those that `stand`, as far as the actor sees them, and those that
    `wait` and to which the actor may give a standing yes."""

    stand: tuple[RequestView, ...]
    wait: tuple[RequestView, ...]


def see(actor: Actor, company: str) -> StandingView:
    """The same of the company with this slug, with which the actor's own has a relationship."""
    ask = MeetingRequest
    number = select(Organisation.id).where(Organisation.slug == company).scalar_subquery()
    rows = db.session.execute(
        views(actor)
        .where(
            ask.buyer_id == actor.organisation,
            func.coalesce(ask.vendor_id, ask.company_id) == number,
            ask.kind != Kind.BRIEFING,
            ask.state.in_([*AWAITING, State.ACCEPTED]),
        )
        .order_by(ask.id.desc())
    ).all()
    asks = shown(actor, rows)
    return StandingView(
        stand=tuple(ask for ask in asks if ask.state == State.ACCEPTED and ask.standing),
        wait=tuple(ask for ask in asks if Deed.STAND in ask.may and ask.answer_by > clock.now()),
    )


def to_give(actor: Actor, relationship: str, *, ask: str = "") -> str:
    """The code of the ask to which a standing yes would be given: the only one that waits, or the one that is named.
    Raises NotThere, NotAllowed; WrongState where none waits, or several do and none is named."""
    found = _of(actor, relationship)
    require(actor, Deed.STAND, _decides(actor))
    if not found.wait:
        raise WrongState("Nothing of this company’s waits for an answer; a standing yes is an answer to an ask.")
    return _picked(found.wait, ask, "Several of their asks wait; please say which one is meant.")


def to_revoke(actor: Actor, relationship: str, *, ask: str = "") -> str:
    """The code of the ask whose standing yes would be called off; the same of those that stand."""
    found = _of(actor, relationship)
    require(actor, Deed.REVOKE, _decides(actor) | ({Relation.SERVES} if actor.serves else frozenset()))
    if not found.stand:
        raise WrongState("There is no standing yes to this company.")
    return _picked(found.stand, ask, "Several standing yeses count; please say which one is meant.")


def _of(actor: Actor, relationship: str) -> StandingView:
    kept = cadence.see(actor, relationship)
    return see(actor, kept.company) if not actor.asks else StandingView((), ())


def _decides(actor: Actor) -> frozenset[Relation]:
    return frozenset({Relation.ASKED}) if Role.DECIDER in actor.roles else frozenset()


def _picked(asks: Sequence[RequestView], named: str, several: str) -> str:
    if named:
        if meant(named) not in {ask.code for ask in asks}:
            raise NotThere
        return meant(named)
    if len(asks) > 1:
        raise WrongState(several)
    return asks[0].code
