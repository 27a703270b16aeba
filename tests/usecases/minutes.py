"""Scenes of the day: a briefing with its agenda, that has begun, and one that is over with its minutes."""

from datetime import date, timedelta

from tests.stage import FIRST, SECOND_SLOT, SLOTS, THIRD, Stage
from tests.usecases.agendas import NEWS, sent
from tests.usecases.briefings import joined, slots_of
from vendorhub.domain.items import Given as Item
from vendorhub.queries import agendas
from vendorhub.store import db
from vendorhub.usecases import agenda_building as building
from vendorhub.usecases import agenda_publication, items, minutes, polls
from vendorhub.usecases.agenda_building import Given

DUE = date(2027, 2, 1)


def agreed(stage: Stage, slot: int = 0) -> str:
    """The code of a briefing with a time and a published agenda: the buyer's 45 minutes, Fastprint's 20, which the
    room may read, and Cloudio's 20, which are for the buyer only."""
    code = joined(stage)
    print_ = sent(stage, code, "Vera", "Printing less")
    backup = sent(stage, code, "Carl", "What Cloudio costs", visibility="buyer")
    items.send(stage["Kim"], code, Item("Who else has done it?", 5, visibility="buyer", asks="cloudio"))
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[slot])
    building.put(stage["Rita"], code, entries=[NEWS, Given(ref=print_), Given(ref=backup)])
    agenda_publication.publish(stage["Rita"], code, overrule="The buyer asked for it.")
    return code


def begun(stage: Stage, slot: int = 0) -> str:
    """The same at the minute at which it begins."""
    code = agreed(stage, slot)
    stage.go((FIRST, SECOND_SLOT, THIRD)[slot])
    return code


def over(stage: Stage, slot: int = 0) -> str:
    """The same an hour after its end, with a decision under each entry and one of the whole, and promises of all."""
    code = begun(stage, slot)
    news, print_, cost = refs(stage, code)
    kim, rita = stage["Kim"], stage["Rita"]
    minutes.note(kim, code, text="We print half.", kind="decision", entry=print_)
    minutes.note(kim, code, text="Cloudio is too dear.", kind="decision", entry=cost)
    minutes.note(rita, code, text="We meet again in spring.", kind="decision")
    minutes.note(rita, code, text="Two floors are given up.", entry=news)
    for text, owner, entry in (
        ("Count the printers", "vera@fastprint.example", print_),
        ("Lower the price", "carl@cloudio.example", cost),
        ("Ask the board", "kim@norden.example", cost),
        ("Send the floor plan", "kim@norden.example", ""),
    ):
        minutes.promise(rita, code, text=text, owner=owner, due=DUE, entry=entry)
    stage.go(timedelta(hours=3))
    return code


def refs(stage: Stage, code: str) -> list[str]:
    """The entries of the published agenda, by ref."""
    db.session.rollback()
    return [line.id for line in agendas.see(stage["Rita"], code).lines]
