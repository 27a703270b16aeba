"""When those were reminded who had not said which times suit them."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.add_column("offers", sa.Column("reminded_at", Instant(), nullable=True))
