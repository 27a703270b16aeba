"""Answers joint briefings: proposed, seen, answered by the buyer, and who is in the room."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.answers import AcceptanceGiven, RefusalGiven
from vendorhub.api.answers import accept as accept_ask
from vendorhub.api.answers import refuse as refuse_ask
from vendorhub.api.bodies import Body, Day, Note, Nothing, Page, Slug, plain
from vendorhub.api.calls import Answer, Judge, get, post, put
from vendorhub.api.request_shapes import Sentences, Topic
from vendorhub.api.wire import Date, Instant, instant, listed, maybe_instant
from vendorhub.domain.briefings import RULES_AT_MOST, SHARE
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import briefings as seen
from vendorhub.queries import judgements
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.usecases import briefings, line_ups, revoking
from vendorhub.usecases import undo as undoing
from vendorhub.usecases.once import once

Vendors = Annotated[list[Slug], Field(max_length=100)]
Rules = Annotated[str, StringConstraints(max_length=RULES_AT_MOST)]
Whole = Annotated[int, Field(ge=0, le=1000)]


class BriefingGiven(Body):
    """A proposal: the theme, what the buyer would know or decide afterwards, how long, with which vendors, and by which
    day each of them sends its items. No time."""

    buyer: Slug
    theme: Topic
    outcome: Sentences
    minutes: Whole
    vendors: Vendors
    items_due: Day
    goal: Annotated[str, StringConstraints(max_length=120)] | None = None
    buyer_share: Whole | None = None
    house_rules: Rules | None = None
    to: Annotated[str, StringConstraints(max_length=254)] | None = None


class LineUpGiven(Body):
    """The vendors that are to be in the room, by slug; and another theme or other minutes, which are as they were where
    they are left out."""

    vendors: Vendors
    theme: Topic | None = None
    minutes: Whole | None = None


class FrameGiven(Body):
    """What changes about the frame; what is left out stays as it is. Items that are due later are so for all."""

    items_due: Day | None = None
    buyer_share: Whole | None = None
    house_rules: Rules | None = None
    publish_days_before: Whole | None = None


class CallingOffGiven(Body):
    """Why it does not take place."""

    note: Note | None = None


@with_config(ConfigDict(extra="forbid"))
class Part(TypedDict):
    """A vendor of the line-up. To its rivals `state` is "named", and the rest is not told."""

    slug: str
    name: str
    state: str
    joined_by: str | None
    sent: bool | None
    note: str


@with_config(ConfigDict(extra="forbid"))
class Briefing(TypedDict):
    """A briefing as the caller sees it. `items_open` says whether its organisers may read what the vendors sent."""

    code: str
    state: str
    theme: str
    goal: str | None
    outcome: str
    minutes: int
    buyer_share: int
    items_due: Date
    items_open: bool
    house_rules: str
    publish_days_before: int
    buyer: str
    company: str
    asked_by: str
    decided_by: str | None
    vendors: list[Part]
    wished: list[str]
    wished_theme: str | None
    wished_minutes: int | None
    agenda_version: int
    meeting: str | None
    created_at: Instant
    answer_by: Instant
    held_until: Instant | None
    may: list[str]


def judged(deed: Deed) -> Judge:
    """Judges rights and state before the body: whether this deed could be done on the briefing at all."""
    return lambda actor, said, code: judgements.briefing(actor, code, deed)


def _answering(ask: Deed) -> Judge:
    def judge(actor: Actor, said: Mapping[str, object], code: str) -> None:
        if _wishes(actor, code):
            judgements.briefing(actor, code, Deed.WIDEN)
        else:
            judgements.meeting_request(actor, _own(actor, code), ask)

    return judge


@post(
    "/briefings",
    Briefing,
    body=BriefingGiven,
    statuses=(201,),
    judge=lambda actor, said: require(actor, Deed.PROPOSE, frozenset({Relation.ANY})),
)
def propose(actor: Actor, body: BriefingGiven) -> Answer:
    """Propose a joint briefing. The vendors hear of it once the buyer's yes counts; a decider's own is their yes."""
    code = once(
        lambda: briefings.propose(
            actor,
            buyer=body.buyer,
            theme=body.theme,
            outcome=body.outcome,
            minutes=body.minutes,
            vendors=body.vendors,
            items_due=body.items_due,
            goal=body.goal,
            buyer_share=SHARE if body.buyer_share is None else body.buyer_share,
            house_rules=plain(body.house_rules),
            to=body.to,
        )
    )
    return told(actor, code)


@get("/briefings", listed(Briefing), query=Page)
def briefings_of(actor: Actor, query: Page) -> Answer:
    """The briefings that the caller may see, newest first."""
    items, following = seen.listing(actor, limit=query.limit, cursor=query.cursor)
    return Answer({"items": [shape(view) for view in items], "next": following})


@get("/briefings/<code>", Briefing)
def briefing(actor: Actor, code: str) -> Answer:
    """One briefing, as the caller's side sees it."""
    return told(actor, code)


@post("/briefings/<code>/acceptance", Briefing, body=AcceptanceGiven, judge=_answering(Deed.ACCEPT))
def accept_briefing(actor: Actor, body: AcceptanceGiven, code: str) -> Answer:
    """Say yes to the briefing, held for a while; or, once there is a yes, to the wider line-up that is wished for."""
    if _wishes(actor, code):
        once(lambda: line_ups.allow_wider(actor, code))
    else:
        accept_ask(actor, body, _own(actor, code))
    return told(actor, code)


@post("/briefings/<code>/refusal", Briefing, body=RefusalGiven, judge=_answering(Deed.DECLINE))
def refuse_briefing(actor: Actor, body: RefusalGiven, code: str) -> Answer:
    """Say in writing, not now, no or never to the briefing; or, once there is a yes, keep the line-up as it is."""
    if _wishes(actor, code):
        once(lambda: line_ups.refuse_wider(actor, code, note=plain(body.note)))
    else:
        refuse_ask(actor, body, _own(actor, code))
    return told(actor, code)


@post("/briefings/<code>/undo", Briefing, judge=_answering(Deed.UNDO))
def undo_briefing(actor: Actor, body: Nothing, code: str) -> Answer:
    """Take a held answer back; nobody else ever learns that there was one."""
    once(lambda: undoing.undo(actor, _own(actor, code)))
    return told(actor, code)


@post("/briefings/<code>/calling-off", Briefing, body=CallingOffGiven, judge=_answering(Deed.REVOKE))
def call_off(actor: Actor, body: CallingOffGiven, code: str) -> Answer:
    """Call the briefing off: everybody who was asked or invited hears so."""
    once(lambda: revoking.revoke(actor, _own(actor, code), note=plain(body.note)))
    return told(actor, code)


@put("/briefings/<code>/line-up", Briefing, body=LineUpGiven, judge=judged(Deed.SET_LINE_UP))
def set_line_up(actor: Actor, body: LineUpGiven, code: str) -> Answer:
    """Change who is in the room, for what and how long: everybody is asked again. More vendors than the buyer said yes
    to, another theme and other minutes wait for its yes."""
    once(lambda: line_ups.set_line_up(actor, code, vendors=body.vendors, theme=body.theme, minutes=body.minutes))
    return told(actor, code)


@put("/briefings/<code>/frame", Briefing, body=FrameGiven, judge=judged(Deed.SET_FRAME))
def set_frame(actor: Actor, body: FrameGiven, code: str) -> Answer:
    """Change by when items are due, the buyer's share, the house rules, or when the agenda is published."""
    once(
        lambda: briefings.set_frame(
            actor,
            code,
            items_due=body.items_due,
            buyer_share=body.buyer_share,
            house_rules=body.house_rules,
            publish_days_before=body.publish_days_before,
        )
    )
    return told(actor, code)


def told(actor: Actor, code: str) -> Answer:
    """A briefing as the answer to a call. Raises NotThere."""
    view = seen.see(actor, code)
    return Answer(shape(view), view.version)


def shape(view: BriefingView) -> Briefing:
    """A briefing as the API tells it; its instants in the buyer's zone."""
    zone = view.buyer_zone
    return Briefing(
        code=view.code,
        state=view.state,
        theme=view.theme,
        goal=view.goal,
        outcome=view.outcome,
        minutes=view.minutes,
        buyer_share=view.buyer_share,
        items_due=view.items_due.isoformat(),
        items_open=view.items_open,
        house_rules=view.house_rules,
        publish_days_before=view.publish_days_before,
        buyer=view.buyer,
        company=view.company,
        asked_by=view.asked_by,
        decided_by=view.decided_by,
        vendors=[
            Part(
                slug=part.slug,
                name=part.name,
                state=part.state,
                joined_by=part.joined_by,
                sent=part.has_sent,
                note=part.note,
            )
            for part in view.vendors
        ],
        wished=[slug for slug, _name in view.wished],
        wished_theme=view.wished_theme,
        wished_minutes=view.wished_minutes,
        agenda_version=view.agenda_version,
        meeting=view.meeting,
        created_at=instant(view.created_at, zone),
        answer_by=instant(view.answer_by, zone),
        held_until=maybe_instant(view.held_until, zone),
        may=sorted(view.may),
    )


def _wishes(actor: Actor, code: str) -> bool:
    """Whether the answer is to a wider line-up. Raises NotThere."""
    return bool(seen.see(actor, code).wished)


def _own(actor: Actor, code: str) -> str:
    """The request that the briefing is, for those who ask or answer it. Raises NotAllowed for a vendor of it."""
    seen.require_one_of_the_two(actor, code)
    return code
