"""Answers promises: the caller's and those made to them, what becomes of them, and deliveries that were missed."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, Day, Page, Slug, plain
from vendorhub.api.calls import Answer, Judge, get, post
from vendorhub.api.wire import Date, Instant, instant, listed
from vendorhub.domain import promises as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.minutes import PROMISE_AT_MOST
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import promises as seen
from vendorhub.queries.promises import PromiseView
from vendorhub.usecases import promises as deeds
from vendorhub.usecases.once import once

Proof = Annotated[str, StringConstraints(max_length=rules.PROOF_AT_MOST)]
Why = Annotated[str, StringConstraints(max_length=rules.WHY_AT_MOST)]


class PromisesAsked(Page):
    """Which promises: without `state` all that the caller may see."""

    state: Literal["open", "done", "confirmed"] | None = None


class CompletionGiven(Body):
    """How one sees that it is done: a line, or a link."""

    proof: Proof | None = None


class ReopeningGiven(Body):
    """Why it is open after all, for its owner."""

    note: Why | None = None


class ReasonGiven(Body):
    """Why it is not in time, and what changes."""

    why: Why


class MissedGiven(Body):
    """A delivery that was missed: `company` is the other one's slug, `whose` says who of the two missed it, `what` had
    been due when. Why, only of what is `ours`."""

    company: Slug
    whose: Literal["ours", "theirs"]
    what: Annotated[str, StringConstraints(max_length=PROMISE_AT_MOST)]
    due: Day
    why: Why | None = None


@with_config(ConfigDict(extra="forbid"))
class Action(TypedDict):
    """A promise. `how` is open, kept, late or missed, computed from `due`, `done_on` and today; `request`, `meeting`,
    `entry` and `item` say where it was made and are null where nobody may know, or where it was told without a meeting.
    `email` is null for a vendor that reads another side's."""

    id: str
    text: str
    company: str
    owner: str
    email: str | None
    buyer: str
    due: Date
    state: str
    how: str
    days_late: int
    made_at: Instant
    done_on: Date | None
    done_by: str | None
    confirmed_by: str | None
    proof: str
    why: str
    request: str | None
    meeting: str | None
    entry: str | None
    item: str | None


def _judging(deed: Deed) -> Judge:
    def judge(actor: Actor, said: Mapping[str, object], action: str) -> None:
        seen.judge(actor, action, deed)

    return judge


@get("/actions", listed(Action), query=PromisesAsked)
def list_promises(actor: Actor, query: PromisesAsked) -> Answer:
    """The promises of the caller's company and those made to it, the latest due first."""
    found, following = seen.listing(actor, state=plain(query.state), limit=query.limit, cursor=query.cursor)
    return Answer({"items": [_shape(view) for view in found], "next": following})


@get("/actions/<action>", Action)
def see_promise(actor: Actor, action: str) -> Answer:
    """One of them."""
    return _told(actor, action)


@post("/actions/<action>/completion", Action, body=CompletionGiven, judge=_judging(Deed.KEEP_PROMISE))
def complete(actor: Actor, body: CompletionGiven, action: str) -> Answer:
    """Say that it is done: whose promise it is."""
    once(lambda: deeds.complete(actor, action, proof=plain(body.proof)))
    return _told(actor, action)


@post("/actions/<action>/confirmation", Action, judge=_judging(Deed.CONFIRM_PROMISE))
def confirm_promise(actor: Actor, body: object, action: str) -> Answer:
    """Say that it is kept: to whom it was promised."""
    once(lambda: deeds.confirm(actor, action))
    return _told(actor, action)


@post("/actions/<action>/reopening", Action, body=ReopeningGiven, judge=_judging(Deed.REOPEN_PROMISE))
def reopen_promise(actor: Actor, body: ReopeningGiven, action: str) -> Answer:
    """Say that it is open after all: to whom it was promised, and whose it is as long as nobody has confirmed it."""
    once(lambda: deeds.reopen(actor, action, note=plain(body.note)))
    return _told(actor, action)


@post("/actions/<action>/reason", Action, body=ReasonGiven, judge=_judging(Deed.SAY_WHY))
def say_why(actor: Actor, body: ReasonGiven, action: str) -> Answer:
    """Say why it is not in time, and what changes: whose promise it is."""
    once(lambda: deeds.say_why(actor, action, why=body.why))
    return _told(actor, action)


@post(
    "/actions/missed",
    Action,
    body=MissedGiven,
    statuses=(201,),
    judge=lambda actor, said: require(actor, Deed.TELL_MISSED, frozenset({Relation.ANY})),
)
def tell_missed(actor: Actor, body: MissedGiven) -> Answer:
    """Tell without a meeting that a delivery was missed, by one's own side or by the other."""
    made = once(
        lambda: deeds.tell_missed(
            actor,
            company=body.company,
            ours=body.whose == "ours",
            text=body.what,
            due=body.due,
            why=plain(body.why),
        )
    )
    return _told(actor, made)


def _told(actor: Actor, code: str) -> Answer:
    view = seen.see(actor, code)
    return Answer(_shape(view), view.version)


def _shape(view: PromiseView) -> Action:
    return Action(
        id=view.code,
        text=view.text,
        company=view.company,
        owner=view.owner,
        email=view.email or None,
        buyer=view.buyer,
        due=view.due.isoformat(),
        state=view.state,
        how=view.how,
        days_late=view.days,
        made_at=instant(view.made_at),
        done_on=view.done_on.isoformat() if view.done_on else None,
        done_by=view.done_by or None,
        confirmed_by=view.confirmed_by or None,
        proof=view.proof,
        why=view.why,
        request=view.request or None,
        meeting=view.uid or None,
        entry=view.entry or None,
        item=view.item or None,
    )
