"""What was asked of the planner, how far it is, and what it proposed last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.domain.planning import Limit, Plan, Proposal, Span, Wish
from vendorhub.domain.rhythms import Why
from vendorhub.store.base import Base, Id, buyer_column, id_column


class QuarterPlan(Base):
    """A buyer's plan of a quarter, one row for each: asking anew is one more of `times`, and a worker that was begun
    before writes nothing. What was `made` stays until something else is."""

    __tablename__ = "plans"
    __table_args__ = (
        UniqueConstraint("buyer_id", "quarter"),
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
        Index("ix_plans_state_asked_at", "state", "asked_at"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    quarter: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8))
    times: Mapped[int]
    placed: Mapped[int] = mapped_column(default=0)  # of so many `wanted`, while it runs
    wanted: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[list[str]] = mapped_column(JSON, default=list)  # relationships, by their codes
    made: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    asked_by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    made_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Proposed:
    """A plan as it was made: why each of its proposals is as it is, what it saves, and which limits clashed."""

    plan: Plan = field(default_factory=Plan)
    reasons: tuple[tuple[Why, ...], ...] = ()
    saving: Why | None = None
    clashes: tuple[Why, ...] = ()


def written(made: Proposed) -> dict[str, Any]:
    """The same as it is kept."""
    return {
        "proposals": [
            {
                "wishes": [_wish(each) for each in one.wishes],
                "span": [one.span.first.isoformat(), one.span.last.isoformat(), one.span.days],
                "kept": one.kept,
                "reasons": [_why(why) for why in why_so],
            }
            for one, why_so in zip(made.plan.proposals, made.reasons, strict=True)
        ],
        "left": [[_wish(wish), limit.value] for wish, limit in made.plan.left],
        "saving": _why(made.saving) if made.saving else None,
        "clashes": [_why(why) for why in made.clashes],
    }


def read(kept: Mapping[str, Any] | None) -> Proposed:
    """What was kept; nothing where nothing was."""
    if kept is None:
        return Proposed()
    proposals = tuple(
        Proposal(tuple(map(_wish_of, one["wishes"])), _span_of(*one["span"]), one["kept"]) for one in kept["proposals"]
    )
    left = tuple((_wish_of(wish), Limit(limit)) for wish, limit in kept["left"])
    return Proposed(
        Plan(proposals, left),
        tuple(tuple(map(_why_of, one["reasons"])) for one in kept["proposals"]),
        _why_of(kept["saving"]) if kept["saving"] else None,
        tuple(map(_why_of, kept["clashes"])),
    )


def _wish(wish: Wish) -> dict[str, Any]:
    return {
        "relationship": wish.relationship,
        "due": wish.due.isoformat(),
        "minutes": wish.minutes,
        "overdue": wish.overdue,
        "alone": wish.alone,
        "subjects": sorted(wish.subjects),
    }


def _wish_of(kept: Mapping[str, Any]) -> Wish:
    due, subjects = date.fromisoformat(kept["due"]), frozenset(kept["subjects"])
    return Wish(kept["relationship"], due, kept["minutes"], kept["overdue"], kept["alone"], subjects)


def _span_of(first: str, last: str, days: int) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last), days)


def _why(why: Why) -> list[Any]:
    days = {name: value.isoformat() for name, value in why.values.items() if isinstance(value, date)}
    others = {name: value for name, value in why.values.items() if name not in days}
    return [why.msgid, others, days]


def _why_of(kept: Sequence[Any]) -> Why:
    msgid, others, days = kept
    return Why(msgid, {**others, **{name: date.fromisoformat(day) for name, day in days.items()}})
