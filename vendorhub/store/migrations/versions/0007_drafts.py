"""Drafts of asks, and asks whose sender's address is not verified yet."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "drafts",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_drafts_buyer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_drafts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("person_id", "buyer_id", name=op.f("uq_drafts_person_id_buyer_id")),
    )
    op.create_index("ix_drafts_kept_at", "drafts", ["kept_at"], unique=False)
    op.create_table(
        "unverified_asks",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("company", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_unverified_asks_buyer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unverified_asks")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_unverified_asks_link_hash")),
    )
    op.create_index("ix_unverified_asks_email_created_at", "unverified_asks", ["email", "created_at"], unique=False)
    op.create_index("ix_unverified_asks_expires_at", "unverified_asks", ["expires_at"], unique=False)
