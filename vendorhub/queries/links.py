"""Whose link this is: what a secret from a letter opens, and for whom."""

from datetime import timedelta

from sqlalchemy import and_, select

from vendorhub import clock, keys
from vendorhub.store import DecisionLink, MeetingRequest, db

GOOD_FOR = timedelta(days=90)


def decision_link(secret: str) -> tuple[int, str] | None:
    """The person a decision link was mailed to and the code of the request it opens; None if unknown or too old.

    A link that has been used still shows how things stand; that it answers only once is `Work.use_link`'s to see to.
    """
    row = db.session.execute(
        select(DecisionLink.person_id, MeetingRequest.code, DecisionLink.created_at)
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == DecisionLink.buyer_id, MeetingRequest.id == DecisionLink.request_id),
        )
        .where(DecisionLink.hash == keys.hash_secret(secret))
    ).first()
    if row is None or row.created_at + GOOD_FOR <= clock.now():
        return None
    return row.person_id, row.code
