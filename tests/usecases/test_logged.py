from datetime import timedelta

from sqlalchemy import select

from tests.people import address
from tests.stage import HOLD, Stage, refused, words
from tests.usecases.test_newcomers import link
from vendorhub.domain.deeds import Deed
from vendorhub.domain.logged import Quiet
from vendorhub.domain.refusals import NotThere, Unfit, WrongState
from vendorhub.queries import history, judgements, people
from vendorhub.queries import logged as logged_queries
from vendorhub.queries import meeting_requests as asks
from vendorhub.queries.request_views import RequestView
from vendorhub.store import Domain, Organisation, db
from vendorhub.usecases import blocks, decisions, logged, newcomers, not_vendors, questions, remembering, undo
from vendorhub.usecases.placing import Words
from vendorhub.usecases.reopening import reopen
from vendorhub.usecases.sweep import sweep

JOE = "joe@newtape.example"


def noted(stage: Stage, by: str = "Kim", **told: str) -> str:
    given = {"channel": "phone", "topic": "Tape", "name": "Joe", "company": "Newtape", **told}
    return logged.log(stage[by], **given)


def seen(stage: Stage, code: str, by: str = "Kim") -> RequestView:
    return asks.see(stage[by], code)


def test_a_noted_ask_is_the_buyers_alone_and_writes_to_nobody_outside(stage: Stage) -> None:
    code = noted(stage, "Alex", email=address("Vera"), company="", topic="Toner")
    view = seen(stage, code)
    assert (view.company, view.asked_by, view.sender_email) == ("Fastprint", "Joe", address("Vera"))
    assert (view.state, view.channel, view.noted_by, view.asked_of, view.minutes) == (
        "pending",
        "phone",
        "Alex",
        "Kim",
        30,
    )
    assert view.answer_by == view.created_at.replace(day=11, hour=23, minute=0)
    assert stage.told() == [("ask_noted", address("Kim"))]
    assert "Joe of Fastprint asks about “Toner”" in words(stage.letters()[0])
    for other in ("Vera", "Vic", "Charlie", "Carl"):
        refused(NotThere, asks.see, stage[other], code)
        assert asks.listing(stage[other])[0] == []
        assert history.lines(stage[other])[0] == []
    stage.go(timedelta(days=30))
    sweep()
    assert (seen(stage, code).state, stage.told()) == ("lapsed", [("ask_noted", address("Kim"))])
    refused(NotThere, asks.see, stage["Vera"], code)


def test_a_yes_lets_the_sender_in_when_it_is_effective(stage: Stage) -> None:
    code = noted(stage, email=JOE)
    assert db.session.scalar(select(Organisation.name).where(Organisation.noted_by.is_not(None))) == "Newtape"
    decisions.accept(stage["Kim"], code)
    assert [letter.due_at for letter in stage.letters(kind="yes")] == [seen(stage, code).held_until]
    assert people.known(JOE) is None
    stage.go(HOLD)
    joe = stage.cast.__class__({"Joe": people.known(JOE) or 0})["Joe"]
    view = asks.see(joe, code)
    assert (view.state, view.company, view.asked_by, view.words, view.sender_email) == (
        "accepted",
        "Newtape",
        "Joe",
        "",
        None,
    )
    assert [line.deed for line in history.lines(joe, about=code)[0]] == ["accept"]
    assert asks.see(stage["Kim"], noted(stage, email="ann@newtape.example")).company == "Newtape"
    assert "sign in with this address" in " ".join(words(stage.letters(kind="yes")[0]).split())


def test_a_yes_that_is_taken_back_leaves_no_trace(stage: Stage) -> None:
    code = noted(stage, email=JOE)
    company = db.session.scalar(select(Organisation.id).where(Organisation.noted_by.is_not(None)))
    decisions.accept(stage["Kim"], code)
    undo.undo(stage["Kim"], code)
    stage.go(HOLD)
    assert (people.known(JOE), stage.told(recipient=JOE, state="waiting")) == (None, [])
    assert db.session.get(Domain, "newtape.example") is None
    assert db.session.scalar(select(Organisation.id).where(Organisation.noted_by.is_not(None))) == company
    assert seen(stage, code).state == "pending"
    decisions.refuse(stage["Kim"], code, kind="no")
    stage.go(HOLD)
    assert people.known(JOE) is None  # a no needs no step of theirs
    assert stage.told(kind="no") == [("no", JOE)]


def test_a_place_in_a_company_comes_by_the_address_and_not_by_its_name(stage: Stage) -> None:
    stage.asked()
    code = noted(stage, email="joe@gmail.com", company="Fastprint")
    assert seen(stage, code).company == "Fastprint (gmail.com)"
    logged.correct(stage["Kim"], code, email="")
    logged.correct(stage["Kim"], code, company="fastprint")
    assert seen(stage, code).company == "Fastprint"  # without an address the name is what they go by
    assert refused(Unfit, decisions.accept, stage["Kim"], code).field == "email"
    logged.correct(stage["Kim"], code, email="joe@gmail.com")
    decisions.accept(stage["Kim"], code)
    stage.go(HOLD)
    refused(NotThere, asks.see, stage["Vera"], code)
    assert seen(stage, code).company == "Fastprint (gmail.com)"
    charlie = noted(stage, email="new@harbour.example", company="")
    assert refused(Unfit, decisions.accept, stage["Kim"], charlie).field == "email"


def test_to_remember_tells_nobody_and_binds(stage: Stage) -> None:
    code = noted(stage, email=address("Carl"))
    remembering.remember(stage["Kim"], code, kind=Quiet.REMEMBER)
    stage.go(HOLD)
    assert seen(stage, code).answered_as == "remember"
    refused(NotThere, asks.see, stage["Carl"], code)
    assert stage.told() == [("ask_noted", address("Alex"))]
    again = seen(stage, noted(stage, "Mo", email="other@cloudio.example"))
    assert (again.state, again.attached_to) == ("attached", code)
    assert stage.told() == [("ask_noted", address("Alex"))]
    peer = seen(stage, noted(stage, "Pia", email=address("Carl")), "Pia")
    assert peer.state == "pending"
    asked = stage.asked()
    assert refused(Unfit, remembering.remember, stage["Kim"], asked, kind=Quiet.REMEMBER).field == "kind"


def test_the_front_door_is_shown_once_a_month_and_binds_nobody(stage: Stage) -> None:
    code = noted(stage, "Pia", email=address("Carl"))
    remembering.remember(stage["Pia"], code, kind=Quiet.FRONT_DOOR)
    assert stage.told(kind="front_door") == [("front_door", address("Carl"))]
    undo.undo(stage["Pia"], code)
    remembering.remember(stage["Pia"], code, kind=Quiet.FRONT_DOOR)
    stage.go(HOLD)
    assert stage.told(kind="front_door", state="waiting") == [("front_door", address("Carl"))]
    assert "https://hub.example/b/norden" in words(stage.letters(kind="front_door")[-1])
    refused(NotThere, asks.see, stage["Carl"], code)
    second = noted(stage, "Pia", email=address("Carl"))
    assert seen(stage, second, "Pia").state == "pending"
    assert (
        "within a month"
        in refused(WrongState, remembering.remember, stage["Pia"], second, kind=Quiet.FRONT_DOOR).sentence
    )
    stage.go(timedelta(days=31))
    third = noted(stage, "Pia", email=address("Carl"))
    remembering.remember(stage["Pia"], third, kind=Quiet.FRONT_DOOR)


def test_who_was_let_in_stays_when_the_ask_is_opened_again(stage: Stage) -> None:
    code = noted(stage, email=JOE)
    decisions.refuse(stage["Kim"], code, kind="in_writing")
    stage.go(HOLD)
    reopen(stage["Kim"], code, reason="We need it now.")
    joe = stage.cast.__class__({"Joe": people.known(JOE) or 0})["Joe"]
    assert [(view.code, view.state, view.company) for view in asks.listing(joe)[0]] == [(code, "pending", "Newtape")]


def test_who_has_heard_of_it_stays_who_asks(stage: Stage) -> None:
    code = noted(stage, email=address("Vera"))
    questions.ask_back(stage["Kim"], code, question="How much?")
    questions.answer_back(stage["Vera"], code, answer="Ten.")
    assert Deed.CORRECT not in seen(stage, code).may
    refusal = refused(WrongState, logged.correct, stage["Kim"], code, email=address("Carl"))
    assert refusal.sentence == "They have heard from you about this, so who asks stays as it is."
    refused(WrongState, judgements.meeting_request, stage["Kim"], code, Deed.CORRECT)


def test_without_an_address_nothing_can_be_told(stage: Stage) -> None:
    code = noted(stage)
    for kind in ("no", "never"):
        assert refused(Unfit, decisions.refuse, stage["Kim"], code, kind=kind).field == "email"
    person = refused(Unfit, decisions.refuse, stage["Kim"], code, kind="never", scope="person")
    assert person.field == "scope"
    assert refused(Unfit, remembering.remember, stage["Kim"], code, kind=Quiet.FRONT_DOOR).field == "email"
    remembering.remember(stage["Kim"], code, kind=Quiet.REMEMBER)


def test_who_is_not_to_ask_again_arrives_answered_until_the_guess_is_put_right(stage: Stage) -> None:
    blocks.block(stage["Kim"], company="cloudio")
    before = stage.told()
    code = noted(stage, "Alex", email=address("Carl"))
    view = seen(stage, code)
    assert (view.state, view.attached_to, stage.told()) == ("attached", None, before)
    logged.correct(stage["Alex"], code, email=JOE, name="Joe", company="Newtape", minutes=15)
    view = seen(stage, code)
    assert (view.state, view.company, view.asked_by, view.minutes) == ("pending", "Newtape", "Joe", 15)
    assert stage.told() == [*before, ("ask_noted", address("Kim"))]
    logged.correct(stage["Kim"], code, email=address("Carl"))
    assert seen(stage, code).state == "attached"
    asked = stage.asked()
    assert refused(WrongState, logged.correct, stage["Kim"], asked, name="X").sentence.startswith("They have asked")


def test_what_one_buyer_notes_another_never_meets(stage: Stage) -> None:
    ours = noted(stage, email=JOE, company="Awful Newtape")
    theirs = noted(stage, "Charlie", email="ann@newtape.example", company="Newtape")
    assert [seen(stage, ours).company, seen(stage, theirs, "Charlie").company] == ["Awful Newtape", "Newtape"]
    slug = seen(stage, ours).company_slug
    assert refused(Unfit, blocks.block, stage["Charlie"], company=slug).field == "company"
    assert logged_queries.companies(stage["Charlie"]) == ("Newtape",)
    assert logged_queries.companies(stage["Cleo"]) == ()
    newcomers.ask(
        buyer="harbour",
        name="Joe",
        email=JOE,
        company="Awful Newtape",
        words=Words("Tape", "Whether", "Much", 30, [("Joe", JOE, "")]),
    )
    newcomers.hand_over(link(stage))
    assert asks.waiting(stage["Charlie"])[0][-1].company == "Awful Newtape"  # the name was free for them


def test_whose_it_is_to_answer_and_who_may_put_it_right(stage: Stage) -> None:
    assert [seen(stage, noted(stage, who, topic=who), "Ada").asked_of for who in ("Kim", "Alex", "Cleo", "Ada")] == [
        "Kim",
        "Kim",
        "Kim",
        None,
    ]
    code = noted(stage, "Cleo")
    assert (seen(stage, code, "Cleo").may, seen(stage, code).introduced_by) == ({Deed.CORRECT}, "Cleo")
    logged.correct(stage["Cleo"], code, topic="Disk")
    refused(NotThere, logged.correct, stage["Charlie"], code, topic="Tape")


def test_who_is_no_vendor_and_what_needs_another_look(stage: Stage) -> None:
    not_vendors.add(stage["Kim"], "newtape.example")
    for told, field in (
        ({"email": JOE}, "email"),
        ({"email": "somebody@norden.example"}, "email"),
        ({"email": "messages@e.linkedin.com"}, "email"),
        ({"channel": "pigeon"}, "channel"),
        ({"topic": " "}, "topic"),
        ({"name": "", "company": ""}, "company"),
    ):
        assert refused(Unfit, noted, stage, **told).field == field, told
    refused(NotThere, not_vendors.remove, stage["Charlie"], "newtape.example")
    not_vendors.remove(stage["Ada"], "newtape.example")
    assert seen(stage, noted(stage, email=JOE)).sender_email == JOE
