"""Who promised what to whom, by when, and what became of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.domain.codes import new_code
from vendorhub.domain.minutes import ActionState
from vendorhub.store.base import Base, Id, buyer_column, id_column
from vendorhub.store.meeting_requests import MeetingRequest
from vendorhub.store.write import Work

CODE_LENGTH = 12


class Action(Base):
    """A promise: somebody of a company does something by a day. `entry` is where it was promised, "" of the whole."""

    __tablename__ = "actions"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        CheckConstraint("state IN ('open', 'done')", name="state"),
        Index("ix_actions_buyer_id_request_id", "buyer_id", "request_id"),
        Index("ix_actions_company_id_state_due", "company_id", "state", "due"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int] = mapped_column(Id)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    entry: Mapped[str] = mapped_column(String(16), default="")
    text: Mapped[str] = mapped_column(String(120))
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))  # whose promise it is
    owner_name: Mapped[str] = mapped_column(String(120))
    owner_email: Mapped[str] = mapped_column(String(254))
    due: Mapped[date]
    state: Mapped[str] = mapped_column(String(8))
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]
    done_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    done_at: Mapped[datetime | None]


def promised(
    work: Work,
    request: MeetingRequest,
    *,
    text: str,
    company_id: int,
    owner: tuple[str, str],
    due: date,
    by: int,
    entry: str = "",
) -> Action:
    """Keeps a promise of a company, made at a meeting or briefing of `request`: `owner` is name and address of who
    does it. All of it has been looked through before (domain/minutes.py)."""
    name, email = owner
    row = Action(
        buyer_id=request.buyer_id,
        request_id=request.id,
        code=new_code(CODE_LENGTH),
        entry=entry,
        text=text,
        company_id=company_id,
        owner_name=name,
        owner_email=email,
        due=due,
        state=ActionState.OPEN,
        by=by,
        made_at=work.now,
    )
    work.session.add(row)
    return row
