"""A company's asks of one buyer are looked up at once, and not among all that this buyer was ever asked."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    for company in ("company_id", "vendor_id"):
        op.create_index(f"ix_meeting_requests_buyer_id_{company}", "meeting_requests", ["buyer_id", company])
