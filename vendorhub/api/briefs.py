"""Answers the one page before the next meeting of a relationship, as the caller may see it."""

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from vendorhub.api.calls import Answer, get
from vendorhub.domain.people import Actor
from vendorhub.queries import briefs as seen
from vendorhub.usecases import briefs


@with_config(ConfigDict(extra="forbid"))
class BriefRow(TypedDict):
    """A line: its words, what stands before, beside and below them; "" for nothing."""

    words: str
    before: str
    beside: str
    below: str


@with_config(ConfigDict(extra="forbid"))
class BriefSection(TypedDict):
    """A part of it, with a name for programs: changed, left-off, promises, people, agenda, own."""

    name: str
    title: str
    paragraphs: list[str]
    rows: list[BriefRow]


@with_config(ConfigDict(extra="forbid"))
class BriefFact(TypedDict):
    """When, where, what for."""

    label: str
    words: str


@with_config(ConfigDict(extra="forbid"))
class Brief(TypedDict):
    """The brief of the `meeting` with this UID, in the caller's language and zone; parts with nothing in them are left
    out."""

    meeting: str
    topic: str
    companies: str
    facts: list[BriefFact]
    sections: list[BriefSection]


@get("/relationships/<code>/brief", Brief)
def brief(actor: Actor, code: str) -> Answer:
    """Where the two left off, open promises, what has changed, who comes, place, agenda and goal of their next meeting.
    404 where none is agreed."""
    uid = seen.next_of(actor, code)
    made = briefs.printed(actor, uid)
    sheet = made.sheet
    told = Brief(
        meeting=uid,
        topic=sheet.topic,
        companies=sheet.companies,
        facts=[BriefFact(label=label, words=words) for label, words in sheet.facts],
        sections=[
            BriefSection(
                name=each.name,
                title=each.title,
                paragraphs=list(each.paragraphs),
                rows=[
                    BriefRow(words=row.words, before=row.before, beside=row.beside, below=row.below)
                    for row in each.rows
                ],
            )
            for each in sheet.sections
        ],
    )
    return Answer(told, made.version)
