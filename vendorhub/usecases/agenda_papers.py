"""An agenda to take along: printed, as a PDF, and as an entry for one's own calendar.

Nothing is changed here; it is no query because it is worded where the letters are.
"""

import hashlib
from collections.abc import Container
from dataclasses import dataclass

from vendorhub.domain.agenda_sheets import Sheet
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import WrongState
from vendorhub.outbox import agenda_sheets as words
from vendorhub.outbox.agenda_sheets import Frame, Told
from vendorhub.outbox.office import office
from vendorhub.papers.markdown import as_text
from vendorhub.queries import agenda_papers as seen
from vendorhub.queries import agendas, briefings, meetings, people
from vendorhub.queries.agendas import AgendaView
from vendorhub.queries.occasions import SingleView
from vendorhub.queries.people import MeView
from vendorhub.usecases import entries

_IN_THE_ROOM = frozenset({"named", "asked", "joined"})


@dataclass(frozen=True)
class Printed:
    """A sheet as its reader may see it, and its version: the digest of all that stands on it."""

    sheet: Sheet
    version: str


def sheet(actor: Actor, code: str) -> Printed:
    """The agenda as it was published last, for print. Raises NotThere, and WrongState before it was published."""
    me = people.me(actor)
    with words.in_language(me.language):
        view = agendas.see(actor, code, say=words.said)
        if not view.published:
            raise WrongState("The agenda has not been published yet.")
        told = [Told(line.entry, line.whose, as_text(line.entry.abstract)) for line in view.lines]
        found = words.sheet(_frame(actor, view, me), told)
    return Printed(found, hashlib.sha256(repr(found).encode()).hexdigest()[:32])


def pdf(printed: Printed) -> bytes:
    """The same as a PDF."""
    from vendorhub.papers.agenda_pdf import agenda_pdf

    return agenda_pdf(printed.sheet)


@dataclass(frozen=True)
class Entry:
    """An entry for a calendar and its tag; `raw` is empty where the reader has this very one."""

    raw: bytes
    tag: str


def entry(actor: Actor, code: str, *, known: Container[str] = ()) -> Entry:
    """The briefing as an entry for the calendar of one of its attendees, with the agenda as they may read it.

    `known` are the tags that the reader has. Raises NotThere, WrongState while no time is agreed, NotAllowed for who
    doesn't attend.
    """
    stamp = seen.stamp(actor, code)
    if stamp is not None:
        return Entry(b"" if stamp.tag in known else entries.published(actor, stamp.uid), stamp.tag)
    meeting = briefings.see(actor, code).meeting
    if meeting is None:
        raise WrongState("There is no entry for a calendar yet: a time is agreed first, and everybody has to come.")
    return Entry(entries.published(actor, meeting), "")


def _frame(actor: Actor, view: AgendaView, me: MeView) -> Frame:
    briefing, links = view.briefing, office().links
    single = isinstance(briefing, SingleView)
    if view.made_at is None:
        raise LookupError("a version without its day")
    return Frame(
        kind=words.said("Meeting" if single else "Joint briefing", {}),
        theme=briefing.theme,
        outcome=briefing.outcome,
        buyer=briefing.buyer_name,
        organiser=briefing.organiser,
        vendors=tuple(part.name for part in briefing.vendors if part.state in _IN_THE_ROOM),
        minutes=briefing.minutes,
        start=briefing.start,
        end=briefing.end,
        place=meetings.see(actor, briefing.meeting).place if briefing.meeting else "",
        house_rules=briefing.house_rules,
        number=view.number,
        made_at=view.made_at,
        zones=tuple(dict.fromkeys((me.zone, briefing.buyer_zone))),
        language=me.language,
        link=links.agenda_of_meeting(briefing.code) if single else links.agenda(briefing.code),
    )
