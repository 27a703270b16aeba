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
    """A promise: somebody of a company does something by a day.

    Made at a meeting or briefing (`meeting_id` where a request led to several), with `entry` where it was promised, ""
    of the whole; or told without one, as missed, by one of the two companies (`told_by`), and then `to_id` is to whom
    it was made. `proof` is how one sees that it is done, `why` why it was not in time, in the owner's words.
    """

    __tablename__ = "actions"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        ForeignKeyConstraint(["buyer_id", "request_id"], ["meeting_requests.buyer_id", "meeting_requests.id"]),
        ForeignKeyConstraint(["buyer_id", "meeting_id"], ["meetings.buyer_id", "meetings.id"]),
        CheckConstraint("state IN ('open', 'done', 'confirmed')", name="state"),
        CheckConstraint("(request_id IS NULL) <> (to_id IS NULL)", name="of_one"),
        CheckConstraint("(to_id IS NULL) = (told_by IS NULL)", name="told"),
        Index("ix_actions_buyer_id_request_id", "buyer_id", "request_id"),
        Index("ix_actions_company_id_state_due", "company_id", "state", "due"),
        Index("ix_actions_to_id", "to_id"),
        Index("ix_actions_state_due", "state", "due"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    request_id: Mapped[int | None] = mapped_column(Id)
    meeting_id: Mapped[int | None] = mapped_column(Id)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    entry: Mapped[str] = mapped_column(String(16), default="")
    text: Mapped[str] = mapped_column(String(120))
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))  # whose promise it is
    to_id: Mapped[int | None] = mapped_column(Id, ForeignKey("organisations.id"))
    told_by: Mapped[int | None] = mapped_column(Id, ForeignKey("organisations.id"))
    owner_name: Mapped[str] = mapped_column(String(120))
    owner_email: Mapped[str] = mapped_column(String(254))
    due: Mapped[date]
    state: Mapped[str] = mapped_column(String(12))
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]
    done_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    done_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    confirmed_at: Mapped[datetime | None]
    proof: Mapped[str] = mapped_column(String(300), default="")
    why: Mapped[str] = mapped_column(String(300), default="")
    reminded_at: Mapped[datetime | None]  # the latest of the two reminders


class PromiseLink(Base):
    """The link in a reminder: shows its owner that one promise, and lets them say that it is done."""

    __tablename__ = "promise_links"
    __table_args__ = (
        ForeignKeyConstraint(["buyer_id", "action_id"], ["actions.buyer_id", "actions.id"]),
        Index("ix_promise_links_buyer_id_action_id", "buyer_id", "action_id"),
    )

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    buyer_id: Mapped[int] = mapped_column(Id)
    action_id: Mapped[int] = mapped_column(Id)
    created_at: Mapped[datetime]


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
    meeting_id: int | None = None,
) -> Action:
    """Keeps a promise of a company, made at a meeting or briefing of `request`: `owner` is name and address of who
    does it, `meeting_id` at which of several. All of it has been looked through before (domain/minutes.py)."""
    name, email = owner
    row = Action(
        buyer_id=request.buyer_id,
        request_id=request.id,
        meeting_id=meeting_id,
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
