"""Answers the agenda of a briefing: read as it may be seen, replaced whole, published, and read by version.

That of a single meeting (`agendas.py`) has the same shape.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from flask_babel import gettext as _
from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, Mark, Slug
from vendorhub.api.calls import Answer, Judge, get, post, put
from vendorhub.domain.agendas import ENTRIES_AT_MOST, MINUTES_AT_MOST, REASON_AT_MOST, TITLE_AT_MOST
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere
from vendorhub.queries import agenda_building as building
from vendorhub.queries import agendas as seen
from vendorhub.queries.agendas import AgendaView, Line
from vendorhub.usecases import agenda_building as deeds
from vendorhub.usecases.agenda_publication import publish as put_out
from vendorhub.usecases.once import once

Minutes = Annotated[int, Field(ge=1, le=MINUTES_AT_MOST)]


class PresenterGiven(Body):
    """Somebody who presents."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    email: Annotated[str, StringConstraints(min_length=3, max_length=254)]
    role: Annotated[str, StringConstraints(max_length=80)] | None = None


class EntryGiven(Body):
    """One entry: an item, or what stands there already, by its id; or an entry of its own, with its segment and title.

    `minutes` may be left out for an item, which then has its own.
    """

    item: Mark | None = None
    segment: Literal["vendor", "overlap", "buyer", "actions", "break"] | None = None
    title: Annotated[str, StringConstraints(max_length=TITLE_AT_MOST)] | None = None
    minutes: Minutes | None = None
    vendors: Annotated[list[Slug], Field(max_length=20)] | None = None
    presenters: Annotated[list[PresenterGiven], Field(max_length=20)] | None = None

    def given(self) -> deeds.Given:
        """The entry as use-cases take it."""
        return deeds.Given(
            ref=self.item or "",
            segment=self.segment or "",
            title=self.title or "",
            minutes=self.minutes,
            vendors=self.vendors or (),
            presenters=[(each.name, each.email, each.role or "") for each in self.presenters or ()],
        )


class BriefingAgendaGiven(Body):
    """The whole agenda, in running order."""

    entries: Annotated[list[EntryGiven], Field(max_length=ENTRIES_AT_MOST)]


class PublicationGiven(Body):
    """Why it is published although a share is off; without it that stops it."""

    overrule: Annotated[str, StringConstraints(max_length=REASON_AT_MOST)] | None = None


@with_config(ConfigDict(extra="forbid"))
class AgendaPresenter(TypedDict):
    """Somebody who presents; `email` is null where they are of another company."""

    name: str
    email: str | None
    role: str


@with_config(ConfigDict(extra="forbid"))
class BriefingEntry(TypedDict):
    """One entry, and the minute at which it starts. Of what is not for the caller only its length is told."""

    id: str
    title: str
    minutes: int
    segment: str
    vendor: str | None
    vendors: list[str]
    topics: list[str]
    visibility: str
    presenters: list[AgendaPresenter]
    abstract: str
    starts_at_minute: int


@with_config(ConfigDict(extra="forbid"))
class BriefingAgenda(TypedDict):
    """The agenda: as it is being built for those who build it, as it was published last for all others.

    `version` is the one published last, 0 for none; `published` says whether these entries are it; `changes` what
    differs from the version before, as far as the caller sees it.
    """

    version: int
    published: bool
    entries: list[BriefingEntry]
    minutes: int
    buyer_minutes: int
    problems: list[str]
    changes: list[str]


def _judged(deed: Deed) -> Judge:
    return lambda actor, said, code: building.judge(actor, code, deed)


@get("/briefings/<code>/agenda", BriefingAgenda)
def see(actor: Actor, code: str) -> Answer:
    """The agenda of a briefing, as the caller may see it."""
    return told(building.told(actor, code, say=said))


@put("/briefings/<code>/agenda", BriefingAgenda, body=BriefingAgendaGiven, judge=_judged(Deed.BUILD))
def replace(actor: Actor, body: BriefingAgendaGiven, code: str) -> Answer:
    """Write the agenda that is being built anew; nobody else sees it before it is published."""
    once(lambda: deeds.put(actor, code, entries=[entry.given() for entry in body.entries]))
    return told(building.told(actor, code, say=said))


@post(
    "/briefings/<code>/agenda/publication",
    BriefingAgenda,
    body=PublicationGiven,
    statuses=(201,),
    judge=_judged(Deed.PUBLISH),
)
def publish(actor: Actor, body: PublicationGiven, code: str) -> Answer:
    """Publish what stands, as the next version; 409 with `problems` where something stops it."""
    once(lambda: str(put_out(actor, code, overrule=body.overrule or "")))
    return told(building.told(actor, code, say=said))


@get("/briefings/<code>/agenda/versions/<number>", BriefingAgenda)
def version(actor: Actor, code: str, number: str) -> Answer:
    """One version as it was published, as the caller may see it."""
    return told(seen.see(actor, code, number_of(number), say=said))


def number_of(version: str) -> int:
    """The number of a version as an address says it. Raises NotThere for what is none."""
    if not (version.isascii() and version.isdecimal() and len(version) < 6):
        raise NotThere
    return int(version)


def told(view: AgendaView, *, version: str = "") -> Answer:
    """The agenda as it goes over the wire, with its own ETag where none is given."""
    agenda = BriefingAgenda(
        version=view.number,
        published=view.published,
        entries=[_entry(line) for line in view.lines],
        minutes=view.minutes,
        buyer_minutes=view.buyer_minutes,
        problems=[said(problem.msgid, problem.values) for problem in view.problems],
        changes=[said(change.msgid, change.values) for change in view.changes],
    )
    return Answer(agenda, version or view.version)


def _entry(line: Line) -> BriefingEntry:
    entry = line.entry
    return BriefingEntry(
        id=line.id,
        title=entry.title,
        minutes=entry.minutes,
        segment=entry.segment.value,
        vendor=line.vendor,
        vendors=list(line.vendors),
        topics=list(entry.topics),
        visibility=entry.visibility.value,
        presenters=[
            AgendaPresenter(name=each.name, email=each.email or None, role=each.role) for each in entry.presenters
        ],
        abstract=entry.abstract,
        starts_at_minute=line.starts_at_minute,
    )


def said(msgid: str, values: Mapping[str, object]) -> str:
    """A sentence in the caller's language."""
    return str(_(msgid, **values))
