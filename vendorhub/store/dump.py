"""Answers how PostgreSQL's own programs write a database into a file and read it back."""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect, make_url, text

from vendorhub.domain.refusals import WrongState

_CUSTOM_FORMAT = b"PGDMP"


def write(owner_url: str, file: Path, *, environ: Mapping[str, str]) -> None:
    """Dumps the database into `file`, one consistent moment of it. Raises WrongState if pg_dump can't."""
    file.touch(mode=0o600)
    options = ("--format=custom", "--no-owner", "--no-privileges", f"--file={file}")
    _run("pg_dump", *options, f"--dbname={_address(owner_url)}", owner_url=owner_url, environ=environ)


def read(owner_url: str, file: Path, afterwards: Sequence[str], *, environ: Mapping[str, str]) -> None:
    """Puts a dump in the place of what is there and does what comes `afterwards`, all in one transaction."""
    engine = create_engine(owner_url)
    with engine.connect() as connection:
        schema = str(connection.scalar(text("SELECT current_schema()")))
        before = _emptying(connection)
    engine.dispose()
    # the dump's own script looks nothing up by a short name and leaves it so
    first, last = (
        [f"--command={line}" for line in (f"SET search_path = {schema}", *lines)] for lines in (before, afterwards)
    )
    with tempfile.TemporaryDirectory() as folder:
        script = f"{folder}/script.sql"
        bare = ("--no-owner", "--no-privileges", f"--file={script}", str(file))
        _run("pg_restore", *bare, owner_url=owner_url, environ=environ)
        once = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", "--single-transaction")
        commands = (*first, f"--file={script}", *last, f"--dbname={_address(owner_url)}")
        _run("psql", *once, *commands, owner_url=owner_url, environ=environ)


def refuse_unreadable(file: Path, *, environ: Mapping[str, str]) -> None:
    """Raises WrongState for a file that pg_dump has not written whole."""
    with file.open("rb") as start:
        if start.read(len(_CUSTOM_FORMAT)) != _CUSTOM_FORMAT:
            raise WrongState("%(file)s holds no whole database of VendorHub.", file=file)
    listing = _run("pg_restore", "--list", str(file), owner_url=None, environ=environ)
    if " TABLE DATA public alembic_version " not in listing:
        raise WrongState("%(file)s holds no whole database of VendorHub.", file=file)


def has_tables(owner_url: str) -> bool:
    """Whether there is anything in the database."""
    engine = create_engine(owner_url)
    try:
        with engine.connect() as connection:
            return bool(inspect(connection).get_table_names())
    finally:
        engine.dispose()


def empty(owner_url: str) -> None:
    """Drops what is in the database, in one transaction."""
    engine = create_engine(owner_url)
    try:
        with engine.begin() as connection:
            for line in _emptying(connection):
                connection.execute(text(line))
    finally:
        engine.dispose()


def _emptying(connection: Connection) -> list[str]:
    """The statements that drop all tables and the functions of their triggers."""
    name = connection.dialect.identifier_preparer.quote
    functions = connection.scalars(
        text(
            "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
            " AND prorettype = 'trigger'::regtype AND proowner = current_user::regrole ORDER BY proname"
        )
    )
    return [f"DROP TABLE {name(table)} CASCADE" for table in inspect(connection).get_table_names()] + [
        f"DROP FUNCTION {name(function)}() CASCADE" for function in functions
    ]


def _run(program: str, *options: str, owner_url: str | None, environ: Mapping[str, str]) -> str:
    """What the program prints. Raises WrongState, in its own words, if it is missing or fails."""
    found = shutil.which(program, path=environ.get("PATH"))
    if found is None:
        raise WrongState("%(program)s, which comes with PostgreSQL, is not on the PATH.", program=program)
    password = make_url(owner_url).password if owner_url else None
    # by the environment: other users of the machine can read a command line
    secret = {"PGPASSWORD": str(password)} if password else {}
    done = subprocess.run(
        [found, *options],
        env={**environ, **secret},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        told = " ".join(done.stderr.split())[:500] or f"it ended with {done.returncode}"
        raise WrongState("%(program)s says: %(told)s", program=program, told=told)
    return done.stdout


def _address(owner_url: str) -> str:
    """The address as libpq reads it, without the password."""
    url = make_url(owner_url).set(drivername="postgresql")
    return url._replace(password=None).render_as_string(hide_password=False)
