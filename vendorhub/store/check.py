"""Answers whether a database still holds the laws: its schema, its guards, its settings, its ledger."""

from collections.abc import Iterator
from itertools import chain
from weakref import WeakSet

from sqlalchemy import Connection, Engine, create_engine, make_url, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from vendorhub.domain.terms import from_body, terms_hash
from vendorhub.store import revisions
from vendorhub.store.decisions import LEDGER, AgreedTerms, Decision
from vendorhub.store.engine import PRAGMAS, prepare
from vendorhub.store.ledger import broken_lines
from vendorhub.store.migrations import guards_postgresql, guards_sqlite
from vendorhub.store.self_test import let_through

__all__ = ["LEDGER", "connect", "notes", "problems", "refusal"]

_OVERLAP = "attendance_no_overlap"
_fine: WeakSet[Engine] = WeakSet()


def connect(database_url: str) -> Engine:
    """An engine on this database, with the same settings as the app's; who opens it disposes of it."""
    engine = create_engine(database_url)
    prepare(engine)
    return engine


def refusal(engine: Engine) -> str | None:
    """Why this database may not be served, as one sentence; None if it may. The quick part of the check.

    A database that was fine is not asked again by this process.
    """
    if engine in _fine:
        return None
    try:
        with engine.connect() as connection:
            found = next(chain(_revision(connection), _settings(connection), _guards(connection)), None)
    except OperationalError:
        return "The database can't be reached."
    if found is None:
        _fine.add(engine)
    return found


def problems(engine: Engine, owner_url: str | None = None) -> list[str]:
    """Everything that is wrong with this database, one sentence each; none if all is well.

    `owner_url` is the address of the role that owns the tables, where it is another: the laws hold for it too.
    """
    try:
        with engine.connect() as connection:
            if found := [*_revision(connection)]:
                return found
            found = [*_settings(connection), *_guards(connection), *_whole(connection), *_rights(connection)]
            with Session(connection) as session:
                found += [*broken_lines(session), *_broken_terms(session)]
        found += let_through(engine)
        if owner_url is not None and make_url(owner_url) != engine.url:
            owners = connect(owner_url)
            try:
                found += [each for each in let_through(owners) if each not in found]
            finally:
                owners.dispose()
    except OperationalError:
        return ["The database can't be reached."]
    return found


def notes(engine: Engine) -> list[str]:
    """What weakens this database without being wrong: PostgreSQL's app role can do more than it needs."""
    if engine.dialect.name != "postgresql":
        return []
    with engine.connect() as connection:
        role, is_super, owns = connection.execute(
            text(
                "SELECT current_user, rolsuper, EXISTS (SELECT 1 FROM pg_tables WHERE tablename = ANY(:ledger)"
                " AND tableowner = current_user) FROM pg_roles WHERE rolname = current_user"
            ),
            {"ledger": list(LEDGER)},
        ).one()
    found = []
    if is_super:
        found.append(f"The app's role {role} is a superuser, who could switch off the triggers: give the app its own.")
    if owns:
        found.append(
            f"The app's role {role} owns the tables, so it could drop the triggers: name another role in "
            "VENDORHUB_OWNER_URL, let that one run db upgrade, and give the app a role without rights of its own."
        )
    return found


def _revision(connection: Connection) -> Iterator[str]:
    at, wanted = revisions.current(connection), revisions.newest()
    if at != wanted:
        yield f"The database is at revision {at or 'none'} and needs to be at {wanted}: run vendorhub db upgrade."


def _settings(connection: Connection) -> Iterator[str]:
    """On SQLite what our hook sets; on PostgreSQL the one setting that silences triggers."""
    if connection.dialect.name == "sqlite":
        for name, wanted in PRAGMAS.items():
            given = str(connection.exec_driver_sql(f"PRAGMA {name}").scalar())
            if given != wanted:
                yield f"SQLite's {name} is {given} and has to be {wanted}."
    elif connection.scalar(text("SHOW session_replication_role")) != "origin":
        yield "PostgreSQL's session_replication_role is not origin, so no trigger fires."


def _guards(connection: Connection) -> Iterator[str]:
    """Every trigger is there, as it was written, and switched on."""
    if connection.dialect.name == "sqlite":
        there = {
            row.name: row.sql
            for row in connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        }
        for name, sql in guards_sqlite.triggers().items():
            if name not in there:
                yield f"The trigger {name} is missing."
            elif there[name] != sql:
                yield f"The trigger {name} is not as it was written."
        return
    yield from _guards_on_postgresql(connection)


def _guards_on_postgresql(connection: Connection) -> Iterator[str]:
    there = {
        row.tgname: row
        for row in connection.execute(
            text(
                "SELECT t.tgname, t.tgenabled, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
                " WHERE NOT t.tgisinternal"
            )
        )
    }
    for name, (function, _) in guards_postgresql.triggers().items():
        if name not in there:
            yield f"The trigger {name} is missing."
        elif there[name].tgenabled not in ("O", "A"):
            yield f"The trigger {name} is switched off."
        elif function and f"$${there[name].prosrc}$$" not in function:
            yield f"The trigger {name} is not as it was written."
    whole = connection.scalar(
        text("SELECT count(*) FROM pg_constraint WHERE conname = :name AND contype = 'x' AND convalidated"),
        {"name": _OVERLAP},
    )
    if not whole:
        yield f"The constraint {_OVERLAP} is missing."


def _whole(connection: Connection) -> Iterator[str]:
    """What SQLite finds wrong with its own file; PostgreSQL minds its own."""
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield f"SQLite's integrity check says: {said}."
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table}: row {row} refers to {parent}, where there is no such row."


def _rights(connection: Connection) -> Iterator[str]:
    """An app's role that owns nothing may not change the ledger either (law 3)."""
    if connection.dialect.name != "postgresql":
        return
    for table in LEDGER:
        owns = connection.scalar(
            text(
                "SELECT pg_has_role(current_user, tableowner, 'USAGE') FROM pg_tables"
                " WHERE schemaname = current_schema() AND tablename = :table"
            ),
            {"table": table},
        )
        held = [
            right
            for right in ("UPDATE", "DELETE", "TRUNCATE")
            if connection.scalar(text("SELECT has_table_privilege(:table, :right)"), {"table": table, "right": right})
        ]
        if held and not owns:
            yield f"The app's role has {', '.join(held)} on {table}: run vendorhub db upgrade, which takes it away."


def _broken_terms(session: Session) -> Iterator[str]:
    """Terms that are not what their name says, and yeses that say other than their terms; erased ones are skipped."""
    each_terms = select(AgreedTerms).order_by(AgreedTerms.buyer_id, AgreedTerms.hash)
    for terms in session.scalars(each_terms.execution_options(yield_per=1000)):
        if terms.body and terms.salt and terms_hash(terms.body, terms.salt) != terms.hash:
            yield f"terms: those of buyer {terms.buyer_id} named {terms.hash[:12]} are not what was agreed."
    rows = session.execute(
        select(Decision.buyer_id, Decision.position, Decision.times, Decision.valid_until, AgreedTerms.body)
        .join(AgreedTerms, (AgreedTerms.buyer_id == Decision.buyer_id) & (AgreedTerms.hash == Decision.terms_hash))
        .where(AgreedTerms.body != "")
        .order_by(Decision.buyer_id, Decision.position)
    )
    for buyer, position, times, valid_until, body in rows:
        try:
            agreed = from_body(body)
        except (ValueError, KeyError, TypeError):
            continue  # named above already: no such text has that hash
        if (times, valid_until) != (agreed.times, agreed.valid_until):
            yield f"decisions: line {position} of buyer {buyer} says other than its terms."
