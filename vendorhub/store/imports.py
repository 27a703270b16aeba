"""A table that somebody brings in, written in a number of statements that does not grow with its rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vendorhub.domain.cadence import Every, Rule
from vendorhub.domain.codes import new_code
from vendorhub.domain.imports import Counts, Row
from vendorhub.store.base import Base, Id
from vendorhub.store.imported_companies import companies
from vendorhub.store.people import Organisation
from vendorhub.store.relationships import (
    CODE_LENGTH,
    CadenceRule,
    LoggedMeeting,
    Relationship,
    RelationshipDetails,
    RelationshipGoal,
)

CONTACTS_AT_MOST = 100


class WaitingImport(Base):
    """The table that somebody has tried and not taken yet; one a person, gone once it is taken."""

    __tablename__ = "waiting_imports"

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]


def take(
    session: Session,
    buyer: Organisation,
    rows: Sequence[Row],
    *,
    by: int,
    people: Mapping[str, int],
    goals: Mapping[str, int],
    today: date,
    now: datetime,
) -> Counts:
    """Writes the rows, all of which fit; `people` and `goals` are the numbers of the buyer's own."""
    counts = Counts()
    whose, counts.companies = companies(session, buyer, rows, now)
    kept = _relationships(session, buyer.id, set(whose.values()), rows, whose, counts, today=today, now=now, by=by)
    _details(session, buyer.id, rows, whose, kept, people)
    _goals(session, buyer.id, rows, whose, kept, goals)
    _meetings(session, buyer.id, rows, whose, kept, counts, by=by, now=now)
    return counts


def _relationships(
    session: Session,
    buyer_id: int,
    wanted: Iterable[int],
    rows: Sequence[Row],
    whose: Mapping[int, int],
    counts: Counts,
    *,
    today: date,
    now: datetime,
    by: int,
) -> dict[int, int]:
    """The number of the relationship of each company, made where there was none, with how often to meet."""
    kept = _kept(session, buyer_id)
    asked: dict[int, Every] = {whose[row.line]: row.every for row in rows if row.every is not None}
    new = sorted(set(wanted) - set(kept))
    counts.relationships = len(new)
    if new:
        made = session.execute(
            insert(Relationship).returning(Relationship.company_id, Relationship.id),
            [
                {"buyer_id": buyer_id, "code": new_code(CODE_LENGTH), "company_id": company, "made_at": now}
                for company in new
            ],
        )
        kept |= dict(made.all())
    stands = _rules(session, buyer_id)
    usual, changed = Rule(since=today), []
    for company in sorted({*new, *asked}):
        before = stands.get(kept[company])
        every = str(asked.get(company, usual.every))
        if before is None or before.every != every:
            changed.append(_rule(buyer_id, kept[company], every, before, usual, by=by, now=now))
    if changed:
        session.execute(insert(CadenceRule), changed)
    return kept


def _rule(
    buyer_id: int, relationship: int, every: str, before: CadenceRule | None, usual: Rule, *, by: int, now: datetime
) -> dict[str, Any]:
    like = before or usual
    return {
        **{name: getattr(like, name) for name in ("minutes", "kind", "soft", "hard")},
        "buyer_id": buyer_id,
        "relationship_id": relationship,
        "since": usual.since,
        "every": every,
        "by": by,
        "made_at": now,
    }


def _kept(session: Session, buyer_id: int) -> dict[int, int]:
    rows = session.execute(select(Relationship.company_id, Relationship.id).where(Relationship.buyer_id == buyer_id))
    return dict(rows.all())


def _rules(session: Session, buyer_id: int) -> dict[int, CadenceRule]:
    rows = session.scalars(select(CadenceRule).where(CadenceRule.buyer_id == buyer_id).order_by(CadenceRule.id))
    return {row.relationship_id: row for row in rows}


def _details(
    session: Session,
    buyer_id: int,
    rows: Sequence[Row],
    whose: Mapping[int, int],
    kept: Mapping[int, int],
    people: Mapping[str, int],
) -> None:
    """What the rows say of a relationship, the later over the earlier; what is not said stays."""
    held = {
        row.relationship_id: row
        for row in session.scalars(select(RelationshipDetails).where(RelationshipDetails.buyer_id == buyer_id))
    }
    new: dict[int, dict[str, Any]] = {}
    for row in rows:
        said: dict[str, Any] = {
            name: value
            for name in ("contract_end", "notice_by", "spend", "currency")
            if (value := getattr(row, name)) not in (None, "")
        }
        if row.owner:
            said["owner_id"] = people[row.owner]
        if row.topics:
            said["topics"] = list(row.topics)
        who = [[row.person, row.email]] if row.person or row.email else []
        if not said and not who:
            continue
        number = kept[whose[row.line]]
        there = held.get(number)
        before = new.get(number, {}) if there is None else {"contacts": there.contacts}
        said["contacts"] = _met(before.get("contacts", []), who)
        if there is None:
            new[number] = {**before, **said}
        else:
            for name, value in said.items():
                if getattr(there, name) != value:
                    setattr(there, name, value)
    if new:
        nothing: dict[str, Any] = {
            "owner_id": None,
            "topics": [],
            "contract_end": None,
            "notice_by": None,
            "spend": None,
            "currency": "",
        }
        session.execute(
            insert(RelationshipDetails),
            [{**nothing, "buyer_id": buyer_id, "relationship_id": number, **said} for number, said in new.items()],
        )
    session.flush()


def _met(there: Sequence[Sequence[str]], who: Sequence[Sequence[str]]) -> list[list[str]]:
    """The people there, each once: by the address, or by the name where there is none."""
    by = {(email or name): [name, email] for name, email in there}
    for name, email in who:
        known_as = by.get(email or name, ["", ""])
        by[email or name] = [name or known_as[0], email]
    return list(by.values())[:CONTACTS_AT_MOST]


def _goals(
    session: Session,
    buyer_id: int,
    rows: Sequence[Row],
    whose: Mapping[int, int],
    kept: Mapping[int, int],
    goals: Mapping[str, int],
) -> None:
    there = set(
        session.execute(
            select(RelationshipGoal.relationship_id, RelationshipGoal.goal_id).where(
                RelationshipGoal.buyer_id == buyer_id
            )
        )
    )
    wanted = {(kept[whose[row.line]], goals[goal]) for row in rows for goal in row.goals} - there
    if wanted:
        session.execute(
            insert(RelationshipGoal),
            [
                {"buyer_id": buyer_id, "relationship_id": relationship, "goal_id": goal}
                for relationship, goal in sorted(wanted)
            ],
        )


def _meetings(
    session: Session,
    buyer_id: int,
    rows: Sequence[Row],
    whose: Mapping[int, int],
    kept: Mapping[int, int],
    counts: Counts,
    *,
    by: int,
    now: datetime,
) -> None:
    """The meetings that were held; one of a day that is noted already is the same."""
    there = set(
        session.execute(
            select(LoggedMeeting.relationship_id, LoggedMeeting.day).where(LoggedMeeting.buyer_id == buyer_id)
        )
    )
    new: dict[tuple[int, date], dict[str, Any]] = {}
    for row in rows:
        if row.met_on is None or (key := (kept[whose[row.line]], row.met_on)) in there:
            continue
        made = new.setdefault(
            key,
            {
                "buyer_id": buyer_id,
                "relationship_id": key[0],
                "code": new_code(CODE_LENGTH),
                "day": row.met_on,
                "minutes": row.minutes,
                "people": [],
                "note": row.note,
                "by": by,
                "made_at": now,
            },
        )
        if row.person or row.email:
            made["people"] = _met(made["people"], [[row.person or row.email, row.email]])
    counts.meetings = len(new)
    if new:
        session.execute(insert(LoggedMeeting), list(new.values()))
