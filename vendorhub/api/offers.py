"""Answers times on the table: put up, answered by others, taken back, chosen."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api import meetings, polls
from vendorhub.api.bodies import Body, Note, Nothing, Page, plain
from vendorhub.api.calls import Answer, Judge, get, post
from vendorhub.api.offer_shapes import Slot, slots_of
from vendorhub.api.wire import WallTime, listed
from vendorhub.domain.deeds import Deed
from vendorhub.domain.offers import SLOTS_AT_MOST
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import Unfit
from vendorhub.queries import judgements
from vendorhub.queries import offers as seen
from vendorhub.queries import polls as seen_polls
from vendorhub.queries.offers import OfferView
from vendorhub.usecases import offers
from vendorhub.usecases import polls as for_all
from vendorhub.usecases.once import once


class OfferGiven(Body):
    """Times for the other side to choose from."""

    slots: Annotated[list[WallTime], Field(min_length=1, max_length=SLOTS_AT_MOST)]
    note: Note | None = None


class ChoiceGiven(Body):
    """The id of the slot that suits."""

    slot: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{7,16}$")]


@with_config(ConfigDict(extra="forbid"))
class Offer(TypedDict):
    """Times that one side put up for the other, in time order; nothing of why, and nobody's name."""

    id: str
    side: str
    state: str
    note: str
    slots: list[Slot]
    may: list[str]


def _offering(actor: Actor, said: Mapping[str, object], code: str) -> None:
    judgements.meeting_request(actor, code, Deed.OFFER if actor.side is Side.BUYER else Deed.COUNTER)


def _judged(deed: Deed) -> Judge:
    return lambda actor, said, code: judgements.offer(actor, code, deed)


@post("/meeting-requests/<code>/offers", Offer, body=OfferGiven, statuses=(201,), judge=_offering)
def offer(actor: Actor, body: OfferGiven, code: str) -> Answer:
    """Put times up for the other side, once there is a yes. What lay open before gives way."""
    given = [slot.given() for slot in body.slots]
    return _told(actor, once(lambda: offers.offer(actor, code, slots=given, note=plain(body.note))))


@get("/meeting-requests/<code>/offers", listed(Offer), query=Page)
def listing(actor: Actor, query: Page, code: str) -> Answer:
    """The offers about a meeting request, oldest first."""
    items = seen.of_request(actor, code)
    after = next((at for at, one in enumerate(items, start=1) if one.code == query.cursor), 0)
    if query.cursor and not after:
        raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.")
    shown = items[after : after + query.limit]
    following = shown[-1].code if after + query.limit < len(items) else None
    return Answer({"items": [_shape(view) for view in shown], "next": following})


def _choosing(actor: Actor, said: Mapping[str, object], code: str) -> None:
    if seen_polls.is_poll(actor, code):
        judgements.choice_for_all(actor, code)
    else:
        judgements.offer(actor, code, Deed.CHOOSE)


@post("/offers/<code>/choice", meetings.Meeting | polls.Poll, body=ChoiceGiven, statuses=(201, 200), judge=_choosing)
def choose(actor: Actor, body: ChoiceGiven, code: str) -> Answer:
    """Agree to one of the other side's times, or, as the buyer, to one of those that are up for all.

    The meeting is made, and everybody is invited (201); at a briefing to which somebody named has not joined yet, the
    time waits for that (200, the times with the one that is `chosen`).
    """
    if seen_polls.is_poll(actor, code):
        uid = once(lambda: for_all.set_time(actor, code, slot=body.slot))
        return meetings.told(actor, uid) if uid else polls.told(actor, code, status=200)
    return meetings.told(actor, once(lambda: offers.choose(actor, code, slot=body.slot)))


@post("/offers/<code>/counter", Offer, body=OfferGiven, statuses=(201,), judge=_judged(Deed.COUNTER))
def counter(actor: Actor, body: OfferGiven, code: str) -> Answer:
    """Suggest other times in answer to an offer."""
    given = [slot.given() for slot in body.slots]
    return _told(actor, once(lambda: offers.counter(actor, code, slots=given, note=plain(body.note))))


@post("/offers/<code>/retraction", Offer, judge=_judged(Deed.RETRACT))
def retract(actor: Actor, body: Nothing, code: str) -> Answer:
    """Take one's own side's times off the table."""
    once(lambda: offers.retract(actor, code))
    return _told(actor, code)


def _told(actor: Actor, code: str) -> Answer:
    view = seen.see(actor, code)
    return Answer(_shape(view), view.version)


def _shape(view: OfferView) -> Offer:
    return Offer(
        id=view.code,
        side=view.side,
        state=view.state,
        note=view.note,
        slots=slots_of(view.slots),
        may=sorted(view.may),
    )
