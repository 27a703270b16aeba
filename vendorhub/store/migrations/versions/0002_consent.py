"""The first schema: consent."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "meeting_requests",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("asked_by", Id, nullable=False),
        sa.Column("asked_of", Id, nullable=True),
        sa.Column("decided_by", Id, nullable=True),
        sa.Column("goal_id", Id, nullable=True),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("minutes_agreed", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("before_answer", sa.String(length=12), nullable=False),
        sa.Column("held_until", Instant(), nullable=True),
        sa.Column("answer_by", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("consent_id", Id, nullable=True),
        sa.Column("place_how", sa.String(length=16), nullable=False),
        sa.Column("place_detail", sa.String(length=200), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("minutes IN (15, 30, 45, 60)", name=op.f("ck_meeting_requests_minutes")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_meeting_requests_asked_by")),
        sa.ForeignKeyConstraint(["asked_of"], ["people.id"], name=op.f("fk_meeting_requests_asked_of")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "goal_id"], ["goals.buyer_id", "goals.id"], name=op.f("fk_meeting_requests_buyer_id_goal_id")
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_meeting_requests_buyer_id")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_meeting_requests_company_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_meeting_requests_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_requests")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_meeting_requests_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_meeting_requests_code")),
    )
    op.create_index(
        "ix_meeting_requests_buyer_id_held_until", "meeting_requests", ["buyer_id", "held_until"], unique=False
    )
    op.create_index(
        "ix_meeting_requests_buyer_id_state_answered_at",
        "meeting_requests",
        ["buyer_id", "state", "answered_at"],
        unique=False,
    )
    op.create_index(
        "ix_meeting_requests_buyer_id_state_answer_by",
        "meeting_requests",
        ["buyer_id", "state", "answer_by"],
        unique=False,
    )
    op.create_index("ix_meeting_requests_company_id_id", "meeting_requests", ["company_id", "id"], unique=False)
    op.create_index("ix_meeting_requests_state_answer_by", "meeting_requests", ["state", "answer_by"], unique=False)
    op.create_table(
        "decision_links",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_decision_links_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_decision_links_person_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_decision_links")),
    )
    op.create_index("ix_decision_links_buyer_id_request_id", "decision_links", ["buyer_id", "request_id"], unique=False)
    op.create_table(
        "guests",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.CheckConstraint("side IN ('buyer', 'vendor')", name=op.f("ck_guests_side")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_guests_buyer_id_request_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guests")),
        sa.UniqueConstraint("request_id", "email", name=op.f("uq_guests_request_id_email")),
    )
    op.create_index("ix_guests_buyer_id_request_id", "guests", ["buyer_id", "request_id"], unique=False)
    op.create_table(
        "terms",
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_terms_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_terms_buyer_id")),
        sa.PrimaryKeyConstraint("buyer_id", "hash", name=op.f("pk_terms")),
    )
    op.create_table(
        "decisions",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("request_id", Id, nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("terms_hash", sa.String(length=64), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("valid_until", Instant(), nullable=True),
        sa.Column("by", Id, nullable=False),
        sa.Column("on_behalf_of", Id, nullable=True),
        sa.Column("door", sa.String(length=8), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("effective_at", Instant(), nullable=False),
        sa.Column("undoes", Id, nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('undo', 'revoke')) = (undoes IS NOT NULL)", name=op.f("ck_decisions_undo_names_what")
        ),
        sa.CheckConstraint(
            "kind <> 'accept' OR door IN ('page', 'api', 'link')", name=op.f("ck_decisions_a_person_accepts")
        ),
        sa.CheckConstraint("kind <> 'accept' OR terms_hash IS NOT NULL", name=op.f("ck_decisions_consent_has_terms")),
        sa.CheckConstraint(
            "kind IN ('accept', 'amend', 'not_now', 'no', 'never', 'undo', 'revoke')", name=op.f("ck_decisions_kind")
        ),
        sa.CheckConstraint("effective_at >= made_at", name=op.f("ck_decisions_effective_after_made")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_decisions_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "terms_hash"], ["terms.buyer_id", "terms.hash"], name=op.f("fk_decisions_buyer_id_terms_hash")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "undoes"], ["decisions.buyer_id", "decisions.id"], name=op.f("fk_decisions_buyer_id_undoes")
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_decisions_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_decisions_by")),
        sa.ForeignKeyConstraint(["on_behalf_of"], ["people.id"], name=op.f("fk_decisions_on_behalf_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint(
            "buyer_id", "id", "terms_hash", "kind", "times", name=op.f("uq_decisions_buyer_id_id_terms_hash_kind_times")
        ),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_decisions_buyer_id_id")),
        sa.UniqueConstraint("buyer_id", "position", name=op.f("uq_decisions_buyer_id_position")),
        sa.UniqueConstraint("hash", name=op.f("uq_decisions_hash")),
    )
    op.create_index("ix_decisions_buyer_id_undoes", "decisions", ["buyer_id", "undoes"], unique=False)
    op.create_index("ix_decisions_by_door", "decisions", ["by", "door"], unique=False)
    op.create_table(
        "blocks",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("decision_id", Id, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("effective_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "decision_id"],
            ["decisions.buyer_id", "decisions.id"],
            name=op.f("fk_blocks_buyer_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_blocks_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_blocks_by")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_blocks_company_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_blocks_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocks")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_blocks_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_blocks_code")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_blocks_decision_id")),
    )
    op.create_index("ix_blocks_buyer_id_company_id", "blocks", ["buyer_id", "company_id"], unique=False)
    op.create_table(
        "liftings",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("block_id", Id, nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "block_id"], ["blocks.buyer_id", "blocks.id"], name=op.f("fk_liftings_buyer_id_block_id")
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_liftings_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_liftings_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liftings")),
        sa.UniqueConstraint("buyer_id", "block_id", name=op.f("uq_liftings_buyer_id_block_id")),
    )
