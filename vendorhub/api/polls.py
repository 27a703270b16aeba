"""Answers a time for all at a joint briefing: put up, marked by each party, chosen by the buyer."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, Page
from vendorhub.api.calls import Answer, get, post
from vendorhub.api.offer_shapes import Slot, slots_of
from vendorhub.api.wire import Instant, WallTime, instant, listed
from vendorhub.domain.offers import SLOTS_AT_MOST
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.queries import judgements
from vendorhub.queries import polls as seen
from vendorhub.queries.polls import PollView
from vendorhub.usecases import polls
from vendorhub.usecases.once import once


class TimesGiven(Body):
    """Times that everybody is asked about; each as long as the briefing."""

    slots: Annotated[list[WallTime], Field(min_length=1, max_length=SLOTS_AT_MOST)]


class WordGiven(Body):
    """Whether each of the times suits one's own company, by the id of its slot."""

    slots: dict[str, Literal["yes", "if_need_be", "no"]]


@with_config(ConfigDict(extra="forbid"))
class Party(TypedDict):
    """Whom the times concern, and what they say of each, by the id of its slot; the others wait for it if `asked`."""

    slug: str
    name: str
    asked: bool
    says: dict[str, str]


@with_config(ConfigDict(extra="forbid"))
class Rank(TypedDict):
    """A time ahead, and why it stands where it stands."""

    slot: str
    reason: str


@with_config(ConfigDict(extra="forbid"))
class Poll(TypedDict):
    """Times up for all, in time order. To a vendor `parties` is itself alone, and `ranking` is empty.

    `chosen` is the slot that the buyer has chosen, `owing` the names of those who have not answered.
    """

    id: str
    side: str
    state: str
    created_at: Instant
    slots: list[Slot]
    parties: list[Party]
    ranking: list[Rank]
    owing: list[str]
    chosen: str | None
    meeting: str | None
    may: list[str]


def _word(actor: Actor, said: Mapping[str, object], code: str, slug: str) -> None:
    judgements.word_on_times(actor, code, vendor=slug)


@post(
    "/briefings/<code>/offers",
    Poll,
    body=TimesGiven,
    statuses=(201,),
    judge=lambda actor, said, code: judgements.poll(actor, code),
)
def put_up(actor: Actor, body: TimesGiven, code: str) -> Answer:
    """Put times up for all. They take the place of what lay open; what was said of a time that stays is kept."""
    given = [slot.given() for slot in body.slots]
    return told(actor, once(lambda: polls.put_up(actor, code, slots=given)))


@get("/briefings/<code>/offers", listed(Poll), query=Page)
def times_of(actor: Actor, query: Page, code: str) -> Answer:
    """The times that are and were up for all, oldest first."""
    items = seen.of_briefing(actor, code)
    after = next((at for at, one in enumerate(items, start=1) if one.code == query.cursor), 0)
    if query.cursor and not after:
        raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.")
    shown = items[after : after + query.limit]
    following = shown[-1].code if after + query.limit < len(items) else None
    return Answer({"items": [_shape(view) for view in shown], "next": following})


@post("/briefings/<code>/participations/<slug>/availability", Poll, body=WordGiven, judge=_word)
def say_when(actor: Actor, body: WordGiven, code: str, slug: str) -> Answer:
    """Say which of the times suit one's own company: `yes`, `if_need_be` or `no`; also a VAR's, or the buyer's."""
    answers = {slot: str(answer) for slot, answer in body.slots.items()}
    return told(actor, once(lambda: polls.say_when(actor, code, answers=answers, vendor=slug)))


def told(actor: Actor, poll: str, *, status: int = 0) -> Answer:
    """Times up for all as the answer to a call. Raises NotThere."""
    view = seen.see(actor, poll)
    return Answer(_shape(view), view.version, status)


def _shape(view: PollView) -> Poll:
    return Poll(
        id=view.code,
        side=view.side,
        state=view.state,
        created_at=instant(view.created_at),
        slots=slots_of(view.slots),
        parties=[
            Party(slug=party.slug, name=party.name, asked=party.asked, says={**party.says}) for party in view.parties
        ],
        ranking=[Rank(slot=rank.slot, reason=rank.sentence) for rank in view.ranking],
        owing=list(view.owing),
        chosen=view.chosen,
        meeting=view.meeting,
        may=sorted(view.may),
    )
