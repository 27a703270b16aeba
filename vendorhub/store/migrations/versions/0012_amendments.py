"""A yes to other terms than were asked, until the asking side agrees to them."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "amendments",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("decision_id", Id, nullable=False),
        sa.Column("decided_by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("asked_topic", sa.String(length=120), nullable=False),
        sa.Column("asked_until", Instant(), nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("coming", sa.Text(), nullable=False),
        sa.Column("place_how", sa.String(length=16), nullable=False),
        sa.Column("place_detail", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("agreed_by", Id, nullable=True),
        sa.Column("agreed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agreed_by"], ["people.id"], name=op.f("fk_amendments_agreed_by")),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_amendments_buyer_id")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "decision_id"],
            ["decisions.buyer_id", "decisions.id"],
            name=op.f("fk_amendments_buyer_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_amendments_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_amendments_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_amendments_decision_id")),
    )
    op.create_index("ix_amendments_buyer_id_request_id", "amendments", ["buyer_id", "request_id"], unique=False)
