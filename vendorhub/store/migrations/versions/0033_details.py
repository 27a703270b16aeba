"""What a buyer holds of a relationship for itself, who may know of it; and meetings taken up from elsewhere."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "relationship_details",
        *_of_relationship("relationship_details"),
        sa.Column("owner_id", Id, nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("contract_end", sa.Date(), nullable=True),
        sa.Column("notice_by", sa.Date(), nullable=True),
        sa.Column("spend", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("contacts", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "spend >= 0 AND (spend IS NULL) = (currency = '')", name=op.f("ck_relationship_details_spend")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_relationship_details_owner_id")),
        sa.PrimaryKeyConstraint("buyer_id", "relationship_id", name=op.f("pk_relationship_details")),
    )
    op.create_table(
        "relationship_goals",
        *_of_relationship("relationship_goals"),
        sa.Column("goal_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "goal_id"], ["goals.buyer_id", "goals.id"], name=op.f("fk_relationship_goals_buyer_id_goal_id")
        ),
        sa.PrimaryKeyConstraint("buyer_id", "relationship_id", "goal_id", name=op.f("pk_relationship_goals")),
    )
    op.create_table(
        "circles",
        *_of_relationship("circles"),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_circles_person_id")),
        sa.PrimaryKeyConstraint("buyer_id", "relationship_id", "person_id", name=op.f("pk_circles")),
    )
    _adopted()


def _adopted() -> None:
    op.create_table(
        "adopted_series",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("uid", sa.String(length=255), nullable=False),
        sa.Column("relationship_id", Id, nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "relationship_id"],
            ["relationships.buyer_id", "relationships.id"],
            name=op.f("fk_adopted_series_buyer_id_relationship_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_adopted_series_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_adopted_series_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adopted_series")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_adopted_series_buyer_id_id")),
        sa.UniqueConstraint("buyer_id", "uid", name=op.f("uq_adopted_series_buyer_id_uid")),
        sa.UniqueConstraint("code", name=op.f("uq_adopted_series_code")),
    )
    op.create_index("ix_adopted_series_buyer_id_relationship_id", "adopted_series", ["buyer_id", "relationship_id"])
    op.create_table(
        "adopted_meetings",
        sa.Column("buyer_id", Id, autoincrement=False, nullable=False),
        sa.Column("series_id", Id, autoincrement=False, nullable=False),
        sa.Column("start_at", Instant(), nullable=False),
        sa.Column("end_at", Instant(), nullable=False),
        sa.CheckConstraint("start_at <= end_at", name=op.f("ck_adopted_meetings_forward")),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_adopted_meetings_buyer_id")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "series_id"],
            ["adopted_series.buyer_id", "adopted_series.id"],
            name=op.f("fk_adopted_meetings_buyer_id_series_id"),
        ),
        sa.PrimaryKeyConstraint("buyer_id", "series_id", "start_at", name=op.f("pk_adopted_meetings")),
    )
    op.create_table(
        "waiting_imports",
        sa.Column("buyer_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_waiting_imports_buyer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_waiting_imports_person_id")),
        sa.PrimaryKeyConstraint("buyer_id", "person_id", name=op.f("pk_waiting_imports")),
    )


def _of_relationship(table: str) -> tuple[sa.Column[int] | sa.ForeignKeyConstraint, ...]:
    return (
        sa.Column("buyer_id", Id, autoincrement=False, nullable=False),
        sa.Column("relationship_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f(f"fk_{table}_buyer_id")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "relationship_id"],
            ["relationships.buyer_id", "relationships.id"],
            name=op.f(f"fk_{table}_buyer_id_relationship_id"),
        ),
    )
