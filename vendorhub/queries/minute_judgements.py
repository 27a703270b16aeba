"""Whether somebody could write in a briefing's minutes now, or do what follows it; deeds and doors ask the same."""

from sqlalchemy import select

from vendorhub.domain import minutes as rules
from vendorhub.domain.briefings import Part
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, SomebodyWasFaster, WrongState
from vendorhub.domain.rights import require
from vendorhub.queries import briefings
from vendorhub.queries import minutes as seen
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.scope import decider
from vendorhub.store import MeetingRequest, Minutes, db


def writing(actor: Actor, code: str, *, line: str = "", action: str = "") -> MeetingRequest:
    """The request in whose minutes the actor can write, or change this line or promise.

    Raises NotThere, NotAllowed, SomebodyWasFaster where the line is not as the actor saw it, WrongState before it
    begins and once the minutes are confirmed: in that order.
    """
    _, request, stands = briefings.find(actor, code)
    thing = seen.note(actor, code, line) if line else seen.action(actor, code, action) if action else None
    require(actor, Deed.KEEP_MINUTES, stands, decider=decider(request))
    if thing is not None:
        _match(actor, thing.version)
    view = briefings.see(actor, code)
    rules.require_met(view.state, view.start)
    _require_open(request)
    return request


def after(actor: Actor, code: str, deed: Deed, *, vendor: str = "") -> tuple[MeetingRequest, BriefingView]:
    """The briefing that is over, of which the actor can do this; `vendor` is the slug of whom it is about.

    Raises NotThere, NotAllowed, SomebodyWasFaster, WrongState before it is over and for what is done already.
    """
    _, request, stands = briefings.find(actor, code)
    require(actor, deed, stands, decider=decider(request))
    view = briefings.see(actor, code)
    if vendor and vendor not in {part.slug for part in view.vendors if part.state == Part.JOINED}:
        raise NotThere
    if deed is Deed.CONFIRM_MINUTES:
        written = seen.see(actor, code)
        _match(actor, written.version)
        rules.require_over(view.state, view.start)
        _require_open(request)
        if written.is_empty:
            raise WrongState("Nothing has been written down yet.")
    rules.require_over(view.state, view.start)
    if vendor:
        _match(actor, seen.vendor(actor, code, vendor).version)
    if actor.side is Side.VENDOR and (view.own is None or view.own.state != Part.JOINED):
        raise WrongState("This is for those who were there.")
    return request, view


def _match(actor: Actor, version: str) -> None:
    if not actor.door.has_seen(lambda: version):
        raise SomebodyWasFaster("This has changed since you opened it; please look again, then decide.")


def _require_open(request: MeetingRequest) -> None:
    rules.require_open(
        db.session.scalar(
            select(Minutes.confirmed_at).where(Minutes.buyer_id == request.buyer_id, Minutes.request_id == request.id)
        )
    )
