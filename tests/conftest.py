"""What all tests share: the databases, the settings and the app that stands on them."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import hypothesis
import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from werkzeug.routing import Rule

from tests import people, postgresql
from vendorhub.config import Settings

# How many times the usual share of long tests to run: bin/test takes minutes at 1.
SCALE = int(os.environ.get("VENDORHUB_TEST_SCALE", "1"))

HALVED = {"usecases", "queries", "outbox"}  # rooms

_CLUSTER = "VENDORHUB_TEST_CLUSTER"  # tells the test processes of a run the folder of their server
_AT_THE_END = pytest.StashKey[ExitStack]()

# The usual share is the same each time, so that a change is judged by what it changes; longer runs look further.
hypothesis.settings.register_profile(
    "vendorhub", deadline=None, max_examples=100 * SCALE, print_blob=True, derandomize=SCALE == 1, database=None
)
hypothesis.settings.load_profile("vendorhub")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_AT_THE_END] = ExitStack()
    if not hasattr(config, "workerinput"):  # the process that began the run, not one of xdist's workers
        memory = _memory()
        cluster = config.stash[_AT_THE_END].enter_context(postgresql.cluster(memory))
        os.environ[_CLUSTER] = str(cluster.folder)
        if memory:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The usual run of everything leaves out what it can on one of the databases; a longer run doesn't, nor does one
    of tests that are named."""
    if SCALE > 1 or config.getoption("file_or_dir"):
        return
    cases: dict[object, list[str]] = {}
    left_out = {item for item in items if isinstance(item, pytest.Function) and _is_left_out(item, cases)}
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = [item for item in items if item not in left_out]


def _is_left_out(item: pytest.Function, cases: dict[object, list[str]]) -> bool:
    """Of a test marked `shared` each case runs on one database or the other, in turn. Of the rooms that are tried whole
    on SQLite every other case runs on PostgreSQL, too."""
    database = item.callspec.params.get("database") if hasattr(item, "callspec") else None
    if item.get_closest_marker("shared") and database:
        case = item.name.replace(database, "")
        known = cases.setdefault((item.path, item.originalname), [])
        if case not in known:
            known.append(case)
        # By turns that no width of a table of cases repeats (Thue and Morse): each row has both, and each column.
        return known.index(case).bit_count() % 2 == (database == "sqlite")
    halved = item.path.parent.name in HALVED and database == "postgresql"
    return halved and crc32(item.nodeid.encode()) % 2 == 0


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_AT_THE_END].close()


def _memory() -> Path | None:
    """A folder in memory where there is room for a run's databases, which live for seconds; None for the disk."""
    folder = Path("/dev/shm")
    if not os.access(folder, os.W_OK):
        return None
    about = os.statvfs(folder)
    roomy = about.f_bavail * about.f_frsize > 2 * 1024**3
    return folder if roomy and not about.f_flag & os.ST_NOEXEC else None


@dataclass(frozen=True)
class Database:
    """The addresses of one test's own database; on SQLite there is but one."""

    app_url: str
    owner_url: str


@pytest.fixture(scope="session")
def learned() -> Iterator[dict[str, Engine]]:
    """What one app has learned, the next knows: its templates' code, how addresses are built, an address's statements.

    A test's database is new, but its address is that of the test before.
    """
    from vendorhub.store import check, db

    make = db._make_engine
    engines: dict[str, Engine] = {}

    def known(bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        told = repr(sorted(options.items()))
        if told not in engines:
            engines[told] = make(bind_key, options, app)
        check._fine.discard(engines[told])  # it is another database
        return engines[told]

    codes = Path(os.environ[_CLUSTER], "templates")
    codes.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "_make_engine", known)
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": _Codes(str(codes))})
        patch.setattr(Rule, "_compile_builder", _builder_once(Rule._compile_builder))
        yield engines


class _Codes(FileSystemBytecodeCache):
    """The code of templates, read from its file once in a process."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self._read: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (code := self._read.get((bucket.key, bucket.checksum))) is None:
            super().load_bytecode(bucket)
            code = bucket.code
        if code is not None:
            self._read[bucket.key, bucket.checksum] = bucket.code = code


def _builder_once(compiled: Callable[[Rule, bool], Any]) -> Callable[[Rule, bool], Any]:
    """What builds the addresses of a rule is compiled once for all rules that read alike; that is most of an app."""
    builders: dict[object, Any] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        alike = tuple(rule._trace), repr(rule.defaults), append_unknown
        if alike not in builders:
            builders[alike] = compiled(rule, append_unknown)
        return builders[alike]

    return builder


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, learned: dict[str, Engine]) -> Iterator[Database]:
    """A fresh, migrated database, with the cast in it where the test asks for the cast.

    A test of one kind says `parametrize("database", ["sqlite"], indirect=True)`.
    """
    peopled = "cast" in request.fixturenames
    if request.param == "sqlite":
        source: Path = request.getfixturevalue("peopled_sqlite" if peopled else "migrated_sqlite")
        folder = source.parent / "test"
        folder.mkdir()
        file = shutil.copyfile(source, folder / "vendorhub.sqlite")
        yield Database(f"sqlite:///{file}", f"sqlite:///{file}")
        _part(learned)
        shutil.rmtree(folder)
        return
    from vendorhub.store import migrate

    cluster = server()
    template = cluster.template("migrated", migrate.upgrade)
    if peopled:
        template = cluster.template("peopled", lambda _owner, app: _people_it(app), base=template)
    name = f"test_{os.getpid()}"
    cluster.copy(template, name)
    yield Database(cluster.url(postgresql.APP, name), cluster.url(postgresql.OWNER, name))
    _part(learned)
    cluster.drop(name)


def server() -> postgresql.Cluster:
    """The PostgreSQL of this run."""
    return postgresql.Cluster(Path(os.environ[_CLUSTER]), postgresql.FORGETFUL)


def _part(engines: dict[str, Engine]) -> None:
    """Lets no connection to this database be taken for one to the next."""
    for engine in engines.values():
        engine.dispose()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    from vendorhub.store import migrate

    file = tmp_path_factory.mktemp("migrated") / "vendorhub.sqlite"
    migrate.upgrade(f"sqlite:///{file}", f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def made_demo() -> Path:
    """An instance folder with the demo world as `demo load` makes it, with its letters: to read, or to copy.

    Made once a run, for all of its processes.
    """
    from click.testing import CliRunner

    from vendorhub.cli import commands

    folder = Path(os.environ[_CLUSTER], "demo")  # goes with the run
    with folder.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "whole").exists():
            environ = {"VENDORHUB_MODE": "demo", "VENDORHUB_INSTANCE": str(folder)}
            result = CliRunner(env=environ).invoke(commands, ["demo", "load"])
            assert (result.exit_code, result.exception) == (0, None), result.output
            (folder / "whole").touch()
    return folder


@pytest.fixture
def demo_copy(made_demo: Path, tmp_path: Path) -> Path:
    """A copy of it of one's own, in the test's folder."""
    return Path(shutil.copytree(made_demo, tmp_path / "instance"))


@pytest.fixture(scope="session")
def peopled_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the cast in it."""
    file = shutil.copyfile(migrated_sqlite, tmp_path_factory.mktemp("peopled") / "vendorhub.sqlite")
    _people_it(f"sqlite:///{file}")
    return file


def _people_it(url: str) -> None:
    """Puts the cast into a database."""
    from vendorhub.store import db
    from vendorhub.store.engine import prepare

    app = Flask("vendorhub")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
        people.assemble()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def database_url(database: Database) -> str:
    """The address by which the app reaches the test's database."""
    return database.app_url


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """Settings of mode test on the test's database; answers are held for 60 s, letters go to instance/mail."""
    return Settings.load(
        {
            "VENDORHUB_MODE": "test",
            "VENDORHUB_INSTANCE": str(tmp_path / "instance"),
            "VENDORHUB_DATABASE_URL": database.app_url,
            "VENDORHUB_OWNER_URL": database.owner_url,
            "VENDORHUB_SECRET_KEY": "a secret for the tests alone",
            "VENDORHUB_HOLD_SECONDS": "60",
        }
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The app on the test's database; no context is pushed."""
    from vendorhub import create_app
    from vendorhub.store import db

    app = create_app(settings)
    yield app
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def cast(app: Flask) -> people.Cast:
    """The cast, in the app's database; no context is pushed."""
    with app.app_context():
        return people.assembled()
