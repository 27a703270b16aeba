"""Who asks, however they come: one mailbox under many addresses, companies that are one, senders to look at first."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.people import address
from tests.stage import DAY, HOLD, SLOTS, refused
from vendorhub.domain.people import Role
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit, WrongState
from vendorhub.queries import companies, desk, history
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries import people as seen_people
from vendorhub.store import Decision, Membership, Person, db
from vendorhub.store.companies import company_for
from vendorhub.store.people import person_for
from vendorhub.store.write import write
from vendorhub.usecases import blocks, decisions, joinings, logged, meeting_requests, offers, parking, undo
from vendorhub.usecases.passing import pass_on
from vendorhub.usecases.sweep import sweep

MARCH = date(2027, 3, 1)


def newcomer(stage, email, company):
    """Somebody who has shown that an address is theirs, in the company that they name or that the address is of."""
    with write(None) as work:
        person = person_for(work.session, email=email, name=email.partition("@")[0], now=work.now)
        home = company_for(work.session, email=email, name=company, zone="Europe/Berlin", now=work.now)
        work.session.add(Membership(person_id=person.id, organisation_id=home.id, role=Role.MEMBER))
        number, slug = person.id, home.slug
    actor = seen_people.actor(number, stage["Vera"].door)
    assert actor is not None
    return actor, slug


def asks(actor, **changes):
    given = {"buyer": "norden", "topic": "Tape", "outcome": "Whether.", "learned": "Much.", "minutes": 30, "to": None}
    return meeting_requests.ask(actor, **{**given, "attendees": [(actor.name, "x@x.example", "")], **changes})


def view(stage, name, code):
    db.session.rollback()
    return seen.see(stage[name], code)


def test_a_never_to_a_person_meets_every_address_of_their_mailbox(stage):
    first, _ = newcomer(stage, "ann.tape@gmail.com", "Tape by Ann")
    other, _ = newcomer(stage, "anntape+sales@googlemail.com", "Another name")
    somebody, _ = newcomer(stage, "bea.tape@gmail.com", "Tape by Bea")
    met = asks(other)
    decisions.accept(stage["Kim"], met)
    decisions.refuse(stage["Kim"], asks(first), kind="never", scope="person")
    stage.go(HOLD)
    assert view(stage, "Kim", met).state == "accepted"
    assert "asks you not to ask again" in refused(NotAllowed, asks, other).sentence
    refused(WrongState, offers.offer, stage["Kim"], met, slots=SLOTS)
    sweep()
    assert view(stage, "Kim", met).state == "revoked"
    assert view(stage, "Kim", asks(somebody)).state == "pending"


def test_the_same_mailbox_meets_its_answer_and_hears_nothing_of_it(stage):
    first, _ = newcomer(stage, "ann.tape@gmail.com", "Tape by Ann")
    decisions.refuse(stage["Kim"], asks(first), kind="not_now", again_on=MARCH)
    stage.go(HOLD)
    other, _ = newcomer(stage, "anntape@gmail.com", "Another name")
    code = asks(other)
    assert (seen.see(other, code).state, seen.see(other, code).again_on) == ("attached", None)
    assert view(stage, "Kim", code).beside.first.again_on == MARCH
    assert seen.see(first, asks(first)).again_on == MARCH


def joined(stage, who="Kim", **ticked):
    return joinings.join(stage[who], one="fastprint", other="cloudio", **ticked)


def test_two_companies_that_are_one_share_what_is_said_from_then_on(stage):
    before = stage.asked()
    decisions.refuse(stage["Kim"], before, kind="no")
    stage.asked("Carl", to=address("Pia"))
    stage.go(HOLD)
    code = joined(stage)
    stage.go(DAY)
    assert view(stage, "Carl", stage.asked("Carl")).state == "pending"  # it was said before they were one
    later = stage.asked(to=address("Pia"))
    decisions.refuse(stage["Pia"], later, kind="not_now", again_on=MARCH)
    stage.go(HOLD)
    met = stage.asked("Carl", to=address("Pia"))
    assert (view(stage, "Carl", met).state, view(stage, "Carl", met).again_on) == ("attached", None)
    assert stage.told()[-1] == ("not_taken_up", address("Carl"))
    assert view(stage, "Pia", met).beside.first.again_on == MARCH
    joinings.part(stage["Ada"], code)
    assert view(stage, "Carl", stage.asked("Carl", to=address("Pia"))).state == "pending"
    assert refused(WrongState, joinings.part, stage["Kim"], code).status == 409
    said = [line.words for line in history.lines(stage["Kim"])[0] if line.deed in ("join", "part")]
    assert said == ["Fastprint, Cloudio"] * 2


def test_which_answers_hold_for_both_is_ticked_and_a_never_is_a_new_one_of_whoever_ticks(stage):
    answer = stage.asked()
    decisions.refuse(stage["Kim"], answer, kind="no")
    waits = stage.asked("Carl", to=address("Pia"))
    stage.go(HOLD)
    blocks.block(stage["Pia"], company="fastprint")
    (never,) = companies.see(stage["Kim"], "fastprint").nevers
    (stands,) = companies.see(stage["Kim"], "fastprint").answers
    assert (stands.code, stands.decided_by, stands.dated, never.by) == (answer, "Kim", False, "Pia")
    assert refused(NotAllowed, joined, stage, "Ada", holding=[never.code]).status == 403
    assert refused(Unfit, joined, stage, holding=["NEVERWAS"]).field == "holding"
    joined(stage, holding=[answer, never.code])
    line = db.session.scalars(select(Decision).order_by(Decision.position.desc())).first()
    assert (line.kind, line.by, line.request_id) == ("never", stage.cast.ids["Kim"], None)
    assert "asks you not to ask again" in refused(NotAllowed, stage.asked, "Carl").sentence
    sweep()
    assert view(stage, "Pia", waits).state == "blocked"
    blocks.lift(stage["Kim"], companies.see(stage["Kim"], "cloudio").nevers[0].code)
    assert view(stage, "Carl", stage.asked("Carl")).state == "attached"  # by the answer that was ticked
    assert companies.see(stage["Kim"], "fastprint").nevers != ()


def test_a_never_is_not_inherited_unasked(stage):
    stage.asked("Carl", to=address("Pia"))
    blocks.block(stage["Kim"], company="fastprint")
    stage.go(DAY)
    joined(stage)
    stage.go(DAY)
    assert view(stage, "Carl", stage.asked("Carl")).state == "pending"


def test_what_can_not_be_joined(stage):
    stage.asked()
    stage.asked("Carl")
    for one, other, field in (
        ("fastprint", "fastprint", "other"),
        ("fastprint", "norden", "other"),
        ("fastprint", "bridge", "other"),  # has nothing to do with us
        ("nowhere", "cloudio", "one"),
    ):
        assert refused(Unfit, joinings.join, stage["Kim"], one=one, other=other).field == field
    for name in ("Alex", "Cleo", "Vera", "Oz"):
        assert refused(NotAllowed, joined, stage, name).status == 403
    code = joined(stage)
    assert refused(WrongState, joined, stage).status == 409
    assert refused(NotThere, joinings.part, stage["Charlie"], code).status == 404
    assert refused(NotThere, companies.see, stage["Charlie"], "fastprint").status == 404
    (line, other), more = companies.listing(stage["Ada"])
    assert ((line.name, line.one_with), (other.name, other.one_with), more) == (
        *(("Cloudio", ("Fastprint",)), ("Fastprint", ("Cloudio",)), None),
    )
    assert [each.slug for each in companies.listing(stage["Ada"], name="ast")[0]] == ["fastprint"]


def test_who_writes_from_anywhere_is_looked_at_first_and_bound_once_it_is_them(stage):
    decisions.refuse(stage["Kim"], stage.asked(), kind="not_now", again_on=MARCH)
    stage.go(HOLD)
    ann, _ = newcomer(stage, "ann@gmail.com", "Fastprint")
    code = asks(ann)
    card = view(stage, "Kim", code)
    assert (card.state, card.parked, card.beside.claim.says, card.beside.claim.seems) == (
        *("pending", "free_mail", "Fastprint", "Fastprint"),
    )
    assert [waits.code for waits in desk.desk(stage["Kim"]).waiting] == [code]
    assert (seen.see(ann, code).parked, seen.see(ann, code).beside) == ("", None)
    letters = len(stage.letters())
    assert refused(Unfit, parking.settle, stage["Kim"], code, who="perhaps").field == "who"
    assert refused(NotAllowed, parking.settle, ann, code, who="them").status == 403
    parking.settle(stage["Kim"], code, who="them")
    assert (seen.see(ann, code).state, seen.see(ann, code).again_on) == ("attached", None)
    assert stage.told()[letters:] == [("not_taken_up", "ann@gmail.com")]
    assert refused(WrongState, parking.settle, stage["Kim"], code, who="other").status == 409
    again = view(stage, "Kim", asks(ann))
    assert (again.state, again.parked) == ("attached", "")  # nobody is asked twice who they are


def test_a_domain_that_only_looks_like_a_known_one(stage):
    eve, _ = newcomer(stage, "eve@fastprlnt.example", "Fastprint Sales")
    code = asks(eve)
    card = view(stage, "Kim", code)
    assert (card.parked, card.beside.claim.seems, card.beside.claim.domain) == (
        *("look_alike", "Fastprint", "fastprint.example"),
    )
    parking.settle(stage["Alex"], code, who="other")
    assert (view(stage, "Kim", code).state, view(stage, "Kim", code).parked) == ("pending", "")
    assert view(stage, "Kim", asks(eve)).parked == ""
    assert view(stage, "Kim", stage.asked()).parked == ""  # the real one


@pytest.mark.parametrize(("email", "company", "parked"), [("eve@gmail.com", "Fastprint", "free_mail"), ("", "", "")])
def test_what_came_elsewhere_is_looked_at_alike(stage, email, company, parked):
    code = logged.log(stage["Kim"], channel="mail", topic="Tape", name="Eve", email=email, company=company or "Tapes")
    assert view(stage, "Kim", code).parked == parked
    if parked:
        assert view(stage, "Kim", code).beside.claim.seems == "Fastprint"
        pass_on(stage["Kim"], code, to=address("Mo"))
        undo.undo(stage["Kim"], code)
        pass_on(stage["Kim"], code, to=address("Mo"))  # who has to look there, too
        stage.go(HOLD)
        assert seen.waiting(stage["Mo"])[0][0].beside.claim.seems == "Fastprint"
    assert db.session.scalar(select(Person.identity).where(Person.email == address("Vera"))) == address("Vera")
