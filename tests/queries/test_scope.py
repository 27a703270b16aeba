"""What exists for somebody is what they have the right to see: the query and the table of rights say the same."""

from dataclasses import replace

import pytest

from tests.people import PEOPLE, address
from tests.stage import HOLD
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.rights import may
from vendorhub.queries import scope
from vendorhub.store import MeetingRequest, db
from vendorhub.usecases import decisions


def exists_for(actor: Actor, code: str) -> bool:
    try:
        scope.find(actor, code)
    except NotThere:
        return False
    return True


@pytest.mark.parametrize(
    ("to", "answered_by"),
    [
        *((None, None), (None, "Pia"), (None, "Kim"), ("Bo", None), ("Kim", None)),
        *(("Kim", "Kim"), ("Mo", None), ("Pia", None), ("Pia", "Pia")),
    ],
)
def test_scope_and_rights_agree(stage, to, answered_by):
    code = stage.asked(to=address(to) if to else None)
    if answered_by:
        decisions.accept(stage[answered_by], code)
        stage.go(HOLD)
    request = db.session.query(MeetingRequest).filter_by(code=code).one()
    asked = scope.decider(request)
    seen = {name: exists_for(stage[name], code) for name, *_ in PEOPLE}
    assert seen == {
        name: may(stage[name], Deed.SEE, scope.relations(stage[name], request), decider=asked) for name, *_ in PEOPLE
    }
    assert not {"Cleo", "Charlie", "Carl", "Rita", "Oz"} & {name for name, sees in seen.items() if sees}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_loses_what_they_saw_by_sees_no_more_though_they_have_looked_before(stage):
    code = stage.asked(to=address("Kim"))
    request = db.session.query(MeetingRequest).filter_by(code=code).one()
    saw_by = set()
    for name, *_ in PEOPLE:
        actor = stage[name]
        sees = exists_for(actor, code)
        place = {"roles": frozenset(), "serves": {}}
        for lost in (place, {"serves": {}}, {"above": frozenset(), "below": frozenset()}):
            now = replace(actor, **lost)
            still = exists_for(now, code)
            assert still == may(now, Deed.SEE, scope.relations(now, request), decider=scope.decider(request))
            saw_by |= {min(lost)} if sees and not still else set()
    assert saw_by == {"roles", "serves", "above"}
