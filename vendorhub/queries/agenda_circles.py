"""Who is in a briefing or a single meeting, by their ids, as its agenda is laid out and read from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from vendorhub.domain.agenda_versions import Room
from vendorhub.domain.briefings import NAMED
from vendorhub.domain.codes import meant
from vendorhub.domain.overlaps import Kind
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.occasions import Occasion, SingleView
from vendorhub.store import Briefing, Meeting, MeetingRequest, Organisation, Overlap, Participation, db

# Put together once: that takes longer than the database needs to answer.
_CIRCLE = (
    select(
        *(Briefing.buyer_id, Briefing.request_id, Briefing.agenda_revision),
        *(Participation.company_id, Participation.state, Organisation.slug, Organisation.name),
        *(Overlap.other_id, Overlap.id.label("pair_id"), Overlap.code.label("pair"), Overlap.kind),
    )
    .join(MeetingRequest, and_(MeetingRequest.buyer_id == Briefing.buyer_id, MeetingRequest.id == Briefing.request_id))
    .join(
        Participation,
        and_(Participation.buyer_id == Briefing.buyer_id, Participation.request_id == Briefing.request_id),
    )
    .join(Organisation, Organisation.id == Participation.company_id)
    .outerjoin(
        Overlap,
        and_(
            Overlap.buyer_id == Briefing.buyer_id,
            Overlap.request_id == Briefing.request_id,
            Overlap.one_id == Participation.company_id,
            Overlap.kind.in_((Kind.SYNERGY, Kind.COMPETITION)),
        ),
    )
    .where(MeetingRequest.code == bindparam("code"))
    .order_by(Participation.position, Overlap.id)
)


@dataclass(frozen=True)
class Company:
    """A company in the room, as the pages call it."""

    id: int
    slug: str
    name: str
    state: str = ""  # of a vendor's part


@dataclass(frozen=True)
class Pair:
    """Two of the named vendors, by id, who fit together or compete, as those who organise it say."""

    id: int
    code: str
    kind: Kind
    companies: tuple[int, int]


@dataclass(frozen=True)
class Circle:
    """Who is in a briefing, or in a single meeting: the buyer first, then every vendor that is or was named, in their
    order. Of the two numbers one says whose the agenda is."""

    buyer_id: int
    request_id: int | None
    meeting_id: int | None
    revision: int
    companies: Mapping[int, Company]
    pairs: tuple[Pair, ...]

    @property
    def single(self) -> bool:
        """Whether it is a single meeting's."""
        return self.request_id is None

    @property
    def whose(self) -> dict[str, Any]:
        """Its two numbers, as the statements about its rows take them."""
        return {"buyer": self.buyer_id, "whose": self.meeting_id if self.single else self.request_id}

    @property
    def room(self) -> Room:
        """The same for the rules."""
        return Room(self.buyer_id, {number: each.name for number, each in self.companies.items()})


def circle_of(occasion: Occasion) -> Circle:
    """Who is in what the reader sees, by id."""
    return _of_two(occasion) if isinstance(occasion, SingleView) else _of_several(occasion)


def _of_two(single: SingleView) -> Circle:
    row = db.session.execute(
        select(
            Meeting.id,
            Meeting.buyer_id,
            Meeting.agenda_revision,
            func.coalesce(MeetingRequest.vendor_id, MeetingRequest.company_id).label("vendor_id"),
        )
        .join(
            MeetingRequest, and_(MeetingRequest.buyer_id == Meeting.buyer_id, MeetingRequest.id == Meeting.request_id)
        )
        .where(Meeting.uid == single.code)
    ).one()
    (vendor,) = single.vendors
    companies = {
        row.buyer_id: Company(row.buyer_id, single.buyer, single.buyer_name),
        row.vendor_id: Company(row.vendor_id, vendor.slug, vendor.name, vendor.state),
    }
    return Circle(row.buyer_id, None, row.id, row.agenda_revision, companies, ())


def _of_several(briefing: BriefingView) -> Circle:
    rows = db.session.execute(_CIRCLE, {"code": meant(briefing.code)}).all()
    first = rows[0]
    companies = {first.buyer_id: Company(first.buyer_id, briefing.buyer, briefing.buyer_name)}
    companies |= {row.company_id: Company(row.company_id, row.slug, row.name, row.state) for row in rows}
    named = {each.id for each in companies.values() if each.state in NAMED}
    pairs = tuple(
        Pair(row.pair_id, row.pair, Kind(row.kind), (row.company_id, row.other_id))
        for row in rows
        if {row.company_id, row.other_id} <= named
    )
    return Circle(first.buyer_id, first.request_id, None, first.agenda_revision, companies, pairs)
