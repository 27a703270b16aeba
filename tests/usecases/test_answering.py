from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.people import API, address
from tests.stage import HOLD, LINK, MONDAY, SECOND, VERA, VIC, Stage, refused, words
from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.people import Door, DoorName
from vendorhub.domain.refusals import NotAllowed, NotThere, SomebodyWasFaster, Unfit, WrongState
from vendorhub.domain.terms import Guest, Terms, from_body, terms_hash
from vendorhub.keys import hash_secret
from vendorhub.queries import history
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries.history import LineView
from vendorhub.store import AgreedTerms, Decision, DecisionLink, db, ledger
from vendorhub.usecases import blocks, decisions, meeting_requests, undo


def the_ledger() -> list[Decision]:
    db.session.rollback()
    return list(db.session.scalars(select(Decision).order_by(Decision.buyer_id, Decision.position)))


def secret_link(stage: Stage, name: str) -> str:
    """The hash of the link in this person's first letter, as the page that it opens passes it on."""
    letter = stage.letters(kind="ask_received", recipient=address(name))[0]
    return hash_secret(words(letter).split("/d/")[1].split()[0])


def test_a_yes_is_a_line_of_the_ledger_about_terms(stage):
    code = stage.asked()
    decisions.accept(stage["Kim"], code)
    yes = the_ledger()[0]
    assert (yes.kind, yes.by, yes.on_behalf_of, yes.door) == ("accept", stage.cast.ids["Kim"], None, "api")
    assert (yes.made_at, yes.effective_at, yes.position) == (MONDAY, MONDAY + HOLD, 1)
    kept = db.session.scalars(select(AgreedTerms)).one()
    assert (kept.hash, terms_hash(kept.body, kept.salt)) == (yes.terms_hash, yes.terms_hash)
    assert from_body(kept.body) == Terms(
        company=stage["Vera"].organisation,
        guests=(Guest(VERA[1], "Vera", "Sales"), Guest(VIC[1], "Vic", "Engineer")),
        topic="Backup costs",
        minutes=30,
        kind="topic",
        valid_until=MONDAY + timedelta(days=180),
        times=1,
    )


def test_every_answer_lengthens_one_chain(stage):
    for kind in ("no", "not_now", "never"):
        code = stage.asked()
        again_on = date(2027, 3, 1) if kind == "not_now" else None
        decisions.refuse(stage["Kim"], code, kind=kind, again_on=again_on)
        undo.undo(stage["Kim"], code)
    decisions.accept(stage["Alex"], stage.asked())
    assert [line.kind for line in the_ledger()] == ["no", "undo", "not_now", "undo", "never", "undo", "accept"]
    assert [line.position for line in the_ledger()] == list(range(1, 8))
    assert [line.undoes for line in the_ledger() if line.kind == "undo"] == [
        line.id for line in the_ledger() if line.kind in ("no", "not_now", "never")
    ]
    assert ledger.broken_lines(db.session()) == []
    db.session.rollback()


def test_an_assistant_answers_on_behalf(stage):
    code = stage.asked()
    decisions.accept(stage["Alex"], code)
    yes = the_ledger()[0]
    assert (yes.by, yes.on_behalf_of) == (stage.cast.ids["Alex"], stage.cast.ids["Kim"])
    stage.go(HOLD)
    assert seen.see(stage["Vera"], code).decided_by == "Kim"
    line = history.lines(stage["Vera"], about=code)[0][-1]
    assert line == LineView("accept", "Alex", "Kim", "api", MONDAY, code, "accept")
    unnamed = stage.asked(to=None)
    decisions.accept(stage["Alex"], unnamed)
    assert the_ledger()[-1].on_behalf_of == stage.cast.ids["Kim"]
    assert seen.see(stage["Kim"], unnamed).decided_by == "Kim"


def test_who_may_answer(stage):
    code = stage.asked()
    for name in ("Bo", "Mo", "Ada", "Vera", "Vic"):
        assert refused(NotAllowed, decisions.accept, stage[name], code)
        assert refused(NotAllowed, decisions.refuse, stage[name], code, kind="no")
    for name in ("Pia", "Cleo", "Charlie", "Carl", "Rita", "Oz"):
        assert refused(NotThere, decisions.accept, stage[name], code)
        assert refused(NotThere, undo.undo, stage[name], code)
    assert refused(NotAllowed, decisions.refuse, stage["Alex"], code, kind="never")
    assert refused(NotAllowed, blocks.block, stage["Alex"], company="fastprint")
    assert refused(NotAllowed, meeting_requests.withdraw, stage["Kim"], code)


def test_an_ask_of_nobody_by_name_is_answered_by_any_decider_and_the_others_hear_who_was_faster(stage):
    code = stage.asked(to=None)
    decisions.accept(stage["Pia"], code)
    for name in ("Kim", "Bo", "Alex", "Pia"):
        for deed, how in ((decisions.accept, {}), (decisions.refuse, {"kind": "no"})):
            refusal = refused(SomebodyWasFaster, deed, stage[name], code, **how)
            assert refusal.sentence == "Pia has already answered this; please have a look at what they said."
    assert seen.see(stage["Kim"], code).decided_by == "Pia"
    assert refused(NotAllowed, undo.undo, stage["Kim"], code)
    undo.undo(stage["Pia"], code)
    decisions.refuse(stage["Kim"], code, kind="no")
    stage.go(HOLD)
    assert seen.see(stage["Vera"], code).decided_by == "Kim"


def test_a_second_answer_comes_too_late(stage):
    code = stage.asked()
    decisions.accept(stage["Alex"], code)
    assert refused(SomebodyWasFaster, decisions.accept, stage["Kim"], code).values == {"name": "Alex"}
    meeting_requests.withdraw(stage["Vera"], code)
    refusal = refused(WrongState, decisions.accept, stage["Kim"], code)
    assert refusal.sentence == "They have taken this ask back, so there is nothing left to answer."


def test_a_yes_may_be_narrower_than_the_ask(stage):
    code = stage.asked()
    own = ("Cleo Colleague", address("Cleo"), "Architect")
    decisions.accept(stage["Kim"], code, minutes=15, attendees=[("Vic", VIC[1], "Chief"), own], note="Gladly \r\n")
    stage.go(HOLD)
    view = seen.see(stage["Vera"], code)
    assert (view.minutes, view.note) == (15, "Gladly")
    assert view.guests == (("vendor", *VIC), ("buyer", "Cleo Colleague", address("Cleo"), "Architect"))
    terms = from_body(db.session.scalars(select(AgreedTerms.body)).one())
    assert (terms.minutes, [guest.email for guest in terms.guests]) == (15, [VIC[1]])


def test_a_yes_is_never_wider_than_the_ask(stage):
    code = stage.asked()
    for field, wider in {
        "minutes": [45, 60, 20, 0],
        "attendees": [[("Cleo", address("Cleo"), "")], [], [VERA, VERA]],
        "topic": ["", " ", "x" * 121, "a\nb"],
        "note": ["x" * 1001, "Gladly\x00", "\ud800", "BEGIN:VCALENDAR"],
        "place": ["x" * 201, "https://a.example\nx", ("video_buyer", "http://a.example"), ("moon", "")],
    }.items():
        for value in wider:
            assert refused(Unfit, decisions.accept, stage["Kim"], code, **{field: value}).field == field, value
    assert the_ledger() == []


def test_somebody_of_the_buyer_whom_the_ask_named_is_not_named_twice(stage):
    kim = ("Kim", address("Kim"), "")
    code = stage.asked(attendees=[VERA, kim])
    decisions.accept(stage["Kim"], code, attendees=[VERA, kim, ("Cleo", address("Cleo"), "")])
    stage.go(HOLD)
    assert [guest[:2] for guest in seen.see(stage["Vera"], code).guests] == [
        ("vendor", "Vera"),
        ("vendor", "Kim"),
        ("buyer", "Cleo"),
    ]


def test_a_refusal_says_what_it_needs(stage):
    code = stage.asked()
    for kind, given, field in (
        ("maybe", {}, "kind"),
        ("", {}, "kind"),
        ("not_now", {}, "again_on"),
        ("not_now", {"again_on": date(2027, 1, 4)}, "again_on"),
        ("not_now", {"again_on": date(2030, 1, 4)}, "again_on"),
        ("never", {"scope": "planet"}, "scope"),
        ("no", {"note": "x" * 1001}, "note"),
        ("no", {"note": "a\u202eb"}, "note"),
    ):
        assert refused(Unfit, decisions.refuse, stage["Kim"], code, kind=kind, **given).field == field


def test_today_is_the_buyers(stage):
    code = stage.asked(buyer="harbour", to=None, goal=None)
    stage.go(MONDAY + timedelta(hours=17, minutes=30))  # Tuesday in London, still Monday in New York
    decisions.refuse(stage["Charlie"], code, kind="not_now", again_on=date(2027, 1, 5))


def test_a_link_answers_once(stage):
    code = stage.asked()
    for_kim, for_alex = secret_link(stage, "Kim"), secret_link(stage, "Alex")

    def at(name: str, link: str):
        return stage.cast.at(name, Door(DoorName.LINK, link=link))

    assert refused(SomebodyWasFaster, decisions.accept, at("Kim", for_alex), code)
    assert refused(SomebodyWasFaster, decisions.accept, at("Kim", "no such link"), code)
    other = stage.asked()
    assert refused(SomebodyWasFaster, decisions.accept, at("Kim", for_kim), other)
    assert refused(Unfit, decisions.accept, at("Kim", for_kim), code, minutes=60)
    decisions.accept(at("Kim", for_kim), code)
    assert refused(SomebodyWasFaster, decisions.refuse, at("Kim", for_kim), code, kind="no")
    undo.undo(at("Kim", for_kim), code)
    decisions.refuse(at("Kim", for_kim), code, kind="no")
    undo.undo(stage["Alex"], code)
    decisions.refuse(at("Alex", for_alex), code, kind="no")
    used = db.session.scalars(select(DecisionLink).where(DecisionLink.used_at.is_not(None))).all()
    assert [link.hash for link in used] == [for_alex]


def test_a_deed_is_done_once_for_one_key(stage):
    from vendorhub.store.write import AlreadyDone

    code = stage.asked()
    actor = stage.cast.with_key("Kim", "key", "body")
    decisions.accept(actor, code)
    for _ in range(2):
        assert refused(AlreadyDone, decisions.accept, actor, code).result == code
    refusal = refused(Unfit, decisions.accept, stage.cast.with_key("Kim", "key", "another body"), code)
    assert refusal.sentence == "This key was used for something else; please take a new one."
    assert refused(SomebodyWasFaster, decisions.accept, stage.cast.with_key("Alex", "key", "body"), code)
    assert refused(SomebodyWasFaster, decisions.accept, stage.cast.with_key("Kim", "key 2", "body"), code)
    undo.undo(stage.cast.with_key("Kim", "key 2", "body"), code)


def test_whoever_says_what_they_have_seen_must_have_seen_the_latest(stage):
    code = stage.asked()
    version = seen.see(stage["Kim"], code).version

    def having_seen(name: str, if_match: str):
        return stage.cast.at(name, Door(DoorName.API, if_match=if_match))

    refusal = refused(SomebodyWasFaster, decisions.accept, having_seen("Kim", "something else"), code)
    assert refusal.sentence == "This has changed since you opened it; please look again, then decide."
    decisions.accept(having_seen("Kim", version), code)
    assert refused(SomebodyWasFaster, undo.undo, having_seen("Kim", version), code)
    undo.undo(having_seen("Alex", "*"), code)
    withdrawing = having_seen("Vera", seen.see(stage["Vera"], code).version)
    decisions.accept(stage["Kim"], code)
    meeting_requests.withdraw(withdrawing, code)  # nothing she could see has changed


def test_what_only_the_clock_or_a_letter_says_is_no_yes(stage):
    from vendorhub.store.write import write

    code = stage.asked()
    for door in (DoorName.COMMAND, DoorName.MAIL, DoorName.CLOCK):
        assert refused(IntegrityError, decisions.accept, stage.cast.at("Kim", Door(door)), code)

    def by_the_clock() -> None:
        with write(None) as work:
            buyer = work.lock_buyer(stage["Kim"].organisation)
            ledger.append(work, buyer_id=buyer.id, request_id=None, kind=DecisionKind.ACCEPT, effective_at=work.now)

    assert str(refused(ValueError, by_the_clock)) == "only a person decides (law 4)"
    for door in (API, LINK):
        decisions.accept(stage.cast.at("Kim", door), code)
        undo.undo(stage["Kim"], code)


def test_what_a_shut_out_company_asked_before_gets_no_yes(stage):
    code = stage.asked()
    decisions.refuse(stage["Kim"], stage.asked("Vic"), kind="never")
    decisions.accept(stage["Kim"], code)
    undo.undo(stage["Kim"], code)
    stage.go(HOLD + SECOND)
    refusal = refused(WrongState, decisions.accept, stage["Kim"], code)
    assert refusal.sentence == "This company is not to ask again; somebody has to lift that before a yes can count."
    decisions.refuse(stage["Kim"], code, kind="no")
