"""Changing what a table refuses, on SQLite, without making the table anew.

A column's NOT NULL and length, CHECKs and foreign keys are only words there: nothing on the disk changes with them, so
the words are changed where they stand (https://www.sqlite.org/lang_altertable.html, section 7). Making a table anew
would drop the triggers that hold the laws, and delete what other tables refer to.
"""

from alembic import op
from sqlalchemy import text


def reword(table: str, *changes: tuple[str, str]) -> None:
    """Each of these words of CREATE TABLE becomes the other. Raises ValueError for words that stand there not once."""
    bind = op.get_bind()
    was = bind.scalar(text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :name"), {"name": table})
    becomes = str(was)
    for old, new in changes:
        if becomes.count(old) != 1:
            raise ValueError(f"{table} says {old!r} {becomes.count(old)} times")
        becomes = becomes.replace(old, new)
    version = bind.scalar(text("PRAGMA schema_version"))
    bind.execute(text("PRAGMA writable_schema = ON"))
    bind.execute(
        text("UPDATE sqlite_schema SET sql = :sql WHERE type = 'table' AND name = :name"),
        {"sql": becomes, "name": table},
    )
    bind.execute(text(f"PRAGMA schema_version = {version + 1}"))
    bind.execute(text("PRAGMA writable_schema = RESET"))
