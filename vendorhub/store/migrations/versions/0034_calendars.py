"""Fiscal years of whole weeks, days off, feeds of due days, and in which week somebody was last written to."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.add_column("organisations", sa.Column("fiscal_weekday", sa.Integer(), nullable=True))
    op.add_column(
        "organisations", sa.Column("holidays_of", sa.String(length=12), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("organisations", sa.Column("days_off", sa.JSON(), nullable=False, server_default="[]"))
    if op.get_bind().dialect.name == "postgresql":
        for name in ("holidays_of", "days_off"):
            op.alter_column("organisations", name, server_default=None)
    op.create_table(
        "feeds",
        *_of_somebody("feeds"),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.UniqueConstraint("hash", name=op.f("uq_feeds_hash")),
    )
    op.create_table("weekly_letters", *_of_somebody("weekly_letters"), sa.Column("week", sa.Date(), nullable=False))


def _of_somebody(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("buyer_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f(f"fk_{table}_buyer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f(f"fk_{table}_person_id")),
        sa.PrimaryKeyConstraint("buyer_id", "person_id", name=op.f(f"pk_{table}")),
    )
