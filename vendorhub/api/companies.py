"""Answers whom a buyer has to do with, what holds for each, and which two it takes for one."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, Mark, Nothing, Page, Slug
from vendorhub.api.calls import Answer, get, post
from vendorhub.api.wire import Date, Instant, instant, listed, maybe_instant
from vendorhub.domain.people import Actor
from vendorhub.queries import companies as seen
from vendorhub.queries import judgements
from vendorhub.queries.companies import CompanyLine, CompanyView
from vendorhub.usecases import joinings
from vendorhub.usecases.once import once


class CompaniesAsked(Page):
    """Which part of the list; `name` is a part of their names."""

    name: Annotated[str, StringConstraints(max_length=120)] | None = None


class JoiningGiven(Body):
    """The slug of the `other` company, and the codes of the earlier answers and nevers that shall hold for both."""

    other: Slug
    holding: Annotated[list[Mark], Field(max_length=100)] | None = None


@with_config(ConfigDict(extra="forbid"))
class CompanyListed(TypedDict):
    """A company that the buyer has to do with, and its story, together with those that are one with it."""

    slug: str
    name: str
    kind: str
    asks: int
    state: str | None
    last_at: Instant | None
    met: Instant | None
    meets: Instant | None
    shut_out: bool
    one_with: list[str]


@with_config(ConfigDict(extra="forbid"))
class StandingAnswer(TypedDict):
    """An answer that stands for a company: to which request, whose, and from when they may ask again."""

    request: str
    decided_by: str
    answered_at: Instant
    again_on: Date


@with_config(ConfigDict(extra="forbid"))
class StandingNever(TypedDict):
    """A block that stands, of the whole company or of one `person` of it."""

    id: str
    person: str | None
    by: str
    made_at: Instant


@with_config(ConfigDict(extra="forbid"))
class Joining(TypedDict):
    """Another company that is one with this one since `since`; null where it always was."""

    id: str
    slug: str
    name: str
    by: str
    since: Instant | None


@with_config(ConfigDict(extra="forbid"))
class Company(TypedDict):
    """A company with everything of this buyer's that holds for it."""

    slug: str
    name: str
    kind: str
    answers: list[StandingAnswer]
    nevers: list[StandingNever]
    joinings: list[Joining]


@get("/companies", listed(CompanyListed), query=CompaniesAsked, refused=(403,))
def listing(actor: Actor, query: CompaniesAsked) -> Answer:
    """The companies that the caller's own has to do with, by name."""
    lines, following = seen.listing(actor, name=query.name or "", limit=query.limit, cursor=query.cursor)
    return Answer({"items": [_line(line) for line in lines], "next": following})


@get("/companies/<slug>", Company, refused=(403,))
def see(actor: Actor, slug: str) -> Answer:
    """One of them, with what holds for it."""
    return _told(actor, slug)


@post(
    "/companies/<slug>/joinings",
    Company,
    body=JoiningGiven,
    statuses=(201,),
    judge=lambda actor, said, slug: judgements.company(actor, slug),
)
def join(actor: Actor, body: JoiningGiven, slug: str) -> Answer:
    """Take two companies for one from now on, as after a merger. What was said before holds for both only if named."""
    seen.see(actor, slug)
    once(lambda: joinings.join(actor, one=slug, other=body.other, holding=body.holding or ()))
    return _told(actor, slug)


@post(
    "/companies/<slug>/joinings/<code>/parting",
    Company,
    judge=lambda actor, said, slug, code: judgements.company(actor, slug, joining=code),
)
def part(actor: Actor, body: Nothing, slug: str, code: str) -> Answer:
    """Take them for two again."""
    once(lambda: joinings.part(actor, code, beside=slug))
    return _told(actor, slug)


def _told(actor: Actor, slug: str) -> Answer:
    view = seen.see(actor, slug)
    return Answer(_shape(view), view.version)


def _line(line: CompanyLine) -> CompanyListed:
    story = line.story
    return CompanyListed(
        slug=line.slug,
        name=line.name,
        kind=line.kind,
        asks=story.asks,
        state=story.state,
        last_at=maybe_instant(story.last_at),
        met=maybe_instant(story.met),
        meets=maybe_instant(story.meets),
        shut_out=line.shut_out,
        one_with=list(line.one_with),
    )


def _shape(view: CompanyView) -> Company:
    return Company(
        slug=view.slug,
        name=view.name,
        kind=view.kind,
        answers=[
            StandingAnswer(
                request=each.code,
                decided_by=each.decided_by,
                answered_at=instant(each.answered_at),
                again_on=each.again_on.isoformat(),
            )
            for each in view.answers
        ],
        nevers=[
            StandingNever(id=each.code, person=each.person, by=each.by, made_at=instant(each.made_at))
            for each in view.nevers
        ],
        joinings=[
            Joining(
                id=each.code,
                slug=each.slug,
                name=each.name,
                by=each.by,
                since=None if each.whole else instant(each.made_at),
            )
            for each in view.joinings
        ],
    )
