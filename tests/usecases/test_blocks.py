from datetime import date

import pytest

from tests.people import address
from tests.stage import HOLD, LINK, MINUTE, MONDAY, SECOND, SLOTS, calendar, refused
from tests.usecases.minutes import over
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit, WrongState
from vendorhub.queries import briefings, history
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries import meetings as agreed
from vendorhub.queries.history import LineView
from vendorhub.store import Block, Lifting, db
from vendorhub.usecases import blocks, decisions, meetings, offers, undo
from vendorhub.usecases.sweep import sweep


def count(table: type) -> int:
    db.session.rollback()
    return db.session.query(table).count()


def test_a_company_is_shut_out_at_once(stage):
    pending, yes = stage.asked(), stage.accepted("Kim")
    lasting = blocks.block(stage["Bo"], company="fastprint")
    assert {seen.see(stage["Vera"], code).state for code in (pending, yes)} == {"blocked", "revoked"}
    for name in ("Vera", "Vic"):
        refusal = refused(NotAllowed, stage.asked, name)
        assert refusal.sentence == "This company has decided not to meet, and asks you not to ask again."
    assert stage.asked("Carl")
    assert stage.asked("Vera", buyer="harbour", to=None, goal=None)
    assert refused(WrongState, blocks.block, stage["Pia"], company="fastprint").sentence == (
        "This company is shut out already."
    )
    told = stage.told(recipient=address("Vera"))
    assert told == [(kind, address("Vera")) for kind in ("yes", "no", "no")]
    blocks.lift(stage["Kim"], lasting)
    assert {seen.see(stage["Vera"], code).state for code in (pending, yes)} == {"blocked", "revoked"}
    assert seen.see(stage["Vera"], stage.asked()).state == "pending"
    refusal = refused(WrongState, blocks.lift, stage["Kim"], lasting)
    assert refusal.sentence == "This company may already ask again."
    assert blocks.block(stage["Kim"], company="fastprint") != lasting


def test_who_shuts_out_and_who_lets_in_again(stage):
    for name in ("Alex", "Cleo", "Ada", "Vera", "Rita", "Oz"):
        assert refused(NotAllowed, blocks.block, stage[name], company="cloudio")
        assert refused(NotAllowed, blocks.lift, stage[name], "whatever")
    lasting = blocks.block(stage["Kim"], company="cloudio")
    assert refused(NotThere, blocks.lift, stage["Charlie"], lasting)
    assert refused(NotThere, blocks.lift, stage["Kim"], "whatever")
    for company in ("", "nowhere", "norden", "harbour"):
        assert refused(Unfit, blocks.block, stage["Kim"], company=company).field == "company"
    blocks.lift(stage["Pia"], lasting)


def test_a_meeting_ahead_is_called_off_with_those_who_were_invited(stage):
    uid = stage.met()
    invited = {to for to, message in stage.delivered() if calendar(message)}
    assert invited == {address("Kim"), address("Vera"), address("Vic")}
    wish = meetings.propose(stage["Vera"], uid, slot=SLOTS[1])
    blocks.block(stage["Kim"], company="fastprint")
    view = agreed.see(stage["Vera"], uid)
    assert (view.state, view.sequence, view.proposals[0].state, view.may) == ("cancelled", 1, "retracted", frozenset())
    sent = [(to, calendar(message)) for to, message in stage.delivered()]
    called_off = [to for to, lines in sent if "METHOD:CANCEL" in lines]
    assert sorted(called_off) == sorted(invited)
    assert "no" not in [kind for kind, _ in stage.told()]
    assert refused(WrongState, meetings.accept_move, stage["Kim"], uid, wish)


def test_an_invitation_that_has_not_left_never_does(stage):
    stage.met()
    waiting = stage.letters(method="REQUEST")
    assert {letter.state for letter in waiting} == {"waiting"}
    blocks.block(stage["Kim"], company="fastprint")
    assert {letter.state for letter in stage.letters(method="REQUEST")} == {"stopped"}
    assert [calendar(message) for _, message in stage.delivered() if calendar(message)] == []


@pytest.mark.parametrize("scope", ["company", "person"])
def test_never_is_held_like_any_answer_and_then_ends_the_rest(stage, scope):
    uid = stage.met()
    of_vic = stage.asked("Vic")
    code = stage.asked("Vera")
    decisions.refuse(stage["Kim"], code, kind="never", scope=scope)
    assert sweep() == 0
    assert agreed.see(stage["Vera"], uid).state == "confirmed"
    assert stage.asked("Vera")
    # the invitations wait: what may yet be undone stops nothing for good
    assert [to for to, message in stage.delivered() if calendar(message)] == []
    assert {letter.state for letter in stage.letters(method="REQUEST")} == {"waiting"}
    stage.go(HOLD)
    assert refused(NotAllowed, stage.asked, "Vera")
    assert sweep() >= 1
    assert agreed.see(stage["Vera"], uid).state == "cancelled"
    assert {letter.state for letter in stage.letters(method="REQUEST")} == {"stopped"}
    assert seen.see(stage["Vic"], of_vic).state == ("blocked" if scope == "company" else "pending")
    assert sweep() == 0
    if scope == "person":
        assert stage.asked("Vic")
    else:
        assert refused(NotAllowed, stage.asked, "Vic")


def test_a_held_never_hides_from_the_other_side_even_in_what_it_refuses(stage):
    code, offer = stage.offered()
    decisions.refuse(stage["Kim"], stage.asked(), kind="never")
    uid = offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
    assert agreed.see(stage["Vera"], uid).state == "confirmed"
    assert [to for to, message in stage.delivered() if calendar(message)] == []
    stage.go(HOLD)
    sweep()
    assert agreed.see(stage["Vera"], uid).state == "cancelled"
    assert [to for to, message in stage.delivered() if calendar(message)] == []
    assert seen.see(stage["Vera"], code).state == "revoked"


def test_a_never_taken_back_lets_everybody_in_again(stage):
    uid = stage.met()
    code = stage.asked()
    decisions.refuse(stage["Kim"], code, kind="never")
    undo.undo(stage["Kim"], code)
    assert (count(Block), count(Lifting)) == (1, 1)
    stage.go(HOLD)
    assert sweep() == 0
    assert agreed.see(stage["Vera"], uid).state == "confirmed"
    assert len([to for to, message in stage.delivered() if calendar(message)]) == 3
    assert stage.asked()


def test_after_the_hold_of_a_first_answer_by_link(stage):
    code, other = stage.asked(), stage.asked()
    decisions.refuse(stage.cast.at("Kim", LINK), code, kind="never")
    stage.go(MONDAY + 10 * MINUTE - SECOND)
    assert (sweep(), seen.see(stage["Vera"], other).state) == (0, "pending")
    stage.go(SECOND)
    assert (sweep(), seen.see(stage["Vera"], other).state) == (1, "blocked")


def test_what_has_begun_is_not_called_off(stage):
    uid = stage.met()
    stage.delivered()
    stage.go(agreed.see(stage["Vera"], uid).start)
    blocks.block(stage["Kim"], company="fastprint")
    assert agreed.see(stage["Vera"], uid).state == "confirmed"
    assert [message for _, message in stage.delivered() if calendar(message)] == []


def test_shutting_out_and_letting_in_leave_lines_that_the_buyers_deciders_read(stage):
    blocks.lift(stage["Pia"], blocks.block(stage["Kim"], company="cloudio"))
    told = [
        LineView("lift", "Pia", None, "api", MONDAY, "", "Cloudio"),
        LineView("block", "Kim", None, "api", MONDAY, "", "Cloudio"),
    ]
    for name, read in {"Kim": told, "Bo": told, "Alex": told, "Ada": told}.items():
        assert history.lines(stage[name], limit=2)[0] == read
    for name in ("Cleo", "Carl", "Vera", "Charlie"):
        assert history.lines(stage[name]) == ([], None)


def test_a_refusal_alone_shuts_nobody_out(stage):
    decisions.refuse(stage["Kim"], stage.asked(), kind="not_now", again_on=date(2027, 3, 1))
    decisions.refuse(stage["Kim"], stage.asked(), kind="no")
    assert count(Block) == 0


@pytest.mark.shared
def test_a_never_after_a_briefing_changes_nothing_of_who_was_there(stage):
    code = over(stage)
    told = stage.told()
    before = [(part.slug, part.state) for part in briefings.see(stage["Kim"], code).vendors]
    blocks.block(stage["Kim"], company="fastprint")
    assert (blocks.take_effect_due(), stage.told()) == (0, told)
    db.session.rollback()
    assert [(part.slug, part.state) for part in briefings.see(stage["Kim"], code).vendors] == before
