"""Answers agreed meetings: seen, moved, wished elsewhere, called off, given a place."""

from collections.abc import Mapping
from typing import Annotated

from flask import Response
from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, Note, Nothing, Page, plain
from vendorhub.api.calls import CALENDAR, Answer, Judge, get, post
from vendorhub.api.places import PlaceGiven, place_given
from vendorhub.api.request_shapes import GuestGiven
from vendorhub.api.wire import Instant, WallTime, instant, listed, read_instant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import GUESTS_AT_MOST
from vendorhub.domain.people import Actor, Side
from vendorhub.queries import judgements, people
from vendorhub.queries import meetings as seen
from vendorhub.queries.meetings import MeetingView
from vendorhub.usecases import attendees, entries, meetings
from vendorhub.usecases.attendees import StandIn
from vendorhub.usecases.once import once


class ReschedulingGiven(Body):
    """The other time."""

    slot: WallTime
    note: Note | None = None


class CancellationGiven(Body):
    """A word with the cancellation."""

    note: Note | None = None


class PlaceChange(Body):
    """Where the meeting is from now on."""

    place: PlaceGiven


class ReplacementGiven(Body):
    """Who of one's own company comes, `by`, instead of whoever has this address; in that one's role."""

    email: Annotated[str, StringConstraints(max_length=254)]
    by: GuestGiven

    def given(self) -> StandIn:
        """The same as use-cases take it."""
        return StandIn(instead_of=self.email, name=self.by.name, email=self.by.email)


class AttendeesGiven(Body):
    """Who comes instead of whom."""

    replace: Annotated[list[ReplacementGiven], Field(min_length=1, max_length=GUESTS_AT_MOST)]


class TimePage(Page):
    """Which part of the list: those that begin between two instants, or on two dates and between (in one's zone)."""

    since: Annotated[str | None, Field(alias="from")] = None
    until: str | None = None


@with_config(ConfigDict(extra="forbid"))
class Attendee(TypedDict):
    """Somebody on the list, with their answer in RFC 5545's words."""

    email: str
    name: str
    side: str
    partstat: str


@with_config(ConfigDict(extra="forbid"))
class Proposal(TypedDict):
    """A wish to move the meeting; `by` is the side whose it is."""

    id: str
    by: str
    start: Instant
    end: Instant
    timezone: str
    state: str
    note: str


@with_config(ConfigDict(extra="forbid"))
class Meeting(TypedDict):
    """An agreed meeting. `place` says where it is as a person reads it, "" while nobody has said."""

    uid: str
    request: str
    state: str
    kind: str
    topic: str
    start: Instant
    end: Instant
    timezone: str
    place: str
    place_how: str
    sequence: int
    buyer: str
    company: str
    attendees: list[Attendee]
    proposals: list[Proposal]
    created_at: Instant
    changed_at: Instant
    may: list[str]


def _judged(deed: Deed) -> Judge:
    return lambda actor, said, uid, proposal=None: judgements.meeting(actor, uid, deed, proposal=proposal)


def _moving(actor: Actor, said: Mapping[str, object], uid: str) -> None:
    judgements.meeting(actor, uid, Deed.MOVE if actor.side is Side.BUYER else Deed.PROPOSE_MOVE)


@get("/meetings", listed(Meeting), query=TimePage)
def listing(actor: Actor, query: TimePage) -> Answer:
    """The caller's meetings in time order; `from` and `until` are instants or dates, dates included."""
    zone = people.me(actor).zone if query.since or query.until else ""
    items, following = seen.listing(
        actor,
        since=read_instant(query.since, zone, what="from"),
        until=read_instant(query.until, zone, what="until", whole_day=True),
        limit=query.limit,
        cursor=query.cursor,
    )
    return Answer({"items": [_shape(view) for view in items], "next": following})


@get("/meetings/<uid>.ics", None, refused=(403, 409))
def entry(actor: Actor, uid: str) -> Response:
    """The meeting as an entry for one's own calendar (METHOD:PUBLISH)."""
    response = Response(entries.published(actor, uid), content_type=f"{CALENDAR}; charset=utf-8; method=PUBLISH")
    response.headers["Content-Disposition"] = "attachment; filename=meeting.ics"
    return response


@get("/meetings/<uid>", Meeting)
def see(actor: Actor, uid: str) -> Answer:
    """One meeting."""
    return told(actor, uid)


@post("/meetings/<uid>/rescheduling", Meeting, body=ReschedulingGiven, statuses=(200, 201), judge=_moving)
def reschedule(actor: Actor, body: ReschedulingGiven, uid: str) -> Answer:
    """Move a meeting (the buyer's side: 200), or say that one wishes to (the side that asked: 201, a proposal)."""
    slot, note = body.slot.given(), plain(body.note)
    if actor.side is Side.BUYER:
        once(lambda: meetings.move(actor, uid, slot=slot, note=note))
        return told(actor, uid)
    once(lambda: meetings.propose(actor, uid, slot=slot, note=note))
    return told(actor, uid, status=201)


@post("/meetings/<uid>/proposals/<proposal>/acceptance", Meeting, judge=_judged(Deed.ACCEPT_MOVE))
def accept_move(actor: Actor, body: Nothing, uid: str, proposal: str) -> Answer:
    """Agree to a wish: the meeting moves to it, and everybody else answers anew."""
    once(lambda: meetings.accept_move(actor, uid, proposal))
    return told(actor, uid)


@post("/meetings/<uid>/proposals/<proposal>/refusal", Meeting, judge=_judged(Deed.REFUSE_MOVE))
def refuse_move(actor: Actor, body: Nothing, uid: str, proposal: str) -> Answer:
    """Keep the agreed time."""
    once(lambda: meetings.refuse_move(actor, uid, proposal))
    return told(actor, uid)


@post("/meetings/<uid>/cancellation", Meeting, body=CancellationGiven, judge=_judged(Deed.CANCEL))
def cancel(actor: Actor, body: CancellationGiven, uid: str) -> Answer:
    """Call a meeting off; everybody who was invited hears of it."""
    once(lambda: meetings.cancel(actor, uid, note=plain(body.note)))
    return told(actor, uid)


@post("/meetings/<uid>/place", Meeting, body=PlaceChange, judge=_judged(Deed.SET_PLACE))
def set_place(actor: Actor, body: PlaceChange, uid: str) -> Answer:
    """Say where the meeting is; an update to everybody, never a new consent."""
    place = place_given(body.place) or ""
    once(lambda: meetings.set_place(actor, uid, place=place))
    return told(actor, uid)


@post("/meetings/<uid>/attendees", Meeting, body=AttendeesGiven, judge=_judged(Deed.REPLACE))
def stand_in(actor: Actor, body: AttendeesGiven, uid: str) -> Answer:
    """Send somebody of one's own company instead of another: one person for another, which is no new consent."""
    once(lambda: attendees.replace(actor, uid, [each.given() for each in body.replace]))
    return told(actor, uid)


@post("/meetings/<uid>/invitations", Meeting, judge=_judged(Deed.INVITE))
def invite_presenters(actor: Actor, body: Nothing, uid: str) -> Answer:
    """Invite whoever presents at a briefing and was named after the invitations had left."""
    once(lambda: attendees.invite_presenters(actor, uid))
    return told(actor, uid)


def told(actor: Actor, uid: str, *, status: int = 0) -> Answer:
    """A meeting as the answer to a call. Raises NotThere."""
    view = seen.see(actor, uid)
    return Answer(_shape(view), view.version, status)


def _shape(view: MeetingView) -> Meeting:
    zone = view.zone
    return Meeting(
        uid=view.uid,
        request=view.request,
        state=view.state,
        kind=view.kind,
        topic=view.topic,
        start=instant(view.start, zone),
        end=instant(view.end, zone),
        timezone=zone,
        place=view.place,
        place_how=view.place_how,
        sequence=view.sequence,
        buyer=view.buyer,
        company=view.company,
        attendees=[
            Attendee(email=one.email, name=one.name, side=one.side, partstat=one.partstat) for one in view.attendees
        ],
        proposals=[
            Proposal(
                id=one.code,
                by=one.by,
                start=instant(one.start, one.zone),
                end=instant(one.end, one.zone),
                timezone=one.zone,
                state=one.state,
                note=one.note,
            )
            for one in view.proposals
        ],
        created_at=instant(view.created_at, zone),
        changed_at=instant(view.changed_at, zone),
        may=sorted(view.may),
    )
