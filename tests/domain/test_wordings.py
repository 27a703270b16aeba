import pytest

from vendorhub.domain import wordings
from vendorhub.domain.refusals import Unfit


def test_only_what_was_said_is_kept_and_cleaned() -> None:
    assert wordings.check({"no": " Thank you,  no. ", "yes": "  ", "other": "x"}) == {"no": "Thank you,  no."}


def test_a_sentence_that_will_not_do_is_named() -> None:
    for typed in ("x" * 601, "BEGIN:VCALENDAR"):
        with pytest.raises(Unfit) as refused:
            wordings.check({"not_now": typed})
        assert refused.value.field == "not_now"
