"""In which way a request was answered, beside what that means for it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.add_column("meeting_requests", sa.Column("answered_as", sa.String(length=16), nullable=False, server_default=""))
