"""Answers what came of a meeting: said by the buyer's side, put right, and read by each side as far as it may."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.afterwards import ThanksGiven
from vendorhub.api.bodies import Body, Day, plain
from vendorhub.api.calls import Answer, get, post, put
from vendorhub.api.wire import Date, Instant, instant
from vendorhub.domain import minutes, outcomes
from vendorhub.domain.outcomes import Held, Next, Prepares, Promised, Said
from vendorhub.domain.people import Actor
from vendorhub.queries import meetings
from vendorhub.queries import outcomes as seen
from vendorhub.usecases import outcomes as deeds
from vendorhub.usecases.once import once

Decision = Annotated[str, StringConstraints(max_length=outcomes.DECISION_AT_MOST)]


class OwnPromise(Body):
    """What somebody promises by when; `owner` is the address of one of those who were invited."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=minutes.PROMISE_AT_MOST)]
    owner: Annotated[str, StringConstraints(max_length=254)]
    due: Day


class NextGiven(Body):
    """From when until when to meet again, both days included, and who prepares it."""

    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="until")]
    prepares: Literal["both", "they", "we"] = "both"


class OutcomeGiven(Body):
    """What came of it. `held` is true, or says why it was not: they or we did not come, or it was called off late.

    `worth` is from 1 to 5; the other side never reads it, nor `note` and `goal_moved`.
    """

    held: Literal[True, "they", "we", "late"]
    worth: Annotated[int, Field(ge=minutes.AT_LEAST, le=minutes.AT_MOST)] | None = None
    note: Annotated[str, StringConstraints(max_length=outcomes.NOTE_AT_MOST)] | None = None
    goal_moved: bool | None = None
    decisions: Decision | Annotated[list[Decision], Field(max_length=outcomes.DECISIONS_AT_MOST)] | None = None
    actions: Annotated[list[OwnPromise], Field(max_length=outcomes.PROMISES_AT_MOST)] | None = None
    thanks: Annotated[str, StringConstraints(max_length=minutes.THANKS_AT_MOST)] | ThanksGiven | None = None
    next: NextGiven | None = None

    def said(self) -> Said:
        """The same as use-cases take it."""
        thanks = ThanksGiven(text=self.thanks) if isinstance(self.thanks, str) and self.thanks else self.thanks or None
        wish = self.next
        return Said(
            held=Held.YES if self.held is True else Held(self.held),
            worth=self.worth,
            note=plain(self.note),
            goal_moved=self.goal_moved,
            decisions=self.decisions.splitlines() if isinstance(self.decisions, str) else self.decisions or (),
            promises=[Promised(each.text, each.owner, each.due) for each in self.actions or ()],
            thanks=thanks.text if isinstance(thanks, ThanksGiven) else "",
            quotable=isinstance(thanks, ThanksGiven) and thanks.quotable,
            next=Next(wish.first, wish.last, Prepares(wish.prepares)) if wish else None,
        )


_Again = TypedDict("_Again", {"from": Date, "until": Date, "prepares": str})


@with_config(ConfigDict(extra="forbid"))
class ThanksTold(TypedDict):
    """What the buyer thanks for."""

    text: str
    quotable: bool


@with_config(ConfigDict(extra="forbid"))
class Outcome(TypedDict):
    """What came of a meeting. `worth`, `note`, `goal_moved` and `by` are the buyer's own: null for the other side."""

    meeting: str
    held: bool | str
    worth: int | None
    note: str | None
    goal_moved: bool | None
    decisions: list[str]
    thanks: ThanksTold | None
    next: _Again | None
    by: str | None
    at: Instant


def _saying(actor: Actor, said: Mapping[str, object], uid: str) -> None:
    seen.saying(actor, uid)


def _correcting(actor: Actor, said: Mapping[str, object], uid: str) -> None:
    seen.correcting(actor, uid)


@get("/meetings/<uid>/outcome", Outcome)
def see_outcome(actor: Actor, uid: str) -> Answer:
    """What came of it, once the buyer's side has said so."""
    return _told(actor, uid)


@post("/meetings/<uid>/outcome", Outcome, body=OutcomeGiven, statuses=(201,), judge=_saying)
def say_outcome(actor: Actor, body: OutcomeGiven, uid: str) -> Answer:
    """Say what came of a meeting that has begun: once; whoever was faster is told by GET, and put right by PUT."""
    once(lambda: deeds.say(actor, uid, body.said()))
    return _told(actor, uid)


@put("/meetings/<uid>/outcome", Outcome, body=OutcomeGiven, judge=_correcting)
def correct_outcome(actor: Actor, body: OutcomeGiven, uid: str) -> Answer:
    """Put right what was said, for thirty days: all of it anew. Promises and thanks are added to what is there."""
    once(lambda: deeds.correct(actor, uid, body.said()))
    return _told(actor, uid)


def _told(actor: Actor, uid: str) -> Answer:
    view, zone = seen.told(actor, uid), meetings.see(actor, uid).zone
    own = view.by is not None
    shape = Outcome(
        meeting=uid,
        held=True if view.held is Held.YES else str(view.held),
        worth=view.worth,
        note=view.note if own else None,
        goal_moved=view.goal_moved,
        decisions=list(view.decisions),
        thanks=ThanksTold(text=view.thanks, quotable=view.quotable) if view.thanks else None,
        next=_Again(
            {
                "from": view.next.first.isoformat(),
                "until": view.next.last.isoformat(),
                "prepares": str(view.next.prepares),
            }
        )
        if view.next
        else None,
        by=view.by,
        at=instant(view.at, zone),
    )
    return Answer(shape, view.version)
