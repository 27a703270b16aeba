"""Which API tokens there are, for operators: whose, and whether they still open something; never a secret."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from vendorhub.store import ApiToken, Person, db


@dataclass(frozen=True)
class TokenLine:
    """A token as operators see it."""

    id: int
    email: str
    scope: str
    created_at: datetime
    revoked_at: datetime | None


def listing() -> Sequence[TokenLine]:
    """All tokens, the newest first."""
    rows = db.session.execute(
        select(ApiToken.id, Person.email, ApiToken.scope, ApiToken.created_at, ApiToken.revoked_at)
        .join(Person, Person.id == ApiToken.person_id)
        .order_by(ApiToken.id.desc())
    )
    return [TokenLine(*row) for row in rows]
