"""Answers how it has gone between two companies: the facts, what one of them says to a fact, and doubts about goals."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, Mark, Nothing
from vendorhub.api.calls import Answer, get, post
from vendorhub.api.wire import Date, Instant, instant, maybe_instant
from vendorhub.domain import records as rules
from vendorhub.domain.people import Actor
from vendorhub.queries import doubts
from vendorhub.queries import records as seen
from vendorhub.queries.doubts import DoubtView
from vendorhub.usecases import records as deeds
from vendorhub.usecases.once import once


class FactAnswerGiven(Body):
    """What the company finds wrong with the fact of this id."""

    fact: Mark
    text: Annotated[str, StringConstraints(min_length=1, max_length=rules.ANSWER_AT_MOST)]


class DoubtGiven(Body):
    """Why a goal of the buyer's, by its name, will fail."""

    goal: Annotated[str, StringConstraints(max_length=120)]
    text: Annotated[str, StringConstraints(min_length=1, max_length=rules.DOUBT_AT_MOST)]


@with_config(ConfigDict(extra="forbid"))
class FactAnswer(TypedDict):
    """What the company says to a fact."""

    text: str
    by: str
    at: Instant


@with_config(ConfigDict(extra="forbid"))
class Fact(TypedDict):
    """Something that happened: `whose` conduct it is about (company, buyer, both), and `days` where that is it."""

    id: str
    what: str
    whose: str
    date: Date
    about: str
    days: int | None
    answer: FactAnswer | None


@with_config(ConfigDict(extra="forbid"))
class Count(TypedDict):
    """How often something happened within a year."""

    whose: str
    what: str
    times: int


@with_config(ConfigDict(extra="forbid"))
class Record(TypedDict):
    """How it has gone, the latest first."""

    relationship: str
    buyer: str
    company: str
    facts: list[Fact]
    counts: list[Count]


@with_config(ConfigDict(extra="forbid"))
class Doubt(TypedDict):
    """Why a company thinks that a goal will fail; `heard_at` is null until the buyer's side has read it."""

    id: str
    company: str
    goal: str
    text: str
    by: str
    at: Instant
    heard_at: Instant | None


@with_config(ConfigDict(extra="forbid"))
class Doubts(TypedDict):
    """What a company has said of a buyer's goals, and of which goals it could say something."""

    items: list[Doubt]
    goals: list[str]


def _answering(actor: Actor, said: Mapping[str, object], code: str) -> None:
    seen.answering(actor, code)


def _doubting(actor: Actor, said: Mapping[str, object], code: str) -> None:
    doubts.doubting(actor, code)


def _hearing(actor: Actor, said: Mapping[str, object], doubt: str) -> None:
    doubts.hearing(actor, doubt)


@get("/relationships/<code>/record", Record, refused=(403,))
def see_record(actor: Actor, code: str) -> Answer:
    """How it has gone: the same facts for both sides, no scores, no notes."""
    return _record(actor, code)


@post("/relationships/<code>/record/answers", Record, body=FactAnswerGiven, statuses=(201,), judge=_answering)
def answer_fact(actor: Actor, body: FactAnswerGiven, code: str) -> Answer:
    """Say what one's company finds wrong with a fact about it; said again it takes the place of what was said."""
    once(lambda: deeds.answer(actor, code, fact=body.fact, text=body.text))
    return _record(actor, code)


@get("/relationships/<code>/doubts", Doubts, refused=(403,))
def see_doubts(actor: Actor, code: str) -> Answer:
    """Why the company thinks that goals of the buyer's will fail."""
    return _doubts(actor, code)


@post("/relationships/<code>/doubts", Doubts, body=DoubtGiven, statuses=(201,), judge=_doubting)
def doubt(actor: Actor, body: DoubtGiven, code: str) -> Answer:
    """Say why a goal will fail: no ask, and nobody is written to. One at a time of each goal."""
    once(lambda: deeds.doubt(actor, code, goal=body.goal, text=body.text))
    return _doubts(actor, code)


@post("/doubts/<doubt>/hearing", Doubt, judge=_hearing)
def hear_doubt(actor: Actor, body: Nothing, doubt: str) -> Answer:
    """The buyer's side has read it; the company may say another."""
    once(lambda: deeds.hear(actor, doubt))
    view = doubts.hearing(actor, doubt)
    return Answer(_doubt(view), view.version)


def _record(actor: Actor, code: str) -> Answer:
    view = seen.see(actor, code)
    answers = {name: FactAnswer(text=each.text, by=each.by, at=instant(each.at)) for name, each in view.answers.items()}
    shape = Record(
        relationship=view.code,
        buyer=view.buyer,
        company=view.company,
        facts=[
            Fact(
                id=each.id,
                what=str(each.what),
                whose=str(each.whose),
                date=each.day.isoformat(),
                about=each.about,
                days=each.days,
                answer=answers.get(each.id),
            )
            for each in view.facts
        ],
        counts=[
            Count(whose=str(whose), what=str(what), times=times) for (whose, what), times in sorted(view.counts.items())
        ],
    )
    return Answer(shape, view.version)


def _doubts(actor: Actor, code: str) -> Answer:
    view = doubts.of_relationship(actor, code)
    return Answer(Doubts(items=[_doubt(each) for each in view.doubts], goals=list(view.goals)))


def _doubt(view: DoubtView) -> Doubt:
    return Doubt(
        id=view.code,
        company=view.company,
        goal=view.goal,
        text=view.text,
        by=view.by,
        at=instant(view.at),
        heard_at=maybe_instant(view.heard_at),
    )
