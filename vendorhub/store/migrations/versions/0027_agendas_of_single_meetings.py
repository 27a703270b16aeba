"""The same agenda for a single meeting, which takes its halves up; and other terms that are wished for."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from vendorhub.domain.codes import new_code
from vendorhub.store.base import Id
from vendorhub.store.migrations.sqlite_text import reword

revision = "0027"
down_revision = "0025"
branch_labels = None
depends_on = None

_OF_ONE = "(request_id IS NULL) <> (meeting_id IS NULL)"


def upgrade() -> None:
    """To this schema."""
    for table, counted in (("agenda_entries", "position"), ("agenda_versions", "number")):
        op.add_column(table, sa.Column("meeting_id", Id, nullable=True))
        op.create_index(f"ix_{table}_meeting_id_{counted}", table, ["meeting_id", counted], unique=True)
    op.add_column("meetings", sa.Column("agenda_revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("participations", sa.Column("had_version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("briefings", sa.Column("wished_theme", sa.String(length=120), nullable=True))
    op.add_column("briefings", sa.Column("wished_minutes", sa.Integer(), nullable=True))
    _postgresql() if op.get_bind().dialect.name == "postgresql" else _sqlite()
    _take_along()
    op.drop_table("agenda_items")


def _postgresql() -> None:
    for table, column in (("meetings", "agenda_revision"), ("participations", "had_version")):
        op.alter_column(table, column, server_default=None)
    for table in ("agenda_entries", "agenda_versions"):
        op.alter_column(table, "request_id", nullable=True)
        op.create_check_constraint(op.f(f"ck_{table}_of_one"), table, _OF_ONE)
        op.create_foreign_key(
            op.f(f"fk_{table}_buyer_id_meeting_id"), table, "meetings", ["buyer_id", "meeting_id"], ["buyer_id", "id"]
        )


def _sqlite() -> None:
    for table in ("agenda_entries", "agenda_versions"):
        buyer = f"CONSTRAINT fk_{table}_buyer_id FOREIGN KEY(buyer_id) REFERENCES organisations (id)"
        meeting = f"CONSTRAINT fk_{table}_buyer_id_meeting_id FOREIGN KEY(buyer_id, meeting_id)"
        of_one = f"CONSTRAINT ck_{table}_of_one CHECK ({_OF_ONE})"
        more = f"{meeting} REFERENCES meetings (buyer_id, id), {of_one}"
        reword(table, ("request_id INTEGER NOT NULL", "request_id INTEGER"), (buyer, f"{buyer}, {more}"))


def _take_along() -> None:
    """The asking side's half comes first, then the buyer's; nothing of it was published."""
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE meetings SET agenda_revision = agenda_version, agenda_version = 0"))
    rows = connection.execute(
        sa.text(
            "SELECT i.buyer_id, i.meeting_id, i.segment, i.title, i.minutes,"
            " coalesce(r.vendor_id, r.company_id) AS vendor"
            " FROM agenda_items i JOIN meetings m ON m.id = i.meeting_id"
            " JOIN meeting_requests r ON r.buyer_id = m.buyer_id AND r.id = m.request_id"
            " ORDER BY i.meeting_id, i.segment DESC, i.position"
        )
    ).all()
    columns: list[sa.ColumnClause[Any]] = [
        sa.column("buyer_id", Id),
        sa.column("meeting_id", Id),
        sa.column("code", sa.String()),
        sa.column("position", sa.Integer()),
        sa.column("segment", sa.String()),
        sa.column("title", sa.String()),
        sa.column("minutes", sa.Integer()),
        sa.column("companies", sa.JSON()),
        sa.column("presenters", sa.JSON()),
    ]
    counted: dict[int, int] = {}
    made = []
    for row in rows:
        counted[row.meeting_id] = counted.get(row.meeting_id, 0) + 1
        made.append(
            {
                "buyer_id": row.buyer_id,
                "meeting_id": row.meeting_id,
                "code": new_code(10),
                "position": counted[row.meeting_id],
                "segment": row.segment,
                "title": row.title,
                "minutes": row.minutes,
                "companies": [row.buyer_id if row.segment == "buyer" else row.vendor],
                "presenters": [],
            }
        )
    if made:
        op.bulk_insert(sa.table("agenda_entries", *columns), made)
