"""A paper that is asked for instead of a meeting, and the one that was handed in, as those see it who see the ask."""

from dataclasses import dataclass
from datetime import date, datetime

from vendorhub.domain import papers as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.papers import Stage
from vendorhub.store import MeetingRequest, Paper, Writing


@dataclass(frozen=True)
class WritingView:
    """What the buyer would read, until when, who reads it, and how far it has come."""

    what: str
    due: date
    reader: str
    stage: Stage


@dataclass(frozen=True)
class PaperView:
    """The paper that is read: which version of it, its words, and the pages and name of its PDF, if there is one."""

    version: int
    text: str
    pages: int
    file: str
    handed_in_at: datetime


def writing_view(
    request: MeetingRequest, writing: Writing | None, reader: str | None, today: date
) -> WritingView | None:
    """The same for rows; None unless the answer that stands is one in writing."""
    if writing is None or request.state != State.DECLINED:
        return None
    stage = rules.true_stage(Stage(writing.stage), due=writing.due, today=today)
    return None if stage is Stage.REOPENED else WritingView(writing.what, writing.due, reader or "", stage)


def paper_view(paper: Paper | None) -> PaperView | None:
    """The same for a row; a paper stays to be read when the ask was opened again."""
    if paper is None:
        return None
    return PaperView(paper.version, paper.text, paper.pages, paper.code if paper.pages else "", paper.made_at)


def paper_deeds(writing: WritingView) -> frozenset[Deed]:
    """What the table allows at this stage; a paper that is here can be answered as an ask is."""
    own = frozenset(rules.TRANSITIONS[writing.stage]) & {Deed.HAND_IN, Deed.ENOUGH}
    return own | (rules.ANSWERS_TO_PAPERS if writing.stage is Stage.HERE else frozenset())
