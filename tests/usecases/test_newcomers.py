import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.people import address
from tests.stage import HOLD, SECOND, Stage, copies, refused, words
from vendorhub.domain.newcomers import DOOR_LETTERS_A_DAY
from vendorhub.domain.people import Role
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit, WrongState
from vendorhub.queries import history
from vendorhub.queries import meeting_requests as asks
from vendorhub.queries import newcomers as seen
from vendorhub.queries import people as seen_people
from vendorhub.store import Domain, MeetingRequest, Organisation, Person, UnverifiedAsk, db
from vendorhub.usecases import blocks, decisions, newcomers, people
from vendorhub.usecases.placing import Words

NINA = "nina@sub.newtape.example"


def ask(email: str = NINA, *, buyer: str = "norden", name: str = "Nina", company: str = "Newtape", **said: str) -> None:
    given = {"topic": "Tape", "outcome": "Whether it pays.", "learned": "Seven years of mail.", **said}
    newcomers.ask(
        buyer=buyer,
        name=name,
        email=email,
        company=company,
        words=Words(minutes=30, attendees=[(name, email, "")], **given),
    )


def link(stage: Stage, number: int = -1) -> str:
    """The secret in a letter."""
    found = re.search(r"/hand-over/([\w-]{43})", words(stage.letters(kind="hand_over")[number]))
    assert found is not None
    return found[1]


def count(what: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(what)) or 0


def test_a_newcomers_ask_reaches_the_buyer_when_it_is_handed_over(stage: Stage) -> None:
    ask()
    assert stage.told() == [("hand_over", NINA)]
    assert (count(MeetingRequest), asks.waiting_count(stage["Kim"])) == (0, 0)
    assert (db.session.scalar(select(Person).where(Person.email == NINA)), count(Organisation)) == (None, 5)
    waiting = seen.see(link(stage))
    assert (waiting.name, waiting.company, waiting.words.topic) == ("Nina", "Newtape", "Tape")
    stage.go(timedelta(days=1))
    person, code = newcomers.hand_over(link(stage), goal="Backups that restore")
    nina = stage.cast.__class__({"Nina": person})["Nina"]
    view = asks.see(stage["Kim"], code)
    assert (view.state, view.company, view.asked_by, view.goal) == (
        "pending",
        "Newtape",
        "Nina",
        "Backups that restore",
    )
    assert view.created_at == view.answer_by.replace(day=5, hour=11)  # the window begins when it is handed over
    assert (nina.roles, asks.see(nina, code).code) == ({Role.MEMBER}, code)
    assert [(line.deed, line.door) for line in history.lines(nina, about=code)[0]] == [
        ("verify", "link"),
        ("ask", "link"),
    ]
    assert {kind for kind, _ in stage.told()} == {"hand_over", "ask_received"}
    assert db.session.get(Domain, "sub.newtape.example") is not None
    assert refused(WrongState, newcomers.hand_over, link(stage)).sentence.startswith("This link is not good any more.")
    assert seen.see(link(stage)).words is None
    assert db.session.scalars(select(UnverifiedAsk)).one().words == ""


def test_who_introduced_a_newcomer_hears_of_it_and_who_is_not_known_is_taken_without_a_word(stage: Stage) -> None:
    for introducer in ("Cleo@norden.example", "nobody@norden.example"):
        ask(introduced_by=introducer, topic=introducer[:4])
    seen_by_both = []
    for number in (0, 1):
        person, code = newcomers.hand_over(link(stage, number))
        decisions.refuse(stage["Kim"], code, kind="not_now", again_on=date(2027, 1, 5 + 2 * number))
        nina = asks.see(stage.cast.__class__({"Nina": person})["Nina"], code)
        seen_by_both.append((nina.state, nina.introduced_by))
        assert asks.see(stage["Kim"], code).introduced_by == (None if number else "Cleo")
        stage.go(timedelta(days=2))
    assert seen_by_both == [("pending", None)] * 2
    assert stage.told(kind="introduced") == [("introduced", address("Cleo"))]
    assert refused(Unfit, ask, introduced_by="cleo@elsewhere.example").field == "introduced_by"


@pytest.mark.parametrize(
    ("email", "company", "name"),
    [
        ("vera@fastprint.example", "Anything", "Fastprint"),  # known, with a place
        ("new@print.fastprint.example", "Anything", "Fastprint"),  # of a known domain
        ("rob@bridge.example", "Anything", "Bridgeworks"),  # of a VAR's
        ("nina@gmail.com", "Newtape", "Newtape (gmail.com)"),  # anybody's domain is no company's
        ("nina@newtape.example", "FASTPRINT", "FASTPRINT (newtape.example)"),  # a name that is another's
    ],
)
def test_as_whom_a_newcomer_asks(stage: Stage, email: str, company: str, name: str) -> None:
    ask(email, company=company)
    newcomers.hand_over(link(stage))
    assert asks.waiting(stage["Kim"])[0][0].company == name
    assert db.session.get(Domain, "gmail.com") is None
    ask(email, company="Another", topic="Again")
    newcomers.hand_over(link(stage))
    assert {view.company for view in asks.waiting(stage["Kim"])[0]} == {name}


def test_the_rules_are_the_same_for_newcomers(stage: Stage) -> None:
    code = stage.asked()
    decisions.refuse(stage["Kim"], code, kind="not_now", again_on=date(2027, 3, 1))
    stage.go(HOLD)
    ask("new@fastprint.example")
    _, attached = newcomers.hand_over(link(stage))
    view = asks.see(stage["Vera"], attached)
    assert (view.state, view.again_on) == ("attached", date(2027, 3, 1))
    blocks.block(stage["Kim"], company="cloudio")
    stage.go(5 * HOLD)
    ask("new@cloudio.example")
    before = count(Person)
    said = refused(NotAllowed, newcomers.hand_over, link(stage)).sentence
    assert said == "This company has decided not to meet, and asks you not to ask again."
    assert count(Person) == before
    for theirs in ("kim@norden.example", "somebody@norden.example", "charlie@harbour.example", address("Oz")):
        ask(theirs)
        refused(NotAllowed, newcomers.hand_over, link(stage))


def test_three_letters_a_day_and_the_same_ask_once(stage: Stage) -> None:
    for topic in ("One", "One", "Two", "Three"):
        ask(topic=topic)
    assert len(stage.letters()) == 3
    assert "letters for today" in refused(WrongState, ask, topic="Four").sentence
    ask("other@newtape.example")
    stage.go(timedelta(days=1))
    ask(topic="Four")
    assert len(stage.letters()) == 5


def test_a_door_has_its_letters_of_a_day_whoever_types(stage: Stage) -> None:
    ask()
    copies(UnverifiedAsk, DOOR_LETTERS_A_DAY - 2, email="a{n}@flood.example", link_hash="{n}")
    ask("last@newtape.example")
    refused(WrongState, ask, "more@newtape.example")
    ask("more@newtape.example", buyer="harbour")
    stage.go(timedelta(days=1))
    ask("more@newtape.example")
    assert [to for _, to in stage.told()] == [NINA, "last@newtape.example", *["more@newtape.example"] * 2]


def test_what_is_not_handed_over_is_thrown_away_silently(stage: Stage) -> None:
    ask()
    stage.go(timedelta(days=3) - SECOND)
    assert newcomers.forget_old() == 0
    secret = link(stage)
    assert seen.see(secret).email == NINA
    stage.go(SECOND)
    refused(WrongState, newcomers.hand_over, secret)
    refused(NotThere, seen.see, secret)
    letters = len(stage.letters())
    assert (newcomers.forget_old(), count(UnverifiedAsk), len(stage.letters())) == (1, 0, letters)


def test_the_letter_says_nothing_that_was_typed(stage: Stage) -> None:
    ask(name="Buy pills", company="At pills.example", topic="Pills pills", outcome="Pills", learned="Pills")
    assert "ills" not in words(stage.letters()[0])


def test_what_will_not_do_and_who_is_switched_off(stage: Stage) -> None:
    for change, field in (
        ({"email": "nobody"}, "email"),
        ({"name": " "}, "name"),
        ({"company": "x" * 121}, "company"),
        ({"topic": ""}, "topic"),
        ({"outcome": "\x00"}, "outcome"),
    ):
        assert refused(Unfit, ask, **change).field == field
    refused(NotThere, ask, buyer="fastprint")
    ask("vera@fastprint.example")
    refused(Unfit, newcomers.hand_over, link(stage), goal="World peace")
    person = db.session.get_one(Person, seen_people.known("vera@fastprint.example"))
    person.active = False
    db.session.commit()
    refused(NotAllowed, newcomers.hand_over, link(stage))


def test_somebody_who_was_named_before_says_their_name_themselves(stage: Stage) -> None:
    stage.asked(attendees=[("Somebody", NINA, "")])
    decisions.accept(stage["Kim"], asks.waiting(stage["Kim"])[0][0].code)
    ask()
    person, _ = newcomers.hand_over(link(stage))
    assert db.session.get_one(Person, person).name == "Nina"
    with pytest.raises(WrongState):
        people.add_person(email=NINA, name="X", role="member", organisation="newtape")
