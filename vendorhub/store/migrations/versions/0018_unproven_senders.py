"""Whom an unproven mail names, kept beside the ask until a person of the buyer says that it is them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.add_column("claims", sa.Column("email", sa.String(length=254), nullable=False, server_default=""))
    op.add_column("claims", sa.Column("name", sa.String(length=120), nullable=False, server_default=""))
