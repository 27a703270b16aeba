"""Files beside items: who may read which, when; and what becomes of them."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.stage import Stage, refused
from tests.usecases.briefings import DUE, consented, joined
from vendorhub import clock
from vendorhub.domain import materials as rules
from vendorhub.domain.item_words import ItemWords
from vendorhub.domain.items import Given
from vendorhub.domain.refusals import NotAllowed, NotThere, Refusal, Unfit, WrongState
from vendorhub.queries import items as seen_items
from vendorhub.queries import materials as seen
from vendorhub.store import AgendaVersion, Briefing, Item, MaterialChunk, MeetingRequest, db
from vendorhub.usecases import item_drafts, items, materials, participations, revoking

WORDS = b"Two days a year.\n" * 40_000  # more than one piece
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SEALED = ("Rita", "Kim", "Alex", "Vera", "Charlie", "Pia")


def item(stage: Stage, code: str, company: str, *, visibility: str = "room", state: str = "sent") -> str:
    """The code of an item of this company, sent or only kept."""
    who = {"cloudio": "Carl", "norden": "Kim"}[company]
    if state == "draft":
        kept = item_drafts.further()
        item_drafts.keep(stage.cast.ids[who], code, kept, ItemWords(title="What it costs"), opened=clock.now())
        return kept
    return items.send(stage[who], code, Given(title="What it costs", minutes=20, visibility=visibility))


def published(stage: Stage, code: str, *placed: str, visibility: str = "") -> None:
    """An agenda with these items."""
    query = select(Briefing).join(MeetingRequest, MeetingRequest.id == Briefing.request_id)
    briefing = db.session.scalars(query.where(MeetingRequest.code == code)).one()
    briefing.agenda_version += 1
    whose = {row.code: row.company_id for row in db.session.scalars(select(Item))}
    told = {"segment": "vendor", "title": "Costs", "minutes": 20, "presenters": [], "topics": [], "abstract": ""}
    seen_by = {row.code: row.visibility for row in db.session.scalars(select(Item))}
    entries = [
        {**told, "ref": each, "visibility": visibility or seen_by[each], "companies": [whose[each]]} for each in placed
    ]
    db.session.add(
        AgendaVersion(
            buyer_id=briefing.buyer_id,
            request_id=briefing.request_id,
            number=briefing.agenda_version,
            body={"entries": entries},
            by=stage.cast.ids["Rita"],
            made_at=clock.now(),
        )
    )
    db.session.commit()


def brought(stage: Stage, code: str, to: str, who: str = "Carl", *, name: str = "costs.txt", raw: bytes = WORDS) -> str:
    return materials.attach(stage[who], code, to, file=io.BytesIO(raw), name=name)


def read(stage: Stage, who: str, material: str) -> bytes:
    return b"".join(seen.opened(stage[who], material)[1])


def why_not(refusal: type[Refusal], *args: Any, **kwargs: Any) -> str:
    return refused(refusal, *args, **kwargs).sentence


def readers(stage: Stage, material: str) -> set[str]:
    found = set()
    for who in (*SEALED, "Carl"):
        try:
            found.add(who) if read(stage, who, material) == WORDS else None
        except NotThere:
            continue
    return found


def test_before_the_deadline_a_file_is_its_own_companys(stage: Stage) -> None:
    code = joined(stage)
    file = brought(stage, code, item(stage, code, "cloudio"))
    assert readers(stage, file) == {"Carl"}
    own = item(stage, code, "norden")
    news = brought(stage, code, own, "Kim")
    assert readers(stage, news) == {"Kim", "Alex"}


def test_who_arranges_it_reads_once_the_items_are_open_and_rivals_once_the_agenda_is_out(stage: Stage) -> None:
    code = joined(stage)
    room, buyers = item(stage, code, "cloudio"), item(stage, code, "cloudio", visibility="buyer")
    left_out, draft = item(stage, code, "cloudio"), item(stage, code, "cloudio", state="draft")
    files = [brought(stage, code, each) for each in (room, buyers, left_out, draft)]
    stage.go(datetime(DUE.year, DUE.month, DUE.day, 23, 30, tzinfo=UTC))
    arranging = {"Rita", "Kim", "Alex", "Carl"}
    assert [readers(stage, each) for each in files] == [arranging, arranging, arranging, {"Carl"}]
    published(stage, code, room, buyers, draft)
    assert [readers(stage, each) for each in files] == [arranging | {"Vera"}, arranging, arranging, {"Carl"}]
    assert seen.of_items(stage["Vera"], seen_items.listing(stage["Vera"], code)).keys() == {room}
    published(stage, code, room, visibility="buyer")
    assert readers(stage, files[0]) == arranging
    participations.leave(stage["Vera"], code)
    published(stage, code, room)
    assert readers(stage, files[0]) == arranging


@SQLITE
def test_a_rival_meets_the_same_nothing_whatever_it_tries(stage: Stage) -> None:
    code = joined(stage)
    theirs = item(stage, code, "cloudio")
    file = brought(stage, code, theirs)
    for tried in (theirs, "NOSUCHITEM"):
        assert why_not(NotThere, seen.beside, stage["Vera"], code, tried) == "There is nothing here for you."
        assert why_not(NotThere, brought, stage, code, tried, "Vera") == "There is nothing here for you."
        assert why_not(NotThere, brought, stage, code, tried, "Vera", raw=b"") == "There is nothing here for you."
    for tried in (file, "NOSUCHFILE"):
        refused(NotThere, seen.see, stage["Vera"], tried)
        refused(NotThere, materials.withdraw, stage["Vera"], tried)
    assert seen.of_items(stage["Vera"], seen_items.listing(stage["Vera"], code)) == {}


def test_a_newer_file_takes_the_place_and_the_old_one_stays_with_its_company(stage: Stage) -> None:
    code = joined(stage)
    own = item(stage, code, "cloudio")
    stage.go(datetime(DUE.year, DUE.month, DUE.day, 23, 30, tzinfo=UTC))
    first = brought(stage, code, own)
    second = brought(stage, code, own, name="COSTS.TXT", raw=b"One day.")
    third = materials.attach(stage["Carl"], code, own, file=io.BytesIO(b"None."), name="less.txt", replaces=second)
    page = seen.beside(stage["Carl"], code, own)
    assert [(each.code, each.name, each.size, each.by) for each in page.here] == [(third, "less.txt", 5, "Carl")]
    assert [(each.code, each.state) for each in page.before] == [(first, "replaced"), (second, "replaced")]
    assert read(stage, "Carl", first) == WORDS
    of_the_buyer = seen.beside(stage["Kim"], code, own)
    assert [(each.code, each.by) for each in of_the_buyer.here] == [(third, "")]
    assert (of_the_buyer.before, of_the_buyer.may_change) == ((), False)
    refused(NotThere, seen.see, stage["Kim"], first)
    refused(Unfit, materials.attach, stage["Carl"], code, own, file=io.BytesIO(b"x"), name="x.txt", replaces=second)


def test_a_file_that_is_taken_back_is_gone_for_all_with_its_bytes(stage: Stage) -> None:
    code = joined(stage)
    own = item(stage, code, "cloudio")
    stage.go(datetime(DUE.year, DUE.month, DUE.day, 23, 30, tzinfo=UTC))
    first, other = brought(stage, code, own), brought(stage, code, own, name="other.txt", raw=b"Other.")
    last = brought(stage, code, own, raw=b"One day.")
    refused(NotAllowed, materials.withdraw, stage["Kim"], last)
    being_read = seen.opened(stage["Kim"], last)[1]
    materials.withdraw(stage["Carl"], last)
    refused(NotThere, next, being_read)
    for file in (first, last):
        refused(NotThere, read, stage, "Carl", file)
        refused(NotThere, read, stage, "Kim", file)
    refused(WrongState, materials.withdraw, stage["Carl"], last)
    assert read(stage, "Kim", other) == b"Other."
    assert db.session.scalar(select(func.count()).select_from(MaterialChunk)) == 1
    page = seen.beside(stage["Carl"], code, own)
    assert [(each.name, each.state) for each in page.before] == [("costs.txt", "withdrawn")] * 2


@SQLITE
def test_with_its_item_a_file_goes_too(stage: Stage) -> None:
    code = joined(stage)
    own = item(stage, code, "cloudio")
    file = brought(stage, code, own)
    items.take_back(stage["Carl"], code, own)
    refused(NotThere, read, stage, "Carl", file)
    assert db.session.scalar(select(func.count()).select_from(MaterialChunk)) == 0


@SQLITE
def test_who_may_bring_a_file_and_until_when(stage: Stage) -> None:
    code = consented(stage)
    own, news = item(stage, code, "cloudio"), item(stage, code, "norden")
    brought(stage, code, own)  # who is asked may prepare
    stage.go(datetime(DUE.year, DUE.month, DUE.day, 23, 30, tzinfo=UTC))
    for who in ("Rita", "Kim"):
        refused(NotAllowed, brought, stage, code, own, who)
    participations.stay_out(stage["Carl"], code)
    assert why_not(WrongState, brought, stage, code, own).startswith("This briefing goes on without you")
    refused(NotThere, brought, stage, code, own, "Kim")
    revoking.revoke(stage["Kim"], code)
    assert why_not(WrongState, brought, stage, code, news, "Kim", raw=b"").startswith("This briefing is over")


@SQLITE
def test_files_are_refused_by_what_they_are_and_how_many(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    code = joined(stage)
    own = item(stage, code, "cloudio")
    assert why_not(Unfit, brought, stage, code, own, raw=b"") == "This file is empty; please choose the one you meant."
    refused(Unfit, brought, stage, code, own, raw=b"BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    refused(Unfit, brought, stage, code, own, name="a.pdf", raw=b"<!doctype html><p>hello")
    for number in range(rules.MANY_AT_MOST):
        brought(stage, code, own, name=f"{number}.txt", raw=b"x")
    brought(stage, code, own, name="3.txt", raw=b"newer")
    assert why_not(WrongState, brought, stage, code, own, name="more.txt", raw=b"x").startswith(
        "An item has at most 10"
    )
    monkeypatch.setattr(rules, "TOGETHER_AT_MOST", 20)
    other = item(stage, code, "cloudio")
    brought(stage, code, other, name="a.txt", raw=b"12345")
    assert why_not(WrongState, brought, stage, code, other, name="b.txt", raw=b"1").startswith("Your files here take")
