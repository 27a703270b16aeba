from datetime import UTC, datetime

from tests.people import address
from tests.stage import (
    DAY,
    FIRST,
    HOLD,
    MINUTE,
    OTHER_SLOTS,
    SECOND,
    SECOND_SLOT,
    SLOTS,
    THIRD,
    VERA,
    VIC,
    calendar,
    opened,
    refused,
    words,
)
from vendorhub.domain.deeds import Deed
from vendorhub.domain.refusals import Clash, NotAllowed, NotThere, Unfit, WrongState
from vendorhub.queries import history
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries import meetings as agreed
from vendorhub.queries import offers as offered
from vendorhub.queries.meetings import AttendeeView
from vendorhub.queries.offers import OfferView, SlotView
from vendorhub.store import AgreedSlot, Invitation, db
from vendorhub.usecases import decisions, meetings, offers

BERLIN, LONDON = "Europe/Berlin", "Europe/London"


def test_the_buyers_times_are_there_for_the_other_to_choose(stage):
    code, offer = stage.offered(by="Alex", slots=(*SLOTS[1:], SLOTS[0]))
    times = tuple(
        SlotView(stage.slot(offer, n), start, start + 30 * MINUTE, BERLIN)
        for n, start in enumerate((FIRST, SECOND_SLOT, THIRD))
    )
    for_vera = OfferView(offer, "buyer", "open", "", times, frozenset({Deed.CHOOSE, Deed.COUNTER}))
    assert offered.of_request(stage["Vera"], code) == [for_vera]
    for_kim = OfferView(**{**vars(for_vera), "may": frozenset({Deed.RETRACT})})
    assert offered.of_request(stage["Kim"], code) == [for_kim]
    assert offered.see(stage["Bo"], offer).may == frozenset()
    assert seen.see(stage["Kim"], code).may >= {Deed.OFFER, Deed.COUNTER}
    letter = stage.letters(kind="times_offered")[0]
    assert (letter.recipient, opened(letter)["From"]) == (
        address("Vera"),
        "Alex for Kim via VendorHub <vendorhub@hub.example>",
    )


def test_a_chosen_time_makes_the_meeting_and_one_invitation_each(stage):
    code, offer = stage.offered()
    uid = offers.choose(stage["Vera"], offer, slot=stage.slot(offer, 1))
    view = agreed.see(stage["Vera"], uid)
    assert (view.request, view.state, view.topic, view.kind) == (code, "confirmed", "Backup costs", "topic")
    assert (view.start, view.end, view.zone) == (SECOND_SLOT, SECOND_SLOT + 30 * MINUTE, BERLIN)
    assert (view.sequence, view.place, view.buyer, view.company_slug) == (0, "", "norden", "fastprint")
    assert view.attendees == (
        AttendeeView(address("Kim"), "Kim", "buyer", "ACCEPTED"),
        AttendeeView(*VERA[1::-1], "vendor", "NEEDS-ACTION"),
        AttendeeView(*VIC[1::-1], "vendor", "NEEDS-ACTION"),
    )
    assert seen.see(stage["Kim"], code).meeting == uid
    assert offered.see(stage["Kim"], offer).state == "chosen"
    agreement = db.session.scalars(db.select(AgreedSlot)).one()
    assert agreement.agreed_by == stage.cast.ids["Kim"]
    assert db.session.query(Invitation).count() == 3
    told = stage.told(method="REQUEST")
    assert told == [("invitation", address(name)) for name in ("Kim", "Vera", "Vic")]
    assert [line.deed for line in history.lines(stage["Vera"], about=code)[0]] == ["ask", "accept", "offer", "choose"]


def test_an_invitation_is_what_a_calendar_reads(stage):
    uid = stage.met()
    sent = dict(stage.delivered())
    for name in ("Kim", "Vera", "Vic"):
        lines = calendar(sent[address(name)])
        assert lines.count("BEGIN:VEVENT") == 1
        assert {f"UID:{uid}", "METHOD:REQUEST", "SEQUENCE:0", "STATUS:CONFIRMED"} <= set(lines)
        assert "DTSTART;TZID=Europe/Berlin:20270113T140000" in lines
        organiser = next(line for line in lines if line.startswith("ORGANIZER"))
        assert "mailto:meet-" in organiser
        kim = next(line for line in lines if line.endswith(f"mailto:{address('Kim')}"))
        assert "PARTSTAT=ACCEPTED" in kim
        assert "RSVP=TRUE" not in kim


def test_the_other_side_answers_with_times_of_its_own_and_the_buyer_chooses(stage):
    code, offer = stage.offered()
    answer = offers.counter(stage["Vic"], offer, slots=OTHER_SLOTS, note="We are in London")
    assert [(view.code, view.side, view.state) for view in offered.of_request(stage["Kim"], code)] == [
        (offer, "buyer", "countered"),
        (answer, "vendor", "open"),
    ]
    view = offered.see(stage["Kim"], answer)
    assert (view.note, view.may) == ("We are in London", {Deed.CHOOSE, Deed.COUNTER})
    assert offered.see(stage["Vera"], answer).may == {Deed.RETRACT}
    assert stage.told(kind="times_suggested") == [("times_suggested", address(name)) for name in ("Kim", "Alex")]
    assert refused(WrongState, offers.choose, stage["Vera"], offer, slot=stage.slot(offer)).sentence == (
        "Other times have been suggested in answer to these."
    )
    uid = offers.choose(stage["Alex"], answer, slot=stage.slot(answer))
    assert agreed.see(stage["Kim"], uid).start == datetime(2027, 1, 20, 9, tzinfo=UTC)
    assert agreed.see(stage["Kim"], uid).zone == LONDON
    assert db.session.scalars(db.select(AgreedSlot.agreed_by)).one() == stage.cast.ids["Alex"]


def test_times_go_back_and_forth_and_only_the_last_are_open(stage):
    code, first = stage.offered()
    second = offers.counter(stage["Vera"], first, slots=OTHER_SLOTS)
    third = offers.counter(stage["Kim"], second, slots=SLOTS[:1])
    fourth = offers.offer(stage["Vera"], code, slots=OTHER_SLOTS[:1])
    fifth = offers.offer(stage["Vic"], code, slots=OTHER_SLOTS[1:])
    states = {view.code: view.state for view in offered.of_request(stage["Kim"], code)}
    assert states == {
        first: "countered",
        second: "countered",
        third: "countered",
        fourth: "retracted",
        fifth: "open",
    }


def test_times_are_taken_back_and_the_other_side_hears(stage):
    code, offer = stage.offered()
    offers.retract(stage["Alex"], offer)
    assert offered.see(stage["Vera"], offer).state == "retracted"
    assert stage.told(kind="times_taken_back") == [("times_taken_back", address("Vera"))]
    for deed, given in ((offers.choose, {"slot": stage.slot(offer)}), (offers.counter, {"slots": OTHER_SLOTS})):
        assert refused(WrongState, deed, stage["Vera"], offer, **given).sentence == "These times have been taken back."
    answer = offers.offer(stage["Vera"], code, slots=OTHER_SLOTS)
    offers.retract(stage["Vic"], answer)
    assert stage.told(kind="times_taken_back")[1:] == [("times_taken_back", address(name)) for name in ("Kim", "Alex")]


def test_who_may_arrange(stage):
    code, offer = stage.offered()
    slot = stage.slot(offer)
    for name in ("Bo", "Mo", "Ada"):
        for deed in (
            lambda who: offers.offer(stage[who], code, slots=SLOTS),
            lambda who: offers.counter(stage[who], offer, slots=SLOTS),
            lambda who: offers.retract(stage[who], offer),
            lambda who: offers.choose(stage[who], offer, slot=slot),
        ):
            assert refused(NotAllowed, deed, name)
    for name in ("Pia", "Cleo", "Charlie", "Carl", "Rita", "Oz"):
        assert refused(NotThere, offers.offer, stage[name], code, slots=SLOTS)
        assert refused(NotThere, offers.choose, stage[name], offer, slot=slot)
        assert refused(NotThere, offered.see, stage[name], offer)
    for name in ("Kim", "Alex"):
        refusal = refused(WrongState, offers.choose, stage[name], offer, slot=slot)
        assert refusal.sentence == "These are your own side's times; the other side chooses."
    assert refused(WrongState, offers.retract, stage["Vera"], offer).sentence == "These are not yours to take back."


def test_nothing_is_arranged_before_a_yes_or_after_it_is_used(stage):
    code = stage.asked()
    for name in ("Kim", "Vera"):
        refusal = refused(WrongState, offers.offer, stage[name], code, slots=SLOTS)
        assert refusal.sentence == "There is no yes to this ask, so there is nothing to arrange yet."
    decisions.accept(stage["Kim"], code)
    assert refused(WrongState, offers.offer, stage["Vera"], code, slots=SLOTS)
    stage.go(HOLD)
    offer = offers.offer(stage["Vera"], code, slots=SLOTS)
    meetings.cancel(stage["Vera"], offers.choose(stage["Kim"], offer, slot=stage.slot(offer)))
    for name in ("Kim", "Vera"):
        refusal = refused(WrongState, offers.offer, stage[name], code, slots=SLOTS)
        assert refusal.sentence == "The yes has been used: the meeting it was for was agreed."
    assert seen.see(stage["Kim"], code).may == frozenset({Deed.REVOKE})


def test_what_is_no_time_is_refused_beside_its_field(stage):
    code, offer = stage.offered()
    for slots, field in (
        ([], "slots"),
        ([("2027-01-13T14:00:00", "Europe/Atlantis", None)], "timezone"),
        ([("2027-01-04T12:00:00", BERLIN, None)], "slots"),
        ([("2026-01-13T14:00:00", BERLIN, None)], "slots"),
        ([("2027-03-28T02:30:00", BERLIN, None)], "start"),
        ([("2026-10-25T02:30:00", BERLIN, None)], "start"),
        ([("2027-07-13T14:00:00", BERLIN, None)], "slots"),
        ([("9999-12-31T23:59:59", BERLIN, None)], "slots"),
        ([SLOTS[0], SLOTS[0]], "slots"),
        ([SLOTS[0], ("2027-01-13T13:00:00", LONDON, None)], "slots"),
        ([("2027-01-13T14:00:00Z", BERLIN, None)], "start"),
        ([("tomorrow", BERLIN, None)], "start"),
        ([(f"2027-01-13T14:{minute:02}:00", BERLIN, None) for minute in range(13)], "slots"),
    ):
        for deed, about in ((offers.offer, code), (offers.counter, offer)):
            assert refused(Unfit, deed, stage["Vera"], about, slots=slots).field == field, slots
    for note in ("x" * 1001, "a\x00b", "a\u202eb", "\udfff", "begin:vevent"):
        assert refused(Unfit, offers.counter, stage["Vera"], offer, slots=OTHER_SLOTS, note=note).field == "note"
    assert refused(Unfit, offers.choose, stage["Vera"], offer, slot="NOSUCH").field == "slot"


def test_an_hour_that_comes_twice_is_taken_once_it_is_clear_which(stage):
    stage.go(datetime(2027, 9, 6, 11, tzinfo=UTC))
    code = stage.accepted()
    offer = offers.offer(
        stage["Kim"], code, slots=[("2027-10-31T02:30:00", BERLIN, 1), ("2027-10-31T02:30:00", BERLIN, 0)]
    )
    assert [slot.start for slot in offered.see(stage["Vera"], offer).slots] == [
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    ]


def test_times_lapse_when_all_have_passed(stage):
    code, offer = stage.offered()
    stage.go(THIRD - SECOND)
    assert offered.see(stage["Vera"], offer).state == "open"
    refusal = refused(WrongState, offers.choose, stage["Vera"], offer, slot=stage.slot(offer))
    assert refusal.sentence == "That time has passed; please choose another or suggest other times."
    stage.go(THIRD)
    assert (offered.see(stage["Vera"], offer).state, offered.see(stage["Vera"], offer).may) == ("lapsed", frozenset())
    for name, deed, given in (
        ("Vera", offers.choose, {"slot": stage.slot(offer, 2)}),
        ("Vera", offers.counter, {"slots": OTHER_SLOTS}),
        ("Kim", offers.retract, {}),
    ):
        assert refused(WrongState, deed, stage[name], offer, **given).sentence == "These times have all passed."
    assert offers.offer(stage["Vera"], code, slots=OTHER_SLOTS)


def test_a_yes_is_used_within_half_a_year(stage):
    code = stage.accepted()
    stage.go(180 * DAY)
    refusal = refused(WrongState, offers.offer, stage["Kim"], code, slots=[("2027-07-20T10:00:00", BERLIN, None)])
    assert refusal.sentence == "The yes was given too long ago; please ask again."


def test_a_clash_is_named_to_ones_own_side_only(stage):
    stage.met()
    other = stage.asked("Carl", attendees=[("Carl", address("Carl"), "")], to=address("Kim"))
    decisions.accept(stage["Kim"], other)
    stage.go(HOLD)
    offer = offers.offer(stage["Kim"], other, slots=SLOTS)
    refusal = refused(Clash, offers.choose, stage["Carl"], offer, slot=stage.slot(offer))
    assert refusal.sentence == "Somebody who has to be there is taken then; please choose another time."
    answer = offers.counter(stage["Carl"], offer, slots=SLOTS[:1])
    refusal = refused(Clash, offers.choose, stage["Kim"], answer, slot=stage.slot(answer))
    assert refusal.sentence == "Kim already has a meeting then; please choose another time."
    assert "Backup" not in refusal.sentence
    later = offers.counter(stage["Kim"], answer, slots=[("2027-01-13T14:30:00", BERLIN, None)])
    assert offers.choose(stage["Carl"], later, slot=stage.slot(later))


def test_nobody_is_in_two_places_over_all_buyers(stage):
    stage.met()
    elsewhere = stage.asked("Vera", buyer="harbour", to=None, goal=None, attendees=[VIC])
    decisions.accept(stage["Charlie"], elsewhere)
    stage.go(HOLD)
    overlapping = [("2027-01-13T08:15:00", "America/New_York", None)]
    offer = offers.offer(stage["Charlie"], elsewhere, slots=overlapping)
    refusal = refused(Clash, offers.choose, stage["Vera"], offer, slot=stage.slot(offer))
    assert refusal.sentence == "Vic already has a meeting then; please choose another time."
    answer = offers.counter(stage["Vera"], offer, slots=overlapping)
    refusal = refused(Clash, offers.choose, stage["Charlie"], answer, slot=stage.slot(answer))
    assert refusal.sentence == "Somebody who has to be there is taken then; please choose another time."


def test_a_letter_with_times_says_them_in_the_readers_zone_first(stage):
    stage.offered()
    text = words(stage.letters(kind="times_offered")[0])
    assert text.index("London time") < text.index("Berlin time")
    assert "13:00" in text
    assert "14:00" in text
