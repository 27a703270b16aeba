"""People without an account: what their letter's link shows them, that they can't come, and who comes instead."""

from functools import partial

import pytest

from tests.people import address
from tests.stage import DAY, FIRST, SECOND_SLOT, SLOTS, Stage, calendar, opened, refused, words
from tests.usecases import minutes as scenes
from tests.usecases.agendas import sent
from tests.usecases.briefings import joined, slots_of
from tests.usecases.visits import DEVIKA, PETRA, UNA, links, listed, met, uid_of
from vendorhub.domain.deeds import Deed
from vendorhub.domain.refusals import Clash, NotAllowed, NotThere, Unfit, WrongState
from vendorhub.queries import history, visits
from vendorhub.queries import meetings as agreed
from vendorhub.store import db
from vendorhub.usecases import (
    afterwards,
    attendees,
    decisions,
    meetings,
    minutes,
    offers,
    participations,
    polls,
)
from vendorhub.usecases.attendees import StandIn

SAM = {"name": "Sam", "email": "sam@fastprint.example"}


def look(secret: str) -> visits.VisitView:
    db.session.rollback()
    return visits.see(secret)


def link(stage: Stage, to: str) -> str:
    return links(stage, to)[-1]


def dead(secret: str) -> bool:
    db.session.rollback()
    with pytest.raises(NotThere):
        visits.see(secret)
    return True


def test_who_has_no_account_gets_a_link_of_their_own_and_everybody_else_none(stage: Stage) -> None:
    uid = met(stage)
    assert [len(links(stage, to)) for to in (UNA[1], address("Vera"), address("Kim"))] == [1, 0, 0]
    letter = stage.letters(recipient=UNA[1])[-1]
    assert not [line for line in calendar(opened(letter)) if "visit" in line or line.startswith("URL")]
    view = look(link(stage, UNA[1]))
    assert (view.name, view.company, view.zone, view.buyer_name) == (
        "Una",
        "Fastprint",
        "Europe/London",
        "Norden Mutual",
    )
    assert (view.start, view.promises, view.house_rules, view.vendors) == (FIRST, None, "", ())
    assert view.may == {Deed.CANNOT_COME, Deed.REPLACE}
    meetings.set_place(stage["Kim"], uid, place="Room 4")
    assert len(links(stage, UNA[1])) == 1  # the letter that still waited was stopped, and its words erased
    first, latest = look(link(stage, UNA[1])), stage.letters(recipient=UNA[1])[-1].kind
    assert (first.place, latest) == ("Room 4", "invitation")


def test_each_reads_the_agenda_as_their_company_may_and_their_own_promises(stage: Stage) -> None:
    code = scenes.over(stage)
    petra, devika = link(stage, PETRA), link(stage, DEVIKA)
    reserved = "Reserved for Cloudio and the buyer"
    titles = {secret: [line.entry.title for line in look(secret).agenda] for secret in (petra, devika)}
    assert titles[petra] == ["What is new with us", "Printing less", reserved]
    assert titles[devika] == ["What is new with us", "Printing less", "What Cloudio costs"]
    assert "Carl" not in repr(look(petra)) and "presents.example" in repr(look(petra).agenda)  # noqa: PT018
    assert DEVIKA not in repr(look(petra))
    assert look(petra).vendors == ("Fastprint", "Cloudio")
    minutes.promise(stage["Rita"], code, text="Count the toner", owner=PETRA, due=scenes.DUE)
    assert look(petra).promises is None
    afterwards.confirm(stage["Kim"], code)
    latest = link(stage, PETRA)
    assert latest != petra
    for secret in (petra, latest):
        assert [promise.text for promise in look(secret).promises or ()] == ["Count the toner"]
    assert look(devika).promises == ()
    assert look(petra).may == frozenset()
    stage.go(91 * DAY)
    assert dead(petra)


def test_a_buyers_own_person_reads_as_the_buyer_does(stage: Stage) -> None:
    code = joined(stage)
    sent(stage, code, "Carl", "What Cloudio costs", visibility="buyer")
    sent(stage, code, "Kim", "What is new with us", presenters=[("Nele", "nele@norden.example", "")])
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])
    view = look(link(stage, "nele@norden.example"))
    assert (view.company, view.agenda) == ("Norden Mutual", ())
    attendees.send_instead(link(stage, "nele@norden.example"), name="Ole", email="ole@norden.example")
    assert ("Ole", "NEEDS-ACTION") in listed(uid_of())


def test_who_cannot_come_is_told_of_and_may_come_after_all(stage: Stage) -> None:
    uid, secret = met(stage), link(stage, UNA[1])
    stage.delivered()
    attendees.reply(secret, comes=False)
    assert listed(uid) == [("Kim", "ACCEPTED"), ("Una", "DECLINED"), ("Vera", "NEEDS-ACTION")]
    told = [("who_comes", address(name)) for name in ("Kim", "Alex", "Vera")]
    assert stage.told(kind="who_comes") == told
    assert "Una of Fastprint can’t come." in words(stage.letters(kind="who_comes")[0])
    attendees.reply(secret, comes=False)  # said twice is said once
    assert stage.told(kind="who_comes") == told
    assert look(secret).may == {Deed.COME, Deed.REPLACE}
    lines = history.lines(stage["Vera"], about=agreed.see(stage["Vera"], uid).request)[0]
    assert (lines[-1].deed, lines[-1].by, lines[-1].door) == ("cannot_come", "Una", "link")
    attendees.reply(secret, comes=True)
    assert listed(uid)[1] == ("Una", "ACCEPTED")
    attendees.reply(secret, comes=False)
    meetings.move(stage["Kim"], uid, slot=SLOTS[1])
    assert listed(uid)[1] == ("Una", "NEEDS-ACTION")
    stage.go(SECOND_SLOT)
    for deed in (partial(attendees.reply, comes=True), partial(attendees.send_instead, **SAM)):
        assert refused(WrongState, deed, secret)


def test_who_takes_the_time_meanwhile_keeps_it(stage: Stage) -> None:
    met(stage)
    secret = link(stage, UNA[1])
    attendees.reply(secret, comes=False)
    code = stage.asked("Carl", to=address("Pia"), attendees=[("Una", UNA[1], "")])
    decisions.accept(stage["Pia"], code)
    stage.go(DAY)
    offer = offers.offer(stage["Pia"], code, slots=SLOTS)
    offers.choose(stage["Carl"], offer, slot=stage.slot(offer))
    assert refused(Clash, attendees.reply, secret, comes=True).sentence.startswith("Una already has a meeting then")


def test_a_colleague_comes_instead_and_nobody_elses_entry_changes(stage: Stage) -> None:
    code = scenes.agreed(stage)
    stage.delivered()
    uid, secret = uid_of(), link(stage, PETRA)
    attendees.send_instead(secret, **SAM)
    assert dead(secret)
    letters = stage.delivered()
    methods = {to: [line for line in calendar(raw) if line.startswith(("METHOD", "SEQUENCE"))] for to, raw in letters}
    assert {to: said for to, said in methods.items() if said} == {
        PETRA: ["METHOD:CANCEL", "SEQUENCE:1"],
        SAM["email"]: ["METHOD:REQUEST", "SEQUENCE:0"],
    }
    assert {to for to, said in methods.items() if not said} == {
        address(name) for name in ("Kim", "Alex", "Rita", "Vera")
    }
    names = {name for name, _ in listed(uid)}
    assert names == {"Kim", "Rita", "Vera", "Carl", "Sam"}
    assert look(link(stage, SAM["email"])).name == "Sam"
    for name, there in (("Kim", True), ("Vera", True), ("Carl", False)):  # a rival knows neither
        assert ("Sam" in [each.name for each in agreed.see(stage[name], uid).attendees]) is there
        lines = [line.deed for line in history.lines(stage[name], about=code)[0]]
        assert ("replace" in lines) is there
    meetings.set_place(stage["Kim"], uid, place="Room 4")
    assert PETRA not in [to for _, to in stage.told(state="waiting")]
    participations.leave(stage["Vera"], code)
    assert dead(link(stage, SAM["email"]))
    assert PETRA not in [to for _, to in stage.told(state="waiting")]


def test_a_link_ends_with_what_it_was_for(stage: Stage) -> None:
    uid, secret = met(stage), link(stage, UNA[1])
    assert dead("unknown")
    assert refused(Unfit, attendees.send_instead, secret, name="Sam", email="sam@cloudio.example").field == "email"
    attendees.send_instead(secret, **SAM)
    sam = link(stage, SAM["email"])
    assert refused(Unfit, attendees.send_instead, sam, name="Una", email=UNA[1])  # who came off it stays off
    stage.delivered()
    meetings.cancel(stage["Kim"], uid)
    for each in (secret, sam):
        assert dead(each)
        assert refused(NotThere, attendees.reply, each, comes=False)
    assert links(stage, SAM["email"]) == [sam]  # the cancellation has none


def test_who_is_shut_out_comes_for_nobody(stage: Stage) -> None:
    code = stage.asked(by="Vic", attendees=[("Vic", address("Vic"), "")], topic="Toner")
    met(stage)
    decisions.refuse(stage["Kim"], code, kind="never", scope="person")
    stage.go(DAY)
    secret = link(stage, UNA[1])
    refusal = refused(Unfit, attendees.send_instead, secret, name="Vic", email=address("Vic"))
    assert refusal.sentence == "Vic: not with this buyer."


def test_who_has_an_account_sends_one_of_their_own_company(stage: Stage) -> None:
    uid = met(stage)
    attendees.replace(stage["Vera"], uid, [StandIn(UNA[1], **SAM)])
    assert [name for name, _ in listed(uid)] == ["Kim", "Vera", "Sam"]
    vic, cleo = ([StandIn(address(who), name, address(name))] for who, name in (("Vera", "Vic"), ("Kim", "Cleo")))
    assert refused(Unfit, attendees.replace, stage["Kim"], uid, vic).field == "replace"  # whom to send is theirs to say
    assert refused(NotAllowed, attendees.replace, stage["Kim"], uid, cleo)
    assert refused(NotAllowed, attendees.replace, stage["Ada"], uid, cleo)
    assert refused(NotThere, attendees.replace, stage["Carl"], uid, vic)
    stage.go(FIRST)
    assert refused(WrongState, attendees.replace, stage["Vera"], uid, vic)
