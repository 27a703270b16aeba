"""Reading a consent back from the ledger, with everything that decides whether it is live."""

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from vendorhub import clock
from vendorhub.domain.decisions import Consent, ConsentFacts
from vendorhub.domain.refusals import WrongState
from vendorhub.domain.terms import from_body
from vendorhub.store.blocks import shut_out
from vendorhub.store.decisions import AgreedTerms, Decision
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
            shut_out(request.buyer_id, request.company_id, request.asked_by, now=clock.now()),
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
