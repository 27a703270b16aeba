from datetime import timedelta

import pytest

from tests.people import PAGE
from tests.stage import VERA, Stage, refused
from vendorhub.domain.drafts import DraftWords
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit
from vendorhub.queries import drafts as seen
from vendorhub.usecases import drafts, meeting_requests

TYPED = DraftWords(topic="Backup c", outcome="\x00\ud800 as it was typed", attendees=(("Vera", "", "Sales"),))
ASK = {"topic": "T", "outcome": "O", "learned": "L", "minutes": 30, "attendees": [VERA]}


def test_a_draft_is_its_writers_alone_and_the_last_word_counts(stage: Stage) -> None:
    vera = stage.cast.ids["Vera"]
    assert drafts.keep(vera, "norden", DraftWords(topic="B"))
    stage.go(timedelta(minutes=5))
    assert drafts.keep(vera, "norden", TYPED)
    assert drafts.keep(vera, "harbour", DraftWords(learned="L"))
    found = seen.see(stage["Vera"], "norden")
    assert found is not None
    assert (found.words, found.buyer_name) == (TYPED, "Norden Mutual")
    assert [draft.buyer for draft in seen.listing(stage["Vera"])] == ["harbour", "norden"]
    for name in ("Vic", "Kim", "Carl", "Charlie"):
        assert (seen.see(stage[name], "norden"), list(seen.listing(stage[name]))) == (None, [])


def test_what_is_no_draft(stage: Stage) -> None:
    vera = stage.cast.ids["Vera"]
    assert not drafts.keep(vera, "norden", DraftWords(minutes="30", attendees=(("Vera", "", ""),)))
    assert refused(Unfit, drafts.keep, vera, "norden", DraftWords(topic="x" * 64_000)).field == ""
    refused(NotThere, drafts.keep, vera, "fastprint", TYPED)
    refused(NotThere, drafts.keep, 99_999, "norden", TYPED)
    refused(NotAllowed, drafts.keep, stage.cast.ids["Kim"], "norden", TYPED)


def test_sending_ends_the_draft_and_a_late_word_brings_it_not_back(stage: Stage) -> None:
    vera = stage.cast.ids["Vera"]
    drafts.keep(vera, "norden", TYPED)
    drafts.keep(vera, "harbour", TYPED)
    meeting_requests.ask(stage["Vera"], buyer="norden", **ASK)  # by the API: the page's draft is another matter
    assert seen.see(stage["Vera"], "norden") is not None
    by_page = stage.cast.with_key("Vera", "k").by(PAGE)
    meeting_requests.ask(by_page, buyer="norden", **ASK)
    assert [draft.buyer for draft in seen.listing(stage["Vera"])] == ["harbour"]
    meeting_requests.ask(stage.cast.with_key("Vera", "sent"), buyer="norden", **ASK)
    assert not drafts.keep(vera, "norden", TYPED, once="sent")
    drafts.throw_away(stage["Vic"], "harbour")
    assert len(seen.listing(stage["Vera"])) == 1
    drafts.throw_away(stage["Vera"], "harbour")
    assert len(seen.listing(stage["Vera"])) == 0


def test_a_draft_is_kept_for_thirty_days(stage: Stage) -> None:
    drafts.keep(stage.cast.ids["Vera"], "norden", TYPED)
    stage.go(timedelta(days=30, seconds=-1))
    drafts.keep(stage.cast.ids["Vera"], "harbour", TYPED)
    assert drafts.forget_old() == 0
    stage.go(timedelta(seconds=1))
    assert drafts.forget_old() == 1
    assert [draft.buyer for draft in seen.listing(stage["Vera"])] == ["harbour"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_ticket_is_good_for_one_person_and_one_buyer(stage: Stage) -> None:
    given = drafts.ticket(stage["Vera"], "norden")
    assert drafts.holder(given, "norden") == stage.cast.ids["Vera"]
    assert [drafts.holder(given, "harbour"), drafts.holder("", "norden"), drafts.holder("ä", "norden")] == [None] * 3
    assert drafts.holder(given[:-4] + "AAAA", "norden") is None
