"""A rival's probing: the same world twice, with and without what it may not see, tells it the same, byte for byte.

Carl of Cloudio looks at Fastprint by every address of pages and calls, by what he typed or was mailed once, by history,
by versions and tags, by the number of statements, and by every letter that comes to him.
"""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.conftest import Database
from tests.stage import DAY, FIRST, OTHER_SLOTS, SLOTS, Stage
from tests.usecases.agendas import NEWS, sent
from tests.usecases.briefings import consented, slots_of
from tests.usecases.overlaps import thea
from tests.web.conftest import World
from tests.web.rivals import Rival, differs
from vendorhub import clock
from vendorhub.domain.deeds import Deed
from vendorhub.domain.item_words import ItemWords
from vendorhub.domain.items import Given as Item
from vendorhub.queries import briefings
from vendorhub.queries import overlaps as pairs
from vendorhub.store import Attendee, db
from vendorhub.usecases import (
    afterwards,
    item_drafts,
    items,
    line_ups,
    materials,
    meetings,
    minutes,
    overlaps,
    participations,
    polls,
)
from vendorhub.usecases import agenda_building as building
from vendorhub.usecases.agenda_building import Given
from vendorhub.usecases.agenda_publication import publish
from vendorhub.usecases.sweep import sweep

pytestmark = pytest.mark.shared

LONG = "Prices, *dear* and many. " * 60
PEOPLE = [(f"Person {number}", f"person{number}@fastprint.example", "Sales") for number in range(3)]
DEAR = Item("All our prices", 20, LONG, ["Prices", "Backup"], PEOPLE, "buyer")


@pytest.fixture
def rival(world: World, database: Database, tmp_path: Path) -> Rival:
    return Rival(world, database, tmp_path)


def named(stage: Stage) -> tuple[str, str, str]:
    """A briefing of Fastprint, Cloudio and Thirdwave that Cloudio has joined; what it sent in, the times for all."""
    code = consented(stage, vendors=["fastprint", "cloudio", stage.further_vendor()])
    participations.take_part(stage["Carl"], code)
    item = sent(stage, code, "Carl", "Backups that restore", topics=["Backup"])
    return code, item, polls.put_up(stage["Rita"], code, slots=SLOTS)


def met(stage: Stage) -> tuple[str, str, str, str]:
    """The same where all have joined and been invited, and Fastprint's item, which is the buyer's to read."""
    code, item, poll = named(stage)
    participations.take_part(stage["Vera"], code)
    participations.take_part(thea(), code)
    theirs = sent(stage, code, "Vera", "Prices", visibility="buyer")
    third = items.send(thea(), code, Item("Storage", 10, topics=["Backup"], visibility="room"))
    building.put(stage["Rita"], code, entries=[Given(ref=theirs), NEWS, Given(ref=item), Given(ref=third)])
    return code, item, theirs, polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])


def brought(stage: Stage, code: str, item: str, name: str = "prices.txt") -> str:
    return materials.attach(stage["Vera"], code, item, file=io.BytesIO(LONG.encode()), name=name)


def rewritten(stage: Stage, code: str, item: str) -> None:
    """All that there is to be done about an item which the buyer alone reads, and about some that nobody placed."""
    vera, rita, kim = stage["Vera"], stage["Rita"], stage["Kim"]
    items.change(vera, code, item, DEAR)
    brought(stage, code, item)
    materials.withdraw(vera, brought(stage, code, item, "old.txt"))
    sent(stage, code, "Vera", "Not placed", minutes=7)
    items.take_back(vera, code, sent(stage, code, "Vera", "Never mind"))
    item_drafts.keep(vera.person, code, item_drafts.further(), ItemWords(title="A thought"), opened=clock.now())
    items.send(kim, code, Item("Who else has done it?", 5, visibility="buyer", asks="fastprint"))
    db.session.rollback()
    others = [pair for pair in pairs.see(rita, code).pairs if "cloudio" not in dict(pair.vendors)]
    overlaps.mark(rita, code, others[0].code, kind="competition", sentence="Both want the printers.")


def test_before_the_publication(rival: Rival) -> None:
    with rival.world.app.app_context():
        code, item, poll = named(rival.world.stage)

    def unseen(stage: Stage) -> None:
        vera = stage["Vera"]
        theirs = sent(stage, code, "Vera", "Prices", visibility="buyer")
        items.send(thea(), code, Item("Storage", 10))
        rewritten(stage, code, theirs)
        participations.take_part(vera, code)
        participations.stay_out(thea(), code, note="We have nothing to show.")
        polls.say_when(vera, code, answers=dict.fromkeys(slots_of(poll), "no"))
        building.put(stage["Rita"], code, entries=[Given(ref=theirs), NEWS, Given(ref=item)])
        polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[1])
        named = ["fastprint", "cloudio", "thirdwave"]
        line_ups.set_line_up(stage["Rita"], code, vendors=named, theme="Storage for all", minutes=120)
        assert briefings.see(stage["Kim"], code).may >= {Deed.WIDEN}

    def goes_on(stage: Stage) -> None:
        stage.go(DAY)
        polls.say_when(stage["Carl"], code, answers=dict.fromkeys(slots_of(poll), "yes"))
        stage.go(2 * DAY)
        sweep()

    told = rival.in_both(unseen, goes_on, code=code, item=item, offer=poll)
    assert differs(told) == {}
    assert len(told[0]) > 40


def test_after_the_publication(rival: Rival) -> None:
    with rival.world.app.app_context():
        code, item, theirs, uid = met(rival.world.stage)

    def goes_on(stage: Stage) -> None:
        stage.go(DAY)
        publish(stage["Rita"], code, overrule="They asked for it.")
        sweep()

    def unseen(stage: Stage) -> None:
        rewritten(stage, code, theirs)
        db.session.execute(update(Attendee).where(Attendee.name == "Vera").values(partstat="DECLINED"))
        db.session.commit()

    told = rival.in_both(unseen, goes_on, code=code, item=item, uid=uid)
    assert differs(told) == {}
    (letter,) = [words for name, words in told[0].items() if name.endswith("agenda_published")]
    assert "Reserved for Fastprint and the buyer" in str(letter)


def test_what_is_there_is_answered_like_what_is_not(rival: Rival) -> None:
    with rival.world.app.app_context():
        stage = rival.world.stage
        code, item, theirs, _uid = met(stage)
        file = brought(stage, code, theirs)
        (pair,) = [each.code for each in pairs.see(stage["Rita"], code).pairs if "cloudio" not in dict(each.vendors)]
    sealed = rival.tried(code=code, item=theirs, material=file, name=file, overlap=pair)
    assert sealed == rival.tried(code=code)
    assert len(sealed) > 12
    with rival.world.app.app_context():
        publish(stage["Rita"], code, overrule="They asked for it.")
    assert rival.tried(code=code, item=theirs, material=file, name=file, overlap=pair) == rival.tried(code=code)
    assert rival.tried(code=code, item=item) != rival.tried(code=code)


def test_on_the_day_and_afterwards(rival: Rival) -> None:
    with rival.world.app.app_context():
        stage = rival.world.stage
        code, item, theirs, uid = met(stage)
        publish(stage["Rita"], code, overrule="They asked for it.")
        stage.go(FIRST)
        minutes.note(stage["Rita"], code, text="We meet again in spring.", kind="decision")
        minutes.promise(stage["Rita"], code, text="Show it", owner="carl@cloudio.example", due=FIRST.date(), entry=item)

    def unseen(stage: Stage) -> None:
        minutes.note(stage["Kim"], code, text=LONG[:900], kind="decision", entry=theirs)
        for number in range(3):
            minutes.promise(
                stage["Kim"],
                code,
                text=f"Promise {number}",
                owner="vera@fastprint.example",
                due=FIRST.date(),
                entry=theirs,
            )
        stage.go(timedelta(hours=3))
        afterwards.remark(stage["Vera"], code, text="It was 20 %.")
        afterwards.weigh(stage["Kim"], code, "fastprint", worth=5)
        afterwards.weigh(stage["Kim"], code, "cloudio", worth=1)
        afterwards.thank(stage["Kim"], code, "fastprint", text="That was honest.", quotable=True)

    def goes_on(stage: Stage) -> None:
        stage.go(timedelta(hours=4))
        afterwards.confirm(stage["Kim"], code)
        sweep()

    told = rival.in_both(unseen, goes_on, code=code, item=item, uid=uid)
    assert differs(told) == {}
    assert "We meet again in spring." in str(told[0][f"/api/v1/briefings/{code}/minutes"])


def test_once_it_has_left(rival: Rival) -> None:
    with rival.world.app.app_context():
        stage = rival.world.stage
        code, item, theirs, uid = met(stage)
        publish(stage["Rita"], code, overrule="They asked for it.")
        open_to_all = sent(stage, code, "Vera", "Printing less")
        file = brought(stage, code, open_to_all)
        stage.go(DAY)
        participations.leave(stage["Carl"], code, note="We merge.")

    def unseen(stage: Stage) -> None:
        rewritten(stage, code, theirs)
        building.add(stage["Rita"], code, given=Given(ref=open_to_all))
        publish(stage["Rita"], code, overrule="Less is more.")
        meetings.move(stage["Kim"], uid, slot=OTHER_SLOTS[0])
        meetings.set_place(stage["Kim"], uid, place="Room 4")
        participations.leave(thea(), code)
        meetings.cancel(stage["Kim"], uid, note="Nobody is left.")

    def goes_on(stage: Stage) -> None:
        stage.go(DAY)
        sweep()

    told = rival.in_both(unseen, goes_on, code=code, item=item, uid=uid, name=file, material=file)
    assert differs(told) == {}
