"""What is written down of a briefing, what is on while it lasts, promises, and what is said of it afterwards."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_GIVEN = ("keep_minutes", "keep_promise", "confirm_minutes", "weigh", "thank", "again")


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "actions",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("entry", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("owner_name", sa.String(length=120), nullable=False),
        sa.Column("owner_email", sa.String(length=254), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("done_by", Id, nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'done')", name=op.f("ck_actions_state")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_actions_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_actions_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_actions_by")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_actions_company_id")),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name=op.f("fk_actions_done_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_actions_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_actions_code")),
    )
    op.create_index("ix_actions_buyer_id_request_id", "actions", ["buyer_id", "request_id"], unique=False)
    op.create_index("ix_actions_company_id_state_due", "actions", ["company_id", "state", "due"], unique=False)
    op.create_table(
        "minute_lines",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("entry", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("changed_by", Id, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('note', 'decision')", name=op.f("ck_minute_lines_kind")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["briefings.buyer_id", "briefings.request_id"],
            name=op.f("fk_minute_lines_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_minute_lines_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_minute_lines_by")),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name=op.f("fk_minute_lines_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_lines")),
        sa.UniqueConstraint("code", name=op.f("uq_minute_lines_code")),
    )
    op.create_index("ix_minute_lines_buyer_id_request_id", "minute_lines", ["buyer_id", "request_id"], unique=False)
    op.create_table(
        "minute_remarks",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["briefings.buyer_id", "briefings.request_id"],
            name=op.f("fk_minute_remarks_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_minute_remarks_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_minute_remarks_by")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_minute_remarks_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_remarks")),
    )
    op.create_index("ix_minute_remarks_buyer_id_request_id", "minute_remarks", ["buyer_id", "request_id"], unique=False)
    op.create_table(
        "minutes",
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, autoincrement=False, nullable=False),
        sa.Column("confirmed_by", Id, nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["briefings.buyer_id", "briefings.request_id"],
            name=op.f("fk_minutes_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_minutes_buyer_id")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["people.id"], name=op.f("fk_minutes_confirmed_by")),
        sa.PrimaryKeyConstraint("buyer_id", "request_id", name=op.f("pk_minutes")),
    )
    op.create_table(
        "running_steps",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("entry", sa.String(length=16), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["briefings.buyer_id", "briefings.request_id"],
            name=op.f("fk_running_steps_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_running_steps_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_running_steps_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_running_steps")),
    )
    op.create_index("ix_running_steps_buyer_id_request_id", "running_steps", ["buyer_id", "request_id"], unique=False)
    op.create_table(
        "thanks",
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, autoincrement=False, nullable=False),
        sa.Column("company_id", Id, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quotable", sa.Boolean(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["briefings.buyer_id", "briefings.request_id"],
            name=op.f("fk_thanks_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_thanks_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_thanks_by")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_thanks_company_id")),
        sa.PrimaryKeyConstraint("buyer_id", "request_id", "company_id", name=op.f("pk_thanks")),
    )
    op.create_table(
        "worths",
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, autoincrement=False, nullable=False),
        sa.Column("company_id", Id, autoincrement=False, nullable=False),
        sa.Column("worth", sa.Integer(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint("worth BETWEEN 1 AND 5", name=op.f("ck_worths_worth")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["briefings.buyer_id", "briefings.request_id"],
            name=op.f("fk_worths_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_worths_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_worths_by")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_worths_company_id")),
        sa.PrimaryKeyConstraint("buyer_id", "request_id", "company_id", name=op.f("pk_worths")),
    )

    _give_assistants()


def _give_assistants() -> None:
    """What follows the buyer's yes is an assistant's from the start."""
    there = sa.table("memberships", sa.column("id", Id), sa.column("role", sa.String), sa.column("given", sa.Text))
    bind = op.get_bind()
    for number, given in bind.execute(sa.select(there.c.id, there.c.given).where(there.c.role == "assistant")).all():
        had = given.split()
        more = " ".join([*had, *(deed for deed in _GIVEN if deed not in had)])
        bind.execute(sa.update(there).where(there.c.id == number).values(given=more))
