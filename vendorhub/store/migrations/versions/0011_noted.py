"""Companies that a buyer has noted, places that count from a moment on, and whose mail is no ask."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_OWN = sa.text("noted_domain <> ''")


def upgrade() -> None:
    """To this schema."""
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for table, name in (("organisations", "noted_by"), ("meeting_requests", "noted_as")):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {name} {number} CONSTRAINT fk_{table}_{name} REFERENCES organisations (id)"
        )
    op.add_column("organisations", sa.Column("noted_domain", sa.String(length=253), nullable=True))
    op.create_index(
        "ix_organisations_noted_by_noted_domain",
        "organisations",
        ["noted_by", "noted_domain"],
        unique=True,
        sqlite_where=_OWN,
        postgresql_where=_OWN,
    )
    op.add_column("memberships", sa.Column("since", Instant(), nullable=True))
    op.add_column("meeting_requests", sa.Column("told_at", Instant(), nullable=True))
    for name in ("words", "unreadable"):
        op.add_column("meeting_requests", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "not_vendors",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("entry", sa.String(length=254), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_not_vendors_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_not_vendors_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_vendors")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_not_vendors_buyer_id_id")),
        sa.UniqueConstraint("buyer_id", "entry", name=op.f("uq_not_vendors_buyer_id_entry")),
    )
