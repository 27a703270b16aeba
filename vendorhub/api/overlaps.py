"""Answers where the vendors of a briefing meet: every pair, and what somebody makes of it."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body
from vendorhub.api.calls import Answer, get, put
from vendorhub.api.wire import listed
from vendorhub.domain import overlaps as rules
from vendorhub.domain.people import Actor
from vendorhub.queries import overlaps as seen
from vendorhub.queries.overlaps import PairView
from vendorhub.usecases import overlaps
from vendorhub.usecases.once import once
from vendorhub.usecases.overlaps import Talk


class TalkGiven(Body):
    """Their discussion on the agenda; without a title it is named by what they are to each other."""

    title: Annotated[str, StringConstraints(max_length=120)] | None = None
    minutes: Annotated[int, Field(ge=1, le=480)] = rules.MINUTES


class OverlapGiven(Body):
    """What two vendors are to each other and why, what was found in the room, and their time on the agenda; what is
    left out stays as it is."""

    kind: Literal["synergy", "competition", "none"] | None = None
    sentence: Annotated[str, StringConstraints(max_length=rules.SENTENCE_AT_MOST)] | None = None
    found: Annotated[str, StringConstraints(max_length=rules.FOUND_AT_MOST)] | None = None
    item: TalkGiven | None = None


@with_config(ConfigDict(extra="forbid"))
class Overlap(TypedDict):
    """Two vendors, by slug: how much they have to do with each other (0 to 100), the topics of both, and what the
    organisers make of it. `minutes` are those of their discussion on the working agenda, for those who build it."""

    id: str
    vendors: list[str]
    score: int
    topics: list[str]
    kind: str | None
    sentence: str
    found: str
    minutes: int | None


def _judged(actor: Actor, said: Mapping[str, object], code: str, overlap: str) -> None:
    seen.judge(actor, code, overlap, noting=set(said) == {"found"})


@get("/briefings/<code>/overlaps", listed(Overlap))
def listing(actor: Actor, code: str) -> Answer:
    """All pairs, the highest score first: for the buyer and a VAR that organises it once they may read the items, for
    a vendor its own pairs once the agenda is published, by what it may read of that."""
    return Answer({"items": [_shape(pair) for pair in seen.see(actor, code).pairs], "next": None})


@put("/briefings/<code>/overlaps/<overlap>", Overlap, body=OverlapGiven, judge=_judged)
def mark(actor: Actor, body: OverlapGiven, code: str, overlap: str) -> Answer:
    """Say whether two vendors fit together, compete, or neither, and why; with `item` give them time on the agenda."""
    talk = Talk(body.item.minutes, body.item.title or "") if body.item else None
    once(
        lambda: overlaps.mark(actor, code, overlap, kind=body.kind, sentence=body.sentence, found=body.found, talk=talk)
    )
    view = seen.see(actor, code).pair(overlap)
    return Answer(_shape(view), view.version)


def _shape(pair: PairView) -> Overlap:
    return Overlap(
        id=pair.code,
        vendors=[slug for slug, _ in pair.vendors],
        score=pair.score,
        topics=list(pair.topics),
        kind=pair.kind,
        sentence=pair.sentence,
        found=pair.found,
        minutes=pair.minutes,
    )
