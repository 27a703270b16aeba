"""A time for all: up for everybody, marked by each, chosen by the buyer, and what each of them sees of it."""

from datetime import timedelta

import pytest

from tests.people import address
from tests.stage import DAY, FIRST, HOLD, SECOND_SLOT, SLOTS, THIRD, Stage, refused, words
from tests.usecases.briefings import consented, joined, proposed, slots_of
from vendorhub.domain.deeds import Deed
from vendorhub.domain.polls import Suits
from vendorhub.domain.refusals import Clash, NotAllowed, NotThere, Unfit, WrongState
from vendorhub.queries import briefings as seen_briefings
from vendorhub.queries import meetings as agreed
from vendorhub.queries import polls as seen
from vendorhub.store import AgreedSlot, Invitation, Meeting, db
from vendorhub.usecases import decisions, line_ups, offers, participations, polls, undo
from vendorhub.usecases.sweep import sweep

YES, MAYBE, NO = Suits.YES, Suits.IF_NEED_BE, Suits.NO


SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # who may what is asked of no database


def marks(poll: str, *said: str) -> dict[str, str]:
    return dict(zip(slots_of(poll), said, strict=True))


def up(stage: Stage, code: str, by: str = "Kim") -> str:
    return polls.put_up(stage[by], code, slots=SLOTS)


def answered(stage: Stage, code: str, poll: str) -> None:
    """Everybody but Cloudio at first, everyone at second, Fastprint if need be at third."""
    polls.say_when(stage["Rita"], code, answers=marks(poll, YES, YES, YES))
    polls.say_when(stage["Vera"], code, answers=marks(poll, YES, YES, MAYBE))
    polls.say_when(stage["Carl"], code, answers=marks(poll, NO, YES, YES))


def test_each_says_which_times_suit_and_the_ranking_says_why(stage: Stage) -> None:
    code = joined(stage)
    poll = up(stage, code)
    answered(stage, code, poll)
    first, second, third = slots_of(poll)
    view = seen.see(stage["Kim"], poll)
    assert [(rank.slot, rank.sentence) for rank in view.ranking] == [
        (second, "Everyone."),
        (third, "Everyone; Fastprint if need be."),
        (first, "Everyone but Cloudio."),
    ]
    assert [(party.slug, party.own, party.asked, party.says) for party in view.parties] == [
        ("norden", True, False, {first: YES, second: YES, third: YES}),
        ("bridge", False, True, {first: YES, second: YES, third: YES}),
        ("fastprint", False, True, {first: YES, second: YES, third: MAYBE}),
        ("cloudio", False, True, {first: NO, second: YES, third: YES}),
    ]
    assert (view.state, view.owing, view.chosen) == ("open", (), None)
    assert seen.see(stage["Rita"], poll).ranking == view.ranking
    asked = [to for kind, to in stage.told(kind="times_for_all")]
    assert asked == [address("Rita"), address("Vera"), address("Carl")]
    assert stage.told(kind="times_answered") == [("times_answered", address(name)) for name in ("Kim", "Alex")]
    told = words(stage.letters(kind="times_answered")[0])
    assert "Everyone; Fastprint if need be." in told
    assert "VendorHub for Norden Mutual" in told  # and not whoever happened to be the last


def test_a_vendor_sees_the_times_and_its_own_marks_alone(stage: Stage) -> None:
    code = joined(stage)
    poll = up(stage, code)
    before = seen.of_briefing(stage["Vera"], code)
    polls.say_when(stage["Carl"], code, answers=marks(poll, NO, YES, YES))
    polls.say_when(stage["Rita"], code, answers=marks(poll, NO, YES, YES))
    (view,) = seen.of_briefing(stage["Vera"], code)
    assert [view] == before
    assert (view.ranking, view.owing, view.may) == ((), ("Fastprint",), {Deed.SAY_WHEN})
    assert [(party.slug, party.says) for party in view.parties] == [("fastprint", {})]
    for name in ("Charlie", "Pia", "Oz"):
        refused(NotThere, seen.see, stage[name], poll)


def test_the_choice_makes_the_meeting_where_everybody_has_joined(stage: Stage) -> None:
    code = joined(stage)
    poll = up(stage, code)
    uid = polls.set_time(stage["Alex"], poll, slot=slots_of(poll)[1])
    view = agreed.see(stage["Kim"], uid)
    assert (view.start, view.end - view.start, view.kind) == (SECOND_SLOT, timedelta(minutes=90), "briefing")
    assert seen.see(stage["Vera"], poll).state == "chosen"
    assert db.session.scalars(db.select(AgreedSlot.agreed_by)).one() == stage.cast.ids["Alex"]
    invited = [to for _, to in stage.told(method="REQUEST")]
    assert sorted(invited) == sorted(address(name) for name in ("Kim", "Rita", "Vera", "Carl"))
    assert refused(WrongState, up, stage, code).sentence == (
        "Everybody is invited already; please move the meeting instead."
    )
    refused(WrongState, polls.set_time, stage["Kim"], poll, slot=slots_of(poll)[0])


def test_a_chosen_time_waits_for_the_last_word_and_no_rival_hears_of_it(stage: Stage) -> None:
    code = consented(stage)
    participations.take_part(stage["Vera"], code)
    poll = up(stage, code)
    before = [seen.of_briefing(stage["Vera"], code), seen_briefings.see(stage["Vera"], code)]
    assert polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0]) == ""
    assert [seen.of_briefing(stage["Vera"], code), seen_briefings.see(stage["Vera"], code)] == before
    assert stage.told(method="REQUEST") == []
    assert stage.told(kind="time_chosen") == [("time_chosen", address("Rita"))]
    assert "- Cloudio" in words(stage.letters(kind="time_chosen")[0])
    assert polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[2]) == ""
    assert seen.see(stage["Rita"], poll).chosen == slots_of(poll)[2]
    refused(WrongState, polls.put_up, stage["Rita"], code, slots=SLOTS)
    participations.take_part(stage["Carl"], code)
    assert agreed.listing(stage["Kim"])[0][0].start == THIRD
    assert db.session.query(Invitation).count() == 4


@SQLITE
def test_only_the_buyer_s_side_chooses(stage: Stage) -> None:
    code = joined(stage)
    poll = up(stage, code, by="Rita")
    slot = slots_of(poll)[0]
    for name in ("Rita", "Vera", "Bo"):
        refused(NotAllowed, polls.set_time, stage[name], poll, slot=slot)
    refused(NotThere, polls.set_time, stage["Charlie"], poll, slot=slot)
    for deed in (lambda who: offers.choose(stage[who], poll, slot=slot), lambda who: offers.retract(stage[who], poll)):
        refused(WrongState, deed, "Kim")
        refused(WrongState, deed, "Rita")
        refused(NotThere, deed, "Vera")
    refused(Unfit, polls.set_time, stage["Kim"], poll, slot="0000000000")


def test_who_puts_times_up_says_yes_to_them_and_what_was_said_of_one_that_stays_is_kept(stage: Stage) -> None:
    code = joined(stage)
    poll = up(stage, code, by="Rita")
    assert stage.told(kind="times_for_all")[0] == ("times_for_all", address("Vera"))
    answered(stage, code, poll)
    again = polls.put_up(stage["Kim"], code, slots=[SLOTS[0], ("2027-01-18T09:00:00", "Europe/Berlin", None)])
    first, new = slots_of(again)
    view = seen.see(stage["Kim"], again)
    assert {party.slug: party.says for party in view.parties} == {
        "norden": {first: YES, new: YES},
        "bridge": {first: YES},
        "fastprint": {first: YES},
        "cloudio": {first: NO},
    }
    assert view.owing == ("Bridgeworks", "Fastprint", "Cloudio")
    assert [each.state for each in seen.of_briefing(stage["Kim"], code)] == ["retracted", "open"]
    refused(Unfit, polls.say_when, stage["Vera"], code, answers=marks(poll, YES, YES, YES))


def test_times_are_hidden_while_the_yes_is_held_and_fall_with_it(stage: Stage) -> None:
    code = proposed(stage)
    decisions.accept(stage["Kim"], code)
    poll = up(stage, code)
    for name in ("Rita", "Vera"):
        refused(NotThere, seen.see, stage[name], poll)
    assert seen.of_briefing(stage["Rita"], code) == []
    undo.undo(stage["Kim"], code)
    stage.go(HOLD)
    assert not [to for to, raw in stage.delivered() if b"When could you come" in raw]
    decisions.accept(stage["Kim"], code)
    poll = up(stage, code)
    stage.go(HOLD)
    assert seen.see(stage["Vera"], poll).state == "open"
    assert len([to for to, raw in stage.delivered() if b"When could you come" in raw]) == 4


@SQLITE
@pytest.mark.parametrize(
    ("who", "vendor", "why"),
    [("Vera", "cloudio", NotAllowed), ("Rita", "fastprint", NotAllowed), ("Vera", "harbour", NotThere)],
)
def test_nobody_answers_for_another(stage: Stage, who: str, vendor: str, why: type[Exception]) -> None:
    code = joined(stage)
    poll = up(stage, code)
    refused(why, polls.say_when, stage[who], code, answers=marks(poll, YES, YES, YES), vendor=vendor)


@SQLITE
def test_what_is_said_where_nothing_is_up(stage: Stage) -> None:
    code = proposed(stage)
    refused(WrongState, up, stage, code, by="Rita")
    decisions.accept(stage["Kim"], code)
    stage.go(HOLD)
    refused(WrongState, polls.say_when, stage["Vera"], code, answers={"A": "yes"})
    poll = up(stage, code)
    refused(Unfit, polls.say_when, stage["Vera"], code, answers={})
    refused(Unfit, polls.say_when, stage["Vera"], code, answers={slots_of(poll)[0]: "perhaps"})
    participations.stay_out(stage["Carl"], code)
    refused(NotAllowed, polls.put_up, stage["Vera"], code, slots=SLOTS)
    refused(WrongState, polls.say_when, stage["Carl"], code, answers=marks(poll, YES, YES, YES))
    assert seen.of_briefing(stage["Carl"], code) == []


def test_those_are_reminded_once_who_have_not_answered(stage: Stage) -> None:
    code = joined(stage)
    poll = up(stage, code)
    polls.say_when(stage["Vera"], code, answers=marks(poll, YES, NO, YES))
    asked = len(stage.letters(kind="times_for_all"))
    stage.go(DAY)
    sweep()
    assert len(stage.letters(kind="times_for_all")) == asked
    for _ in range(3):
        stage.go(DAY)
        sweep()
    assert stage.told(kind="times_for_all")[asked:] == [("times_for_all", address(name)) for name in ("Rita", "Carl")]


def taken_by_another_meeting(stage: Stage, who: str) -> None:
    """Carl has another meeting at the first of the times."""
    code = stage.accepted(
        by="Charlie", buyer="harbour", goal=None, to=address("Charlie"), attendees=[(who, address(who), "")]
    )
    offer = offers.offer(stage["Charlie"], code, slots=SLOTS[:1])
    offers.choose(stage["Vera"], offer, slot=stage.slot(offer))


def test_a_clash_at_the_choice_is_told_and_one_at_a_join_gives_up_the_time(stage: Stage) -> None:
    code = consented(stage)
    participations.take_part(stage["Vera"], code)
    poll = up(stage, code)
    polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])
    taken_by_another_meeting(stage, "Carl")
    participations.take_part(stage["Carl"], code)
    assert {part.slug: part.state for part in seen_briefings.see(stage["Rita"], code).vendors}["cloudio"] == "joined"
    assert [to for _, to in stage.told(kind="time_lost")] == [address(name) for name in ("Rita", "Kim", "Alex")]
    assert seen.see(stage["Kim"], poll).chosen is None
    said = refused(Clash, polls.set_time, stage["Kim"], poll, slot=slots_of(poll)[0])
    assert "Carl" not in said.sentence
    assert polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[1])


def test_a_wider_line_up_asks_for_the_time_again_and_the_same_one_can_be_chosen(stage: Stage) -> None:
    code = consented(stage)
    participations.take_part(stage["Vera"], code)
    poll = up(stage, code)
    polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])
    third = stage.further_vendor()
    line_ups.set_line_up(stage["Rita"], code, vendors=["fastprint", "cloudio", third])
    line_ups.allow_wider(stage["Kim"], code)
    assert seen.see(stage["Kim"], poll).chosen is None
    polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])
    line_ups.set_line_up(stage["Rita"], code, vendors=["fastprint", "cloudio"])
    assert seen.see(stage["Kim"], poll).chosen == slots_of(poll)[0]
    for name in ("Vera", "Carl"):
        participations.take_part(stage[name], code)
    meeting = db.session.scalars(db.select(Meeting)).one()
    assert (meeting.start_at, meeting.state) == (FIRST, "confirmed")
