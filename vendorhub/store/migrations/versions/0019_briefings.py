"""Joint briefings: who is named, who joined which line-up, and the guards that invitations wait for them."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant
from vendorhub.store.migrations import guards_postgresql, guards_sqlite
from vendorhub.store.migrations.sqlite_text import reword

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_GIVEN = ("set_line_up", "set_frame", "write_item", "mark", "build", "publish", "poll", "say_when", "set_time")
_MINUTES = "minutes IN (15, 30, 45, 60)"
_LONGER = f"{_MINUTES} OR kind = 'briefing' AND minutes BETWEEN 30 AND 480"
_AUDIENCE = "audience IN ('both', 'buyer', 'vendor')"
_PARTY = "audience IN ('both', 'buyer', 'vendor', 'party')"


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "briefings",
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, autoincrement=False, nullable=False),
        sa.Column("buyer_share", sa.Integer(), nullable=False),
        sa.Column("items_due", sa.Date(), nullable=False),
        sa.Column("line_up", sa.String(length=64), nullable=False),
        sa.Column("house_rules", sa.Text(), nullable=False),
        sa.Column("publish_days_before", sa.Integer(), nullable=False),
        sa.Column("agenda_revision", sa.Integer(), nullable=False),
        sa.Column("agenda_version", sa.Integer(), nullable=False),
        sa.Column("agreed_slot_id", Id, nullable=True),
        sa.Column("wished", sa.JSON(), nullable=True),
        sa.Column("wished_by", Id, nullable=True),
        sa.Column("reminded_at", Instant(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint("buyer_share BETWEEN 0 AND 100", name=op.f("ck_briefings_share")),
        sa.ForeignKeyConstraint(["agreed_slot_id"], ["agreed_slots.id"], name=op.f("fk_briefings_agreed_slot_id")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_briefings_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_briefings_buyer_id")),
        sa.ForeignKeyConstraint(["wished_by"], ["people.id"], name=op.f("fk_briefings_wished_by")),
        sa.PrimaryKeyConstraint("buyer_id", "request_id", name=op.f("pk_briefings")),
    )
    op.create_index("ix_briefings_items_due", "briefings", ["items_due"], unique=False)
    op.create_table(
        "joins",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("line_up", sa.String(length=64), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("door", sa.String(length=8), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint("door IN ('page', 'api', 'link')", name=op.f("ck_joins_a_person_joins")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["briefings.buyer_id", "briefings.request_id"],
            name=op.f("fk_joins_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_joins_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_joins_by")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_joins_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joins")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_joins_buyer_id_id")),
    )
    op.create_index("ix_joins_buyer_id_request_id", "joins", ["buyer_id", "request_id"], unique=False)
    op.create_table(
        "participations",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("join_id", Id, nullable=True),
        sa.Column("joined_by", Id, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "state <> 'joined' OR join_id IS NOT NULL", name=op.f("ck_participations_joined_by_joining")
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'joined', 'declined', 'left', 'dropped')", name=op.f("ck_participations_state")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "join_id"], ["joins.buyer_id", "joins.id"], name=op.f("fk_participations_buyer_id_join_id")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["briefings.buyer_id", "briefings.request_id"],
            name=op.f("fk_participations_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_participations_buyer_id")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_participations_company_id")),
        sa.ForeignKeyConstraint(["joined_by"], ["people.id"], name=op.f("fk_participations_joined_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participations")),
        sa.UniqueConstraint("request_id", "company_id", name=op.f("uq_participations_request_id_company_id")),
    )
    op.create_index("ix_participations_buyer_id_request_id", "participations", ["buyer_id", "request_id"], unique=False)
    op.create_index(
        "ix_participations_company_id_request_id", "participations", ["company_id", "request_id"], unique=False
    )
    op.create_table(
        "availability",
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("slot_id", Id, autoincrement=False, nullable=False),
        sa.Column("company_id", Id, autoincrement=False, nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'if_need_be', 'no')", name=op.f("ck_availability_answer")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "slot_id"], ["slots.buyer_id", "slots.id"], name=op.f("fk_availability_buyer_id_slot_id")
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_availability_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_availability_by")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_availability_company_id")),
        sa.PrimaryKeyConstraint("slot_id", "company_id", name=op.f("pk_availability")),
    )
    op.add_column("offers", sa.Column("poll", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("attendees", sa.Column("company_id", Id, nullable=True))
    _give_assistants()
    _postgresql() if op.get_bind().dialect.name == "postgresql" else _sqlite()


def _give_assistants() -> None:
    """What follows the buyer's yes is an assistant's from the start."""
    there = sa.table("memberships", sa.column("id", Id), sa.column("role", sa.String), sa.column("given", sa.Text))
    bind = op.get_bind()
    for number, given in bind.execute(sa.select(there.c.id, there.c.given).where(there.c.role == "assistant")).all():
        had = given.split()
        more = " ".join([*had, *(deed for deed in _GIVEN if deed not in had)])
        bind.execute(sa.update(there).where(there.c.id == number).values(given=more))


def _postgresql() -> None:
    op.alter_column("offers", "poll", server_default=None)
    op.create_foreign_key(op.f("fk_attendees_company_id"), "attendees", "organisations", ["company_id"], ["id"])
    for table, name, rule in (("meeting_requests", "minutes", _LONGER), ("history", "audience", _PARTY)):
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)
    for function, trigger in guards_postgresql.of_briefings().values():
        if function:
            op.execute(function)
        op.execute(trigger)


def _sqlite() -> None:
    people = "CONSTRAINT fk_attendees_person_id FOREIGN KEY(person_id) REFERENCES people (id)"
    company = "CONSTRAINT fk_attendees_company_id FOREIGN KEY(company_id) REFERENCES organisations (id)"
    reword("attendees", (people, f"{people}, {company}"))
    reword("meeting_requests", (_MINUTES, _LONGER))
    reword("history", (_AUDIENCE, _PARTY))
    for trigger in guards_sqlite.of_briefings().values():
        op.execute(trigger)
