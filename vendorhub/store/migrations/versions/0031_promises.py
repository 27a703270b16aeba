"""What becomes of a promise: done, confirmed, why not, reminded of; and what was missed, told without a meeting."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant
from vendorhub.store.migrations.sqlite_text import reword

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_CHECKS = {
    "state": "state IN ('open', 'done', 'confirmed')",
    "of_one": "(request_id IS NULL) <> (to_id IS NULL)",
    "told": "(to_id IS NULL) = (told_by IS NULL)",
}
_TO = {"to_id": "organisations", "told_by": "organisations", "confirmed_by": "people"}
_STATE = "state IN ('open', 'done')"


def upgrade() -> None:
    """To this schema."""
    _take_from_assistants()
    for name in ("meeting_id", *_TO):
        op.add_column("actions", sa.Column(name, Id, nullable=True))
    for name in ("confirmed_at", "reminded_at"):
        op.add_column("actions", sa.Column(name, Instant(), nullable=True))
    for name in ("proof", "why"):
        op.add_column("actions", sa.Column(name, sa.String(length=300), nullable=False, server_default=""))
    op.create_index("ix_actions_to_id", "actions", ["to_id"])
    op.create_index("ix_actions_state_due", "actions", ["state", "due"])
    _postgresql() if op.get_bind().dialect.name == "postgresql" else _sqlite()
    op.create_table(
        "promise_links",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("action_id", Id, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "action_id"],
            ["actions.buyer_id", "actions.id"],
            name=op.f("fk_promise_links_buyer_id_action_id"),
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_promise_links")),
    )
    op.create_index("ix_promise_links_buyer_id_action_id", "promise_links", ["buyer_id", "action_id"])


def _postgresql() -> None:
    for name in ("proof", "why"):
        op.alter_column("actions", name, server_default=None)
    op.alter_column("actions", "request_id", nullable=True)
    op.alter_column("actions", "state", type_=sa.String(length=12))
    op.drop_constraint(op.f("ck_actions_state"), "actions", type_="check")
    for name, rule in _CHECKS.items():
        op.create_check_constraint(op.f(f"ck_actions_{name}"), "actions", rule)
    for name, table in _TO.items():
        op.create_foreign_key(op.f(f"fk_actions_{name}"), "actions", table, [name], ["id"])
    op.create_foreign_key(
        op.f("fk_actions_buyer_id_meeting_id"), "actions", "meetings", ["buyer_id", "meeting_id"], ["buyer_id", "id"]
    )


def _sqlite() -> None:
    checks = [f"CONSTRAINT ck_actions_{name} CHECK ({rule})" for name, rule in _CHECKS.items()]
    keys = [f"CONSTRAINT fk_actions_{name} FOREIGN KEY({name}) REFERENCES {table} (id)" for name, table in _TO.items()]
    meeting = "CONSTRAINT fk_actions_buyer_id_meeting_id FOREIGN KEY(buyer_id, meeting_id)"
    keys.append(f"{meeting} REFERENCES meetings (buyer_id, id)")
    reword(
        "actions",
        ("request_id INTEGER NOT NULL", "request_id INTEGER"),
        ("state VARCHAR(8)", "state VARCHAR(12)"),
        (f"CONSTRAINT ck_actions_state CHECK ({_STATE})", ", ".join((*checks, *keys))),
    )


def _take_from_assistants() -> None:
    """Whether a promise is kept is said by whoever owns it; it is no answer that a decider gives away."""
    there = sa.table("memberships", sa.column("id", Id), sa.column("role", sa.String), sa.column("given", sa.Text))
    bind = op.get_bind()
    for number, given in bind.execute(sa.select(there.c.id, there.c.given).where(there.c.role == "assistant")).all():
        left = " ".join(deed for deed in given.split() if deed != "keep_promise")
        bind.execute(sa.update(there).where(there.c.id == number).values(given=left))
