"""Answers whom a buyer has shut out: seen, added, lifted."""

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, Nothing, Page, Slug
from vendorhub.api.calls import Answer, get, post
from vendorhub.api.wire import Instant, instant, listed, maybe_instant
from vendorhub.domain.people import Actor
from vendorhub.queries import blocks as seen
from vendorhub.queries import judgements
from vendorhub.queries.blocks import BlockView
from vendorhub.usecases import blocks
from vendorhub.usecases.once import once


class BlockGiven(Body):
    """The slug of the company that shall not ask again."""

    company: Slug


@with_config(ConfigDict(extra="forbid"))
class Block(TypedDict):
    """A company (or one `person` of it) that was asked not to ask again; `lifted_at` once it may."""

    id: str
    company: str
    slug: str
    person: str | None
    by: str
    made_at: Instant
    effective_at: Instant
    lifted_at: Instant | None


@get("/blocks", listed(Block), query=Page, refused=(403,))
def listing(actor: Actor, query: Page) -> Answer:
    """The blocks of the caller's company, newest first, lifted ones too."""
    items, following = seen.listing(actor, limit=query.limit, cursor=query.cursor)
    return Answer({"items": [_shape(view) for view in items], "next": following})


@post("/blocks", Block, body=BlockGiven, statuses=(201,), judge=lambda actor, said: judgements.block(actor))
def block(actor: Actor, body: BlockGiven) -> Answer:
    """Shut a company out, at once; what is ahead with it is called off."""
    return _told(actor, once(lambda: blocks.block(actor, company=body.company)))


@post("/blocks/<code>/lifting", Block, judge=lambda actor, said, code: judgements.lifting(actor, code))
def lift(actor: Actor, body: Nothing, code: str) -> Answer:
    """Let a company ask again. What the block ended stays ended."""
    once(lambda: blocks.lift(actor, code))
    return _told(actor, code)


def _told(actor: Actor, code: str) -> Answer:
    view = seen.see(actor, code)
    return Answer(_shape(view), view.version)


def _shape(view: BlockView) -> Block:
    return Block(
        id=view.code,
        company=view.company,
        slug=view.company_slug,
        person=view.person,
        by=view.by,
        made_at=instant(view.made_at),
        effective_at=instant(view.effective_at),
        lifted_at=maybe_instant(view.lifted_at),
    )
