"""What either side of a relationship writes down, by which words it is found, and which briefs were sent."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

# An FTS5 table that has no content of its own, kept by triggers (https://www.sqlite.org/fts5.html, 4.4.3).
_ON_SQLITE = (
    "CREATE VIRTUAL TABLE found_notes USING fts5("
    "words, content='notes', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER found_notes_in AFTER INSERT ON notes BEGIN"
    " INSERT INTO found_notes (rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER found_notes_out AFTER DELETE ON notes BEGIN"
    " INSERT INTO found_notes (found_notes, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER found_notes_anew AFTER UPDATE OF words ON notes BEGIN"
    " INSERT INTO found_notes (found_notes, rowid, words) VALUES ('delete', old.id, old.words);"
    " INSERT INTO found_notes (rowid, words) VALUES (new.id, new.words); END",
)
_ON_POSTGRESQL = (
    "ALTER TABLE notes ADD COLUMN found_notes tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, words)) STORED",
    "CREATE INDEX found_notes_words ON notes USING gin (found_notes) WITH (fastupdate = off)",
)


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "notes",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("relationship_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("meeting_id", Id, nullable=True),
        sa.Column("remembered", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("changed_by", Id, nullable=True),
        sa.Column("changed_at", Instant(), nullable=True),
        sa.CheckConstraint("person_id IS NULL OR meeting_id IS NULL", name=op.f("ck_notes_about_one")),
        sa.CheckConstraint(
            "NOT remembered OR (person_id IS NOT NULL AND NOT shared)", name=op.f("ck_notes_remembered")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "relationship_id"],
            ["relationships.buyer_id", "relationships.id"],
            name=op.f("fk_notes_buyer_id_relationship_id"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "meeting_id"],
            ["meetings.buyer_id", "meetings.id"],
            name=op.f("fk_notes_buyer_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_notes_buyer_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["organisations.id"], name=op.f("fk_notes_owner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notes_person_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_notes_by")),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name=op.f("fk_notes_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_notes_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_notes_code")),
    )
    op.create_index("ix_notes_buyer_id_relationship_id", "notes", ["buyer_id", "relationship_id"])
    op.create_index("ix_notes_owner_id_id", "notes", ["owner_id", "id"])
    op.create_index(
        "ix_notes_remembered",
        "notes",
        ["relationship_id", "owner_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("remembered"),
        postgresql_where=sa.text("remembered"),
    )
    op.create_table(
        "briefs_sent",
        sa.Column("buyer_id", Id, autoincrement=False, nullable=False),
        sa.Column("attendee_id", Id, autoincrement=False, nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "attendee_id"],
            ["attendees.buyer_id", "attendees.id"],
            name=op.f("fk_briefs_sent_buyer_id_attendee_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_briefs_sent_buyer_id")),
        sa.PrimaryKeyConstraint("buyer_id", "attendee_id", name=op.f("pk_briefs_sent")),
    )
    for line in _ON_SQLITE if op.get_bind().dialect.name == "sqlite" else _ON_POSTGRESQL:
        op.execute(line)
