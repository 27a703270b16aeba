"""The first schema: letters."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "history",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=True),
        sa.Column("decision_id", Id, nullable=True),
        sa.Column("deed", sa.String(length=16), nullable=False),
        sa.Column("by", Id, nullable=True),
        sa.Column("on_behalf_of", Id, nullable=True),
        sa.Column("door", sa.String(length=8), nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("visible_at", Instant(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("audience IN ('both', 'buyer', 'vendor')", name=op.f("ck_history_audience")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_history_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_history_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_history_by")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_history_company_id")),
        sa.ForeignKeyConstraint(["on_behalf_of"], ["people.id"], name=op.f("fk_history_on_behalf_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index("ix_history_buyer_id_id", "history", ["buyer_id", "id"], unique=False)
    op.create_index("ix_history_buyer_id_request_id_id", "history", ["buyer_id", "request_id", "id"], unique=False)
    op.create_index("ix_history_company_id_id", "history", ["company_id", "id"], unique=False)
    op.create_table(
        "letters",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=True),
        sa.Column("invitation_id", Id, nullable=True),
        sa.Column("decision_id", Id, nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("message_id", sa.String(length=255), nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("method", sa.String(length=8), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(length=64), nullable=False),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(method = '') = (invitation_id IS NULL)", name=op.f("ck_letters_calendar_needs_invitation")
        ),
        sa.CheckConstraint("(method = '') = (uid = '')", name=op.f("ck_letters_calendar_has_uid")),
        sa.CheckConstraint("(state = 'leased') = (lease_until IS NOT NULL)", name=op.f("ck_letters_leased")),
        sa.CheckConstraint("method IN ('', 'REQUEST', 'CANCEL')", name=op.f("ck_letters_method")),
        sa.CheckConstraint(
            "state IN ('waiting', 'leased', 'sent', 'failed', 'stopped')", name=op.f("ck_letters_state")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "invitation_id"],
            ["invitations.buyer_id", "invitations.id"],
            name=op.f("fk_letters_buyer_id_invitation_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_letters_buyer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letters_message_id")),
    )
    op.create_index("ix_letters_buyer_id_decision_id", "letters", ["buyer_id", "decision_id"], unique=False)
    op.create_index(
        "ix_letters_due",
        "letters",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('waiting', 'leased')"),
        postgresql_where=sa.text("state IN ('waiting', 'leased')"),
    )
    op.create_index("ix_letters_state_sent_at", "letters", ["state", "sent_at"], unique=False)
    op.create_index("ix_letters_uid_recipient", "letters", ["uid", "recipient"], unique=False)
    op.create_index(
        "uq_letters_uid_recipient_sequence_method",
        "letters",
        ["uid", "recipient", "sequence", "method"],
        unique=True,
        sqlite_where=sa.text("uid <> ''"),
        postgresql_where=sa.text("uid <> ''"),
    )
