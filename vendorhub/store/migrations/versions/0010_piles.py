"""How assistants sort what waits, and the hours at which a decider's pile comes by letter."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "sortings",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("decider", Id, nullable=False),
        sa.Column("pile", sa.String(12), nullable=False),
        sa.Column("line", sa.String(280), nullable=False),
        sa.Column("suggested", sa.String(12), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("pile IN ('for_you', 'mine', 'no_for_us')", name=op.f("ck_sortings_pile")),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_sortings_buyer_id")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_sortings_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["decider"], ["people.id"], name=op.f("fk_sortings_decider")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_sortings_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sortings")),
        sa.UniqueConstraint("request_id", "decider", name=op.f("uq_sortings_request_id_decider")),
    )
    op.create_index("ix_sortings_buyer_id_request_id", "sortings", ["buyer_id", "request_id"], unique=False)
    op.create_table(
        "pile_hours",
        sa.Column("person_id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("hours", sa.String(12), nullable=False),
        sa.Column("looked_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_pile_hours_person_id")),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_pile_hours_buyer_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_pile_hours")),
    )
