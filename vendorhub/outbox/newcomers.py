"""Answers what is written to an address that somebody typed at a front door without being signed in.

Nothing that was typed stands in it: whoever types another's address can't send them words of their own.
"""

from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient, organisation
from vendorhub.outbox.signatures import by_clock
from vendorhub.store import UnverifiedAsk
from vendorhub.store.write import Work


def hand_over(work: Work, row: UnverifiedAsk, secret: str) -> None:
    """Sends the link behind which the ask waits. The letter is the same for known and unknown addresses."""
    buyer = organisation(work, row.buyer_id)
    post(
        work,
        LetterKind.HAND_OVER,
        Recipient(None, row.email, "", buyer.zone),
        signed=by_clock(buyer),
        context={"buyer": buyer, "until": row.expires_at, "link": office().links.hand_over(secret)},
    )
