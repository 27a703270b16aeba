"""Papers that are asked for instead of a meeting, and how each answer is worded."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "papers",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint("(pdf IS NULL) = (pages = 0)", name=op.f("ck_papers_a_pdf_has_pages")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_papers_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_papers_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_papers_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_papers_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_papers_code")),
        sa.UniqueConstraint("request_id", "version", name=op.f("uq_papers_request_id_version")),
    )
    op.create_table(
        "writings",
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("reader_id", Id, nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("paper_id", Id, nullable=True),
        sa.CheckConstraint(
            "stage IN ('asked', 'here', 'enough', 'reopened', 'missed')", name=op.f("ck_writings_stage")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_writings_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "paper_id"], ["papers.buyer_id", "papers.id"], name=op.f("fk_writings_buyer_id_paper_id")
        ),
        sa.ForeignKeyConstraint(["reader_id"], ["people.id"], name=op.f("fk_writings_reader_id")),
        sa.PrimaryKeyConstraint("buyer_id", "request_id", name=op.f("pk_writings")),
    )
    op.create_index("ix_writings_reader_id", "writings", ["reader_id"], unique=False)
    op.create_index("ix_writings_stage_due", "writings", ["stage", "due"], unique=False)
    # Kept where the rest of the front door is, so that saying them costs no statement.
    op.add_column("organisations", sa.Column("wordings", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("meeting_requests", sa.Column("silent", sa.Boolean(), nullable=False, server_default=sa.false()))
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("organisations", "wordings", server_default=None)
        op.alter_column("meeting_requests", "silent", server_default=None)
