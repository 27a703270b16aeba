"""Plans of a quarter, and the hours a month that vendors may take."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.add_column("organisations", sa.Column("vendor_hours", sa.Integer(), nullable=True))
    op.create_table(
        "plans",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("quarter", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("made", sa.JSON(), nullable=True),
        sa.Column("asked_by", Id, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=True),
        sa.Column("made_at", Instant(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_plans_state")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_plans_asked_by")),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_plans_buyer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("buyer_id", "quarter", name=op.f("uq_plans_buyer_id_quarter")),
    )
    op.create_index("ix_plans_state_asked_at", "plans", ["state", "asked_at"])
