"""Every deed that is done can be told: no history meets one without words."""

from vendorhub.domain.deeds import Deed
from vendorhub.web import deed_words

# Looking is no deed of a history.
LOOKING = {Deed.SEE, Deed.SEE_MEETING, Deed.SEE_BLOCKS, Deed.SEE_COMPANIES, Deed.SEE_RELATIONSHIP}


def test_every_deed_has_its_sentence() -> None:
    assert set(deed_words._DEEDS) | set(deed_words._ABOUT_NO_ASK) == set(Deed) - LOOKING
