"""Whatever colleague, boss, company or VAR is tried: the answer stands, and only its own company is told it (C09)."""

from datetime import date

import pytest
from sqlalchemy import select, update

from tests.people import address
from tests.stage import DAY, HOLD, MONDAY, VERA, VIC, refused, words
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit, WrongState
from vendorhub.queries import desk, history, relationships
from vendorhub.queries import meeting_requests as seen
from vendorhub.store import Decision, Membership, db
from vendorhub.store.ledger import broken_lines
from vendorhub.usecases import blocks, confirmations, decisions, meeting_requests, remarks, reopening, undo

MARCH = date(2027, 3, 1)
RITA = ("Rita", address("Rita"), "")


@pytest.fixture
def refused_by_kim(stage):
    code = stage.asked()
    decisions.refuse(stage["Kim"], code, kind="not_now", again_on=MARCH, note="After the audit.")
    stage.go(HOLD)
    return code


def circle(stage):
    """Bo reports to Mo, who reports to Kim, who reports to Bo."""
    db.session.execute(
        update(Membership).where(Membership.person_id == stage.cast.ids["Bo"]).values(reports_to=stage.cast.ids["Mo"])
    )
    db.session.commit()


def as_is(stage):
    pass


@pytest.mark.shared
@pytest.mark.parametrize(
    ("house", "changes", "state"),
    [
        (as_is, {"to": address("Kim")}, "attached"),
        (as_is, {"by": "Vic", "attendees": [VIC], "to": address("Mo")}, "attached"),  # the colleague below
        (as_is, {"to": address("Bo")}, "attached"),  # the boss
        (as_is, {"to": None}, "attached"),  # whoever may
        (as_is, {"to": address("Pia")}, "pending"),  # a peer team is free
        (circle, {"to": address("Bo")}, "attached"),
        (circle, {"to": address("Mo")}, "attached"),
        (circle, {"to": address("Pia")}, "pending"),
        (as_is, {"to": address("Bo"), "attendees": [VERA, ("Alex", address("Alex"), "")]}, "attached"),  # cc'd
        (as_is, {"to": address("Pia"), "attendees": [VERA, ("Alex", address("Alex"), "")]}, "pending"),
    ],
)
def test_over_the_head(stage, refused_by_kim, house, changes, state):
    house(stage)
    code = stage.asked(**changes)
    view = seen.see(stage["Vera"], code)
    assert view.state == state
    if state == "attached":
        assert (view.again_on, view.decided_by) == (MARCH, "Kim")
        assert seen.see(stage["Kim"], code).beside.first.note == "After the audit."
        assert seen.see(stage["Kim"], code).attached_to == refused_by_kim
        assert stage.told()[-1] == ("not_now", view.asked_by.lower() + "@fastprint.example")


def through(stage, vendor="fastprint", by="Vera"):
    """What Rita asks in a vendor's name, with that vendor's word."""
    named, theirs = VendorNamed(slug=vendor), (by, address(by), "")
    code = stage.asked("Rita", vendor=named, attendees=[RITA, theirs], topic="Another try", to=None)
    confirmations.confirm(stage[by], code)
    return code


def test_a_var_for_the_vendor_hears_only_that_it_is_not_taken_up(stage, refused_by_kim):
    code = through(stage)
    view = seen.see(stage["Rita"], code)
    assert (view.state, view.again_on, view.decided_by, view.attached_to) == ("attached", None, None, None)
    assert stage.told()[-2:] == [("not_taken_up", address("Rita")), ("not_taken_up", address("Vera"))]
    said = words(stage.letters()[-2])
    assert "will not take this up now" in said
    for hint in ("Kim", "March", "2027, 3, 1", "audit", refused_by_kim):
        assert hint not in said + stage.seen("Rita", code)
    first = seen.see(stage["Kim"], code).beside.first
    assert (first.by, first.at, first.again_on, first.note) == ("Kim", MONDAY, MARCH, "After the audit.")


def test_an_answer_and_a_never_of_others_sound_the_same(stage):
    decisions.refuse(stage["Kim"], stage.asked("Carl"), kind="no")
    waits = stage.asked("Rita", vendor=VendorNamed(slug="fastprint"), attendees=[RITA, VERA], topic="Another try")
    stage.go(HOLD)
    blocks.block(stage["Kim"], company="fastprint")
    confirmations.confirm(stage["Vera"], waits)
    bound = through(stage, "cloudio", "Carl")
    for one in (waits, bound):
        view = seen.see(stage["Rita"], one)
        assert (view.state, view.again_on, view.decided_by, view.may) == ("attached", None, None, frozenset())
    shut, other = stage.letters(kind="not_taken_up", recipient=address("Rita"))
    assert words(shut).replace(waits, "") == words(other).replace(bound, "")
    assert refused(NotAllowed, stage.asked).status == 403


def test_the_var_and_the_vendor_are_both_bound_by_what_was_said_to_them_together(stage):
    code = through(stage)
    decisions.refuse(stage["Kim"], code, kind="no")
    stage.go(HOLD)
    for name in ("Vera", "Rita"):  # neither had the answer alone, so neither is told it
        view = seen.see(stage[name], stage.asked(name, topic="Another try"))
        assert (view.state, view.again_on, view.decided_by) == ("attached", None, None)
    together = seen.see(stage["Rita"], through(stage))
    assert (together.state, together.again_on, together.decided_by) == ("attached", date(2027, 7, 5), "Kim")


def test_the_desk_has_it_in_a_quiet_list_and_other_areas_know_before_they_answer(stage, refused_by_kim):
    code = stage.asked(to=address("Bo"))
    assert [view.code for view in desk.desk(stage["Bo"]).already] == [code]
    assert desk.desk(stage["Bo"]).waiting == ()
    assert desk.desk(stage["Pia"]).already == ()
    story = relationships.between(stage["Pia"], "fastprint")
    assert (story.asks, story.state, story.decided_by, story.again_on) == (1, "declined", "Kim", MARCH)
    stage.go(15 * DAY)
    assert desk.desk(stage["Bo"]).already == ()


def test_the_boss_opens_it_again_and_the_first_decider_reads_why(stage, refused_by_kim):
    code = stage.asked(to=address("Bo"))
    before = len(stage.letters())
    assert refused(NotAllowed, reopening.reopen, stage["Mo"], code, reason="Because").status == 403
    assert refused(NotThere, reopening.reopen, stage["Pia"], code, reason="Because").status == 404
    assert refused(Unfit, reopening.reopen, stage["Bo"], code, reason=" ").field == "reason"
    reopening.reopen(stage["Bo"], code, reason="I know their new head of support.")
    view = seen.see(stage["Bo"], code)
    assert (view.state, view.decided_by, view.again_on) == ("pending", None, None)
    assert stage.told()[before:] == [("reopened", address("Kim")), ("ask_received", address("Bo"))]
    assert "> I know their new head of support." in words(stage.letters()[before])
    assert seen.see(stage["Vera"], code).state == "pending"
    assert "head of support" not in stage.seen("Vera", code)
    assert "I know their new head of support." in [line.words for line in history.lines(stage["Kim"], about=code)[0]]
    last = db.session.scalars(select(Decision).order_by(Decision.position.desc())).first()
    assert (last.kind, last.undoes, last.on_behalf_of) == ("reopen", None, None)
    assert seen.see(stage["Vera"], refused_by_kim).state == "declined"
    decisions.accept(stage["Bo"], code)
    undo.undo(stage["Bo"], code)
    assert seen.see(stage["Bo"], code).state == "pending"
    assert broken_lines(db.session()) == []


def test_an_own_answer_is_opened_again_and_stands_no_longer(stage, refused_by_kim):
    assert refused(NotAllowed, reopening.reopen, stage["Bo"], refused_by_kim, reason="Because").status == 403
    reopening.reopen(stage["Alex"], refused_by_kim, reason="The audit is over early.")
    view = seen.see(stage["Kim"], refused_by_kim)
    assert (view.state, view.note, view.again_on, view.answered_at) == ("pending", "", None, None)
    last = db.session.scalars(select(Decision).order_by(Decision.position.desc())).first()
    assert (last.kind, last.undoes, last.on_behalf_of) == ("reopen", last.id - 1, stage.cast.ids["Kim"])
    assert seen.see(stage["Vic"], stage.asked("Vic", attendees=[VIC])).state == "pending"
    decisions.refuse(stage["Kim"], refused_by_kim, kind="no")
    assert refused(WrongState, reopening.reopen, stage["Kim"], refused_by_kim, reason="Because").sentence == (
        "Nobody has heard of this answer yet: take it back instead."
    )


def test_silence_is_opened_again_but_not_for_who_is_shut_out(stage):
    code = stage.asked()
    stage.go(20 * DAY)
    reopening.reopen(stage["Kim"], code, reason="I was away.")
    assert seen.see(stage["Kim"], code).state == "pending"
    assert stage.told()[-2:] == [("ask_received", address("Kim")), ("ask_received", address("Alex"))]
    stage.go(20 * DAY)
    blocks.block(stage["Kim"], company="fastprint")
    assert refused(WrongState, reopening.reopen, stage["Kim"], code, reason="Because").status == 409


def test_nothing_counts_against_anybody_until_a_person_says_so(stage, refused_by_kim):
    code = stage.asked(to=address("Bo"))
    assert relationships.between(stage["Bo"], "fastprint").went_around == 0
    assert refused(WrongState, remarks.remark, stage["Kim"], refused_by_kim, said="went_around").status == 409
    assert refused(Unfit, remarks.remark, stage["Bo"], code, said="rude").field == "remark"
    remarks.remark(stage["Bo"], code, said="went_around")
    assert relationships.between(stage["Kim"], "fastprint").went_around == 1
    assert "went" not in stage.seen("Vera", code)
    remarks.remark(stage["Kim"], code, said="told_to")  # whose answer it was may say it too
    assert relationships.between(stage["Kim"], "fastprint").went_around == 0
    assert seen.see(stage["Bo"], code).beside.remark == "told_to"
    assert refused(NotAllowed, remarks.remark, stage["Vera"], code, said="invited").status == 403


def test_who_introduced_them_hears_what_came_of_it_and_it_is_no_end_run(stage, refused_by_kim):
    code = stage.asked(to=address("Bo"), introduced_by=address("Cleo").upper())
    assert stage.told()[-2:] == [("introduced", address("Cleo")), ("not_now", address("Vera"))]
    view = seen.see(stage["Bo"], code)
    assert (view.state, view.introduced_by) == ("attached", "Cleo")
    assert {str(deed) for deed in view.may} == {"reopen"}
    free = stage.asked(to=address("Pia"), introduced_by=address("Cleo"))
    decisions.accept(stage["Pia"], free)
    assert [letter.due_at for letter in stage.letters(kind="introduced")][1] == MONDAY + 2 * HOLD
    undo.undo(stage["Pia"], free)
    assert [letter.state for letter in stage.letters(kind="introduced")] == ["waiting", "stopped"]


def test_nobody_learns_by_naming_an_introducer_who_works_there(stage):
    codes = [stage.asked(introduced_by=given) for given in (address("Cleo"), "nobody@norden.example", "", None)]
    assert [seen.see(stage["Vera"], code).introduced_by for code in codes] == [None] * 4
    assert [seen.see(stage["Kim"], code).introduced_by for code in codes] == ["Cleo", None, None, None]
    for wrong in (address("Charlie"), address("Vic"), "cleo@gmail.com"):
        assert refused(Unfit, stage.asked, introduced_by=wrong).field == "introduced_by"
    meeting_requests.withdraw(stage["Vera"], codes[0])
