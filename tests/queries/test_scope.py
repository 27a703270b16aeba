"""What exists for somebody is what they have the right to see: the query and the table of rights say the same."""

import pytest

from tests.people import PEOPLE, address
from tests.stage import HOLD, Stage
from vendorhub.domain.deeds import Deed
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.rights import may
from vendorhub.queries import scope
from vendorhub.store import MeetingRequest, db
from vendorhub.usecases import decisions


def exists_for(stage: Stage, name: str, code: str) -> bool:
    try:
        scope.find(stage[name], code)
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
    seen = {name: exists_for(stage, name, code) for name, *_ in PEOPLE}
    assert seen == {
        name: may(stage[name], Deed.SEE, scope.relations(stage[name], request), decider=asked) for name, *_ in PEOPLE
    }
    assert not {"Cleo", "Charlie", "Carl", "Rita", "Oz"} & {name for name, sees in seen.items() if sees}
