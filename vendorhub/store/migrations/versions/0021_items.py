"""Items of briefings: what is written and not sent, and that their organisers have heard when all were in."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Instant

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.add_column("items", sa.Column("typed", sa.Text(), nullable=True))
    op.add_column("briefings", sa.Column("all_in_at", Instant(), nullable=True))
