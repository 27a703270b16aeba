"""Adding to the ledger: the next line of a buyer's chain, and the check of a whole chain."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from vendorhub.domain.decisions import GENESIS, DecisionKind, LedgerLine
from vendorhub.domain.terms import Terms, terms_hash
from vendorhub.store.decisions import AgreedTerms, Decision
from vendorhub.store.meeting_requests import MeetingRequest
from vendorhub.store.write import Work, new_salt


def append(
    work: Work,
    *,
    buyer_id: int,
    request_id: int | None,
    kind: str,
    effective_at: datetime,
    on_behalf_of: int | None = None,
    terms: Terms | None = None,
    undoes: int | None = None,
) -> Decision:
    """Records an answer as the next line of the buyer's chain. The buyer's row must be locked by this work.

    `terms` are stored under their salted hash; a consent must have them.
    """
    if work.actor is None:
        raise ValueError("only a person decides (law 4)")
    last = work.session.execute(
        select(Decision.position, Decision.hash)
        .where(Decision.buyer_id == buyer_id)
        .order_by(Decision.position.desc())
        .limit(1)
    ).first()
    position, previous = (last.position + 1, last.hash) if last else (1, GENESIS)
    named = _store_terms(work, buyer_id, request_id, terms)
    line = LedgerLine(
        buyer=buyer_id,
        position=position,
        request=request_id,
        kind=kind,
        terms_hash=named or "",
        by=work.actor.person,
        on_behalf_of=on_behalf_of,
        door=work.actor.door.name,
        made_at=work.now,
        effective_at=effective_at,
        undoes=undoes,
        previous=previous,
    )
    row = Decision(
        buyer_id=buyer_id,
        position=position,
        request_id=request_id,
        kind=kind,
        terms_hash=named,
        times=terms.times if terms else 0,
        valid_until=terms.valid_until if terms else None,
        by=line.by,
        on_behalf_of=on_behalf_of,
        door=line.door,
        made_at=line.made_at,
        effective_at=effective_at,
        undoes=undoes,
        previous=previous,
        hash=line.digest(),
    )
    work.session.add(row)
    work.session.flush()
    return row


def broken_lines(session: Session) -> list[str]:
    """Where a chain doesn't hold: one sentence a broken line, none if all is well (law 3)."""
    problems: list[str] = []
    expected: dict[int, tuple[int, str]] = {}
    rows: Iterable[Decision] = session.scalars(
        select(Decision).order_by(Decision.buyer_id, Decision.position).execution_options(yield_per=1000)
    )
    for row in rows:
        position, previous = expected.get(row.buyer_id, (1, GENESIS))
        line = LedgerLine(
            buyer=row.buyer_id,
            position=row.position,
            request=row.request_id,
            kind=row.kind,
            terms_hash=row.terms_hash or "",
            by=row.by,
            on_behalf_of=row.on_behalf_of,
            door=row.door,
            made_at=row.made_at,
            effective_at=row.effective_at,
            undoes=row.undoes,
            previous=row.previous,
        )
        if (row.position, row.previous) != (position, previous) or line.digest() != row.hash:
            problems.append(
                f"decisions: line {row.position} of buyer {row.buyer_id} doesn't follow from the one before"
            )
        expected[row.buyer_id] = (row.position + 1, row.hash)
    return problems


def _store_terms(work: Work, buyer_id: int, request_id: int | None, terms: Terms | None) -> str | None:
    if terms is None or request_id is None:
        return None
    salt, body = new_salt(), terms.body()
    named = terms_hash(body, salt)
    work.session.add(
        AgreedTerms(buyer_id=buyer_id, hash=named, request_id=request_id, salt=salt, body=body, created_at=work.now)
    )
    work.session.flush()
    return named


def latest_answer(session: Session, request: MeetingRequest) -> Decision | None:
    """The answer to a request that stands: the latest that nobody has taken back."""
    undoing = aliased(Decision)
    return session.scalar(
        select(Decision)
        .where(
            Decision.buyer_id == request.buyer_id,
            Decision.request_id == request.id,
            Decision.undoes.is_(None),
            Decision.kind != DecisionKind.REOPEN,  # of an answer to another ask it takes nothing back
            ~exists().where(undoing.buyer_id == Decision.buyer_id, undoing.undoes == Decision.id),
        )
        .order_by(Decision.position.desc())
        .limit(1)
    )
