"""Bringing a database to the newest schema, and giving the app's role just the rights it needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, inspect, make_url, text

from vendorhub.store.decisions import LEDGER
from vendorhub.store.engine import WRITES, prepare
from vendorhub.store.revisions import SCRIPTS


def upgrade(owner_url: str, app_url: str, revision: str = "head") -> None:
    """Runs the migrations as the owning role, then grants the app's role its rights (law 3).

    Both addresses are the same on SQLite, and may be on PostgreSQL (`db check` says so then).
    """
    engine = create_engine(owner_url)
    prepare(engine)
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        Path(engine.url.database).touch(mode=0o600)  # what is asked and answered is for no other user of the machine
    try:
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            command.upgrade(_config(connection), revision)
            _grant(connection, make_url(app_url).username)
    finally:
        engine.dispose()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _grant(connection: Connection, role: str | None) -> None:
    if connection.dialect.name != "postgresql" or not role:
        return
    if role == connection.scalar(text("SELECT current_user")):
        return
    app = connection.dialect.identifier_preparer.quote(role)
    ledger = [table for table in LEDGER if inspect(connection).has_table(table)]
    for line in (
        f"GRANT USAGE ON SCHEMA public TO {app}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}",
        *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {app}" for table in ledger),
        f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON alembic_version FROM {app}",
    ):
        connection.execute(text(line))
