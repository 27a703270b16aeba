"""The first schema: meetings."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "meetings",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("consent_id", Id, nullable=False),
        sa.Column("terms_hash", sa.String(length=64), nullable=False),
        sa.Column("consent_kind", sa.String(length=8), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("use_no", sa.Integer(), nullable=False),
        sa.Column("agreed_slot_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("start_at", Instant(), nullable=False),
        sa.Column("end_at", Instant(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("place_how", sa.String(length=16), nullable=False),
        sa.Column("place_detail", sa.String(length=200), nullable=False),
        sa.Column("agenda_version", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint("consent_kind = 'accept'", name=op.f("ck_meetings_rests_on_a_yes")),
        sa.CheckConstraint("state IN ('confirmed', 'cancelled')", name=op.f("ck_meetings_state")),
        sa.CheckConstraint("end_at > start_at", name=op.f("ck_meetings_forward")),
        sa.CheckConstraint("use_no BETWEEN 1 AND times", name=op.f("ck_meetings_within_its_uses")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "agreed_slot_id", "consent_id", "terms_hash"],
            ["agreed_slots.buyer_id", "agreed_slots.id", "agreed_slots.consent_id", "agreed_slots.terms_hash"],
            name=op.f("fk_meetings_buyer_id_agreed_slot_id_consent_id_terms_hash"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "consent_id", "terms_hash", "consent_kind", "times"],
            ["decisions.buyer_id", "decisions.id", "decisions.terms_hash", "decisions.kind", "decisions.times"],
            name=op.f("fk_meetings_buyer_id_consent_id_terms_hash_consent_kind_times"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_meetings_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_meetings_buyer_id")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_meetings_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("buyer_id", "consent_id", "use_no", name=op.f("uq_meetings_buyer_id_consent_id_use_no")),
        sa.UniqueConstraint(
            "buyer_id", "id", "consent_id", "terms_hash", name=op.f("uq_meetings_buyer_id_id_consent_id_terms_hash")
        ),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_meetings_buyer_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_meetings_uid")),
    )
    op.create_index("ix_meetings_buyer_id_request_id", "meetings", ["buyer_id", "request_id"], unique=False)
    op.create_index("ix_meetings_buyer_id_start_at", "meetings", ["buyer_id", "start_at"], unique=False)
    op.create_index("ix_meetings_company_id_start_at", "meetings", ["company_id", "start_at"], unique=False)
    op.create_table(
        "agenda_items",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("segment", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("segment IN ('buyer', 'vendor')", name=op.f("ck_agenda_items_segment")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "meeting_id"],
            ["meetings.buyer_id", "meetings.id"],
            name=op.f("fk_agenda_items_buyer_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_agenda_items_buyer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
        sa.UniqueConstraint(
            "meeting_id", "segment", "position", name=op.f("uq_agenda_items_meeting_id_segment_position")
        ),
    )
    op.create_table(
        "attendance",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("start_at", Instant(), nullable=False),
        sa.Column("end_at", Instant(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.CheckConstraint("end_at > start_at", name=op.f("ck_attendance_forward")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_attendance_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attendance_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_attendance_meeting_id_person_id")),
    )
    op.create_index("ix_attendance_person_id_start_at", "attendance", ["person_id", "start_at"], unique=False)
    op.create_table(
        "attendees",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("partstat", sa.String(length=12), nullable=False),
        sa.Column("decided", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "partstat IN ('NEEDS-ACTION', 'ACCEPTED', 'DECLINED', 'TENTATIVE')", name=op.f("ck_attendees_partstat")
        ),
        sa.CheckConstraint("side IN ('buyer', 'vendor')", name=op.f("ck_attendees_side")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "meeting_id"],
            ["meetings.buyer_id", "meetings.id"],
            name=op.f("fk_attendees_buyer_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_attendees_buyer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attendees_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendees")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_attendees_buyer_id_id")),
        sa.UniqueConstraint("buyer_id", "meeting_id", "id", name=op.f("uq_attendees_buyer_id_meeting_id_id")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_attendees_meeting_id_person_id")),
    )
    op.create_index("ix_attendees_person_id", "attendees", ["person_id"], unique=False)
    op.create_table(
        "proposals",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("slot_id", Id, nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'accepted', 'refused', 'retracted')", name=op.f("ck_proposals_state")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "meeting_id"],
            ["meetings.buyer_id", "meetings.id"],
            name=op.f("fk_proposals_buyer_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "slot_id"], ["slots.buyer_id", "slots.id"], name=op.f("fk_proposals_buyer_id_slot_id")
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_proposals_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_proposals_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_proposals_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_proposals_code")),
    )
    op.create_index("ix_proposals_meeting_id_buyer_id", "proposals", ["meeting_id", "buyer_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("attendee_id", Id, nullable=False),
        sa.Column("consent_id", Id, nullable=False),
        sa.Column("terms_hash", sa.String(length=64), nullable=False),
        sa.Column("agreed_slot_id", Id, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "agreed_slot_id", "consent_id", "terms_hash"],
            ["agreed_slots.buyer_id", "agreed_slots.id", "agreed_slots.consent_id", "agreed_slots.terms_hash"],
            name=op.f("fk_invitations_buyer_id_agreed_slot_id_consent_id_terms_hash"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "meeting_id", "attendee_id"],
            ["attendees.buyer_id", "attendees.meeting_id", "attendees.id"],
            name=op.f("fk_invitations_buyer_id_meeting_id_attendee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "meeting_id", "consent_id", "terms_hash"],
            ["meetings.buyer_id", "meetings.id", "meetings.consent_id", "meetings.terms_hash"],
            name=op.f("fk_invitations_buyer_id_meeting_id_consent_id_terms_hash"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_invitations_buyer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("attendee_id", "sequence", name=op.f("uq_invitations_attendee_id_sequence")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_invitations_buyer_id_id")),
    )
    op.create_index("ix_invitations_buyer_id_meeting_id", "invitations", ["buyer_id", "meeting_id"], unique=False)
