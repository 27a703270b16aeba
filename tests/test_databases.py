"""What the tests' own databases promise."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.conftest import Database
from tests.store import story


@pytest.mark.parametrize("time", [1, 2])
def test_each_test_has_a_database_of_its_own(database: Database, time: int) -> None:
    with story.engine(database.owner_url) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE scribble (n INTEGER PRIMARY KEY)"))
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_app_owns_nothing_on_postgresql(database: Database) -> None:
    with story.engine(database.app_url) as engine:
        with engine.connect() as connection:
            rights = connection.execute(
                text("SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user")
            ).one()
            assert tuple(rights) == ("vendorhub_app", False, False, False)
            assert connection.scalar(text("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")) == 0
        with pytest.raises(DBAPIError, match="permission denied for schema public"), engine.begin() as connection:
            connection.execute(text("CREATE TABLE scribble (n INTEGER PRIMARY KEY)"))
