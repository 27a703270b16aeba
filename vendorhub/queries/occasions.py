"""What an agenda is for: a joint briefing, or a single meeting, which has one vendor and nothing that is sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vendorhub.domain.agendas import Single
from vendorhub.domain.briefings import SHARE, Part, refuse_halves
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.queries import briefings, meetings
from vendorhub.queries.briefing_views import BriefingView, PartView
from vendorhub.queries.meetings import MeetingView


@dataclass(frozen=True)
class SingleView:
    """A single meeting as its agenda needs it: like a briefing with one vendor that comes, and of which nothing more is
    waited for. `version` is the digest of the meeting as the reader sees it (ETag)."""

    code: str
    theme: str
    outcome: str
    minutes: int
    buyer: str
    buyer_name: str
    buyer_zone: str
    organiser: str
    vendors: tuple[PartView, ...]
    agenda_version: int
    meeting: str
    start: datetime
    end: datetime
    may: frozenset[Deed]
    version: str
    deadline: datetime
    buyer_share: int = SHARE
    items_open: bool = True
    house_rules: str = ""
    own: PartView | None = None

    @property
    def at(self) -> Mapping[str, str]:
        """The arguments of its pages' addresses."""
        return {"uid": self.code}


Occasion = BriefingView | SingleView


def see(actor: Actor, code: str) -> Occasion:
    """The briefing with this code, or the single meeting with this UID. Raises NotThere if there is none, or none for
    this actor; WrongState for the meeting of a briefing, whose agenda is the briefing's."""
    if not isinstance(code, Single):
        return briefings.see(actor, code)
    view = meetings.see(actor, code)
    refuse_halves(view.kind)
    return of_meeting(view)


def of_meeting(view: MeetingView) -> SingleView:
    """The same of a single meeting that is at hand."""
    vendor = PartView(view.vendor_slug or view.company_slug, view.vendor or view.company, Part.JOINED, has_sent=True)
    return SingleView(
        code=view.uid,
        theme=view.topic,
        outcome=view.outcome,
        minutes=int((view.end - view.start).total_seconds() // 60),
        buyer=view.buyer,
        buyer_name=view.buyer_name,
        buyer_zone=view.buyer_zone,
        organiser=view.company if view.vendor else "",
        vendors=(vendor,),
        agenda_version=view.agenda_version,
        meeting=view.uid,
        start=view.start,
        end=view.end,
        may=view.may,
        version=view.version,
        deadline=view.created_at,
    )
