"""A VendorHub on a filled database of either kind, for as long as a measurement takes."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from benchmarks.data import fill
from benchmarks.machine import Tree, postmaster
from tests import postgresql
from tests.processes import Command, free_port, wait_until_serving
from vendorhub import create_app
from vendorhub.config import Settings
from vendorhub.store import db, migrate

KINDS = ("sqlite", "postgresql")
WORKERS = 2


@dataclass
class Hub:
    """Its settings as processes get them, its folder, an app of our own on it, and the database's processes."""

    kind: str
    environ: dict[str, str]
    folder: Path
    app: Flask
    database: Tree | None

    def database_cpu(self) -> float:
        """Seconds of CPU that the database's own processes have used; SQLite has none."""
        return self.database.cpu() if self.database else 0.0


@contextmanager
def hub(kind: str, *, requests: int, **settings: str) -> Iterator[Hub]:
    """A filled hub; `settings` are more of them, by their names without the prefix."""
    with tempfile.TemporaryDirectory(prefix="vendorhub-bench-") as made, postgresql.cluster() as cluster:
        folder = Path(made)
        if kind == "sqlite":
            app_url = owner_url = f"sqlite:///{folder / 'vendorhub.sqlite'}"
            migrate.upgrade(owner_url, app_url)
        else:
            name = cluster.template("hub", migrate.upgrade)
            app_url, owner_url = cluster.url(postgresql.APP, name), cluster.url(postgresql.OWNER, name)
        fill(owner_url, requests=requests)
        given = {
            "VENDORHUB_MODE": "test",
            "VENDORHUB_INSTANCE": str(folder / "instance"),
            "VENDORHUB_DATABASE_URL": app_url,
            "VENDORHUB_OWNER_URL": owner_url,
            "VENDORHUB_SECRET_KEY": "a secret for the benchmarks alone",
            "VENDORHUB_HOLD_SECONDS": "0",
            **{f"VENDORHUB_{name.upper()}": value for name, value in settings.items()},
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("VENDORHUB_")}
        app = create_app(Settings.load(given))
        try:
            yield Hub(kind, kept | given, folder, app, postmaster(cluster.folder) if kind != "sqlite" else None)
        finally:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


@contextmanager
def serving(one: Hub) -> Iterator[tuple[int, Tree]]:
    """The hub's web server with two workers: its port and its processes."""
    port = free_port(os.getpid())
    arguments = ("serve", "--port", str(port), "--workers", str(WORKERS))
    web = Command(arguments, one.environ, one.folder / "web.log")
    web.start()
    try:
        wait_until_serving(port)
        yield port, Tree(web.pid)
    finally:
        web.stop()
