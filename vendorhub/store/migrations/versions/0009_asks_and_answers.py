"""Asks from everywhere and answers of every kind: what a request says of its way, and the ledger's further kinds."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant
from vendorhub.store.migrations.sqlite_text import reword

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ASKS = "meeting_requests"
_WERE = "'accept', 'amend', 'not_now', 'no', 'never', 'undo', 'revoke'"
_ARE = (
    "'accept', 'amend', 'in_writing', 'not_now', 'no', 'never', 'redirect', 'remember', 'front_door', "
    "'undo', 'revoke', 'reopen'"
)
_UNDONE = "(kind IN ('undo', 'revoke')) = (undoes IS NOT NULL)"
_UNDOES = "CASE kind WHEN 'undo' THEN undoes IS NOT NULL WHEN 'revoke' THEN undoes IS NOT NULL "
_UNDOES += "WHEN 'reopen' THEN true ELSE undoes IS NULL END"
_TIED = ("from_id", "attached_to")  # to another request of the same buyer


def upgrade() -> None:
    """To this schema."""
    for column in (
        sa.Column("sender_name", sa.String(length=120), nullable=False, server_default=""),
        sa.Column("channel", sa.String(length=16), nullable=False, server_default=""),
        sa.Column("logged_by", Id, nullable=True),
        sa.Column("vendor_id", Id, nullable=True),
        sa.Column("from_id", Id, nullable=True),
        sa.Column("attached_to", Id, nullable=True),
        sa.Column("introduced_by", Id, nullable=True),
        sa.Column("parked", sa.String(length=16), nullable=False, server_default=""),
        sa.Column("window_left", sa.Integer(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False, server_default=""),
        sa.Column("question_answer", sa.Text(), nullable=False, server_default=""),
        sa.Column("standing", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("visible_at", Instant(), nullable=True),
    ):
        op.add_column(_ASKS, column)
    op.execute(f"UPDATE {_ASKS} SET visible_at = created_at")
    _postgresql() if op.get_bind().dialect.name == "postgresql" else _sqlite()
    op.create_index("ix_meeting_requests_buyer_id_from_id", _ASKS, ["buyer_id", "from_id"], unique=False)
    op.create_index("ix_meeting_requests_buyer_id_attached_to", _ASKS, ["buyer_id", "attached_to"], unique=False)
    op.create_index("ix_meeting_requests_vendor_id_id", _ASKS, ["vendor_id", "id"], unique=False)


def _postgresql() -> None:
    for name in ("sender_name", "channel", "parked", "question", "question_answer", "standing"):
        op.alter_column(_ASKS, name, server_default=None)
    op.alter_column(_ASKS, "visible_at", nullable=False)
    op.alter_column(_ASKS, "asked_by", nullable=True)
    for name, other in (("logged_by", "people"), ("introduced_by", "people"), ("vendor_id", "organisations")):
        op.create_foreign_key(op.f(f"fk_{_ASKS}_{name}"), _ASKS, other, [name], ["id"])
    for name in _TIED:
        here = op.f(f"fk_{_ASKS}_buyer_id_{name}")
        op.create_foreign_key(here, _ASKS, _ASKS, ["buyer_id", name], ["buyer_id", "id"])
    op.alter_column("decisions", "kind", type_=sa.String(length=16))
    for name, rule in (("kind", f"kind IN ({_ARE})"), ("undo_names_what", _UNDOES)):
        op.drop_constraint(op.f(f"ck_decisions_{name}"), "decisions")
        op.create_check_constraint(op.f(f"ck_decisions_{name}"), "decisions", rule)


def _sqlite() -> None:
    tied = "".join(
        f"CONSTRAINT fk_{_ASKS}_buyer_id_{name} FOREIGN KEY(buyer_id, {name}) REFERENCES {_ASKS} (buyer_id, id), "
        for name in _TIED
    )
    known = "".join(
        f"CONSTRAINT fk_{_ASKS}_{name} FOREIGN KEY({name}) REFERENCES {other} (id), "
        for name, other in (("logged_by", "people"), ("introduced_by", "people"), ("vendor_id", "organisations"))
    )
    code = f"CONSTRAINT uq_{_ASKS}_code UNIQUE (code)"
    reword(
        _ASKS,
        ("asked_by INTEGER NOT NULL", "asked_by INTEGER"),
        ("visible_at DATETIME", "visible_at DATETIME NOT NULL"),
        (code, f"{known}{tied}{code}"),
    )
    reword(
        "decisions",
        ("kind VARCHAR(8) NOT NULL", "kind VARCHAR(16) NOT NULL"),
        (f"kind IN ({_WERE})", f"kind IN ({_ARE})"),
        (_UNDONE, _UNDOES),
    )
