import re
from datetime import timedelta

from sqlalchemy import select

from tests.people import address
from tests.stage import MINUTE, MONDAY, SECOND, Stage, refused, words
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.store import Person, SignInAsk, db
from vendorhub.store.write import write
from vendorhub.usecases import sign_in

OVER = "This link or code is not good any more; please ask for a new one."
WRONG = "This is not the code in the letter, or it is too old; look again or ask for a new one."


def letter(stage: Stage, number: int = -1) -> tuple[str, str]:
    """The link's secret and the code of a letter."""
    text = words(stage.letters(kind="sign_in")[number])
    link, code = re.search(r"/sign-in/([\w-]{43})", text), re.search(r"\b\d{6}\b", text)
    assert link is not None
    assert code is not None
    return link[1], code[0]


def asked(stage: Stage, name: str = "Vera") -> tuple[str, str, str]:
    browser = sign_in.ask(address(name))
    assert sign_in.answer_asks() == 1
    return browser, *letter(stage)


def test_a_link_signs_in_once(stage):
    _, link, _ = asked(stage)
    assert stage.told() == [("sign_in", address("Vera"))]
    assert sign_in.by_link(link) == stage.cast.ids["Vera"]
    assert refused(WrongState, sign_in.by_link, link).sentence == OVER
    for nothing in ("", "x", link[:-1], "\ud800"):
        assert refused(WrongState, sign_in.by_link, nothing).sentence == OVER


def test_a_code_signs_in_the_browser_that_asked(stage):
    browser, link, code = asked(stage)
    elsewhere, _, other_code = asked(stage, "Kim")
    assert code != other_code
    for wrong in ((elsewhere, code), ("no browser", code)):
        try:
            sign_in.by_code(*wrong)
        except WrongState as refusal:
            assert refusal.sentence == WRONG  # noqa: PT017 - a wrong code counts, so the store changes
        else:
            raise AssertionError(wrong)
    assert sign_in.by_code(browser, f" {code} ") == stage.cast.ids["Vera"]
    assert refused(WrongState, sign_in.by_link, link).sentence == OVER


def test_five_wrong_codes_are_enough(stage):
    browser, link, code = asked(stage)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(5):
        try:
            sign_in.by_code(browser, wrong)
        except WrongState:
            continue
        raise AssertionError("a wrong code signed in")
    assert db.session.scalars(select(SignInAsk.tries_left)).one() == 0
    assert refused(WrongState, sign_in.by_code, browser, code).sentence == WRONG
    assert sign_in.by_link(link) == stage.cast.ids["Vera"]


def test_a_link_and_a_code_are_good_for_a_quarter_of_an_hour(stage):
    browser, link, code = asked(stage)
    stage.go(15 * MINUTE)
    assert refused(WrongState, sign_in.by_link, link).sentence == OVER
    assert refused(WrongState, sign_in.by_code, browser, code)
    stage.go(MONDAY + 15 * MINUTE - SECOND)
    assert sign_in.by_link(link) == stage.cast.ids["Vera"]


def test_known_and_unknown_addresses_leave_the_same_row_and_only_one_gets_a_letter(stage):
    sign_in.ask(address("Vera"))
    sign_in.ask("nobody@elsewhere.example")
    known, unknown = db.session.scalars(select(SignInAsk).order_by(SignInAsk.id))
    assert (known.person_id, known.link_hash, known.code_hash) == (None, None, None)
    assert (unknown.person_id, unknown.link_hash, unknown.code_hash) == (None, None, None)
    assert stage.letters() == []
    assert [sign_in.answer_asks(), sign_in.answer_asks()] == [2, 0]
    assert stage.told() == [("sign_in", address("Vera"))]


def test_an_ask_that_waited_too_long_gets_no_letter(stage):
    sign_in.ask(address("Vera"))
    stage.go(15 * MINUTE)
    assert sign_in.answer_asks() == 1
    assert stage.letters() == []


def test_somebody_without_a_place_or_switched_off_gets_no_letter(stage):
    stage.met()
    with write(None) as work:
        work.session.get_one(Person, stage.cast.ids["Vic"]).active = False
    for stranger in (address("Vic"), "guest@fastprint.example"):
        sign_in.ask(stranger)
        refusal = refused(WrongState, sign_in.new_link, stranger, good_for=timedelta(hours=1))
        assert refusal.sentence == "Nobody with this address can sign in here."
    assert sign_in.answer_asks() == 2
    assert stage.told(kind="sign_in") == []


def test_what_is_no_address_is_refused(stage):
    for address_ in ("", "vera", "a@b", "a@b.example\nBcc: c@d.example", "\x00@x.example", "\ud800@x.example"):
        assert refused(Unfit, sign_in.ask, address_).field == "email"


def test_a_link_handed_over_lasts_as_long_as_was_said(stage):
    link = sign_in.new_link(address("Kim"), good_for=timedelta(hours=12))
    stage.go(timedelta(hours=12) - SECOND)
    assert sign_in.by_link(link) == stage.cast.ids["Kim"]
    late = sign_in.new_link(address("Kim"), good_for=timedelta(hours=12))
    stage.go(timedelta(hours=12))
    assert refused(WrongState, sign_in.by_link, late).sentence == OVER
    assert stage.letters() == []
