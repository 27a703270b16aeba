from datetime import UTC, datetime

from tests.people import API, address
from tests.stage import (
    DAY,
    FIRST,
    HOLD,
    MINUTE,
    OTHER_SLOTS,
    SECOND,
    SECOND_SLOT,
    SLOTS,
    VERA,
    VIC,
    Stage,
    calendar,
    refused,
    words,
)
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Door, DoorName
from vendorhub.domain.refusals import Clash, NotAllowed, NotThere, SomebodyWasFaster, Unfit, WrongState
from vendorhub.queries import history
from vendorhub.queries import meetings as agreed
from vendorhub.queries.meetings import ProposalView
from vendorhub.store import Attendance, Attendee, db
from vendorhub.store.write import write
from vendorhub.usecases import decisions, meetings, offers

EVERYBODY = [address(name) for name in ("Kim", "Vera", "Vic")]
BERLIN = "Europe/Berlin"


def answers(stage: Stage, uid: str) -> dict[str, str]:
    return {attendee.name: attendee.partstat for attendee in agreed.see(stage["Kim"], uid).attendees}


def everybody_accepts(uid: str) -> None:
    """As if replies had come by mail."""
    with write(None) as work:
        for attendee in work.session.query(Attendee):
            attendee.partstat = "ACCEPTED"


def calendars(stage: Stage) -> dict[str, list[str]]:
    """What a worker sends now that carries a calendar's object, by recipient."""
    return {to: calendar(message) for to, message in stage.delivered() if calendar(message)}


def test_the_buyer_moves_a_meeting_and_the_others_answer_anew(stage):
    uid = stage.met()
    first = calendars(stage)
    everybody_accepts(uid)
    meetings.move(stage["Alex"], uid, slot=SLOTS[1], note="The board meets then")
    view = agreed.see(stage["Vera"], uid)
    assert (view.start, view.end, view.sequence) == (SECOND_SLOT, SECOND_SLOT + 30 * MINUTE, 1)
    assert answers(stage, uid) == {"Kim": "ACCEPTED", "Vera": "NEEDS-ACTION", "Vic": "NEEDS-ACTION"}
    moved = calendars(stage)
    assert sorted(moved) == sorted(first) == sorted(EVERYBODY)
    for to, lines in moved.items():
        assert {f"UID:{uid}", "METHOD:REQUEST", "SEQUENCE:1"} <= set(lines)
        assert "DTSTART;TZID=Europe/Berlin:20270114T100000" in lines
        organiser = [line for line in lines if line.startswith("ORGANIZER")]
        assert [line.rpartition("mailto:")[2] for line in organiser] == [
            line.rpartition("mailto:")[2] for line in first[to] if line.startswith("ORGANIZER")
        ]
    assert stage.told(kind="update") == [("update", to) for to in EVERYBODY]
    assert db.session.query(Attendance.start_at).distinct().all() == [(SECOND_SLOT,)]


def test_a_move_before_the_invitation_has_left_is_one_invitation(stage):
    uid = stage.met()
    meetings.move(stage["Kim"], uid, slot=SLOTS[1])
    meetings.move(stage["Kim"], uid, slot=SLOTS[2])
    assert [letter.state for letter in stage.letters(sequence=0, method="REQUEST")] == ["stopped"] * 3
    sent = calendars(stage)
    assert sorted(sent) == sorted(EVERYBODY)
    assert all("SEQUENCE:2" in lines for lines in sent.values())


def test_the_asking_side_only_wishes_to_move(stage):
    uid = stage.met()
    calendars(stage)
    before = agreed.see(stage["Vera"], uid)
    assert refused(NotAllowed, meetings.move, stage["Vera"], uid, slot=SLOTS[1])
    wish = meetings.propose(stage["Vera"], uid, slot=OTHER_SLOTS[0], note="A fair")
    start = datetime(2027, 1, 20, 9, tzinfo=UTC)
    view = agreed.see(stage["Kim"], uid)
    assert view.proposals == (
        ProposalView(wish, "vendor", start, start + 30 * MINUTE, "Europe/London", "open", "A fair"),
    )
    assert (view.start, view.sequence) == (before.start, 0)
    assert stage.told(kind="move_wished") == [("move_wished", address(name)) for name in ("Kim", "Alex")]
    assert calendars(stage) == {}
    everybody_accepts(uid)
    meetings.accept_move(stage["Alex"], uid, wish)
    view = agreed.see(stage["Vera"], uid)
    assert (view.start, view.zone, view.sequence) == (start, "Europe/London", 1)
    assert view.proposals[0].state == "accepted"
    assert answers(stage, uid) == {"Kim": "ACCEPTED", "Vera": "NEEDS-ACTION", "Vic": "NEEDS-ACTION"}
    assert all("DTSTART;TZID=Europe/London:20270120T090000" in lines for lines in calendars(stage).values())
    assert refused(WrongState, meetings.accept_move, stage["Kim"], uid, wish).sentence == (
        "This wish has already been answered."
    )


def test_the_buyer_keeps_the_time(stage):
    uid = stage.met()
    first = meetings.propose(stage["Vera"], uid, slot=OTHER_SLOTS[0])
    wish = meetings.propose(stage["Vic"], uid, slot=OTHER_SLOTS[1])
    assert refused(WrongState, meetings.refuse_move, stage["Kim"], uid, first)
    meetings.refuse_move(stage["Kim"], uid, wish)
    view = agreed.see(stage["Vera"], uid)
    assert ([each.state for each in view.proposals], view.start) == (["retracted", "refused"], FIRST)
    assert stage.told(kind="move_refused") == [("move_refused", address("Vic"))]
    assert refused(NotThere, meetings.refuse_move, stage["Kim"], uid, "NOSUCH")
    assert refused(NotAllowed, meetings.accept_move, stage["Vera"], uid, wish)


def test_either_side_calls_it_off_and_whoever_was_invited_hears(stage):
    for name in ("Kim", "Vic"):
        uid = stage.met()
        calendars(stage)
        meetings.cancel(stage[name], uid, note="Sorry")
        view = agreed.see(stage["Vera"], uid)
        assert (view.state, view.sequence, view.may) == ("cancelled", 1, frozenset())
        sent = calendars(stage)
        assert sorted(sent) == sorted(EVERYBODY)
        for lines in sent.values():
            assert {"METHOD:CANCEL", "SEQUENCE:1", "STATUS:CANCELLED", f"UID:{uid}"} <= set(lines)
        for deed, given in (
            (meetings.cancel, {}),
            (meetings.move, {"slot": SLOTS[1]}),
            (meetings.set_place, {"place": "video"}),
        ):
            assert refused(WrongState, deed, stage["Kim"], uid, **given).sentence == "This meeting has been called off."


def test_whoever_heard_of_nothing_hears_of_no_end(stage):
    uid = stage.met()
    meetings.cancel(stage["Kim"], uid)
    assert calendars(stage) == {}
    assert {letter.state for letter in stage.letters(method="REQUEST")} == {"stopped"}
    assert stage.letters(method="CANCEL") == []
    assert stage.met()  # the time is free again


def test_the_place_is_an_update_and_never_a_new_consent(stage):
    uid = stage.met()
    calendars(stage)
    everybody_accepts(uid)
    meetings.set_place(stage["Kim"], uid, place=("room_buyer", "Room 4, Elbe"))
    view = agreed.see(stage["Vera"], uid)
    assert (view.place, view.place_how, view.place_detail, view.sequence) == (
        "Room 4, Elbe",
        "room_buyer",
        "Room 4, Elbe",
        1,
    )
    assert set(answers(stage, uid).values()) == {"ACCEPTED"}
    sent = calendars(stage)
    assert sorted(sent) == sorted(EVERYBODY)
    assert all({"LOCATION:Room 4\\, Elbe", "SEQUENCE:1"} <= set(lines) for lines in sent.values())
    meetings.set_place(stage.cast.with_key("Kim", "again"), uid, place=("room_buyer", " Room 4, Elbe "))
    assert (agreed.see(stage["Vera"], uid).sequence, calendars(stage)) == (1, {})
    refusal = refused(NotAllowed, meetings.set_place, stage["Vera"], uid, place="https://fastprint.example/join")
    assert refusal.sentence == "Where you meet is for the other side to say."
    for bad in (("moon", ""), "x" * 201, "a\nb", "a\u202eb", ("video_buyer", "http://norden.example"), "\ud800"):
        assert refused(Unfit, meetings.set_place, stage["Kim"], uid, place=bad).field == "place"


def test_the_other_side_says_what_is_theirs_to_say(stage):
    code = stage.asked()
    decisions.accept(stage["Kim"], code, place="video")
    stage.go(HOLD)
    offer = offers.offer(stage["Kim"], code, slots=SLOTS)
    uid = offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
    assert agreed.see(stage["Kim"], uid).place == "Video; Fastprint sends the link"
    meetings.set_place(stage["Vera"], uid, place="https://fastprint.example/join")
    assert agreed.see(stage["Kim"], uid).place == "https://fastprint.example/join"
    assert refused(NotAllowed, meetings.set_place, stage["Vera"], uid, place=("room_vendor", "Our office"))
    meetings.set_place(stage["Kim"], uid, place="Room 4")
    assert refused(NotAllowed, meetings.set_place, stage["Vera"], uid, place="Room 5")


def test_who_may_do_what_with_a_meeting(stage):
    uid = stage.met()
    deeds = {
        "move": lambda who: meetings.move(stage[who], uid, slot=SLOTS[1]),
        "propose": lambda who: meetings.propose(stage[who], uid, slot=SLOTS[1]),
        "accept": lambda who: meetings.accept_move(stage[who], uid, "X"),
        "refuse": lambda who: meetings.refuse_move(stage[who], uid, "X"),
        "cancel": lambda who: meetings.cancel(stage[who], uid),
        "place": lambda who: meetings.set_place(stage[who], uid, place="Room"),
    }
    for deed in deeds.values():
        for name in ("Bo", "Mo", "Ada"):
            assert refused(NotAllowed, deed, name)
        for name in ("Pia", "Cleo", "Charlie", "Carl", "Rita", "Oz"):
            assert refused(NotThere, deed, name)
    assert refused(NotAllowed, deeds["propose"], "Kim")
    for deed in ("move", "accept", "refuse"):
        assert refused(NotAllowed, deeds[deed], "Vera")
    both = {Deed.CANCEL, Deed.SET_PLACE, Deed.SET_AGENDA, Deed.REPLACE}
    buyers = {Deed.MOVE, Deed.ACCEPT_MOVE, Deed.REFUSE_MOVE, *both}
    assert agreed.see(stage["Kim"], uid).may == agreed.see(stage["Alex"], uid).may == buyers
    assert agreed.see(stage["Vera"], uid).may == {Deed.PROPOSE_MOVE, *both}
    assert agreed.see(stage["Bo"], uid).may == frozenset()


def test_a_time_that_will_not_do_is_refused_beside_its_field(stage):
    uid = stage.met()
    deeds = ((meetings.move, stage["Kim"]), (meetings.propose, stage["Vera"]))
    for slot, field in (
        (SLOTS[0], "slot"),
        (("2027-01-04T12:00:00", BERLIN, None), "slots"),
        (("2027-07-03T13:00:01", BERLIN, None), "slots"),
        (("2027-03-28T02:30:00", BERLIN, None), "start"),
        (("2027-01-14T10:00:00", "Mars/Olympus", None), "timezone"),
    ):
        for deed, actor in deeds:
            assert refused(Unfit, deed, actor, uid, slot=slot).field == field
    for deed, actor in deeds:
        for note in ("x" * 1001, "a\x00b", "BEGIN:VEVENT"):
            assert refused(Unfit, deed, actor, uid, slot=SLOTS[1], note=note).field == "note"
    assert refused(Unfit, meetings.cancel, stage["Kim"], uid, note="a\u202eb").field == "note"


def test_what_has_begun_stays_as_it_is(stage):
    uid = stage.met()
    wish = meetings.propose(stage["Vera"], uid, slot=SLOTS[1])
    stage.go(FIRST)
    for deed, name, given in (
        (meetings.move, "Kim", {"slot": SLOTS[1]}),
        (meetings.propose, "Vera", {"slot": SLOTS[1]}),
        (meetings.cancel, "Vera", {}),
        (meetings.set_place, "Kim", {"place": "Room"}),
    ):
        refusal = refused(WrongState, deed, stage[name], uid, **given)
        assert refusal.sentence == "This meeting has already begun, so that can't be changed any more."
    assert refused(WrongState, meetings.accept_move, stage["Kim"], uid, wish)
    meetings.refuse_move(stage["Kim"], uid, wish)
    assert agreed.see(stage["Kim"], uid).may == {Deed.SET_AGENDA, Deed.REFUSE_MOVE, Deed.SAY_OUTCOME}


def test_a_wish_whose_time_has_passed_is_not_agreed_to(stage):
    uid = stage.met()
    meetings.move(stage["Kim"], uid, slot=SLOTS[2])
    wish = meetings.propose(stage["Vera"], uid, slot=SLOTS[1])
    stage.go(SECOND_SLOT)
    refusal = refused(WrongState, meetings.accept_move, stage["Kim"], uid, wish)
    assert refusal.sentence == "That time has passed; please choose another."


def test_a_meeting_does_not_move_onto_another(stage):
    uid = stage.met()
    _, offer = stage.offered()
    other = offers.choose(stage["Vera"], offer, slot=stage.slot(offer, 1))
    assert refused(Clash, meetings.move, stage["Kim"], uid, slot=SLOTS[1]).sentence == (
        "Kim already has a meeting then; please choose another time."
    )
    wish = meetings.propose(stage["Vera"], uid, slot=("2027-01-14T09:45:00", BERLIN, None))
    assert refused(Clash, meetings.accept_move, stage["Alex"], uid, wish)
    meetings.cancel(stage["Kim"], other)
    meetings.accept_move(stage["Alex"], uid, wish)
    meetings.move(stage["Kim"], uid, slot=("2027-01-14T10:00:00", BERLIN, None))  # over its own old time


def test_somebody_faster_is_told(stage):
    uid = stage.met()
    known = Door(API.name, if_match=agreed.see(stage["Kim"], uid).version)
    meetings.set_place(stage["Alex"], uid, place="Room 4")
    for deed, given in (
        (meetings.move, {"slot": SLOTS[1]}),
        (meetings.cancel, {}),
        (meetings.set_place, {"place": "R"}),
    ):
        assert refused(SomebodyWasFaster, deed, stage.cast.at("Kim", known), uid, **given)
    known = Door(DoorName.API, if_match=agreed.see(stage["Kim"], uid).version)
    meetings.cancel(stage.cast.at("Kim", known), uid)


def test_every_deed_leaves_its_line_for_both_sides(stage):
    uid = stage.met()
    first = meetings.propose(stage["Vera"], uid, slot=OTHER_SLOTS[0])
    meetings.refuse_move(stage["Alex"], uid, first)
    meetings.accept_move(stage["Kim"], uid, meetings.propose(stage["Vic"], uid, slot=OTHER_SLOTS[1]))
    meetings.set_place(stage["Kim"], uid, place="Room")
    meetings.move(stage["Kim"], uid, slot=SLOTS[1])
    meetings.cancel(stage["Vera"], uid)
    code = agreed.see(stage["Vera"], uid).request
    told = [(line.deed, line.by, line.on_behalf_of) for line in history.lines(stage["Vera"], about=code)[0]]
    assert told == [
        ("ask", "Vera", None),
        ("accept", "Kim", None),
        ("offer", "Kim", None),
        ("choose", "Vera", None),
        ("propose_move", "Vera", None),
        ("refuse_move", "Alex", "Kim"),
        ("propose_move", "Vic", None),
        ("accept_move", "Kim", None),
        ("set_place", "Kim", None),
        ("move", "Kim", None),
        ("cancel", "Vera", None),
    ]
    assert history.lines(stage["Kim"], about=code) == history.lines(stage["Vera"], about=code)
    assert [line.deed for line in history.lines(stage["Bo"], limit=1)[0]] == ["cancel"]


def test_a_colleague_on_the_list_sees_the_meeting_and_not_the_ask(stage):
    code = stage.asked()
    decisions.accept(stage["Kim"], code, attendees=[VERA, ("Cleo", address("Cleo"), "")])
    stage.go(HOLD)
    offer = offers.offer(stage["Kim"], code, slots=SLOTS)
    uid = offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
    assert agreed.see(stage["Cleo"], uid).may == {Deed.SET_AGENDA, Deed.REPLACE}
    assert [view.uid for view in agreed.listing(stage["Cleo"])[0]] == [uid]
    assert refused(NotAllowed, meetings.cancel, stage["Cleo"], uid)
    assert refused(NotThere, offers.offer, stage["Cleo"], code, slots=SLOTS)
    assert VIC[0] not in answers(stage, uid)
    assert stage.told(method="REQUEST") == [("invitation", address(name)) for name in ("Kim", "Cleo", "Vera")]


def test_a_list_of_meetings_is_in_time_order(stage):
    uids = []
    for n in (2, 0, 1):
        _, offer = stage.offered()
        uids.append(offers.choose(stage["Vera"], offer, slot=stage.slot(offer, n)))
    late, early, middle = uids
    assert [view.uid for view in agreed.listing(stage["Kim"])[0]] == [early, middle, late]
    found, cursor = agreed.listing(stage["Kim"], limit=2)
    assert ([view.uid for view in found], cursor) == ([early, middle], middle)
    assert [view.uid for view in agreed.listing(stage["Kim"], limit=2, cursor=cursor)[0]] == [late]
    assert [view.uid for view in agreed.listing(stage["Kim"], since=SECOND_SLOT)[0]] == [middle, late]
    assert [view.uid for view in agreed.listing(stage["Kim"], until=SECOND_SLOT)[0]] == [early]
    assert [view.uid for view in agreed.listing(stage["Kim"], since=FIRST + SECOND, until=FIRST + DAY)[0]] == [middle]
    assert agreed.listing(stage["Charlie"]) == agreed.listing(stage["Pia"]) == ([], None)
    assert refused(Unfit, agreed.listing, stage["Charlie"], cursor=early).field == "cursor"


def test_a_cancellation_says_who_and_why(stage):
    uid = stage.met()
    calendars(stage)
    meetings.cancel(stage["Alex"], uid, note="The CIO is ill")
    assert "The CIO is ill" in words(stage.letters(method="CANCEL", recipient=address("Vera"))[0])
