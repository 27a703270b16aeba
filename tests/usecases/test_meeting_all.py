"""A joint briefing that everybody is invited to: who sees whom, who may do what, and a vendor that leaves."""

from datetime import UTC, datetime

from sqlalchemy import select

from tests.people import address
from tests.stage import DAY, HOLD, MINUTE, OTHER_SLOTS, SLOTS, VIC, Stage, calendar, opened, refused, words
from tests.usecases.agendas import built, sent
from tests.usecases.briefings import consented, joined, slots_of
from vendorhub.domain.deeds import Deed
from vendorhub.domain.refusals import NotAllowed, NotThere, WrongState
from vendorhub.queries import briefings
from vendorhub.queries import meetings as agreed
from vendorhub.store import Attendance, Item, MeetingRequest, Organisation, Presenter, db
from vendorhub.usecases import (
    agenda_building,
    blocks,
    decisions,
    entries,
    meetings,
    participations,
    polls,
    revoking,
)
from vendorhub.usecases.agenda_publication import publish
from vendorhub.usecases.sweep import sweep

EVERYBODY = ("Kim", "Rita", "Vera", "Carl", "Petra")


def presents(code: str, slug: str, name: str, email: str) -> None:
    """Somebody presents what this vendor has sent."""
    db.session.rollback()
    request = db.session.scalars(select(MeetingRequest).filter_by(code=code)).one()
    company = db.session.scalars(select(Organisation.id).filter_by(slug=slug)).one()
    item = Item(
        buyer_id=request.buyer_id, code=f"I{slug}"[:10].upper(), request_id=request.id, company_id=company,
        segment="vendor", title="Tape", abstract="", minutes=20, topics=[], visibility="room", state="sent",
        by=request.asked_by, created_at=request.created_at, changed_at=request.created_at, sent_at=request.created_at,
    )  # fmt: skip
    db.session.add(item)
    db.session.flush()
    db.session.add(Presenter(buyer_id=request.buyer_id, item_id=item.id, position=1, name=name, email=email, role=""))
    db.session.commit()


def met(stage: Stage) -> tuple[str, str]:
    """The code and the meeting's UID; Petra presents for Fastprint."""
    code = joined(stage)
    presents(code, "fastprint", "Petra", "petra@print.example")
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    return code, polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])


def listed(message: bytes) -> list[str]:
    """Whom a calendar entry names, but for our own reply address."""
    return sorted(
        line.rpartition("mailto:")[2]
        for line in calendar(message)
        if line.startswith("ATTENDEE") and "mailto:meet-" not in line
    )


def invited(letters: list[tuple[str, bytes]]) -> set[str]:
    """Who gets an invitation with these letters."""
    return {to for to, raw in letters if "METHOD:REQUEST" in calendar(raw)}


def told_to(*names: str) -> set[str]:
    return {address(name) for name in names}


def seen_by(stage: Stage, name: str, uid: str) -> list[tuple[str, str]]:
    return [(each.name, each.company) for each in agreed.see(stage[name], uid).attendees]


def test_each_letter_lists_only_whom_its_reader_may_see(stage: Stage) -> None:
    met(stage)
    sent = dict(stage.delivered())
    everybody = sorted([*(address(name) for name in EVERYBODY[:4]), "petra@print.example"])
    hosts = [address("Kim"), address("Rita")]
    assert listed(sent[address("Kim")]) == listed(sent[address("Rita")]) == everybody
    assert listed(sent[address("Vera")]) == sorted([*hosts, address("Vera"), "petra@print.example"])
    assert listed(sent["petra@print.example"]) == listed(sent[address("Vera")])
    assert listed(sent[address("Carl")]) == sorted([*hosts, address("Carl")])
    for rival, names in (("Carl", ("Vera", "Petra", "print.example")), ("Vera", ("Carl", "cloudio.example"))):
        told = opened_text(stage, rival)
        assert not [name for name in names if name in told]
        assert "Fastprint" in told and "Cloudio" in told  # noqa: PT018 - both agreed to the line-up


def opened_text(stage: Stage, name: str) -> str:
    """The whole of an invitation: headers, words, and its entry."""
    (letter,) = stage.letters(recipient=address(name), method="REQUEST")
    message = opened(letter)
    return "\n".join([str(message.items()), words(letter), *calendar(bytes(message))])


def test_the_last_vendor_s_name_stands_under_nobody_s_invitation(stage: Stage) -> None:
    code, uid = met(stage)
    assert agreed.see(stage["Kim"], uid).request == code
    signed = {letter.recipient: words(letter).rstrip().splitlines()[-1] for letter in stage.letters(method="REQUEST")}
    assert signed[address("Vera")] == "Kim, Norden Mutual"


def test_the_meeting_s_page_shows_each_whom_they_may_see_and_lets_a_vendor_change_its_own_people_alone(
    stage: Stage,
) -> None:
    _, uid = met(stage)
    own = [("Kim", "Norden Mutual"), ("Rita", "Bridgeworks")]
    assert seen_by(stage, "Vera", uid) == [*own, ("Vera", "Fastprint"), ("Petra", "Fastprint")]
    assert seen_by(stage, "Carl", uid) == [*own, ("Carl", "Cloudio")]
    assert seen_by(stage, "Rita", uid) == seen_by(stage, "Kim", uid)
    assert len(seen_by(stage, "Kim", uid)) == 5
    assert agreed.see(stage["Vic"], uid).may == agreed.see(stage["Vera"], uid).may == {Deed.REPLACE}
    assert agreed.see(stage["Kim"], uid).may >= {Deed.MOVE, Deed.CANCEL, Deed.SET_PLACE}
    assert agreed.see(stage["Rita"], uid).may == {
        Deed.PROPOSE_MOVE,
        Deed.CANCEL,
        Deed.SET_PLACE,
        Deed.REPLACE,
        Deed.INVITE,
    }
    refused(WrongState, agenda_building.set_half, stage["Kim"], uid, items=[])
    refused(NotAllowed, meetings.cancel, stage["Vera"], uid)
    refused(NotAllowed, meetings.propose, stage["Vera"], uid, slot=OTHER_SLOTS[0])
    refused(NotAllowed, entries.published, stage["Vic"], uid)
    assert b"cloudio" not in entries.published(stage["Vera"], uid)
    for name in ("Charlie", "Oz", "Pia"):
        refused(NotThere, agreed.see, stage[name], uid)


def test_a_wish_of_the_organiser_is_none_of_the_vendors(stage: Stage) -> None:
    _, uid = met(stage)
    meetings.propose(stage["Rita"], uid, slot=OTHER_SLOTS[0], note="Cloudio is late.")
    assert len(agreed.see(stage["Kim"], uid).proposals) == 1
    assert agreed.see(stage["Vera"], uid).proposals == ()
    before = agreed.see(stage["Carl"], uid).version
    meetings.accept_move(stage["Kim"], uid, agreed.see(stage["Kim"], uid).proposals[0].code)
    assert agreed.see(stage["Carl"], uid).version != before
    assert stage.told(kind="update") == []
    assert len(stage.delivered()) >= 5


def test_a_vendor_that_leaves_gets_a_cancellation_of_its_own_and_the_others_keep_their_entry(stage: Stage) -> None:
    code, uid = met(stage)
    stage.delivered()
    stage.go(DAY)
    participations.leave(stage["Vera"], code, note="We merge.")
    sent = dict(stage.delivered())
    gone = [address("Vera"), "petra@print.example"]
    assert sorted(to for _, to in stage.told(method="CANCEL")) == sorted(gone)
    for to in gone:
        lines = calendar(sent[to])
        assert {"METHOD:CANCEL", "SEQUENCE:1", f"UID:{uid}"} <= set(lines)
        assert listed(sent[to]) == sorted(gone)
    assert {to for _, to in stage.told(kind="vendor_gone")} == {
        address(name) for name in ("Kim", "Alex", "Rita", "Carl")
    }
    said = {to: words(letter) for letter in stage.letters(kind="vendor_gone") for to in [letter.recipient]}
    assert ["We merge." in said[address(name)] for name in ("Kim", "Rita", "Carl")] == [True, True, False]
    assert "Vera" not in said[address("Carl")]
    assert all(not calendar(sent[address(name)]) for name in ("Kim", "Rita", "Carl"))
    assert [name for name, _ in seen_by(stage, "Kim", uid)] == ["Kim", "Rita", "Carl"]
    refused(NotThere, agreed.see, stage["Vera"], uid)
    live = db.session.scalars(select(Attendance.person_id).where(Attendance.live)).all()
    assert sorted(live) == sorted(stage.cast.ids[name] for name in ("Kim", "Rita", "Carl"))
    meetings.move(stage["Kim"], uid, slot=OTHER_SLOTS[0])
    assert sorted(to for _, to in stage.told(kind="update")) == sorted(
        address(name) for name in ("Kim", "Rita", "Carl")
    )
    meetings.cancel(stage["Kim"], uid)
    assert not [to for _, to in stage.told(kind="cancellation")[2:] if to in gone]


def test_who_leaves_changes_the_agenda_in_the_same_letter(stage: Stage) -> None:
    code, _, _ = built(stage)
    publish(stage["Rita"], code)
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])
    stage.delivered()
    participations.leave(stage["Vera"], code)
    assert stage.told(kind="agenda_changed") == [("agenda_changed", "carl@presents.example")]  # who has no other letter
    gone = {letter.recipient: words(letter) for letter in stage.letters(kind="vendor_gone")}
    assert sorted(gone) == sorted(told_to("Kim", "Alex", "Rita", "Carl"))
    assert all("- “Printing less” is no longer there." in each for each in gone.values())
    assert "- “Backups that restore” begins 20 minutes earlier." in gone[address("Carl")]
    assert "minutes earlier" not in gone[address("Kim")]


def test_a_revocation_is_one_letter_to_whom_an_invitation_reached(stage: Stage) -> None:
    code, _ = met(stage)
    stage.delivered()
    revoking.revoke(stage["Kim"], code, note="Another year.")
    told = [to for kind, to in stage.told() if kind in ("cancellation", "briefing_off")]
    assert sorted(told) == sorted([*(address(name) for name in EVERYBODY[:4]), "petra@print.example"])
    said = {letter.recipient: words(letter) for letter in stage.letters(kind="cancellation")}
    assert ["Another year." in said[address(name)] for name in ("Vera", "Carl")] == [True, True]


def test_a_never_to_somebody_whom_another_brought_calls_it_off_with_them_alone(stage: Stage) -> None:
    ask = stage.asked(by="Vic", attendees=[VIC], goal=None)
    code = joined(stage)
    presents(code, "fastprint", "Vic", address("Vic"))
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    uid = polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])
    stage.delivered()
    decisions.refuse(stage["Kim"], ask, kind="never", scope="person")
    assert stage.told(method="CANCEL") == []
    stage.go(HOLD)
    for _ in range(2):
        sweep()
    assert stage.told(method="CANCEL") == [("cancellation", address("Vic"))]
    assert address("Vic") in [to for to, raw in stage.delivered() if "METHOD:CANCEL" in calendar(raw)]
    assert agreed.see(stage["Vera"], uid).state == "confirmed"
    live = set(db.session.scalars(select(Attendance.person_id).where(Attendance.live)))
    assert live == {stage.cast.ids[name] for name in ("Kim", "Rita", "Vera", "Carl")}


def test_without_the_vendor_that_kept_everybody_waiting_the_others_are_asked_anew_and_meet(stage: Stage) -> None:
    third = stage.further_vendor()
    code = consented(stage, vendors=["fastprint", "cloudio", third])
    for name in ("Vera", "Carl"):
        participations.take_part(stage[name], code)
    sent(stage, code, "Vera", "Printing less")
    sent(stage, code, "Carl", "Backups that restore")
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    assert polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0]) == ""
    assert stage.told(kind="all_in") == []
    blocks.block(stage["Kim"], company=third)
    assert stage.told(kind="all_in") == [("all_in", address("Rita"))]
    assert [part.state for part in briefings.see(stage["Kim"], code).vendors] == ["asked", "asked", "dropped"]
    assert {to for _, to in stage.told(kind="briefing_asked")[-3:]} == told_to("Vera", "Vic", "Carl")
    participations.take_part(stage["Vera"], code)
    assert briefings.see(stage["Kim"], code).meeting is None
    participations.take_part(stage["Carl"], code)
    assert invited(stage.delivered()) >= told_to("Kim", "Rita", "Vera", "Carl")


def test_a_never_stops_the_vendor_s_invitations_that_wait_and_calls_off_those_that_left(stage: Stage) -> None:
    _, uid = met(stage)
    blocks.block(stage["Kim"], company="fastprint")
    assert invited(stage.delivered()) == told_to("Kim", "Rita", "Carl")
    assert agreed.see(stage["Kim"], uid).state == "confirmed"
    blocks.block(stage["Kim"], company="cloudio")
    assert stage.told(method="CANCEL") == [("cancellation", address("Carl"))]


def test_a_held_never_lets_the_invitation_wait(stage: Stage) -> None:
    ask = stage.asked(by="Carl", attendees=[("Carl", address("Carl"), "")], goal=None)
    met(stage)
    decisions.refuse(stage["Kim"], ask, kind="never")
    assert invited(stage.delivered()) == {*told_to("Kim", "Rita", "Vera"), "petra@print.example"}
    stage.go(HOLD)
    sweep()
    assert invited(stage.delivered()) == set()
    assert [letter.state for letter in stage.letters(method="REQUEST", recipient=address("Carl"))] == ["stopped"]


def test_the_buyer_is_asked_once_where_no_agenda_is_published_in_time(stage: Stage) -> None:
    _, uid = met(stage)
    stage.go(datetime(2027, 1, 8, 22, 59, tzinfo=UTC))  # a minute to the end of the third working day before
    sweep()
    assert stage.letters(kind="agenda_missing") == []
    stage.go(MINUTE)
    for _ in range(2):
        sweep()
    assert stage.told(kind="agenda_missing") == [("agenda_missing", address(name)) for name in ("Kim", "Alex")]
    assert "by Friday, 8 January 2027" in words(stage.letters(kind="agenda_missing")[0])
    meetings.move(stage["Kim"], uid, slot=OTHER_SLOTS[0])
    stage.go(datetime(2027, 1, 16, tzinfo=UTC))
    sweep()
    assert len(stage.letters(kind="agenda_missing")) == 4
