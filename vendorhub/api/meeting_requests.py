"""Answers asks: made, seen and taken back."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from vendorhub.api.bodies import Body, Nothing, Page, Slug
from vendorhub.api.calls import Answer, get, post
from vendorhub.api.problems import of_refusal
from vendorhub.api.request_shapes import Guests, MeetingRequest, Minutes, Sentences, Topic, judged, shape, told
from vendorhub.api.wire import listed
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.domain.newcomers import COMPANY_AT_MOST
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotAllowed, Unfit
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import meeting_requests as seen
from vendorhub.usecases import confirmations, meeting_requests
from vendorhub.usecases.once import once


class VendorGiven(Body):
    """A vendor that is not known here by a slug: its name, and the domain of its addresses."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=COMPANY_AT_MOST)]
    domain: Annotated[str, StringConstraints(min_length=1, max_length=253)]

    def given(self) -> VendorNamed:
        """The same as use-cases take it."""
        return VendorNamed(name=self.name, domain=self.domain)


class AskGiven(Body):
    """An ask: what about, what the buyer would know afterwards, what you have learned, who would come. No time."""

    buyer: Slug
    topic: Topic
    outcome: Sentences
    learned: Sentences
    minutes: Minutes
    attendees: Guests
    goal: Annotated[str, StringConstraints(max_length=120)] | None = None
    kind: Literal["intro", "quarterly", "governance", "topic"] | None = None
    to: Annotated[str, StringConstraints(max_length=254)] | None = None
    introduced_by: Annotated[str, StringConstraints(max_length=254)] | None = None
    vendor: Slug | VendorGiven | None = None

    def in_whose_name(self) -> VendorNamed | None:
        """The vendor as use-cases take it; None where they ask for themselves."""
        if isinstance(self.vendor, VendorGiven):
            return self.vendor.given()
        return VendorNamed(slug=self.vendor) if self.vendor else None


class StatePage(Page):
    """Which part of the list, and only those that are in `state` as the caller sees it."""

    state: State | None = None


@post(
    "/meeting-requests",
    MeetingRequest,
    body=AskGiven,
    statuses=(201,),
    judge=lambda actor, said: require(actor, Deed.ASK, frozenset({Relation.ANY})),
)
def ask(actor: Actor, body: AskGiven) -> Answer:
    """Ask a buyer for a meeting. There is no time in an ask: times are found after the yes.

    A VAR may ask in a vendor's name (`vendor`): the ask is `unverified` then, and the buyer does not see it, until
    somebody of the vendor confirms it; `answer_by` is the end of the time to do so.
    """
    try:
        code = once(
            lambda: meeting_requests.ask(
                actor,
                buyer=body.buyer,
                topic=body.topic,
                outcome=body.outcome,
                learned=body.learned,
                minutes=body.minutes,
                attendees=[guest.given() for guest in body.attendees],
                goal=body.goal,
                kind=body.kind or Kind.TOPIC,
                to=body.to,
                vendor=body.in_whose_name(),
                introduced_by=body.introduced_by,
            )
        )
    except Unfit as refusal:
        if refusal.field != "vendor_domain":
            raise
        raise Unfit("vendor.domain", refusal.msgid, **refusal.values) from None
    except NotAllowed as refusal:
        trouble = of_refusal(refusal)
        trouble.body["again_on"] = None
        raise trouble from None
    return told(actor, code)


@get("/meeting-requests", listed(MeetingRequest), query=StatePage)
def listing(actor: Actor, query: StatePage) -> Answer:
    """All meeting requests that the caller may see, newest first."""
    items, following = seen.listing(actor, state=query.state, limit=query.limit, cursor=query.cursor)
    return Answer({"items": [shape(view) for view in items], "next": following})


@get("/meeting-requests/<code>", MeetingRequest)
def see(actor: Actor, code: str) -> Answer:
    """One meeting request, as the caller's side sees it."""
    return told(actor, code)


@post("/meeting-requests/<code>/confirmation", MeetingRequest, judge=judged(Deed.VERIFY))
def confirm(actor: Actor, body: Nothing, code: str) -> Answer:
    """Give your company's name for what a VAR asks: it goes to the buyer. To refuse it, take the ask back."""
    once(lambda: confirmations.confirm(actor, code))
    return told(actor, code)


@post("/meeting-requests/<code>/withdrawal", MeetingRequest, judge=judged(Deed.WITHDRAW))
def withdraw(actor: Actor, body: Nothing, code: str) -> Answer:
    """Take an ask back, before a time is agreed. The vendor in whose name a VAR asks does so with its name."""
    once(lambda: meeting_requests.withdraw(actor, code))
    return told(actor, code)
