from tests.people import API, address
from tests.stage import FIRST, refused
from vendorhub.domain.people import Door
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, Unfit, WrongState
from vendorhub.queries import meetings as agreed
from vendorhub.queries.meetings import AgendaView
from vendorhub.usecases import agendas, meetings


def test_each_side_writes_its_half_and_the_asking_sides_comes_first(stage):
    uid = stage.met()
    agendas.set_half(stage["Alex"], uid, items=[("What we run", 10), (" Questions ", 5)])
    agendas.set_half(stage["Vic"], uid, items=[("What is new", 15)])
    view = agreed.see(stage["Kim"], uid)
    assert view.agenda == (
        AgendaView("vendor", "What is new", 15, 0),
        AgendaView("buyer", "What we run", 10, 15),
        AgendaView("buyer", "Questions", 5, 25),
    )
    assert view.agenda == agreed.see(stage["Vera"], uid).agenda
    assert (view.agenda_version, view.sequence) == (2, 0)
    agendas.set_half(stage["Kim"], uid, items=[("Questions", 15)])
    agendas.set_half(stage["Vera"], uid, items=[])
    assert agreed.see(stage["Kim"], uid).agenda == (AgendaView("buyer", "Questions", 15, 0),)
    assert [kind for kind, _ in stage.told(method="REQUEST")] == ["invitation"] * 3


def test_a_half_that_will_not_do(stage):
    uid = stage.met()
    agendas.set_half(stage["Vera"], uid, items=[("What is new", 20)])
    for items in (
        [("Too long", 11)],
        [("", 5)],
        [("x" * 121, 5)],
        [("a\nb", 5)],
        [("a\u202eb", 5)],
        [("BEGIN:VEVENT", 5)],
        [("\ud800", 5)],
        [("Nothing", 0)],
        [("Less", -5)],
        [("A week", 481)],
        [("Point", 1)] * 13,
    ):
        assert refused(Unfit, agendas.set_half, stage["Kim"], uid, items=items).field == "entries"
    agendas.set_half(stage["Kim"], uid, items=[("Fits", 10)])


def test_who_writes_an_agenda(stage):
    uid = stage.met()
    for name in ("Bo", "Ada"):
        assert refused(NotAllowed, agendas.set_half, stage[name], uid, items=[])
    for name in ("Pia", "Cleo", "Charlie", "Carl", "Oz"):
        assert refused(NotThere, agendas.set_half, stage[name], uid, items=[])
    version = agreed.see(stage["Kim"], uid).version
    agendas.set_half(stage["Vera"], uid, items=[("New", 5)])
    known = stage.cast.at("Kim", Door(API.name, if_match=version))
    assert refused(SomebodyWasFaster, agendas.set_half, known, uid, items=[])
    stage.go(FIRST)
    agendas.set_half(stage["Kim"], uid, items=[("As it was", 5)])


def test_a_meeting_that_was_called_off_has_no_agenda_to_write(stage):
    uid = stage.met()
    meetings.cancel(stage["Kim"], uid)
    assert refused(WrongState, agendas.set_half, stage["Kim"], uid, items=[]).sentence == (
        "This meeting has been called off."
    )


def test_the_agenda_goes_with_the_next_invitation(stage):
    uid = stage.met()
    agendas.set_half(stage["Vera"], uid, items=[("What is new", 15)])
    stage.delivered()
    meetings.set_place(stage["Kim"], uid, place="Room 4")
    sent = dict(stage.delivered())[address("Kim")]
    assert b"What is new" in sent
