"""The rows that become views of meeting requests: one statement, put together once, narrowed by who asks."""

from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, func, join, select
from sqlalchemy.orm import aliased

from vendorhub.domain.briefings import NAMED
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor
from vendorhub.queries import beside
from vendorhub.queries.scope import scope, sorting_of
from vendorhub.store import (
    Amendment,
    Briefing,
    Goal,
    Meeting,
    MeetingRequest,
    Organisation,
    Paper,
    Participation,
    Person,
    Sorting,
    Writing,
)

_COMPANY, _BUYER = aliased(Organisation, name="company"), aliased(Organisation, name="buyer")
_VENDOR = aliased(Organisation, name="vendor")
_ASKER, _ASKED, _DECIDER, _INTRODUCER, _NOTER, _READER, _CONFIRMER = (
    aliased(Person, name=name) for name in ("asker", "asked", "decider", "introducer", "noter", "reader", "confirmer")
)
_SORTED_BY, _SORTED_FOR = aliased(Person, name="sorted_by"), aliased(Person, name="sorted_for")
_PASSED_FROM, _PASSED_TO = (aliased(MeetingRequest, name=name) for name in ("passed", "passed_to"))
_PASSER, _RECEIVER, _AMENDER = (aliased(Person, name=name) for name in ("passer", "receiver", "amender"))

_LATEST_MEETING = (
    select(Meeting.uid)
    .where(Meeting.buyer_id == MeetingRequest.buyer_id, Meeting.request_id == MeetingRequest.id)
    .order_by(Meeting.id.desc())
    .limit(1)
    .correlate(MeetingRequest)
    .scalar_subquery()
)
_LAST_ENDS = (
    select(func.max(Meeting.end_at))
    .where(
        Meeting.buyer_id == MeetingRequest.buyer_id,
        Meeting.request_id == MeetingRequest.id,
        Meeting.state == MeetingState.CONFIRMED,
    )
    .correlate(MeetingRequest)
    .scalar_subquery()
)
# The vendors of a briefing by name, a line each.
_LINE_UP = (
    select(func.aggregate_strings(Organisation.name, "\n"))
    .join(Participation, Participation.company_id == Organisation.id)
    .where(
        Participation.buyer_id == MeetingRequest.buyer_id,
        Participation.request_id == MeetingRequest.id,
        Participation.state.in_([part.value for part in NAMED]),
    )
    .correlate(MeetingRequest)
    .scalar_subquery()
)
# Put together once: that takes longer than the database needs to answer.
_VIEWS = beside.joined(
    select(
        MeetingRequest,
        Goal.name.label("goal"),
        _BUYER.slug.label("buyer"),
        _BUYER.name.label("buyer_name"),
        _BUYER.zone.label("buyer_zone"),
        _COMPANY.name.label("company"),
        _COMPANY.slug.label("company_slug"),
        _COMPANY.kind.label("company_kind"),
        func.coalesce(_VENDOR.name, func.nullif(MeetingRequest.vendor_name, "")).label("vendor"),
        _VENDOR.slug.label("vendor_slug"),
        func.coalesce(func.nullif(MeetingRequest.sender_name, ""), _ASKER.name).label("asked_by"),
        _ASKER.email.label("sender_email"),
        _NOTER.name.label("noted_by"),
        _ASKED.name.label("asked_of"),
        _DECIDER.name.label("decided_by"),
        _INTRODUCER.name.label("introduced_by"),
        _CONFIRMER.name.label("confirmed_by"),
        *beside.COLUMNS,
        _PASSED_FROM.code.label("passed_from"),
        Sorting.pile,
        Sorting.line,
        Sorting.suggested,
        Sorting.at.label("sorted_at"),
        _SORTED_BY.name.label("sorted_by"),
        _SORTED_FOR.name.label("sorted_for"),
        _PASSER.name.label("passed_by"),
        _PASSED_TO,
        _RECEIVER.name.label("receiver"),
        Amendment,
        _AMENDER.name.label("amended_by"),
        _LATEST_MEETING.label("meeting"),
        _LAST_ENDS.label("met_until"),
        Writing,
        _READER.name.label("reader"),
        Paper,
        Briefing,
        _LINE_UP.label("line_up"),
    )
    .join(_BUYER, _BUYER.id == MeetingRequest.buyer_id)
    .join(_COMPANY, _COMPANY.id == MeetingRequest.company_id)
    .outerjoin(_VENDOR, _VENDOR.id == MeetingRequest.vendor_id)
    .outerjoin(_ASKER, _ASKER.id == MeetingRequest.asked_by)
    .outerjoin(_NOTER, _NOTER.id == MeetingRequest.logged_by)
    .outerjoin(_ASKED, _ASKED.id == MeetingRequest.asked_of)
    .outerjoin(_DECIDER, _DECIDER.id == MeetingRequest.decided_by)
    .outerjoin(_INTRODUCER, _INTRODUCER.id == MeetingRequest.introduced_by)
    .outerjoin(_CONFIRMER, _CONFIRMER.id == MeetingRequest.confirmed_by)
    .outerjoin(
        _PASSED_FROM,
        and_(_PASSED_FROM.buyer_id == MeetingRequest.buyer_id, _PASSED_FROM.id == MeetingRequest.from_id),
    )
    .outerjoin(_PASSER, _PASSER.id == _PASSED_FROM.decided_by)
    .outerjoin(
        _PASSED_TO,
        and_(_PASSED_TO.buyer_id == MeetingRequest.buyer_id, _PASSED_TO.from_id == MeetingRequest.id),
    )
    .outerjoin(_RECEIVER, _RECEIVER.id == _PASSED_TO.asked_of)
    .outerjoin(
        Amendment,
        and_(Amendment.buyer_id == MeetingRequest.buyer_id, Amendment.decision_id == MeetingRequest.consent_id),
    )
    .outerjoin(_AMENDER, _AMENDER.id == Amendment.decided_by)
    .outerjoin(Writing, and_(Writing.buyer_id == MeetingRequest.buyer_id, Writing.request_id == MeetingRequest.id))
    .outerjoin(_READER, _READER.id == Writing.reader_id)
    .outerjoin(Paper, and_(Paper.buyer_id == Writing.buyer_id, Paper.id == Writing.paper_id))
    .outerjoin(Briefing, and_(Briefing.buyer_id == MeetingRequest.buyer_id, Briefing.request_id == MeetingRequest.id))
    .outerjoin(Goal, and_(Goal.buyer_id == MeetingRequest.buyer_id, Goal.id == MeetingRequest.goal_id))
)


def views(actor: Actor, *, among: CompoundSelect[int] | None = None) -> Select[*tuple[Any, ...]]:
    """The rows that become views: all of the actor's, to be narrowed by the caller; or those of these numbers."""
    rows = _VIEWS
    if among is not None:  # they come first, so that everything else is looked up for them alone
        found = among.subquery("among")
        rows = rows.select_from(join(found, MeetingRequest, MeetingRequest.id == found.c.id))
    return (
        rows.outerjoin(Sorting, Sorting.id == sorting_of(actor))
        .outerjoin(_SORTED_BY, _SORTED_BY.id == Sorting.by)
        .outerjoin(_SORTED_FOR, _SORTED_FOR.id == Sorting.decider)
        .where(scope(actor))
    )
