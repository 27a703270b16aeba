import pytest

from vendorhub.domain.people import Actor, Door, DoorName, Role, Side, line, line_above, line_below

BO, KIM, MO, PIA = 1, 2, 3, 4
REPORTS_TO = {BO: None, KIM: BO, MO: KIM, PIA: None}


@pytest.mark.parametrize(
    ("person", "above", "below"),
    [(BO, set(), {KIM, MO}), (KIM, {BO}, {MO}), (MO, {BO, KIM}, set()), (PIA, set(), set()), (99, set(), set())],
)
def test_a_line_is_those_above_and_those_below(person: int, above: set[int], below: set[int]):
    assert line_above(person, REPORTS_TO) == above
    assert line_below(person, REPORTS_TO) == below
    assert line(person, REPORTS_TO) == above | below | {person}


def test_a_circle_of_bosses_ends_where_it_closes():
    circle = {1: 2, 2: 3, 3: 1}
    assert [line_above(person, circle) for person in circle] == [{2, 3}, {3, 1}, {1, 2}]
    assert {line(person, circle) for person in circle} == {frozenset({1, 2, 3})}
    lasso = {1: 2, 2: 3, 3: 2}
    assert line_above(1, lasso) == {2, 3}
    assert line_below(2, lasso) == {1, 3}
    assert line_above(1, {1: 1}) == frozenset()
    assert line_below(1, {1: 1}) == frozenset()


@pytest.mark.parametrize(
    ("side", "asks"), [(Side.BUYER, False), (Side.VENDOR, True), (Side.VAR, True), (Side.OPERATOR, False)]
)
def test_vendors_and_vars_ask(side: Side, asks: bool):
    actor = Actor(1, 2, side, "Somebody", frozenset({Role.ADMIN}), Door(DoorName.PAGE))
    assert actor.asks is asks


def test_the_same_person_comes_by_another_door():
    actor = Actor(1, 2, Side.BUYER, "Kim", frozenset({Role.DECIDER}), Door(DoorName.PAGE), {3: frozenset({"accept"})})
    moved = actor.by(Door(DoorName.LINK, link="hash"))
    assert moved == Actor(
        1,
        2,
        Side.BUYER,
        "Kim",
        frozenset({Role.DECIDER}),
        Door(DoorName.LINK, link="hash"),
        {3: frozenset({"accept"})},
    )


@pytest.mark.parametrize(
    ("if_match", "seen"), [("", True), ("*", True), ("a", True), ("b a", True), ("b", False), ("ab", False)]
)
def test_a_sender_has_seen_the_version_they_name(if_match: str, seen: bool):
    assert Door(DoorName.API, if_match=if_match).has_seen(lambda: "a") is seen
