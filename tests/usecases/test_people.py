import pytest
from sqlalchemy import select

from tests.people import API, GOALS, address
from tests.stage import MONDAY, SECOND, refused
from vendorhub import clock, keys
from vendorhub.domain.assistants import Alone
from vendorhub.domain.people import Role, Side
from vendorhub.domain.refusals import NotThere, Unfit, WrongState
from vendorhub.domain.rights import GIVEN_AT_FIRST
from vendorhub.queries import meeting_requests as asks
from vendorhub.queries import people as seen
from vendorhub.queries.people import MeView
from vendorhub.store import ApiToken, Domain, Person, db
from vendorhub.store.write import write
from vendorhub.usecases import people

ORGANISATION = {"kind": "vendor", "name": "Tapeworks", "slug": "tapeworks"}
PERSON = {"email": "tim@tapeworks.example", "name": "Tim", "role": "member", "organisation": "fastprint"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "operator"}, "kind"),
        ({"kind": ""}, "kind"),
        *(
            ({"slug": slug}, "slug")
            for slug in ("", "Tape", "-tape", "tape-", "tape works", "x" * 61, "tape\n", "größe")
        ),
        ({"zone": "Europe/Berlyn"}, "timezone"),
        ({"zone": ""}, "timezone"),
        ({"fiscal_year_start": 0}, "fiscal_year_start"),
        ({"fiscal_year_start": 13}, "fiscal_year_start"),
        *(({"name": name}, "name") for name in ("", "x" * 121, "Tape\nworks", "\u202eTape", "\ud800")),
        ({"domains": ["not a domain"]}, "domain"),
    ],
)
def test_an_organisation_that_will_not_do(stage, change, field):
    assert refused(Unfit, people.add_organisation, **{**ORGANISATION, **change}).field == field


def test_a_slug_and_a_domain_are_somebodys(stage):
    assert refused(WrongState, people.add_organisation, **{**ORGANISATION, "slug": "norden"}).sentence == (
        "There is an organisation with the slug norden already."
    )
    taken = refused(WrongState, people.add_organisation, **ORGANISATION, domains=["a.example", "NORDEN.example"])
    assert taken.sentence == "The domain norden.example belongs to another organisation."
    people.add_organisation(**ORGANISATION, domains=["Tape.Example", "bücher.example"])
    assert {"tape.example", "xn--bcher-kva.example"} <= set(db.session.scalars(select(Domain.name)))


def test_what_a_buyer_says_can_be_said_anew(stage):
    named = stage.asked(goal=GOALS[1].upper())
    told = {"brief": "We insure.", "open_to": "", "not_open_to": "Crypto", "response_days": 3}
    people.describe("norden", **told, goals=["Größe zählt", GOALS[0], " "])
    view = seen.buyer("norden")
    assert (view.brief, view.not_open_to, view.response_days) == ("We insure.", "Crypto", 3)
    assert [name for _, name in view.goals] == ["Größe zählt", GOALS[0]]
    assert asks.see(stage["Vera"], named).goal == GOALS[1]  # off the list it keeps its name there
    assert stage.asked(goal=" GRÖSSE ZÄHLT ")
    people.describe("norden", **told, goals=[])
    assert seen.buyer("norden").goals == ()
    assert refused(Unfit, stage.asked, goal=GOALS[1]).field == "goal"
    people.describe("norden", **told, goals=[GOALS[1], "Größe zählt"])
    assert [name for _, name in seen.buyer("norden").goals] == [GOALS[1], "Größe zählt"]
    for change, field in (
        ({"brief": "x" * 2001}, "brief"),
        ({"open_to": "a\x00b"}, "open_to"),
        ({"goals": ["a\nb"]}, "goals"),
        ({"goals": ["Cost", "COST"]}, "goals"),
        ({"goals": [f"Goal {number}" for number in range(13)]}, "goals"),
        ({"response_days": 0}, "response_days"),
        ({"response_days": 31}, "response_days"),
    ):
        assert refused(Unfit, people.describe, "norden", **{**told, "goals": [], **change}).field == field
    assert refused(Unfit, people.describe, "nowhere", **told, goals=[]).field == "organization"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": "decider"}, "role"),
        ({"role": ""}, "role"),
        ({"organisation": None, "role": "member"}, "role"),
        ({"organisation": "nowhere"}, "organization"),
        ({"organisation": "\x00"}, "organization"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "email"),
        ({"name": "a\u2028b"}, "name"),
        ({"organisation": "norden", "role": "assistant"}, "reports_to"),
        ({"organisation": "norden", "role": "decider", "reports_to": address("Vera")}, "reports_to"),
        ({"organisation": "norden", "role": "decider", "reports_to": "nobody@norden.example"}, "email"),
    ],
)
def test_a_person_who_will_not_do(stage, change, field):
    assert refused(Unfit, people.add_person, **{**PERSON, **change}).field == field


def test_a_person_has_each_place_once_and_keeps_their_name(stage):
    again = refused(
        WrongState, people.add_person, email=address("Vera"), name="V", role="member", organisation="fastprint"
    )
    assert again.sentence == "vera@fastprint.example has this role there already."
    assert (
        people.add_person(email=address("Vera").upper(), name="V", role="admin", organisation="fastprint")
        == (stage.cast.ids["Vera"])
    )
    assert stage["Vera"].roles == {Role.MEMBER, Role.ADMIN}
    assert stage["Vera"].name == "Vera"
    assert refused(WrongState, people.add_person, email=address("Oz"), name="Oz", role="operator")


def test_nobody_reports_to_themselves(stage):
    for boss in ("Bo", "Kim", "Mo"):
        refusal = refused(
            Unfit,
            people.add_person,
            email=address("Bo"),
            name="Bo",
            role="colleague",
            organisation="norden",
            reports_to=address(boss),
        )
        assert refusal.sentence == "Nobody can report to themselves, not by a detour either."


def test_who_is_at_the_door(stage):
    ids = stage.cast.ids
    kim, alex, oz = stage["Kim"], stage["Alex"], stage["Oz"]
    assert (kim.side, kim.roles, kim.above, kim.below) == (
        Side.BUYER,
        {Role.DECIDER},
        {ids["Bo"]},
        {ids["Mo"], ids["Cleo"]},
    )
    assert kim.serves == {}
    assert (alex.roles, alex.serves) == (
        {Role.ASSISTANT},
        {ids["Kim"]: frozenset(map(str, GIVEN_AT_FIRST | set(Alone)))},
    )
    assert (oz.side, oz.organisation, oz.roles) == (Side.OPERATOR, 0, {Role.OPERATOR})
    assert seen.me(stage["Carl"]) == MeView(
        "Carl", address("Carl"), "vendor", "Cloudio", "cloudio", "Asia/Kolkata", "en", ("member",), {}
    )
    assert seen.actor(0, API) is None
    stranger = stage.asked(attendees=[("Xu", "xu@fastprint.example", "")])
    assert stranger
    stage.met()
    assert seen.known(address("Vera")) == ids["Vera"]


def test_somebody_switched_off_is_nobody(stage):
    secret = people.create_token(email=address("Kim"))
    assert seen.by_token(secret, API, now=clock.now()) == (stage["Kim"], "write")
    with write(None) as work:
        work.session.get_one(Person, stage.cast.ids["Kim"]).active = False
    assert seen.actor(stage.cast.ids["Kim"], API) is None
    assert seen.by_token(secret, API, now=clock.now()) is None
    assert refused(Unfit, stage.asked, to=address("Kim")).field == "to"
    stage.asked(to=None)
    assert address("Kim") not in {to for _, to in stage.told()}


def test_a_token_opens_until_it_is_taken_away(stage):
    secret = people.create_token(email=address("Vera"), scope="read")
    assert db.session.scalars(select(ApiToken.hash)).all() == [keys.hash_secret(secret)]
    found, scope = seen.by_token(secret, API, now=clock.now()) or (None, "")
    assert (found, scope) == (stage["Vera"], "read")
    assert seen.by_token("another", API, now=clock.now()) is None
    number = db.session.scalars(select(ApiToken.id)).one()
    people.revoke_token(number)
    stage.go(SECOND)
    people.revoke_token(number)
    assert seen.by_token(secret, API, now=clock.now()) is None
    assert db.session.scalars(select(ApiToken.revoked_at)).one() == MONDAY
    assert refused(NotThere, people.revoke_token, 99)
    assert refused(Unfit, people.create_token, email=address("Vera"), scope="all").field == "scope"
    assert refused(Unfit, people.create_token, email="nobody@x.example").field == "email"


def test_the_front_door_names_who_can_be_asked(stage):
    assert [name for _, name in seen.buyer("norden").deciders] == ["Bo", "Kim", "Mo", "Pia"]
    assert seen.buyers() == (("harbour", "Harbour Freight"), ("norden", "Norden Mutual"))
    for slug in ("fastprint", "bridge", "nowhere", ""):
        assert refused(NotThere, seen.buyer, slug)
