"""A lasting no that nobody is told of, and a yes that is called off after they have heard of it."""

import pytest
from sqlalchemy import select

from tests.people import address
from tests.stage import HOLD, MINUTE, Stage, calendar, opened, refused, words
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.deeds import Deed
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit, WrongState
from vendorhub.queries import history
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries import meetings as seen_meetings
from vendorhub.queries import offers as seen_offers
from vendorhub.store import Decision, db
from vendorhub.store.ledger import broken_lines
from vendorhub.usecases import confirmations, decisions, meetings, offers, revoking, sweep, undo


def reads(stage: Stage, name: str, code: str) -> tuple[object, ...]:
    """What somebody reads of an ask, but for what differs from one ask to the next."""
    view = seen.see(stage[name], code)
    lines = [
        (line.deed, line.by == name or line.by, line.words) for line in history.lines(stage[name], about=code)[0][1:]
    ]
    return view.state, view.again_on, view.decided_by, view.note, sorted(view.may), lines


def test_a_never_that_nobody_is_told_of_reads_as_a_plain_no(stage: Stage) -> None:
    plain, blocked = stage.asked(), stage.asked("Carl")
    decisions.refuse(stage["Kim"], plain, kind="no")
    before = stage.seen("Carl", blocked)
    decisions.refuse(stage["Kim"], blocked, kind="never", tell=False)
    assert stage.seen("Carl", blocked) == before
    stage.go(HOLD)
    assert reads(stage, "Carl", blocked) == reads(stage, "Vera", plain)
    assert [view.code for view in seen.listing(stage["Carl"], state="declined")[0]] == [blocked]
    assert seen.listing(stage["Carl"], state="blocked")[0] == []
    assert "never" not in stage.seen("Carl", blocked)
    assert seen.see(stage["Kim"], blocked).state == "blocked"
    assert [line.words for line in history.lines(stage["Kim"], about=blocked)[0]] == ["", "never"]
    assert stage.told(recipient=address("Carl")) == []
    assert refused(NotAllowed, stage.asked, "Carl").sentence.startswith("This company has decided not to meet")


def test_an_undo_of_it_leaves_no_trace(stage: Stage) -> None:
    code = stage.asked()
    before = stage.seen("Vera", code)
    decisions.refuse(stage["Kim"], code, kind="never", tell=False)
    undo.undo(stage["Kim"], code)
    stage.go(HOLD)
    assert [line.deed for line in history.lines(stage["Kim"], about=code)[0]] == ["ask", "block", "undo"]
    stage.go(-HOLD)
    assert stage.seen("Vera", code) == before
    decisions.refuse(stage["Kim"], code, kind="never")
    stage.go(HOLD)
    assert stage.told(kind="no") == [("no", address("Vera"))]


def test_other_asks_that_wait_end_as_silently_and_a_meeting_never_does(stage: Stage) -> None:
    stage.met()
    waiting, code = stage.asked(), stage.asked()
    before = len(stage.letters(recipient=address("Vera")))
    decisions.refuse(stage["Kim"], code, kind="never", tell=False)
    stage.go(HOLD)
    assert sweep.sweep() == 1
    assert seen.see(stage["Vera"], waiting).state == "declined"
    told = stage.letters(recipient=address("Vera"))[before:]
    assert {letter.kind for letter in told} <= {"cancellation"}
    assert [meeting.state for meeting in seen_meetings.listing(stage["Vera"])[0]] == ["cancelled"]


def test_to_a_var_and_the_vendor_at_once_it_is_as_silent(stage: Stage) -> None:
    code = stage.asked("Rita", vendor=VendorNamed(slug="fastprint"))
    confirmations.confirm(stage["Vera"], code)
    waiting = {name: stage.asked(name) for name in ("Rita", "Vera")}
    decisions.refuse(stage["Kim"], code, kind="never", tell=False)
    stage.go(HOLD)
    before = stage.told()
    assert sweep.sweep() == 2
    assert [seen.see(stage[name], waiting[name]).state for name in waiting] == ["declined", "declined"]
    assert stage.told() == before


@pytest.mark.parametrize(("kind", "note", "field"), [("no", "", "tell"), ("never", "A line.", "note")])
def test_only_a_lasting_no_without_a_line_can_be_kept(stage: Stage, kind: str, note: str, field: str) -> None:
    code = stage.asked()
    refusal = refused(Unfit, decisions.refuse, stage["Kim"], code, kind=kind, note=note, tell=False)
    assert refusal.field == field


def test_a_yes_that_was_heard_is_called_off_with_what_is_ahead(stage: Stage) -> None:
    uid = stage.met()
    stage.delivered()
    code = seen_meetings.see(stage["Vera"], uid).request
    revoking.revoke(stage["Alex"], code, note="We have to save this year.")
    assert seen.see(stage["Vera"], code).state == "revoked"
    assert seen_meetings.see(stage["Vera"], uid).state == "cancelled"
    assert sorted(stage.told(kind="cancellation")) == sorted(
        ("cancellation", address(name)) for name in ("Kim", "Vera", "Vic")
    )
    assert "METHOD:CANCEL" in calendar(opened(stage.letters(kind="cancellation")[0]))
    (letter,) = stage.letters(kind="revoked")
    assert letter.recipient == address("Vera")
    assert "> We have to save this year." in words(letter)
    assert "Alex for Kim, Norden Mutual" in words(letter)
    last = db.session.scalars(select(Decision).order_by(Decision.position.desc())).first()
    assert last is not None
    assert (last.kind, last.undoes is not None, last.on_behalf_of) == ("revoke", True, stage.cast.ids["Kim"])
    assert broken_lines(db.session()) == []
    refused(WrongState, revoking.revoke, stage["Kim"], code)


def test_times_on_the_table_fall_with_it(stage: Stage) -> None:
    code, offer = stage.offered()
    revoking.revoke(stage["Kim"], code)
    assert [one.state for one in seen_offers.of_request(stage["Vera"], code)] == ["retracted"]
    refused(WrongState, offers.choose, stage["Vera"], offer, slot=stage.slot(offer))
    refused(WrongState, offers.offer, stage["Kim"], code, slots=[("2027-01-20T09:00:00", "Europe/Berlin", None)])
    assert "times that were on the table no longer stand" in " ".join(words(stage.letters(kind="revoked")[0]).split())
    assert seen.see(stage["Vera"], stage.asked()).state == "pending"


def test_what_has_been_stays(stage: Stage) -> None:
    uid = stage.met()
    view = seen_meetings.see(stage["Kim"], uid)
    stage.go(view.end + MINUTE)
    revoking.revoke(stage["Kim"], view.request)
    assert seen_meetings.see(stage["Kim"], uid).state == "confirmed"
    assert stage.told(kind="cancellation") == []
    refused(WrongState, meetings.cancel, stage["Kim"], uid)


def test_who_may_call_it_off_and_when(stage: Stage) -> None:
    code = stage.asked()
    decisions.accept(stage["Kim"], code)
    assert Deed.REVOKE not in seen.see(stage["Kim"], code).may
    assert refused(WrongState, revoking.revoke, stage["Kim"], code).sentence == (
        "They have not heard of this yes yet, so it can simply be taken back."
    )
    stage.go(HOLD)
    assert Deed.REVOKE in seen.see(stage["Kim"], code).may
    refused(NotAllowed, revoking.revoke, stage["Vera"], code)
    refused(NotAllowed, revoking.revoke, stage["Bo"], code)
    refused(NotThere, revoking.revoke, stage["Charlie"], code)
