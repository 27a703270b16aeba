"""The first schema: the laws that the database itself holds."""

from alembic import op

from vendorhub.store.migrations import guards_postgresql, guards_sqlite

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    if op.get_bind().dialect.name == "sqlite":
        for trigger in guards_sqlite.first().values():
            op.execute(trigger)
        return
    for function, trigger in guards_postgresql.first().values():
        if function:
            op.execute(function)
        op.execute(trigger)
    op.execute(guards_postgresql.ONE_PLACE_AT_A_TIME)
