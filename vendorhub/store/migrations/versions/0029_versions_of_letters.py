"""A letter's version is its SEQUENCE and its DTSTAMP: the same SEQUENCE may be told anew."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    calendars = sa.text("uid <> ''")
    op.drop_index("uq_letters_uid_recipient_sequence_method", "letters")
    op.create_index(
        "uq_letters_version",
        "letters",
        ["uid", "recipient", "sequence", "method", "created_at"],
        unique=True,
        sqlite_where=calendars,
        postgresql_where=calendars,
    )
