"""The mails that came, and the asks that they became."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "mails",
        sa.Column("id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("buyer_id", Id, nullable=True),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("mailbox", sa.String(length=64), nullable=False),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("sender_name", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("more", sa.Integer(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.CheckConstraint("state IN ('taken', 'kept', 'ignored')", name=op.f("ck_mails_state")),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_mails_buyer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mails_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_mails_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_mails_code")),
        sa.UniqueConstraint("digest", "mailbox", name=op.f("uq_mails_digest_mailbox")),
    )
    op.create_index("ix_mails_buyer_id_id", "mails", ["buyer_id", "id"], unique=False)
    op.create_index("ix_mails_received_at", "mails", ["received_at"], unique=False)
    op.create_table(
        "mail_asks",
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("mail_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "mail_id"], ["mails.buyer_id", "mails.id"], name=op.f("fk_mail_asks_buyer_id_mail_id")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_mail_asks_buyer_id_request_id"),
        ),
        sa.PrimaryKeyConstraint("mail_id", "request_id", name=op.f("pk_mail_asks")),
    )
    op.create_index("ix_mail_asks_buyer_id_request_id", "mail_asks", ["buyer_id", "request_id"], unique=False)
