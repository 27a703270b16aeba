"""Who may do what, each cell: the table here is written from the story, not from the code."""

from itertools import product

import pytest

from vendorhub.domain.assistants import Alone
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import ROLES_OF, Actor, Door, DoorName, Role, Side
from vendorhub.domain.refusals import NotAllowed
from vendorhub.domain.rights import (
    GIVEN_AT_FIRST,
    Relation,
    answers_for,
    may,
    on_behalf_of,
    relations_to_request,
    require,
)

ANSWER = "decider/asked colleague/asked assistant/serves decider/open assistant/open"
ARRANGE = "decider/asked colleague/asked assistant/serves"
ASKING = "vendor/company var/company"
ORGANISE = f"{ARRANGE} var/company"
OWES, OWED = "buyer/owes vendor/owes var/owes", "buyer/owed vendor/owed var/owed"
# deed: role of the buyer's side (or side that asks) / how they stand to it; "any" asks for no more than the role
TABLE = {
    "see": f"{ANSWER} decider/line admin/any buyer/noted {ASKING}",
    "ask": "vendor/any var/any",
    "verify": "vendor/named",
    "log": "buyer/any",
    "correct": f"{ANSWER} buyer/noted",
    "attach": "",
    "accept": ANSWER,
    "stand": "decider/asked decider/open",
    "amend": ANSWER,
    "agree": ASKING,
    "decline": ANSWER,
    "block": "decider/asked decider/open",
    "redirect": ANSWER,
    "ask_back": ANSWER,
    "answer_back": ASKING,
    "undo": ARRANGE,
    "withdraw": ASKING,
    "revoke": ARRANGE,
    "reopen": f"{ANSWER} decider/answered",
    "lapse": "",
    "remark": f"{ANSWER} decider/answered",
    "settle": ANSWER,
    "hand_in": ASKING,
    "enough": ANSWER,
    "offer": ARRANGE,
    "counter": f"{ARRANGE} {ASKING}",
    "choose": f"{ARRANGE} {ASKING}",
    "retract": f"{ARRANGE} {ASKING}",
    "see_meeting": f"{ANSWER} decider/line admin/any buyer/attends {ASKING} vendor/party",
    "move": ARRANGE,
    "propose_move": ASKING,
    "accept_move": ARRANGE,
    "refuse_move": ARRANGE,
    "cancel": f"{ARRANGE} {ASKING}",
    "set_place": f"{ARRANGE} {ASKING}",
    "set_agenda": f"{ARRANGE} buyer/attends {ASKING}",
    "cannot_come": "buyer/attends vendor/attends var/attends",
    "come": "buyer/attends vendor/attends var/attends",
    "replace": f"{ARRANGE} buyer/attends {ASKING} vendor/party",
    "invite": f"{ARRANGE} var/company",
    "say_outcome": f"{ARRANGE} buyer/attends",
    "correct_outcome": "",
    "see_relationship": "decider/any assistant/any colleague/any admin/any vendor/any var/any",
    "set_cadence": "decider/any assistant/any",
    "pause": "decider/any assistant/any",
    "let_go": "decider/any assistant/any",
    "set_details": "decider/any assistant/any",
    "log_meeting": "decider/any assistant/any colleague/any",
    "adopt": "decider/any assistant/any colleague/any",
    "take_out": "decider/any assistant/any colleague/any",
    "answer_fact": "vendor/any var/any",
    "doubt": "vendor/any var/any",
    "hear_doubt": "decider/any assistant/any",
    "bring_in": "decider/any assistant/any",
    "write_note": "decider/any assistant/any colleague/any vendor/any var/any",
    "take_out_note": "decider/any assistant/any colleague/any vendor/any var/any",
    "plan": "decider/any assistant/any colleague/any",
    "set_hours": "decider/any assistant/any",
    "sort": "assistant/serves assistant/open",
    "delegate": "decider/any",
    "set_door": "decider/any admin/any",
    "see_blocks": "decider/any assistant/any admin/any",
    "lift": "decider/any",
    "propose": "decider/any assistant/any colleague/any var/any",
    "name": "",
    "set_line_up": ORGANISE,
    "widen": "decider/asked colleague/asked",
    "set_frame": ORGANISE,
    "take_part": "vendor/party",
    "stay_out": "vendor/party",
    "leave": "vendor/party",
    "drop": "",
    "write_item": f"{ANSWER} decider/line vendor/party",
    "items_in": "",
    "items_missing": "",
    "item_back": "",
    "mark": ORGANISE,
    "build": ORGANISE,
    "publish": ORGANISE,
    "poll": ORGANISE,
    "say_when": f"{ORGANISE} vendor/party",
    "set_time": ARRANGE,
    "keep_minutes": ORGANISE,
    "keep_promise": OWES,
    "confirm_promise": OWED,
    "reopen_promise": f"{OWES} {OWED}",
    "say_why": OWES,
    "tell_missed": "decider/any assistant/any colleague/any vendor/any var/any",
    "confirm_minutes": ARRANGE,
    "add_remark": "var/company vendor/party",
    "weigh": ARRANGE,
    "thank": ARRANGE,
    "again": ORGANISE,
    "see_companies": "decider/any admin/any",
    "join": "decider/any admin/any",
    "part": "decider/any admin/any",
}
EVERYTHING = frozenset(str(deed) for deed in Deed)
SERVED = 7
PEOPLE = [(side, role) for side in Side for role in sorted(ROLES_OF[side])]
STANDS = [None, *(relation for relation in Relation if relation is not Relation.ANY)]


def somebody(
    side: Side, *roles: Role, serves: dict[int, frozenset[str]] | None = None, **line: frozenset[int]
) -> Actor:
    return Actor(1, 2, side, "Somebody", frozenset(roles), Door(DoorName.PAGE), serves or {}, **line)


def told(side: Side, role: Role, deed: str, stands: Relation | None) -> bool:
    names = {role} if side is Side.BUYER else set()
    names.add(side)
    rows = [row.split("/") for row in TABLE[deed].split()]
    return any(name in names and relation in ("any", stands) for name, relation in rows)


def test_every_deed_has_its_row():
    assert set(TABLE) == EVERYTHING


@pytest.mark.parametrize("deed", Deed)
def test_each_cell_of_deed_side_role_and_relation(deed: Deed):
    cells = {
        (side, role, stands): may(
            somebody(side, role, serves={SERVED: EVERYTHING} if role is Role.ASSISTANT else None),
            deed,
            frozenset({stands} if stands else ()),
            decider=SERVED,
        )
        for (side, role), stands in product(PEOPLE, STANDS)
    }
    assert cells == {
        (side, role, stands): told(side, role, deed, stands) for (side, role), stands in product(PEOPLE, STANDS)
    }
    assert len(cells) == 9 * 13


@pytest.mark.parametrize("deed", sorted({*GIVEN_AT_FIRST, *map(str, Alone)} & set(Deed)))
def test_an_assistant_acts_within_the_deeds_that_this_decider_gave(deed: Deed):
    serving = frozenset({Relation.SERVES})
    given = {SERVED: frozenset({deed}), 8: EVERYTHING - {deed}}
    assistant = somebody(Side.BUYER, Role.ASSISTANT, serves=given)
    assert may(assistant, deed, serving, decider=SERVED)
    assert not may(assistant, deed, serving, decider=8)
    assert not may(assistant, deed, serving, decider=9)
    assert may(assistant, deed, serving, decider=None)
    without = somebody(Side.BUYER, Role.ASSISTANT, serves={SERVED: EVERYTHING - {deed}})
    assert not may(without, deed, serving, decider=SERVED)
    assert not may(without, deed, serving, decider=None)


def test_an_assistant_sees_what_their_decider_sees_whatever_was_given():
    assistant = somebody(Side.BUYER, Role.ASSISTANT, serves={SERVED: frozenset()})
    for deed in (Deed.SEE, Deed.SEE_MEETING, Deed.SORT, Deed.CORRECT):
        assert may(assistant, deed, frozenset({Relation.SERVES}), decider=SERVED)
        assert may(assistant, deed, frozenset({Relation.OPEN}), decider=8)


def test_what_an_assistant_is_given_at_first_takes_none_of_the_deciders_time_and_lasts_not_for_ever():
    assert {str(name) for name in GIVEN_AT_FIRST} == {
        *("in_writing", "not_now", "no", "undo", "revoke", "reopen", "enough", "remark", "settle"),
        *("offer", "counter", "choose", "retract"),
        *("move", "accept_move", "refuse_move", "cancel", "set_place", "set_agenda", "replace", "invite"),
        *("set_line_up", "set_frame", "write_item", "mark", "build", "publish", "poll", "say_when", "set_time"),
        *("keep_minutes", "confirm_minutes", "weigh", "thank", "again", "say_outcome"),
    }


def test_an_assistant_declines_in_the_ways_that_were_given():
    serving = frozenset({Relation.SERVES})
    assistant = somebody(Side.BUYER, Role.ASSISTANT, serves={SERVED: frozenset({"no"}), 8: frozenset({"not_now"})})
    ways = ("", "no", "not_now", "in_writing")
    for decider, may_be in ((SERVED, [True, True, False, False]), (8, [True, False, True, False])):
        assert [may(assistant, Deed.DECLINE, serving, decider=decider, answer=way) for way in ways] == may_be
    assert [answers_for(assistant, None, Deed.DECLINE, way) for way in ways] == [SERVED, SERVED, 8, 1]
    with pytest.raises(NotAllowed) as kept:
        require(assistant, Deed.DECLINE, serving, decider=SERVED, answer="not_now")
    assert kept.value.sentence == ("This answer is kept for the person you answer for; put it on their pile instead.")


def test_a_colleague_answers_what_was_passed_to_them_and_shuts_nobody_out():
    colleague = somebody(Side.BUYER, Role.COLLEAGUE)
    assert {str(deed) for deed in Deed if may(colleague, deed, frozenset({Relation.ASKED}))} == {
        *("see", "accept", "amend", "decline", "redirect", "ask_back", "undo", "revoke", "reopen", "enough"),
        *("remark", "settle"),
        *("log", "correct", "see_relationship", "log_meeting", "write_note", "take_out_note", "plan"),
        *("adopt", "take_out"),
        *("offer", "counter", "choose", "retract", "see_meeting"),
        *("move", "accept_move", "refuse_move", "cancel", "set_place", "set_agenda", "replace", "invite"),
        *("propose", "set_line_up", "widen", "set_frame", "write_item", "mark", "build", "publish"),
        *("poll", "say_when", "set_time"),
        *("keep_minutes", "tell_missed", "confirm_minutes", "weigh", "thank", "again", "say_outcome"),
    }
    for other in (Relation.SERVES, Relation.LINE, Relation.OPEN, Relation.COMPANY):
        any_time = [Deed.LOG, Deed.PROPOSE, Deed.TELL_MISSED, Deed.SEE_RELATIONSHIP, Deed.LOG_MEETING]
        any_time += [Deed.ADOPT, Deed.TAKE_OUT]
        any_time += [Deed.WRITE_NOTE, Deed.TAKE_OUT_NOTE, Deed.PLAN]
        assert [deed for deed in Deed if may(colleague, deed, frozenset({other}))] == any_time


def test_even_an_assistant_who_was_given_everything_shuts_nobody_out():
    assistant = somebody(Side.BUYER, Role.ASSISTANT, serves={SERVED: EVERYTHING})
    assert not may(assistant, Deed.BLOCK, frozenset(Relation), decider=SERVED)
    assert not may(assistant, Deed.LIFT, frozenset(Relation), decider=SERVED)


BUYER, COMPANY, KIM = 2, 3, 10
DECIDER = frozenset({Role.DECIDER})


def stands(
    actor: Actor,
    *,
    vendor: int | None = None,
    asked: int | None = KIM,
    named: bool = True,
    attending: tuple[int, ...] = (),
) -> set[str]:
    return {
        str(relation)
        for relation in relations_to_request(
            actor, buyer=BUYER, company=COMPANY, vendor=vendor, asked=asked, named=named, attending=frozenset(attending)
        )
    }


def person(number: int, organisation: int = BUYER, *roles: Role, **more: object) -> Actor:
    side = Side.BUYER if organisation == BUYER else Side.VENDOR
    return Actor(number, organisation, side, "P", frozenset(roles), Door(DoorName.PAGE), **more)  # type: ignore[arg-type]


def test_how_somebody_stands_to_an_ask_that_names_its_decider():
    assert stands(person(KIM, BUYER, Role.DECIDER)) == {"asked"}
    assert stands(person(11, BUYER, Role.DECIDER, above=frozenset({KIM}))) == {"line"}
    assert stands(person(11, BUYER, Role.DECIDER, below=frozenset({KIM}))) == {"line"}
    assert stands(person(11, BUYER, Role.DECIDER)) == set()
    assert stands(person(11, BUYER, Role.ASSISTANT, serves={KIM: frozenset()})) == {"serves"}
    assert stands(person(11, BUYER, Role.ASSISTANT, serves={12: frozenset()})) == set()
    assert stands(person(11, BUYER, Role.COLLEAGUE), attending=(11,)) == {"attends"}
    assert stands(person(20, COMPANY, Role.MEMBER)) == {"company"}
    assert stands(person(20, COMPANY, Role.MEMBER), attending=(20, 21)) == {"company", "attends"}
    assert stands(person(20, 4, Role.MEMBER)) == set()
    assert stands(person(20, COMPANY, Role.MEMBER), vendor=4) == {"company"}
    assert stands(person(20, 4, Role.MEMBER), vendor=4) == {"company", "named"}


def test_how_somebody_stands_to_an_ask_that_names_nobody():
    for decided, mine in ((None, {"asked", "open"}), (KIM, {"open"})):
        assert stands(person(11, BUYER, Role.DECIDER), asked=decided, named=False) == mine
        serving = {"serves", "open"} if decided is None else {"open"}
        assert (
            stands(person(11, BUYER, Role.ASSISTANT, serves={12: frozenset()}), asked=decided, named=False) == serving
        )
        assert stands(person(11, BUYER, Role.COLLEAGUE), asked=decided, named=False) == set()
        assert stands(person(11, BUYER, Role.ADMIN), asked=decided, named=False) == set()
        assert stands(person(20, 4, Role.MEMBER), asked=decided, named=False) == set()
    assert stands(person(KIM, BUYER, Role.DECIDER), asked=KIM, named=False) == {"asked", "open"}


def test_a_refusal_says_whose_deed_it_is():
    decider = somebody(Side.BUYER, Role.DECIDER)
    require(decider, Deed.ACCEPT, frozenset({Relation.ASKED}))
    with pytest.raises(NotAllowed) as refused:
        require(decider, Deed.ACCEPT, frozenset({Relation.LINE}))
    assert refused.value.sentence == "Only the person who was asked, or somebody acting for them, can do this."
    assert refused.value.status == 403
    for actor, deed in (
        (decider, Deed.WITHDRAW),
        (somebody(Side.VENDOR, Role.MEMBER), Deed.ACCEPT),
        (decider, Deed.LAPSE),
        (somebody(Side.OPERATOR, Role.OPERATOR), Deed.SEE),
    ):
        with pytest.raises(NotAllowed) as refused:
            require(actor, deed, frozenset(Relation))
        assert refused.value.sentence == "This is for the other side to do."


def test_whose_answer_it_is():
    kim = person(KIM, BUYER, Role.DECIDER)
    alex = person(30, BUYER, Role.ASSISTANT, serves={12: frozenset({"accept"}), KIM: frozenset({"accept", "decline"})})
    nobody = person(40, BUYER, Role.COLLEAGUE)
    assert [answers_for(kim, asked, Deed.ACCEPT) for asked in (None, KIM, 12)] == [KIM, KIM, 12]
    assert [on_behalf_of(kim, asked, Deed.ACCEPT) for asked in (None, KIM, 12)] == [None, None, 12]
    assert [answers_for(alex, asked, Deed.ACCEPT) for asked in (None, KIM, 12)] == [KIM, KIM, 12]
    assert on_behalf_of(alex, None, Deed.DECLINE) == KIM
    assert answers_for(alex, None, Deed.OFFER) == 30
    assert answers_for(nobody, None, Deed.ACCEPT) == 40
    both = person(30, BUYER, Role.ASSISTANT, Role.DECIDER, serves={KIM: frozenset({"accept"})})
    assert (answers_for(both, None, Deed.ACCEPT), on_behalf_of(both, None, Deed.ACCEPT)) == (30, None)
    first = person(30, BUYER, Role.ASSISTANT, serves={5: frozenset(), KIM: frozenset({"accept"})})
    assert on_behalf_of(first, None, Deed.ACCEPT) == KIM
