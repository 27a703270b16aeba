"""Answers what follows a joint briefing: the minutes confirmed, remarks on them, its worth, thanks, the same again."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api import briefings
from vendorhub.api.bodies import Body
from vendorhub.api.briefings import Briefing
from vendorhub.api.calls import Answer, post, put
from vendorhub.api.minutes import MinutesOf, told
from vendorhub.domain import minutes as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.queries import minute_judgements as judgements
from vendorhub.queries import minutes as seen
from vendorhub.queries.minute_views import VendorView
from vendorhub.usecases import afterwards
from vendorhub.usecases.once import once


class RemarkGiven(Body):
    """What another party says of the minutes."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=rules.REMARK_AT_MOST)]


class WorthGiven(Body):
    """Whether it was worth the time, from 1 to 5."""

    worth: Annotated[int, Field(ge=rules.AT_LEAST, le=rules.AT_MOST)]


class ThanksGiven(Body):
    """What the buyer thanks for; `quotable` lets the vendor quote it."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=rules.THANKS_AT_MOST)]
    quotable: bool = False


@with_config(ConfigDict(extra="forbid"))
class Afterwards(TypedDict):
    """What the buyer's side says of a vendor that was there; `worth` is null until it has said so."""

    vendor: str
    worth: int | None
    thanks: str
    quotable: bool


def _confirming(actor: Actor, said: Mapping[str, object], code: str) -> None:
    judgements.after(actor, code, Deed.CONFIRM_MINUTES)


def _remarking(actor: Actor, said: Mapping[str, object], code: str) -> None:
    judgements.after(actor, code, Deed.ADD_REMARK)


def _weighing(actor: Actor, said: Mapping[str, object], code: str, slug: str) -> None:
    judgements.after(actor, code, Deed.WEIGH, vendor=slug)


def _thanking(actor: Actor, said: Mapping[str, object], code: str, slug: str) -> None:
    judgements.after(actor, code, Deed.THANK, vendor=slug)


def _repeating(actor: Actor, said: Mapping[str, object], code: str) -> None:
    judgements.after(actor, code, Deed.AGAIN)


@post("/briefings/<code>/minutes/confirmation", MinutesOf, judge=_confirming)
def confirm_minutes(actor: Actor, body: object, code: str) -> Answer:
    """The buyer confirms the minutes: they stay as they are, and everybody gets their letter."""
    once(lambda: afterwards.confirm(actor, code))
    return told(seen.see(actor, code))


@post("/briefings/<code>/minutes/remarks", MinutesOf, body=RemarkGiven, judge=_remarking)
def add_remark(actor: Actor, body: RemarkGiven, code: str) -> Answer:
    """Add a remark to the minutes, for the buyer and who organises it."""
    once(lambda: afterwards.remark(actor, code, text=body.text))
    return told(seen.see(actor, code))


@put("/briefings/<code>/participations/<slug>/worth", Afterwards, body=WorthGiven, judge=_weighing)
def weigh(actor: Actor, body: WorthGiven, code: str, slug: str) -> Answer:
    """Say whether a vendor was worth the time: the buyer's own, which nobody else ever reads."""
    once(lambda: afterwards.weigh(actor, code, slug, worth=body.worth))
    return _shape(seen.vendor(actor, code, slug))


@put("/briefings/<code>/participations/<slug>/thanks", Afterwards, body=ThanksGiven, judge=_thanking)
def thank(actor: Actor, body: ThanksGiven, code: str, slug: str) -> Answer:
    """Thank a vendor, which is told so by letter."""
    once(lambda: afterwards.thank(actor, code, slug, text=body.text, quotable=body.quotable))
    return _shape(seen.vendor(actor, code, slug))


@post("/briefings/<code>/again", Briefing, statuses=(201,), judge=_repeating)
def again(actor: Actor, body: object, code: str) -> Answer:
    """Propose the same once more, three months on, with the promises that are open and the questions unasked."""
    return briefings.told(actor, once(lambda: afterwards.again(actor, code)))


def _shape(view: VendorView) -> Answer:
    shape = Afterwards(vendor=view.slug, worth=view.worth, thanks=view.thanks, quotable=view.quotable)
    return Answer(shape, view.version)
