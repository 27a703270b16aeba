"""Answers what is brought to a joint briefing: items, each sent at once, and sealed until they may be read."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, Page, Slug, plain
from vendorhub.api.calls import Answer, delete, get, post, put
from vendorhub.api.wire import listed
from vendorhub.domain import items as rules
from vendorhub.domain.items import Given, Press
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.queries import item_judgements as judgements
from vendorhub.queries import items as seen
from vendorhub.queries.items import ItemView
from vendorhub.usecases import items
from vendorhub.usecases.once import once


class ItemPresenterGiven(Body):
    """Somebody who presents: one of your own people, with the address to which the invitation goes."""

    name: Annotated[str, StringConstraints(max_length=120)]
    email: Annotated[str, StringConstraints(max_length=254)] | None = None
    role: Annotated[str, StringConstraints(max_length=80)] | None = None


class ItemGiven(Body):
    """An item, whole. `abstract` is Markdown. Without `visibility` an item that speaks of prices, terms or plans is
    the buyer's only, and any other everybody's in the room. `asks` is the vendor to whom a buyer's question goes.
    """

    title: Annotated[str, StringConstraints(min_length=1, max_length=rules.TITLE_AT_MOST)]
    minutes: int
    abstract: Annotated[str, StringConstraints(max_length=rules.ABSTRACT_AT_MOST)] | None = None
    topics: Annotated[list[str], Field(max_length=rules.TOPICS_AT_MOST)] | None = None
    presenters: Annotated[list[ItemPresenterGiven], Field(max_length=rules.PRESENTERS_AT_MOST)] | None = None
    visibility: Literal["buyer", "room"] | None = None
    asks: Slug | None = None

    def given(self) -> Given:
        """The same as use-cases take it."""
        return Given(
            title=self.title,
            minutes=self.minutes,
            abstract=plain(self.abstract),
            topics=self.topics or (),
            presenters=[(one.name, plain(one.email), plain(one.role)) for one in self.presenters or ()],
            visibility=plain(self.visibility),
            asks=plain(self.asks),
        )


@with_config(ConfigDict(extra="forbid"))
class ItemPresenter(TypedDict):
    """Who presents; `email` is null where the caller is of another company."""

    name: str
    email: str | None
    role: str


@with_config(ConfigDict(extra="forbid"))
class Item(TypedDict):
    """An item as the caller may see it; `vendor` is null for what the buyer brings. A draft is its own people's."""

    id: str
    state: str
    title: str
    abstract: str
    minutes: int
    segment: str
    vendor: str | None
    asks: str | None
    topics: list[str]
    presenters: list[ItemPresenter]
    visibility: str


def _sending(actor: Actor, said: Mapping[str, object], code: str, item: str = "") -> None:
    judgements.item(actor, code, Press.SEND, item=item)


def _taking_back(actor: Actor, said: Mapping[str, object], code: str, item: str) -> None:
    judgements.item(actor, code, Press.TAKE_BACK, item=item)


@get("/briefings/<code>/items", listed(Item), query=Page)
def listing(actor: Actor, query: Page, code: str) -> Answer:
    """The items of a briefing that are there for the caller: a vendor's own, and the others' when they may be read."""
    view = seen.listing(actor, code)
    after = next((at for at, one in enumerate(view.items, start=1) if one.code == query.cursor), 0)
    if query.cursor and not after:
        raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.")
    shown = view.items[after : after + query.limit]
    following = shown[-1].code if after + query.limit < len(view.items) else None
    return Answer({"items": [shape(one) for one in shown], "next": following})


@post("/briefings/<code>/items", Item, body=ItemGiven, statuses=(201,), judge=_sending)
def send_item(actor: Actor, body: ItemGiven, code: str) -> Answer:
    """Send an item: a vendor with one item is in. A vendor's are taken until their day is over."""
    return _told(actor, code, once(lambda: items.send(actor, code, body.given())))


@get("/briefings/<code>/items/<item>", Item)
def see(actor: Actor, code: str, item: str) -> Answer:
    """One item."""
    return _told(actor, code, item)


@put("/briefings/<code>/items/<item>", Item, body=ItemGiven, judge=_sending)
def change_item(actor: Actor, body: ItemGiven, code: str, item: str) -> Answer:
    """Send an item of one's own anew, whole; a draft is sent by it."""
    once(lambda: items.change(actor, code, item, body.given()))
    return _told(actor, code, item)


@delete("/briefings/<code>/items/<item>", Item, judge=_taking_back)
def take_back_item(actor: Actor, body: object, code: str, item: str) -> Answer:
    """Take an item of one's own back."""
    once(lambda: items.take_back(actor, code, item))
    return Answer(shape(seen.taken_back(actor, code, item)))


def shape(view: ItemView) -> Item:
    """An item as it goes over the wire."""
    return Item(
        id=view.code,
        state=view.state.value,
        title=view.title,
        abstract=view.abstract,
        minutes=view.minutes,
        segment=view.segment.value,
        vendor=view.vendor,
        asks=view.asks,
        topics=list(view.topics),
        presenters=[ItemPresenter(name=one.name, email=one.email or None, role=one.role) for one in view.presenters],
        visibility=view.visibility.value,
    )


def _told(actor: Actor, code: str, item: str) -> Answer:
    view = seen.see(actor, code, item)
    return Answer(shape(view), view.version)
