"""Reading a consent back from the ledger, with everything that decides whether it is live."""

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from vendorhub.domain.decisions import Consent, ConsentFacts
from vendorhub.domain.refusals import WrongState
from vendorhub.domain.terms import from_body
from vendorhub.store.decisions import AgreedTerms, Block, Decision, Lifting
from vendorhub.store.meeting_requests import MeetingRequest
from vendorhub.store.meetings import Meeting


def consent_of(session: Session, request: MeetingRequest) -> Consent:
    """The standing yes to a request. Raises WrongState if there is none, or if its words have been erased."""
    undoing = aliased(Decision)
    found = session.execute(
        select(
            Decision,
            AgreedTerms.body,
            select(func.count())
            .select_from(Meeting)
            .where(Meeting.buyer_id == Decision.buyer_id, Meeting.consent_id == Decision.id)
            .scalar_subquery(),
            exists(select(undoing.id).where(undoing.buyer_id == Decision.buyer_id, undoing.undoes == Decision.id)),
            exists(
                select(Block.id)
                .outerjoin(Lifting, (Lifting.buyer_id == Block.buyer_id) & (Lifting.block_id == Block.id))
                .where(
                    Block.buyer_id == request.buyer_id,
                    Block.company_id == request.company_id,
                    Block.person_id.is_(None) | (Block.person_id == request.asked_by),
                    Lifting.id.is_(None),
                )
            ),
        )
        .join(
            AgreedTerms,
            (AgreedTerms.buyer_id == Decision.buyer_id) & (AgreedTerms.hash == Decision.terms_hash),
        )
        .where(Decision.buyer_id == request.buyer_id, Decision.id == request.consent_id)
    ).first()
    if found is None or not found[1] or found[0].kind != "accept":
        raise WrongState("There is no yes to this ask, so there is nothing to arrange yet.")
    decision, body, used, taken_back, blocked = found
    terms = from_body(body)
    return Consent(
        buyer=request.buyer_id,
        decision=decision.id,
        decided_by=decision.on_behalf_of or decision.by,
        terms=terms,
        terms_hash=decision.terms_hash,
        facts=ConsentFacts(
            effective_at=decision.effective_at,
            valid_until=terms.valid_until,
            times=terms.times,
            used=used,
            taken_back=taken_back,
            blocked=blocked,
        ),
    )
