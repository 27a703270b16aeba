"""What the tests' own databases promise."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from tests.conftest import Database


@pytest.mark.parametrize("time", [1, 2])
def test_each_test_has_a_database_of_its_own(database: Database, time: int) -> None:
    engine = create_engine(database.owner_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE scribble (n INTEGER PRIMARY KEY)"))
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    engine.dispose()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_app_owns_nothing_on_postgresql(database: Database) -> None:
    engine = create_engine(database.app_url)
    with engine.connect() as connection:
        rights = connection.execute(
            text("SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        ).one()
        assert tuple(rights) == ("vendorhub_app", False, False, False)
        assert connection.scalar(text("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")) == 0
    with pytest.raises(DBAPIError, match="permission denied for schema public"), engine.begin() as connection:
        connection.execute(text("CREATE TABLE scribble (n INTEGER PRIMARY KEY)"))
    engine.dispose()
