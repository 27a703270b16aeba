"""The hours in which somebody works, where they have said so."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "working_hours",
        sa.Column("person_id", Id, nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 <= begins AND begins < ends AND ends <= 24", name=op.f("ck_working_hours_forward")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_working_hours_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_working_hours")),
    )
