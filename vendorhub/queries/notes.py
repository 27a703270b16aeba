"""Notes as either side of a relationship may read them, and how they are found again by their words (law 10)."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain import notes as rules
from vendorhub.domain.briefings import Part
from vendorhub.domain.codes import meant, plain
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.notes import Piece
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.domain.rights import Relation, may, require
from vendorhub.queries import circles
from vendorhub.queries import meeting_sight as sight
from vendorhub.store import Meeting, MeetingRequest, Note, Organisation, Participation, Person, Relationship, db
from vendorhub.store.notes import FOUND_NOTES

_ANY = frozenset({Relation.ANY})
_BY, _ABOUT = aliased(Person, name="by_person"), aliased(Person, name="about_person")
_BUYER, _COMPANY = aliased(Organisation, name="buyer"), aliased(Organisation, name="company")
_OF_ITS_REQUEST = and_(MeetingRequest.buyer_id == Meeting.buyer_id, MeetingRequest.id == Meeting.request_id)


@dataclass(frozen=True)
class NoteView:
    """A note: of which relationship (`other` is the company on its other side), about whom or which meeting ("" for
    neither), whose it is, and who wrote it or changed it last. `own` are the notes of the reader's side."""

    code: str
    relationship: str
    other: str
    text: str
    shared: bool
    remembered: bool
    own: bool
    person: str
    email: str
    meeting: str
    topic: str
    day: datetime | None
    by: str
    at: datetime
    changed: bool
    may: frozenset[Deed]
    snippet: tuple[Piece, ...] = ()

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        told = repr([value if name != "may" else sorted(value) for name, value in vars(self).items()])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def relationship(actor: Actor, code: str) -> Relationship:
    """The row of a relationship of which the actor may know. Raises NotThere."""
    found = db.session.scalar(select(Relationship).where(Relationship.code == meant(code), in_reach(actor)))
    if found is None or not may(actor, Deed.SEE_RELATIONSHIP, _ANY):
        raise NotThere
    return found


def see(actor: Actor, code: str) -> NoteView:
    """One note. Raises NotThere if there is none, or none for this actor."""
    row = db.session.execute(_notes(actor).where(Note.code == meant(code))).first()
    if row is None or not may(actor, Deed.SEE_RELATIONSHIP, _ANY):
        raise NotThere
    return _view(actor, row)


def listing(
    actor: Actor, *, query: str = "", of: str = "", limit: int = 50, cursor: str | None = None
) -> tuple[list[NoteView], str | None]:
    """The notes that the actor may read, the newest first, and the next page's cursor; with a `query` those that have
    all its words, the best first and no further page. `of` is the code of one relationship. Raises NotThere for none.
    """
    require(actor, Deed.SEE_RELATIONSHIP, _ANY)
    notes = _notes(actor)
    if of:
        notes = notes.where(Note.relationship_id == relationship(actor, of).id)
    if query.strip():
        return _found(actor, notes, query, limit), None
    if cursor:
        last = db.session.scalar(_notes(actor).where(Note.code == meant(cursor)).with_only_columns(Note.id))
        if last is None:
            raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.")
        notes = notes.where(Note.id < last)
    rows = db.session.execute(notes.order_by(Note.id.desc()).limit(limit + 1)).all()
    shown = [_view(actor, row) for row in rows[:limit]]
    return shown, shown[-1].code if len(rows) > limit else None


def meeting_of(actor: Actor, of: Relationship, uid: str) -> int | None:
    """The number of a meeting of a relationship, by its UID; None where the actor sees none of that name there."""
    return db.session.scalar(_meetings(actor, of).with_only_columns(Meeting.id).where(Meeting.uid == plain(uid)))


def meetings_of(actor: Actor, of: Relationship, *, limit: int = 12) -> list[Meeting]:
    """The meetings of a relationship that the actor sees, the latest first."""
    latest_first = _meetings(actor, of).order_by(Meeting.start_at.desc(), Meeting.id)
    return list(db.session.scalars(latest_first.limit(limit)))


def next_meeting(actor: Actor, of: Relationship) -> str:
    """The UID of the next meeting of a relationship that the actor sees; "" for none."""
    ahead = _meetings(actor, of).where(Meeting.state == MeetingState.CONFIRMED, Meeting.end_at > clock.now())
    uid = db.session.scalar(ahead.with_only_columns(Meeting.uid).order_by(Meeting.start_at, Meeting.id).limit(1))
    return uid or ""


def in_reach(actor: Actor) -> ColumnElement[bool]:
    """Which relationships exist for this actor; those who ask have one where a meeting of theirs stands."""
    if not actor.asks:
        return circles.in_sight(actor)
    agreed = (
        select(Meeting.id)
        .join(MeetingRequest, _OF_ITS_REQUEST)
        .where(
            Meeting.buyer_id == Relationship.buyer_id,
            Meeting.state == MeetingState.CONFIRMED,
            _between(Relationship.company_id),
            sight.in_sight(actor),
        )
    )
    return and_(Relationship.company_id == actor.organisation, exists(agreed.correlate(Relationship)))


def _between(company: Any) -> ColumnElement[bool]:
    """That a meeting is with this company: it asked, or was asked for, or comes to the joint briefing."""
    comes = exists(
        select(Participation.request_id)
        .where(
            Participation.buyer_id == MeetingRequest.buyer_id,
            Participation.request_id == MeetingRequest.id,
            Participation.company_id == company,
            Participation.state == Part.JOINED,
        )
        .correlate(MeetingRequest, Relationship)
    )
    return or_(func.coalesce(MeetingRequest.vendor_id, MeetingRequest.company_id) == company, comes)


def _meetings(actor: Actor, of: Relationship) -> Select[Meeting]:
    return (
        select(Meeting)
        .join(MeetingRequest, _OF_ITS_REQUEST)
        .where(Meeting.buyer_id == of.buyer_id, _between(of.company_id), sight.in_sight(actor))
    )


def _notes(actor: Actor) -> Select[*tuple[Any, ...]]:
    """What the actor may read: their own side's, and what the other shares; about a meeting only where they see it."""
    seen = exists(
        select(Meeting.id)
        .join(MeetingRequest, _OF_ITS_REQUEST)
        .where(Meeting.buyer_id == Note.buyer_id, Meeting.id == Note.meeting_id, sight.in_sight(actor))
        .correlate(Note)
    )
    return (
        select(
            Note,
            Relationship.code.label("relationship"),
            (_BUYER if actor.asks else _COMPANY).name.label("other"),
            _ABOUT.name.label("person"),
            _ABOUT.email,
            Meeting.uid,
            Meeting.topic,
            Meeting.start_at,
            _BY.name.label("by"),
        )
        .join(Relationship, and_(Relationship.buyer_id == Note.buyer_id, Relationship.id == Note.relationship_id))
        .join(_BUYER, _BUYER.id == Relationship.buyer_id)
        .join(_COMPANY, _COMPANY.id == Relationship.company_id)
        .join(_BY, _BY.id == func.coalesce(Note.changed_by, Note.by))
        .outerjoin(_ABOUT, _ABOUT.id == Note.person_id)
        .outerjoin(Meeting, and_(Meeting.buyer_id == Note.buyer_id, Meeting.id == Note.meeting_id))
        .where(
            in_reach(actor),
            or_(Note.owner_id == actor.organisation, Note.shared),
            or_(Note.meeting_id.is_(None), seen),
        )
        .execution_options(populate_existing=True)
    )


def _found(actor: Actor, notes: Select[*tuple[Any, ...]], query: str, limit: int) -> list[NoteView]:
    """Those with all words of the query, by the database's own index of words."""
    words = rules.looked_for(query, reader=actor.organisation)
    if not words:
        return []
    if db.session.get_bind().dialect.name == "sqlite":
        found = table(FOUND_NOTES, column("rowid"), column("rank"))
        asked = " ".join(f'"{word}"*' for word in words)
        notes = (
            notes.join(found, found.c.rowid == Note.id)
            .where(literal_column(FOUND_NOTES).op("MATCH")(bindparam("asked", asked)))
            .order_by(found.c.rank, Note.id.desc())
        )
    else:
        asked = " & ".join(f"{word}:*" for word in words)
        words_of: ColumnElement[Any] = literal_column(f"notes.{FOUND_NOTES}")
        wanted = func.to_tsquery(literal_column("'simple'::regconfig"), bindparam("asked", asked))
        notes = notes.where(words_of.op("@@")(wanted)).order_by(func.ts_rank(words_of, wanted).desc(), Note.id.desc())
    rows = db.session.execute(notes.limit(limit)).all()
    return [replace(_view(actor, row), snippet=rules.snippet(row.Note.text, query)) for row in rows]


def _view(actor: Actor, row: Row[Any]) -> NoteView:
    note: Note = row.Note
    own = note.owner_id == actor.organisation
    deeds = (Deed.WRITE_NOTE, Deed.TAKE_OUT_NOTE)
    return NoteView(
        code=note.code,
        relationship=row.relationship,
        other=row.other,
        text=note.text,
        shared=note.shared,
        remembered=note.remembered,
        own=own,
        person=row.person or "",
        email=row.email or "",
        meeting=row.uid or "",
        topic=row.topic or "",
        day=row.start_at,
        by=row.by,
        at=note.changed_at or note.made_at,
        changed=note.changed_at is not None,
        may=frozenset(deed for deed in deeds if own and may(actor, deed, _ANY)),
    )
