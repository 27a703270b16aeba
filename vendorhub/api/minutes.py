"""Answers what is written down of a joint briefing: notes, decisions and promises, each for those who may read it."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, Day, Mark, plain
from vendorhub.api.calls import Answer, delete, get, post, put
from vendorhub.api.wire import Date, Instant, instant, maybe_instant
from vendorhub.domain import minutes as rules
from vendorhub.domain.people import Actor
from vendorhub.queries import minute_judgements as judgements
from vendorhub.queries import minutes as seen
from vendorhub.queries.minute_views import ActionView, MinutesView, NoteView
from vendorhub.usecases import minutes
from vendorhub.usecases.once import once


class LineGiven(Body):
    """A note or a decision; `entry` is the id of the agenda's entry that it is about, of the whole without it."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=rules.TEXT_AT_MOST)]
    kind: Literal["note", "decision"] = "note"
    entry: Mark | None = None


class LineChanged(Body):
    """The same written anew; without `kind` it stays what it is."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=rules.TEXT_AT_MOST)]
    kind: Literal["note", "decision"] | None = None


class PromiseChanged(Body):
    """What somebody promises by when; `owner` is the address of one of those who were invited."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=rules.PROMISE_AT_MOST)]
    owner: Annotated[str, StringConstraints(max_length=254)]
    due: Day


class PromiseGiven(PromiseChanged):
    """The same, and where it was promised: the id of the agenda's entry, of the whole without it."""

    entry: Mark | None = None


@with_config(ConfigDict(extra="forbid"))
class MinuteLine(TypedDict):
    """A note or decision; `entry` is null where it is of the whole."""

    id: str
    entry: str | None
    kind: str
    text: str
    by: str
    at: Instant


@with_config(ConfigDict(extra="forbid"))
class Promise(TypedDict):
    """A promise; `email` is null where the caller is of another company and does not organise it."""

    id: str
    entry: str | None
    text: str
    company: str
    owner: str
    email: str | None
    due: Date
    state: str


@with_config(ConfigDict(extra="forbid"))
class Remark(TypedDict):
    """What another party said of the minutes."""

    company: str
    by: str
    text: str
    at: Instant


@with_config(ConfigDict(extra="forbid"))
class MinutesOf(TypedDict):
    """The minutes of a briefing as the caller may read them; `confirmed_at` is null until the buyer has confirmed."""

    lines: list[MinuteLine]
    actions: list[Promise]
    remarks: list[Remark]
    confirmed_at: Instant | None
    confirmed_by: str | None


def _writing(actor: Actor, said: Mapping[str, object], code: str, line: str = "", action: str = "") -> None:
    judgements.writing(actor, code, line=line, action=action)


@get("/briefings/<code>/minutes", MinutesOf)
def see_minutes(actor: Actor, code: str) -> Answer:
    """What was written down: for the buyer and who organises it at once, for a vendor that was there once it is over,
    as far as the published agenda shows it the entry."""
    return told(seen.see(actor, code))


@post("/briefings/<code>/minutes", MinuteLine, body=LineGiven, statuses=(201,), judge=_writing)
def write_line(actor: Actor, body: LineGiven, code: str) -> Answer:
    """Write a note or a decision down, while it lasts and until the minutes are confirmed."""
    made = once(lambda: minutes.note(actor, code, text=body.text, kind=body.kind, entry=plain(body.entry)))
    return _line(seen.note(actor, code, made))


@put("/briefings/<code>/minutes/<line>", MinuteLine, body=LineChanged, judge=_writing)
def change_line(actor: Actor, body: LineChanged, code: str, line: str) -> Answer:
    """Write a line anew; with If-Match only if nobody has meanwhile."""
    once(lambda: minutes.change_note(actor, code, line, text=body.text, kind=body.kind))
    return _line(seen.note(actor, code, line))


@delete("/briefings/<code>/minutes/<line>", MinutesOf, judge=_writing)
def take_out_line(actor: Actor, body: object, code: str, line: str) -> Answer:
    """Take a line out; answers the minutes without it."""
    once(lambda: minutes.take_out(actor, code, line))
    return told(seen.see(actor, code))


@post("/briefings/<code>/actions", Promise, body=PromiseGiven, statuses=(201,), judge=_writing)
def write_promise(actor: Actor, body: PromiseGiven, code: str) -> Answer:
    """Write down what somebody promises."""
    made = once(
        lambda: minutes.promise(actor, code, text=body.text, owner=body.owner, due=body.due, entry=plain(body.entry))
    )
    return _promise(seen.action(actor, code, made))


@put("/briefings/<code>/actions/<action>", Promise, body=PromiseChanged, judge=_writing)
def change_promise(actor: Actor, body: PromiseChanged, code: str, action: str) -> Answer:
    """Write a promise anew, until the minutes are confirmed; with If-Match only if nobody has meanwhile."""
    once(lambda: minutes.change_promise(actor, code, action, text=body.text, owner=body.owner, due=body.due))
    return _promise(seen.action(actor, code, action))


@delete("/briefings/<code>/actions/<action>", MinutesOf, judge=_writing)
def take_out_promise(actor: Actor, body: object, code: str, action: str) -> Answer:
    """Take a promise out, until the minutes are confirmed; answers the minutes without it."""
    once(lambda: minutes.take_out_promise(actor, code, action))
    return told(seen.see(actor, code))


def told(view: MinutesView) -> Answer:
    """The minutes as they go over the wire."""
    shape = MinutesOf(
        lines=[_line_shape(one) for one in view.notes],
        actions=[_promise_shape(one) for one in view.actions],
        remarks=[Remark(company=one.company, by=one.by, text=one.text, at=instant(one.at)) for one in view.remarks],
        confirmed_at=maybe_instant(view.confirmed_at),
        confirmed_by=view.confirmed_by,
    )
    return Answer(shape, view.version)


def _line(view: NoteView) -> Answer:
    return Answer(_line_shape(view), view.version)


def _promise(view: ActionView) -> Answer:
    return Answer(_promise_shape(view), view.version)


def _line_shape(view: NoteView) -> MinuteLine:
    return MinuteLine(
        id=view.code,
        entry=view.entry or None,
        kind=view.kind,
        text=view.text,
        by=view.changed_by or view.by,
        at=instant(view.at),
    )


def _promise_shape(view: ActionView) -> Promise:
    return Promise(
        id=view.code,
        entry=view.entry or None,
        text=view.text,
        company=view.company,
        owner=view.owner,
        email=view.email or None,
        due=view.due.isoformat(),
        state=view.state,
    )
