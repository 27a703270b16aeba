"""Reading a consent back from the ledger, with everything that decides whether it is live."""

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from vendorhub import clock
from vendorhub.domain.decisions import Consent, ConsentFacts
from vendorhub.domain.refusals import WrongState
from vendorhub.domain.terms import from_body
from vendorhub.store.base import Instant
from vendorhub.store.blocks import shut_out
from vendorhub.store.decisions import AgreedTerms, Decision
from vendorhub.store.meeting_requests import MeetingRequest
from vendorhub.store.meetings import Meeting

_UNDOING = aliased(Decision)

# Put together once: building it costs more than running it, and every change of a meeting asks.
_STANDING = (
    select(
        Decision,
        AgreedTerms.body,
        select(func.count())
        .select_from(Meeting)
        .where(Meeting.buyer_id == Decision.buyer_id, Meeting.consent_id == Decision.id)
        .scalar_subquery(),
        exists(select(_UNDOING.id).where(_UNDOING.buyer_id == Decision.buyer_id, _UNDOING.undoes == Decision.id)),
        or_(
            *(
                shut_out(
                    bindparam("buyer"), bindparam(company), bindparam(person), now=bindparam("now", type_=Instant())
                )
                for company, person in (("company", "person"), ("vendor", "confirmer"))
            )
        ),
    )
    .join(AgreedTerms, (AgreedTerms.buyer_id == Decision.buyer_id) & (AgreedTerms.hash == Decision.terms_hash))
    .where(Decision.buyer_id == bindparam("buyer"), Decision.id == bindparam("consent"))
)


def consent_of(session: Session, request: MeetingRequest) -> Consent:
    """The standing yes to a request. Raises WrongState if there is none, or if its words have been erased."""
    found = session.execute(
        _STANDING,
        {
            "buyer": request.buyer_id,
            "company": request.company_id,
            "person": request.asked_by,
            "vendor": request.vendor_id,
            "confirmer": request.confirmed_by,
            "consent": request.consent_id,
            "now": clock.now(),
        },
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
