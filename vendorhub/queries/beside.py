"""What stands beside an ask for the buyer's eyes alone: the answer from before, who its sender may be, how it came."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, Select, and_, func
from sqlalchemy.orm import aliased

from vendorhub.domain.meeting_requests import State
from vendorhub.store import Claim, MeetingRequest, Organisation, Person, Remark, Writing

_ATTACHED_TO = aliased(MeetingRequest, name="attached")
_FIRST, _SEEMS = aliased(Person, name="first"), aliased(Organisation, name="seems")
_WRITING = aliased(Writing, name="first_writing")

COLUMNS: Final = (
    _ATTACHED_TO.code.label("attached_to"),
    _ATTACHED_TO.answered_at.label("first_at"),
    _ATTACHED_TO.again_on.label("first_again_on"),
    _ATTACHED_TO.note.label("first_note"),
    _FIRST.name.label("first_by"),
    _WRITING.due.label("first_due"),
    Claim.says,
    Claim.domain.label("seems_domain"),
    Claim.email.label("says_email"),
    Claim.name.label("says_name"),
    _SEEMS.name.label("seems"),
    Remark.remark,
)


@dataclass(frozen=True)
class First:
    """The answer that stands for an ask: whose, when, and until when, as they said; `at` None for a never."""

    by: str
    at: datetime | None
    again_on: date | None
    note: str
    in_writing: bool = False


@dataclass(frozen=True)
class ClaimView:
    """Whom a sender says to be of, and the company they may be: None where none of that name is known; `domain` is
    its own, which the sender's only looks like, or "". `email` and `name` are whom an unproven mail names."""

    says: str
    seems: str | None
    domain: str
    email: str = ""
    name: str = ""


@dataclass(frozen=True)
class Beside:
    """All of it; None and "" for what is not there."""

    first: First | None = None
    claim: ClaimView | None = None
    remark: str = ""


def joined(views: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The same rows with what the columns need."""
    return (
        views.outerjoin(
            _ATTACHED_TO,
            and_(_ATTACHED_TO.buyer_id == MeetingRequest.buyer_id, _ATTACHED_TO.id == MeetingRequest.attached_to),
        )
        .outerjoin(_FIRST, _FIRST.id == func.coalesce(_ATTACHED_TO.decided_by, _ATTACHED_TO.asked_of))
        .outerjoin(_WRITING, and_(_WRITING.buyer_id == _ATTACHED_TO.buyer_id, _WRITING.request_id == _ATTACHED_TO.id))
        .outerjoin(Claim, and_(Claim.request_id == MeetingRequest.id, MeetingRequest.parked != ""))
        .outerjoin(_SEEMS, _SEEMS.id == Claim.company_id)
        .outerjoin(Remark, Remark.request_id == MeetingRequest.id)
    )


def of(row: Row[Any]) -> Beside | None:
    """What stands beside the request of this row; None where nothing does."""
    request: MeetingRequest = row[0]
    first = None
    if met_an_answer(request):
        by, in_writing = row.first_by or row.decided_by or "", row.first_due is not None
        first = First(by, row.first_at, row.first_again_on, row.first_note or "", in_writing=in_writing)
    claim = None
    if row.says is not None:
        claim = ClaimView(row.says, row.seems, row.seems_domain, row.says_email, row.says_name)
    found = Beside(first=first, claim=claim, remark=row.remark or "")
    return found if found != Beside() else None


def met_an_answer(request: MeetingRequest) -> bool:
    """Whether an answer stood in the way of this ask when it came."""
    return request.state == State.ATTACHED or request.attached_to is not None
