"""Whatever somebody looks for, it is there or it isn't; no name brings the database to its knees."""

import pytest

from tests.stage import Stage
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.queries import blocks as shut_out
from vendorhub.queries import history, links, people
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries import meetings as agreed
from vendorhub.queries import offers as offered
from vendorhub.usecases import blocks, decisions, meetings, offers

NAMES = ["", "NOSUCH7", "\x00", "K7Q2\x00M4X", "\ud800", "Größe", "'; DROP TABLE people; --", "../../x", "x" * 10_000]


@pytest.mark.parametrize("name", NAMES)
def test_what_nothing_is_called_is_not_there(stage: Stage, name: str):
    kim, vera = stage["Kim"], stage["Vera"]
    for look in (
        lambda: seen.see(kim, name),
        lambda: offered.of_request(kim, name),
        lambda: offered.see(kim, name),
        lambda: agreed.see(kim, name),
        lambda: history.lines(kim, about=name),
        lambda: shut_out.see(kim, name),
        lambda: people.buyer(name),
        lambda: decisions.accept(kim, name),
        lambda: offers.choose(vera, name, slot=name),
        lambda: meetings.cancel(vera, name),
        lambda: blocks.lift(kim, name),
    ):
        with pytest.raises(NotThere):
            look()
    for ask in (
        lambda: stage.asked(buyer=name),
        lambda: blocks.block(kim, company=name),
    ):
        with pytest.raises(Unfit):
            ask()
    if name:
        for page in (
            lambda: seen.listing(kim, cursor=name),
            lambda: seen.waiting(kim, cursor=name),
            lambda: agreed.listing(kim, cursor=name),
            lambda: shut_out.listing(kim, cursor=name),
            lambda: history.lines(kim, cursor=name),
            lambda: seen.listing(kim, state=name),
        ):
            with pytest.raises(Unfit):
                page()
    assert people.known(name) is None
    assert links.decision_link(name) is None
    assert people.by_token(name, kim.door, now=seen.clock.now()) is None


def test_a_code_is_found_however_it_is_read_aloud(stage: Stage):
    code = stage.asked()
    spoken = f"{code[:3]}-{code[3:]}".lower().replace("0", "o").replace("1", "l")
    assert seen.see(stage["Vera"], spoken).code == code
    decisions.accept(stage["Kim"], spoken)
    assert seen.see(stage["Kim"], code).state == "accepted"
