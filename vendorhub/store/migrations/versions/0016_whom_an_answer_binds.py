"""Whom an answer binds: mailboxes behind addresses, domains that look alike, companies that are one, and remarks."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from vendorhub.domain.identities import identity, skeleton
from vendorhub.store.base import Id, Instant
from vendorhub.store.migrations import guards_postgresql, guards_sqlite

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_REWRITTEN = ("invitations_need_consent", "letters_claim_needs_consent")  # a never is to a mailbox, not to an address


def upgrade() -> None:
    """To this schema."""
    _derived("people", "email", "identity", 254, identity)
    _derived("domains", "name", "skeleton", 253, skeleton)
    _guards()
    op.create_table(
        "joinings",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("one_id", Id, nullable=False),
        sa.Column("other_id", Id, nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("parted_by", Id, nullable=True),
        sa.Column("parted_at", Instant(), nullable=True),
        sa.CheckConstraint("one_id <> other_id", name=op.f("ck_joinings_two")),
        sa.CheckConstraint("(parted_by IS NULL) = (parted_at IS NULL)", name=op.f("ck_joinings_parted_by_somebody")),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_joinings_buyer_id")),
        sa.ForeignKeyConstraint(["one_id"], ["organisations.id"], name=op.f("fk_joinings_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["organisations.id"], name=op.f("fk_joinings_other_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_joinings_by")),
        sa.ForeignKeyConstraint(["parted_by"], ["people.id"], name=op.f("fk_joinings_parted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joinings")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_joinings_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_joinings_code")),
    )
    op.create_index("ix_joinings_buyer_id_parted_at", "joinings", ["buyer_id", "parted_at"], unique=False)
    op.create_table(
        "joined_answers",
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("joining_id", Id, nullable=False, autoincrement=False),
        sa.Column("request_id", Id, nullable=False, autoincrement=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "joining_id"],
            ["joinings.buyer_id", "joinings.id"],
            name=op.f("fk_joined_answers_buyer_id_joining_id"),
        ),
        _of_a_request("joined_answers"),
        sa.PrimaryKeyConstraint("joining_id", "request_id", name=op.f("pk_joined_answers")),
    )
    op.create_table(
        "claims",
        sa.Column("request_id", Id, nullable=False, autoincrement=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("company_id", Id, nullable=True),
        sa.Column("says", sa.String(length=120), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column("settled", sa.String(length=8), nullable=False),
        sa.Column("settled_by", Id, nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.CheckConstraint("settled IN ('', 'them', 'other')", name=op.f("ck_claims_settled")),
        _of_a_request("claims"),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_claims_company_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["people.id"], name=op.f("fk_claims_settled_by")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_claims")),
    )
    op.create_table(
        "remarks",
        sa.Column("request_id", Id, nullable=False, autoincrement=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("remark", sa.String(length=12), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint("remark IN ('went_around', 'told_to', 'invited')", name=op.f("ck_remarks_remark")),
        _of_a_request("remarks"),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_remarks_by")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_remarks")),
    )


def _derived(table: str, source: str, target: str, length: int, of: Callable[[str], str]) -> None:
    """A column that follows from another one, for the rows that are there."""
    op.add_column(table, sa.Column(target, sa.String(length=length), nullable=False, server_default=""))
    there = sa.table(table, sa.column(source, sa.String), sa.column(target, sa.String))
    bind = op.get_bind()
    rows = [{"from": value, "to": of(value)} for value in bind.scalars(sa.select(there.c[source]))]
    if rows:
        change = sa.update(there).where(there.c[source] == sa.bindparam("from"))
        bind.execute(change.values({target: sa.bindparam("to")}), rows)
    if bind.dialect.name == "postgresql":
        op.alter_column(table, target, server_default=None)
    op.create_index(op.f(f"ix_{table}_{target}"), table, [target], unique=False)


def _of_a_request(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["buyer_id", "request_id"],
        ["meeting_requests.buyer_id", "meeting_requests.id"],
        name=op.f(f"fk_{table}_buyer_id_request_id"),
    )


def _guards() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in _REWRITTEN:
            op.execute(f"DROP TRIGGER {name}")
            op.execute(guards_sqlite.triggers()[name])
        return
    for name in _REWRITTEN:
        function, _trigger = guards_postgresql.triggers()[name]
        op.execute(function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
