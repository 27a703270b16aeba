"""Answers what somebody reads on a Monday about the companies that are theirs."""

from typing import Any

from vendorhub.domain.letters import LetterKind
from vendorhub.domain.weeks_ahead import Week
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import recipient
from vendorhub.outbox.signatures import by_clock
from vendorhub.store import Organisation, Person
from vendorhub.store.write import Work


def tell(work: Work, buyer: Organisation, person: Person, week: Week) -> None:
    """Writes the letter about this week."""
    post(
        work,
        LetterKind.WEEK_AHEAD,
        recipient(person, buyer),
        signed=by_clock(buyer),
        context=facts_of(week),
        buyer_id=buyer.id,
    )


def facts_of(week: Week) -> dict[str, Any]:
    """What the letter's words stand on."""
    links = office().links
    return {**vars(week), "board": links.board(), "relationship": links.relationship}
