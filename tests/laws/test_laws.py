"""Each law of the house by an attempt to break it, which fails, and which succeeds once the law is taken out.

A law that is held twice, by our code and by the database, still holds when one of the two is gone.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

import pytest
from sqlalchemy import func, select, text, true
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.people import address
from tests.stage import DAY, HOLD, SLOTS, VERA, VIC, Stage, calendar, digest
from tests.store import story
from tests.usecases.test_silence import END
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain import rights, wall_times
from vendorhub.domain.deeds import Deed
from vendorhub.domain.offers import SlotGiven
from vendorhub.domain.refusals import Refusal
from vendorhub.outbox import due, gate, invitations, notices, queue
from vendorhub.outbox.office import office
from vendorhub.queries import history, request_rows, scope
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries import meetings as agreed
from vendorhub.queries import offers as offered
from vendorhub.store import AgreedTerms, Attendance, Decision, Invitation, Letter, confirming, db, ledger
from vendorhub.store.write import write
from vendorhub.usecases import amending, binding, decisions, meetings, offers
from vendorhub.usecases.sweep import sweep

Attempt = Callable[[Stage], bool]
TakeOut = Callable[[pytest.MonkeyPatch], None]
tried = contextlib.suppress(Refusal, DBAPIError)  # both are how an attempt comes to nothing


def an_invitation_without_a_live_consent(stage: Stage) -> bool:
    _, offer = stage.offered()
    decisions.refuse(stage["Kim"], stage.asked(), kind="never")
    stage.go(HOLD)
    with tried:
        offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
    return _count(Invitation) > 0


def every_consent_is_called_live(patch: pytest.MonkeyPatch) -> None:
    for room in (invitations, offers):
        patch.setattr(room, "why_not_live", lambda *_: None)


def a_calendar_object_in_a_plain_letter(stage: Stage) -> bool:
    stage.met()
    entry = stage.letters(method="REQUEST", recipient=address("Kim"))[0]
    raw = office().keys.open(entry.sealed or b"", entry.message_id.encode())
    meetings.cancel(stage["Kim"], agreed.listing(stage["Kim"])[0][0].uid)
    with write(None) as work:
        plain = {"kind": "yes", "recipient": entry.recipient, "sender": entry.sender, "message_id": "<1@hub.example>"}
        work.session.add(
            Letter(**plain, **_sealed(raw, "<1@hub.example>"), state="waiting", due_at=work.now, created_at=work.now)
        )
    return any(calendar(message) for _, message in stage.delivered())


def the_last_look_is_not_taken(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(gate, "check", lambda *_, **__: None)


def a_yes_to_more_than_was_asked(stage: Stage) -> bool:
    with tried:
        decisions.accept(stage["Kim"], stage.asked(), minutes=60)
    return db.session.scalar(select(AgreedTerms.body).where(AgreedTerms.body.contains('"minutes":60'))) is not None


def more_minutes_are_no_more(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(amending, "_fewer", lambda minutes, _: minutes)


def a_yes_to_something_else_without_their_word(stage: Stage) -> bool:
    code = stage.asked()
    decisions.accept(stage["Kim"], code, topic="Printers")
    stage.go(HOLD)
    with tried:
        offers.offer(stage["Kim"], code, slots=SLOTS)
    return len(offered.of_request(stage["Vera"], code)) > 0


def something_else_is_no_wider(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(amending, "widened", lambda *_: ())


def a_meeting_moved_by_who_asked_for_it(stage: Stage) -> bool:
    uid = stage.met()
    with tried:
        meetings.move(stage["Vera"], uid, slot=SLOTS[1])
    return agreed.see(stage["Kim"], uid).sequence > 0


def whoever_asks_may(deed: Deed) -> TakeOut:
    def take_out(patch: pytest.MonkeyPatch) -> None:
        patch.setitem(rights.RIGHTS, deed, (*rights.RIGHTS[deed], *rights.ASKING))

    return take_out


def a_no_made_a_yes_unnoticed(stage: Stage) -> bool:
    decisions.refuse(stage["Kim"], stage.asked(), kind="no")
    with tried, write(None) as work:
        work.session.execute(text("UPDATE decisions SET kind = 'never' WHERE kind = 'no'"))
    db.session.rollback()
    rewritten = db.session.scalar(select(Decision.kind)) == "never"
    return rewritten and ledger.broken_lines(db.session()) == []


def the_chain_is_not_checked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ledger, "broken_lines", lambda _: [])


def a_yes_by_who_asked(stage: Stage) -> bool:
    with tried:
        decisions.accept(stage["Vera"], stage.asked())
    return _count(Decision) > 0


def an_invitation_that_leaves_after_never(stage: Stage) -> bool:
    stage.met()
    decisions.refuse(stage["Kim"], stage.asked(), kind="never")
    stage.go(HOLD)
    with tried:
        return any(calendar(message) for _, message in stage.delivered())
    return False


def an_invitation_that_leaves_after_never_to_one_person(stage: Stage) -> bool:
    stage.met()
    decisions.refuse(stage["Kim"], stage.asked(), kind="never", scope="person")
    stage.go(HOLD)
    with tried:
        return any(calendar(message) for _, message in stage.delivered())
    return False


def blocks_are_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(queue, "consent_stands", true)
    patch.setattr(due, "consent_stands", true)


def the_boss_is_asked_after_a_no(stage: Stage) -> bool:
    decisions.refuse(stage["Kim"], stage.asked(), kind="not_now", again_on=date(2027, 3, 1))
    stage.go(HOLD)
    code = stage.asked("Vic", to=address("Bo"), attendees=[VIC])
    return seen.see(stage["Bo"], code).state == "pending"


def no_answer_stands(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(binding, "standing", lambda *_, **__: None)


def a_yes_after_the_end(stage: Stage) -> bool:
    code = stage.asked()
    stage.go(END)
    with tried:
        decisions.accept(stage["Kim"], code)
    return _count(Decision) > 0


def the_window_never_closes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "true_state", lambda state, **_: state)


def silence_told_twice(stage: Stage) -> bool:
    stage.asked()
    stage.go(END)
    sweep()
    stage.go(DAY)
    sweep()
    return len(stage.letters(kind="lapsed")) > 1


def what_lapsed_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    after = rules.after

    def forgetful(state: rules.State, deed: Deed, **held: bool) -> rules.State:
        return state if deed is Deed.LAPSE else after(state, deed, **held)

    patch.setattr(rules, "after", forgetful)


def somebody_in_two_places(stage: Stage) -> bool:
    stage.met()
    elsewhere = stage.asked(buyer="harbour", to=None, goal=None, attendees=[VERA])
    decisions.accept(stage["Charlie"], elsewhere)
    stage.go(HOLD)
    at_the_same_time: SlotGiven = ("2027-01-13T08:15:00", "America/New_York", None)
    offer = offers.offer(stage["Charlie"], elsewhere, slots=[at_the_same_time])
    with tried:
        offers.choose(stage["Vera"], offer, slot=stage.slot(offer))
    taken = select(func.count()).select_from(Attendance).where(Attendance.person_id == stage.cast.ids["Vera"])
    return (db.session.scalar(taken) or 0) > 1


def nobody_looks_who_is_taken(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(confirming, "refuse_clash", lambda *_, **__: None)


class Lost(Exception):
    """The plug is pulled."""


def an_answer_without_its_letter(stage: Stage) -> bool:
    code = stage.asked()
    with pytest.MonkeyPatch.context() as broken, contextlib.suppress(Lost):
        broken.setattr(notices, "answered", _pull_the_plug)
        decisions.accept(stage["Kim"], code)
    db.session.expire_all()
    return seen.see(stage["Kim"], code).state == "accepted"


def what_failed_is_kept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Session, "rollback", Session.commit)


def a_letter_with_two_faces(stage: Stage) -> bool:
    stage.asked()
    letter = stage.letters()[0]
    raw = office().keys.open(letter.sealed or b"", letter.message_id.encode()).replace(b"Fastprint", b"Cloudio")
    with tried:
        _rewrite(letter, raw)
    return raw in [message for _, message in stage.delivered()]


def somebody_elses_ask(stage: Stage) -> bool:
    code = stage.asked()
    with tried:
        return seen.see(stage["Carl"], code).code == code
    return False


def everything_is_everybodys(patch: pytest.MonkeyPatch) -> None:
    for room in (scope, seen, request_rows):
        patch.setattr(room, "scope", lambda _: true())


def a_time_that_no_clock_shows(stage: Stage) -> bool:
    code = stage.accepted()
    with tried:
        offers.offer(stage["Kim"], code, slots=[("2027-03-28T02:30:00", "Europe/Berlin", None)])
    return len(offered.of_request(stage["Kim"], code)) > 0


def clocks_never_change(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(wall_times, "_offset", lambda _: DAY * 0)


def a_look_that_changes_something(stage: Stage) -> bool:
    uid = stage.met()
    code = agreed.see(stage["Kim"], uid).request
    before = digest()
    for name in ("Kim", "Alex", "Bo", "Vera", "Vic"):
        stage.seen(name, code)
    return digest() != before


def looking_is_noted(patch: pytest.MonkeyPatch) -> None:
    lines = history.lines

    def noting(actor, **which):  # type: ignore[no-untyped-def]
        with write(actor) as work:
            work.session.execute(text("UPDATE people SET zone = 'UTC'"))
        return lines(actor, **which)

    patch.setattr(history, "lines", noting)


@dataclass(frozen=True)
class Law:
    """What is tried; how the guard in our code is taken out; the guards in each database, and how each goes."""

    number: int
    attempt: Attempt
    code: TakeOut | None = None
    database: dict[str, tuple[str, ...]] = field(default_factory=dict)


def triggers(
    table: str, sqlite: tuple[str, ...], postgresql: tuple[str, ...], *more: str
) -> dict[str, tuple[str, ...]]:
    """The statements that take triggers away; `more` is said to PostgreSQL alone."""
    return {
        "sqlite": tuple(f"DROP TRIGGER {name}" for name in sqlite),
        "postgresql": (*(f"DROP TRIGGER {name} ON {table}" for name in postgresql), *more),
    }


LAWS = [
    Law(
        1,
        an_invitation_without_a_live_consent,
        every_consent_is_called_live,
        triggers("invitations", *2 * (("invitations_need_consent",),)),
    ),
    Law(1, a_calendar_object_in_a_plain_letter, the_last_look_is_not_taken),
    Law(2, a_yes_to_more_than_was_asked, more_minutes_are_no_more),
    Law(2, a_yes_to_something_else_without_their_word, something_else_is_no_wider),
    Law(
        2,
        a_meeting_moved_by_who_asked_for_it,
        whoever_asks_may(Deed.MOVE),
        triggers("agreed_slots", *2 * (("agreed_by_the_buyer",),)),
    ),
    Law(
        3,
        a_no_made_a_yes_unnoticed,
        the_chain_is_not_checked,
        triggers(
            "decisions",
            ("decisions_no_update",),
            ("decisions_no_change",),
            "GRANT UPDATE ON decisions TO vendorhub_app",
        ),
    ),
    Law(
        4,
        a_yes_by_who_asked,
        whoever_asks_may(Deed.ACCEPT),
        triggers("decisions", *2 * (("decisions_by_the_buyer",),)),
    ),
    Law(
        5,
        an_invitation_that_leaves_after_never,
        blocks_are_not_looked_at,
        triggers("letters", *2 * (("letters_claim_needs_consent",),)),
    ),
    Law(
        5,
        an_invitation_that_leaves_after_never_to_one_person,
        blocks_are_not_looked_at,
        triggers("letters", *2 * (("letters_claim_needs_consent",),)),
    ),
    Law(6, the_boss_is_asked_after_a_no, no_answer_stands),
    Law(7, a_yes_after_the_end, the_window_never_closes),
    Law(7, silence_told_twice, what_lapsed_is_forgotten),
    Law(
        8,
        somebody_in_two_places,
        nobody_looks_who_is_taken,
        {
            "sqlite": ("DROP TRIGGER attendance_no_overlap_insert", "DROP TRIGGER attendance_no_overlap_update"),
            "postgresql": ("ALTER TABLE attendance DROP CONSTRAINT attendance_no_overlap",),
        },
    ),
    Law(9, an_answer_without_its_letter, what_failed_is_kept),
    Law(9, a_letter_with_two_faces, None, triggers("letters", *2 * (("letters_one_face",),))),
    Law(10, somebody_elses_ask, everything_is_everybodys),
    Law(11, a_time_that_no_clock_shows, clocks_never_change),
    Law(12, a_look_that_changes_something, looking_is_noted),
]
of = {"argvalues": LAWS, "ids": [f"{law.number}, {law.attempt.__name__}" for law in LAWS]}
held_twice = [law for law in LAWS if law.code and law.database]


def test_every_law_of_this_story_is_tried():
    assert {law.number for law in LAWS} == set(range(1, 13))
    assert {1, 3, 5, 8} <= {law.number for law in held_twice}


@pytest.mark.parametrize("law", **of)
def test_it_holds(stage, law):
    assert not law.attempt(stage)


@pytest.mark.parametrize("law", **of)
def test_it_breaks_once_it_is_taken_out(stage, database, monkeypatch, law):
    if law.code:
        law.code(monkeypatch)
    take_out_of(database, law)
    assert law.attempt(stage)


@pytest.mark.parametrize("law", held_twice, ids=[law.attempt.__name__ for law in held_twice])
@pytest.mark.parametrize("without", ["our code", "the database"])
def test_one_of_two_guards_is_enough(stage, database, monkeypatch, law, without):
    if without == "our code":
        law.code(monkeypatch)
    else:
        take_out_of(database, law)
    assert not law.attempt(stage)


def take_out_of(database, law: Law) -> None:
    """Takes the law's guards out of the database, as its owner."""
    db.session.rollback()
    with story.engine(database.owner_url) as engine, engine.begin() as connection:
        for statement in law.database.get(engine.dialect.name, ()):
            connection.exec_driver_sql(statement)


def _count(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def _rewrite(letter: Letter, raw: bytes) -> None:
    """As a bug of ours would: other bytes, sealed and named by their digest."""
    with write(None) as work:
        row = work.session.get_one(Letter, letter.id)
        for name, value in _sealed(raw, letter.message_id).items():
            setattr(row, name, value)


def _sealed(raw: bytes, message_id: str) -> dict[str, object]:
    return {"sealed": office().keys.seal(raw, message_id.encode()), "digest": sha256(raw).hexdigest()}


def _pull_the_plug(*_: object) -> None:
    raise Lost
