"""Whoever comes with SQL of their own invites nobody to a briefing before every named vendor has joined (law 1)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from tests.conftest import Database
from tests.people import address
from tests.stage import Stage, app, stage
from tests.store import story
from tests.store.test_ledger_by_sql import add, first
from tests.usecases.test_meeting_all import met
from vendorhub.store import Base, Organisation, db

__all__ = ["app", "stage"]

NOT_YET = "no invitation before every named vendor has joined"
STAYS_AWAY = "no invitation leaves to a vendor that does not come"


@pytest.fixture
def connection(stage: Stage, database: Database) -> Iterator[Connection]:
    """The app's role, where everybody is invited to a briefing and no letter has left."""
    met(stage)
    db.session.remove()
    with story.engine(database.app_url) as engine, engine.connect() as connection:
        yield connection
        connection.rollback()


def company(connection: Connection, slug: str) -> int:
    return connection.execute(select(Organisation.id).where(Organisation.slug == slug)).scalar_one()


def change(connection: Connection, name: str, where: dict[str, object], **values: object) -> None:
    with connection.begin_nested():
        connection.execute(Base.metadata.tables[name].update().filter_by(**where).values(**values))


def invitation_of(connection: Connection, name: str) -> dict[str, object]:
    attendee = first(connection, "attendees", email=address(name))
    return first(connection, "invitations", attendee_id=attendee["id"])


def claim(connection: Connection, name: str) -> None:
    letter = first(connection, "letters", recipient=address(name), method="REQUEST")
    change(connection, "letters", {"id": letter["id"]}, state="leased", lease="x", lease_until=story.LATER)


def test_only_the_vendor_joins(connection: Connection) -> None:
    vera, carl = (
        first(connection, "joins", by=first(connection, "people", name=who)["id"]) for who in ("Vera", "Carl")
    )
    add(connection, "joins", vera)
    kim = first(connection, "people", name="Kim")["id"]
    for by in (carl["by"], kim):
        with pytest.raises(DBAPIError, match="only the vendor joins"):
            add(connection, "joins", vera, by=by)


def test_an_invitation_waits_for_every_vendor_that_is_named(connection: Connection) -> None:
    cloudio = {"company_id": company(connection, "cloudio")}
    for name in ("Kim", "Rita", "Vera", "Carl"):
        add(connection, "invitations", invitation_of(connection, name), sequence=1)
    for state in ("asked", "declined"):
        change(connection, "participations", cloudio, state=state)
        for name in ("Kim", "Rita", "Vera", "Carl"):
            with pytest.raises(DBAPIError, match=NOT_YET):
                add(connection, "invitations", invitation_of(connection, name), sequence=2)
    change(connection, "participations", cloudio, state="joined")
    change(connection, "briefings", {}, line_up="0" * 64)  # whoever joined has joined another one
    with pytest.raises(DBAPIError, match=NOT_YET):
        add(connection, "invitations", invitation_of(connection, "Kim"), sequence=2)


def test_no_invitation_goes_to_a_vendor_that_left_and_the_others_get_theirs(connection: Connection) -> None:
    change(connection, "participations", {"company_id": company(connection, "fastprint")}, state="left")
    add(connection, "invitations", invitation_of(connection, "Carl"), sequence=1)
    with pytest.raises(DBAPIError, match=NOT_YET):
        add(connection, "invitations", invitation_of(connection, "Vera"), sequence=1)
    claim(connection, "Kim")
    claim(connection, "Carl")
    with pytest.raises(DBAPIError, match=STAYS_AWAY):
        claim(connection, "Vera")


def test_a_block_of_a_vendor_or_of_its_person_holds_its_letters_at_the_claim(connection: Connection) -> None:
    yes = first(connection, "decisions", kind="accept")
    vera = first(connection, "people", name="Vera")["id"]
    for number, (slug, person) in enumerate((("cloudio", None), ("fastprint", vera)), start=8):
        no = {"kind": "no", "position": number, "hash": f"{number}" * 64, "terms_hash": None, "times": 0}
        add(connection, "decisions", {**yes, **no})
        block = {
            "id": 0,
            "buyer_id": yes["buyer_id"],
            "code": f"BLOCK0000{number}",
            "decision_id": first(connection, "decisions", position=number)["id"],
            "company_id": company(connection, slug),
            "person_id": person,
            "by": yes["by"],
            "made_at": story.LATER,
            "effective_at": story.LATER,
        }
        add(connection, "blocks", block)
    for name in ("Carl", "Vera"):
        with pytest.raises(DBAPIError, match=STAYS_AWAY):
            claim(connection, name)
    claim(connection, "Rita")
