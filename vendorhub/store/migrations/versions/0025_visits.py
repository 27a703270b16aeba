"""Links by which people without an account see the meeting they are invited to, and who came off its list."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.add_column("attendees", sa.Column("gone_at", Instant(), nullable=True))
    op.create_table(
        "visit_links",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("attendee_id", Id, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "meeting_id", "attendee_id"],
            ["attendees.buyer_id", "attendees.meeting_id", "attendees.id"],
            name=op.f("fk_visit_links_buyer_id_meeting_id_attendee_id"),
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_visit_links")),
    )
    op.create_index("ix_visit_links_attendee_id", "visit_links", ["attendee_id"], unique=False)
    _give_assistants()


def _give_assistants() -> None:
    """What follows the buyer's yes is an assistant's from the start."""
    there = sa.table("memberships", sa.column("id", Id), sa.column("role", sa.String), sa.column("given", sa.Text))
    bind = op.get_bind()
    for number, given in bind.execute(sa.select(there.c.id, there.c.given).where(there.c.role == "assistant")).all():
        if "replace" not in given.split():
            bind.execute(sa.update(there).where(there.c.id == number).values(given=f"{given} replace".strip()))
