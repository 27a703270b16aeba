"""What came of a meeting, when to meet next, answers to facts, doubts; thanks for any meeting, not briefings alone."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "outcomes",
        *_of_a_meeting("outcomes"),
        sa.Column("held", sa.String(length=4), nullable=False),
        sa.Column("worth", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("goal_moved", sa.Boolean(), nullable=True),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("held IN ('yes', 'they', 'we', 'late')", name=op.f("ck_outcomes_held")),
        sa.CheckConstraint("worth BETWEEN 1 AND 5", name=op.f("ck_outcomes_worth")),
    )
    op.create_table(
        "next_meetings",
        *_of_a_meeting("next_meetings"),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("prepares", sa.String(length=4), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_next_meetings_days")),
        sa.CheckConstraint("prepares IN ('both', 'they', 'we')", name=op.f("ck_next_meetings_prepares")),
    )
    op.create_table(
        "fact_answers",
        sa.Column("buyer_id", Id, autoincrement=False, nullable=False),
        sa.Column("company_id", Id, autoincrement=False, nullable=False),
        sa.Column("fact", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_fact_answers_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_fact_answers_by")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_fact_answers_company_id")),
        sa.PrimaryKeyConstraint("buyer_id", "company_id", "fact", name=op.f("pk_fact_answers")),
    )
    op.create_table(
        "doubts",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("goal_id", Id, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("heard_by", Id, nullable=True),
        sa.Column("heard_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_doubts_buyer_id")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "goal_id"], ["goals.buyer_id", "goals.id"], name=op.f("fk_doubts_buyer_id_goal_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_doubts_by")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_doubts_company_id")),
        sa.ForeignKeyConstraint(["heard_by"], ["people.id"], name=op.f("fk_doubts_heard_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubts")),
        sa.UniqueConstraint("code", name=op.f("uq_doubts_code")),
    )
    op.create_index("ix_doubts_buyer_id_heard_at", "doubts", ["buyer_id", "heard_at"])
    op.create_index("ix_doubts_company_id", "doubts", ["company_id"])
    _thank_for_any_meeting()
    _give_assistants()


def _of_a_meeting(table: str) -> list[sa.schema.SchemaItem]:
    """What a row about one meeting, said by somebody, has."""
    return [
        sa.Column("buyer_id", Id, autoincrement=False, nullable=False),
        sa.Column("meeting_id", Id, autoincrement=False, nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "meeting_id"],
            ["meetings.buyer_id", "meetings.id"],
            name=op.f(f"fk_{table}_buyer_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f(f"fk_{table}_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f(f"fk_{table}_by")),
        sa.PrimaryKeyConstraint("buyer_id", "meeting_id", name=op.f(f"pk_{table}")),
    ]


def _thank_for_any_meeting() -> None:
    """Thanks are of a request, and of one of its meetings where a standing yes led to several."""
    bind = op.get_bind()
    there = [dict(row) for row in bind.execute(sa.text("SELECT * FROM thanks")).mappings()]
    op.drop_table("thanks")
    made = op.create_table(
        "thanks",
        sa.Column("buyer_id", Id, autoincrement=False, nullable=False),
        sa.Column("request_id", Id, autoincrement=False, nullable=False),
        sa.Column("company_id", Id, autoincrement=False, nullable=False),
        sa.Column("use_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quotable", sa.Boolean(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            ["meeting_requests.buyer_id", "meeting_requests.id"],
            name=op.f("fk_thanks_buyer_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_thanks_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_thanks_by")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_thanks_company_id")),
        sa.PrimaryKeyConstraint("buyer_id", "request_id", "company_id", "use_no", name=op.f("pk_thanks")),
    )
    if there:
        typed = sa.table("thanks", *(sa.column(column.name) for column in made.columns))
        bind.execute(typed.insert(), [{**row, "use_no": 0} for row in there])


def _give_assistants() -> None:
    """What follows the buyer's yes is an assistant's from the start."""
    there = sa.table("memberships", sa.column("id", Id), sa.column("role", sa.String), sa.column("given", sa.Text))
    bind = op.get_bind()
    for number, given in bind.execute(sa.select(there.c.id, there.c.given).where(there.c.role == "assistant")).all():
        if "say_outcome" not in given.split():
            more = f"{given} say_outcome".strip()
            bind.execute(sa.update(there).where(there.c.id == number).values(given=more))
