"""Asks in a vendor's name: who gave it, the links by which it is given, and blocks of either company."""

import sqlalchemy as sa
from alembic import op

from vendorhub.store.base import Id, Instant
from vendorhub.store.migrations import guards_postgresql, guards_sqlite
from vendorhub.store.migrations.sqlite_text import reword

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ASKS = "meeting_requests"
_LINKS = "confirmation_links"
_CHANGED = {"invitations_need_consent": "invitations", "letters_claim_needs_consent": "letters"}


def upgrade() -> None:
    """To this schema."""
    for column in (
        sa.Column("vendor_name", sa.String(length=120), nullable=False, server_default=""),
        sa.Column("vendor_domain", sa.String(length=253), nullable=False, server_default=""),
        sa.Column("confirmed_by", Id, nullable=True),
    ):
        op.add_column(_ASKS, column)
    op.create_table(
        _LINKS,
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["buyer_id", "request_id"],
            [f"{_ASKS}.buyer_id", f"{_ASKS}.id"],
            name=op.f(f"fk_{_LINKS}_buyer_id_request_id"),
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f(f"pk_{_LINKS}")),
    )
    op.create_index(f"ix_{_LINKS}_buyer_id_request_id", _LINKS, ["buyer_id", "request_id"], unique=False)
    op.create_index(f"ix_{_LINKS}_email_created_at", _LINKS, ["email", "created_at"], unique=False)
    _postgresql() if op.get_bind().dialect.name == "postgresql" else _sqlite()


def _postgresql() -> None:
    for name in ("vendor_name", "vendor_domain"):
        op.alter_column(_ASKS, name, server_default=None)
    op.create_foreign_key(op.f(f"fk_{_ASKS}_confirmed_by"), _ASKS, "people", ["confirmed_by"], ["id"])
    for name, table in _CHANGED.items():
        function, trigger = guards_postgresql.triggers()[name]
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}")
        op.execute(function)
        op.execute(trigger)


def _sqlite() -> None:
    code = f"CONSTRAINT uq_{_ASKS}_code UNIQUE (code)"
    reword(
        _ASKS, (code, f"CONSTRAINT fk_{_ASKS}_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES people (id), {code}")
    )
    for name in _CHANGED:
        op.execute(f"DROP TRIGGER {name}")
        op.execute(guards_sqlite.triggers()[name])
