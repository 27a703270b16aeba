"""A vendor's own word about a briefing: it comes, it stays away, or it leaves again."""

from sqlalchemy import select

from vendorhub.domain import briefings as rules
from vendorhub.domain import texts
from vendorhub.domain.briefings import Part
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.outbox import briefings as letters
from vendorhub.queries import judgements
from vendorhub.store import Briefing, Join, MeetingRequest, Participation
from vendorhub.store.history import record_part
from vendorhub.store.write import Work, write
from vendorhub.usecases.briefings import judged
from vendorhub.usecases.meeting_all import meet_or_give_up, no_longer_comes

NOTE_AT_MOST = 1000


def take_part(actor: Actor, code: str, *, vendor: str = "") -> None:
    """The vendor comes, with the line-up that is named and the house rules (append-only, law 3).

    The last word that was missing lets the invitations go, where a time is agreed. `vendor` is the slug of whom the
    door speaks of; raises NotThere if that is nobody in the briefing, NotAllowed if it is not the actor's own.
    """
    with write(actor) as work:
        briefing, request, part = _part(work, actor, code, Deed.TAKE_PART, vendor)
        to = rules.after(Part(part.state), Deed.TAKE_PART)
        joined = Join(
            buyer_id=request.buyer_id,
            request_id=request.id,
            company_id=part.company_id,
            line_up=briefing.line_up,
            by=actor.person,
            door=actor.door.name,
            made_at=work.now,
        )
        work.session.add(joined)
        work.session.flush()
        part.state, part.join_id, part.joined_by = to, joined.id, actor.person
        part.answered_at, part.note = work.now, ""
        record_part(work, Deed.TAKE_PART, request=request, company_id=part.company_id)
        work.session.flush()
        letters.answered(work, request, part, "joined")
        meet_or_give_up(work, actor, briefing, request)
        work.result = code


def stay_out(actor: Actor, code: str, *, note: str = "", vendor: str = "") -> None:
    """The vendor does not come; who organises it hears so, and decides whether it goes on without them."""
    _gone(actor, code, Deed.STAY_OUT, "declined", note, vendor)


def leave(actor: Actor, code: str, *, note: str = "", vendor: str = "") -> None:
    """The vendor had joined and does not come after all: narrower, so nobody else is asked again."""
    _gone(actor, code, Deed.LEAVE, "left", note, vendor)


def _gone(actor: Actor, code: str, deed: Deed, what: str, note: str, vendor: str) -> None:
    with write(actor) as work:
        _briefing, request, part = _part(work, actor, code, deed, vendor)
        part.state = rules.after(Part(part.state), deed)
        part.note = texts.text(note, at_most=NOTE_AT_MOST, what="note")
        part.answered_at = work.now
        record_part(work, deed, request=request, company_id=part.company_id)
        if no_longer_comes(work, request, part, note=part.note) is None:
            letters.answered(work, request, part, what)
        work.result = code


def _part(
    work: Work, actor: Actor, code: str, deed: Deed, vendor: str
) -> tuple[Briefing, MeetingRequest, Participation]:
    """The actor's own part, judged: 404, 403, 409 in that order."""
    judgements.briefing(actor, code, deed, vendor=vendor)
    briefing, request, _ = judged(work, actor, code, deed)
    part = work.session.scalars(
        select(Participation).where(
            Participation.buyer_id == request.buyer_id,
            Participation.request_id == request.id,
            Participation.company_id == actor.organisation,
        )
    ).one()
    return briefing, request, part
