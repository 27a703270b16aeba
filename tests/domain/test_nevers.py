import pytest

from vendorhub.domain.nevers import whom
from vendorhub.domain.refusals import Unfit

VAR, VENDOR, RITA = 1, 2, 7


@pytest.mark.parametrize(
    ("scope", "alone", "for_a_vendor"),
    [
        ("person", ((VAR, RITA),), ((VAR, RITA),)),
        ("company", ((VAR, None),), ((VAR, None), (VENDOR, None))),
        ("var", None, ((VAR, None),)),
        ("vendor", None, ((VENDOR, None),)),
        ("everybody", None, None),
    ],
)
def test_whom_each_scope_shuts_out(scope: str, alone: object, for_a_vendor: object) -> None:
    for vendor, expected in ((None, alone), (VENDOR, for_a_vendor)):
        if expected is None:
            with pytest.raises(Unfit):
                whom(scope, company=VAR, vendor=vendor, person=RITA)
        else:
            assert whom(scope, company=VAR, vendor=vendor, person=RITA) == expected


def test_nobody_with_an_address_is_no_whole_company() -> None:
    with pytest.raises(Unfit):
        whom("person", company=VAR, vendor=None, person=None)
