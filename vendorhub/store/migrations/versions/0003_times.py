"""The first schema: times."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "offers",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("consent_id", Id, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answers", Id, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("visible_at", Instant(), nullable=False),
        sa.CheckConstraint("side IN ('buyer', 'vendor')", name=op.f("ck_offers_side")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "answers"], ["offers.buyer_id", "offers.id"], name=op.f("fk_offers_buyer_id_answers")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "consent_id"],
            ["decisions.buyer_id", "decisions.id"],
            name=op.f("fk_offers_buyer_id_consent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_offers_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_offers_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_offers_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_offers_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_offers_code")),
    )
    op.create_index("ix_offers_buyer_id_request_id", "offers", ["buyer_id", "request_id"], unique=False)
    op.create_index("ix_offers_buyer_id_state", "offers", ["buyer_id", "state"], unique=False)
    op.create_table(
        "slots",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("offer_id", Id, nullable=True),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("start_at", Instant(), nullable=False),
        sa.Column("end_at", Instant(), nullable=False),
        sa.Column("wall", sa.String(length=19), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.CheckConstraint("side IN ('buyer', 'vendor')", name=op.f("ck_slots_side")),
        sa.CheckConstraint("end_at > start_at", name=op.f("ck_slots_forward")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "offer_id"], ["offers.buyer_id", "offers.id"], name=op.f("fk_slots_buyer_id_offer_id")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_slots_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_slots_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_slots_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_slots_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_slots_code")),
    )
    op.create_index("ix_slots_offer_id_buyer_id", "slots", ["offer_id", "buyer_id"], unique=False)
    op.create_table(
        "agreed_slots",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("slot_id", Id, nullable=False),
        sa.Column("consent_id", Id, nullable=False),
        sa.Column("terms_hash", sa.String(length=64), nullable=False),
        sa.Column("consent_kind", sa.String(length=8), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("agreed_by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint("consent_kind = 'accept'", name=op.f("ck_agreed_slots_rests_on_a_yes")),
        sa.ForeignKeyConstraint(["agreed_by"], ["people.id"], name=op.f("fk_agreed_slots_agreed_by")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "consent_id", "terms_hash", "consent_kind", "times"],
            ["decisions.buyer_id", "decisions.id", "decisions.terms_hash", "decisions.kind", "decisions.times"],
            name=op.f("fk_agreed_slots_buyer_id_consent_id_terms_hash_consent_kind_times"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "slot_id"], ["slots.buyer_id", "slots.id"], name=op.f("fk_agreed_slots_buyer_id_slot_id")
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_agreed_slots_buyer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_slots")),
        sa.UniqueConstraint(
            "buyer_id", "id", "consent_id", "terms_hash", name=op.f("uq_agreed_slots_buyer_id_id_consent_id_terms_hash")
        ),
        sa.UniqueConstraint("buyer_id", "slot_id", name=op.f("uq_agreed_slots_buyer_id_slot_id")),
    )
