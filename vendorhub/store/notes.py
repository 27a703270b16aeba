"""What either side of a relationship has written down, and the words by which the database finds it.

The words are `domain/notes.py`'s, so that both databases find the same: SQLite by an FTS5 table that its triggers keep
(https://www.sqlite.org/fts5.html, 4.4.3), PostgreSQL by a generated tsvector.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, buyer_column, id_column

FOUND_NOTES = "found_notes"  # SQLite's table, PostgreSQL's column; what goes with them begins so


def is_of_the_search(name: str | None) -> bool:
    """Whether a table, column or index is one of those by which a database finds notes: no model has them."""
    return name is not None and name.startswith(FOUND_NOTES)


class Note(Base):
    """A note of one side of a relationship (`owner_id`), for itself or for both; about a person or a meeting, if it is.

    `remembered` is the one line that this side keeps of that person.
    """

    __tablename__ = "notes"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        ForeignKeyConstraint(["buyer_id", "relationship_id"], ["relationships.buyer_id", "relationships.id"]),
        ForeignKeyConstraint(["buyer_id", "meeting_id"], ["meetings.buyer_id", "meetings.id"]),
        CheckConstraint("person_id IS NULL OR meeting_id IS NULL", name="about_one"),
        CheckConstraint("NOT remembered OR (person_id IS NOT NULL AND NOT shared)", name="remembered"),
        Index("ix_notes_buyer_id_relationship_id", "buyer_id", "relationship_id"),
        Index("ix_notes_owner_id_id", "owner_id", "id"),
        Index(
            "ix_notes_remembered",
            "relationship_id",
            "owner_id",
            "person_id",
            unique=True,
            sqlite_where=text("remembered"),
            postgresql_where=text("remembered"),
        ),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    relationship_id: Mapped[int] = mapped_column(Id)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    owner_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    shared: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    meeting_id: Mapped[int | None] = mapped_column(Id)
    remembered: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)  # by which it is found
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("people.id"))
    changed_at: Mapped[datetime | None]
