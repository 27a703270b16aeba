"""What is brought to a briefing: items, who presents them, files, overlaps, and the agenda made of them."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "items",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("segment", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("visibility", sa.String(length=8), nullable=False),
        sa.Column("asks_id", Id, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.CheckConstraint("segment IN ('vendor', 'buyer')", name=op.f("ck_items_segment")),
        sa.CheckConstraint("state IN ('draft', 'sent', 'withdrawn')", name=op.f("ck_items_state")),
        sa.CheckConstraint("visibility IN ('buyer', 'room')", name=op.f("ck_items_visibility")),
        sa.ForeignKeyConstraint(["asks_id"], ["organisations.id"], name=op.f("fk_items_asks_id")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["briefings.buyer_id", "briefings.request_id"],
            name=op.f("fk_items_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_items_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_items_by")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_items_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_items_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_items_code")),
    )
    op.create_index("ix_items_request_id_company_id", "items", ["request_id", "company_id"], unique=False)
    op.create_table(
        "presenters",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("item_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "item_id"], ["items.buyer_id", "items.id"], name=op.f("fk_presenters_buyer_id_item_id")
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_presenters_buyer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presenters")),
        sa.UniqueConstraint("item_id", "email", name=op.f("uq_presenters_item_id_email")),
    )
    op.create_index("ix_presenters_buyer_id_item_id", "presenters", ["buyer_id", "item_id"], unique=False)
    op.create_table(
        "materials",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("item_id", Id, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("replaced_by", Id, nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_materials_not_empty")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "item_id"], ["items.buyer_id", "items.id"], name=op.f("fk_materials_buyer_id_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "replaced_by"],
            ["materials.buyer_id", "materials.id"],
            name=op.f("fk_materials_buyer_id_replaced_by"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_materials_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_materials_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_materials")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_materials_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_materials_code")),
    )
    op.create_index("ix_materials_buyer_id_item_id", "materials", ["buyer_id", "item_id"], unique=False)
    op.create_table(
        "material_chunks",
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("material_id", Id, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "material_id"],
            ["materials.buyer_id", "materials.id"],
            name=op.f("fk_material_chunks_buyer_id_material_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_material_chunks_buyer_id")),
        sa.PrimaryKeyConstraint("material_id", "position", name=op.f("pk_material_chunks")),
    )
    op.create_table(
        "vendor_pairs",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("one_id", Id, nullable=False),
        sa.Column("other_id", Id, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("likened_from", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("marked_by", Id, nullable=True),
        sa.Column("marked_at", Instant(), nullable=True),
        sa.CheckConstraint("kind IN ('synergy', 'competition', 'none')", name=op.f("ck_vendor_pairs_kind")),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_vendor_pairs_in_order")),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_vendor_pairs_score")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["briefings.buyer_id", "briefings.request_id"],
            name=op.f("fk_vendor_pairs_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_vendor_pairs_buyer_id")),
        sa.ForeignKeyConstraint(["marked_by"], ["people.id"], name=op.f("fk_vendor_pairs_marked_by")),
        sa.ForeignKeyConstraint(["one_id"], ["organisations.id"], name=op.f("fk_vendor_pairs_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["organisations.id"], name=op.f("fk_vendor_pairs_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor_pairs")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_vendor_pairs_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_vendor_pairs_code")),
        sa.UniqueConstraint(
            "request_id", "one_id", "other_id", name=op.f("uq_vendor_pairs_request_id_one_id_other_id")
        ),
    )
    op.create_index("ix_vendor_pairs_buyer_id_request_id", "vendor_pairs", ["buyer_id", "request_id"], unique=False)
    op.create_table(
        "agenda_entries",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("segment", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("item_id", Id, nullable=True),
        sa.Column("overlap_id", Id, nullable=True),
        sa.Column("companies", sa.JSON(), nullable=False),
        sa.Column("presenters", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "segment IN ('vendor', 'overlap', 'buyer', 'actions', 'break')", name=op.f("ck_agenda_entries_segment")
        ),
        sa.CheckConstraint("minutes BETWEEN 1 AND 480", name=op.f("ck_agenda_entries_minutes")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "item_id"], ["items.buyer_id", "items.id"], name=op.f("fk_agenda_entries_buyer_id_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "overlap_id"],
            ["vendor_pairs.buyer_id", "vendor_pairs.id"],
            name=op.f("fk_agenda_entries_buyer_id_overlap_id"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["briefings.buyer_id", "briefings.request_id"],
            name=op.f("fk_agenda_entries_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_agenda_entries_buyer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_entries")),
        sa.UniqueConstraint("code", name=op.f("uq_agenda_entries_code")),
        sa.UniqueConstraint("request_id", "position", name=op.f("uq_agenda_entries_request_id_position")),
    )
    op.create_index("ix_agenda_entries_buyer_id_request_id", "agenda_entries", ["buyer_id", "request_id"], unique=False)
    op.create_table(
        "agenda_versions",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("overruled", sa.Text(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["briefings.buyer_id", "briefings.request_id"],
            name=op.f("fk_agenda_versions_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_agenda_versions_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_agenda_versions_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_versions")),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_agenda_versions_request_id_number")),
    )
    op.create_index(
        "ix_agenda_versions_buyer_id_request_id", "agenda_versions", ["buyer_id", "request_id"], unique=False
    )
