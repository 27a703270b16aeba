"""Whether the store may be served."""

from vendorhub.store import check, db


def why_not_served() -> str | None:
    """Why this store must not be served, as a sentence for the operator; None, remembered, when it is sound."""
    return check.refusal(db.engine)
