"""What the vendors of a briefing hear and when: asked after the buyer's yes, asked anew, gone on without, called off.

No use-case by itself: each deed that changes whether or with whom a briefing takes place goes through here.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import exists, select

from vendorhub.domain import briefings as rules
from vendorhub.domain.briefings import NAMED, Part
from vendorhub.domain.codes import plain
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind, State, is_held
from vendorhub.domain.people import Side
from vendorhub.domain.refusals import Unfit
from vendorhub.outbox import briefings as letters
from vendorhub.store import Block, Briefing, Decision, Meeting, MeetingRequest, Organisation, Participation
from vendorhub.store.blocks import shut_out, takes_part
from vendorhub.store.briefings import briefing_of, parts_of, vendors_named
from vendorhub.store.companies import kin
from vendorhub.store.history import record_part
from vendorhub.store.write import Work
from vendorhub.usecases.meeting_all import no_longer_comes


def vendors_called(work: Work, buyer_id: int, slugs: Sequence[str]) -> list[Organisation]:
    """The vendors by their slugs, in this order. Raises Unfit for one that nobody is called, or that can't be named
    with this buyer; why it can't is the buyer's own business."""
    wanted = [plain(slug) for slug in slugs]
    known = {
        row.slug: row
        for row in work.session.scalars(
            select(Organisation).where(
                Organisation.slug.in_(wanted), Organisation.kind == Side.VENDOR, Organisation.noted_by.is_(None)
            )
        )
    }
    for slug in wanted:
        if slug not in known:
            raise Unfit("vendors", "There is no vendor called %(name)s here.", name=slug or "?")
        one = set(kin(work.session, buyer_id, known[slug].id)) | {known[slug].id}
        if any(work.session.scalar(select(shut_out(buyer_id, each, None, now=work.now))) for each in sorted(one)):
            raise Unfit("vendors", "%(name)s: not with this buyer.", name=known[slug].name)
    return [known[slug] for slug in wanted]


def ask_vendors(work: Work, request: MeetingRequest, answer: Decision | None = None) -> None:
    """Asks every vendor that is named whether it comes; with an `answer` that is held it waits, and falls, with it."""
    if request.kind != Kind.BRIEFING:
        return
    briefing, at = briefing_of(work.session, request), answer.effective_at if answer else work.now
    parts = [part for part in parts_of(work.session, request) if part.state in NAMED]
    for part in parts:
        part.asked_at = part.asked_at or at
        record_part(work, Deed.NAME, request=request, company_id=part.company_id, visible_at=at)
        letters.asked(work, briefing, request, part, parts, answer=answer)


def ask_anew(work: Work, briefing: Briefing, request: MeetingRequest, vendors: Collection[int]) -> None:
    """Makes these the line-up: who is new is named, who is not among them is dropped, and everybody is asked again."""
    parts = {part.company_id: part for part in parts_of(work.session, request)}
    for gone in [each for company, each in parts.items() if company not in vendors and each.state in NAMED]:
        drop(work, request, gone)
    further = len(parts)
    for company in vendors:
        if (part := parts.get(company)) is None:
            further += 1
            work.session.add(
                Participation(
                    buyer_id=request.buyer_id,
                    request_id=request.id,
                    company_id=company,
                    position=further,
                    state=Part.ASKED,
                )
            )
            continue
        if part.state == Part.JOINED:
            part.had_version = briefing.agenda_version
        part.state = rules.after(Part(part.state), Deed.NAME)
        part.join_id = part.joined_by = None
    work.session.flush()
    briefing.line_up = rules.line_up(vendors)
    briefing.wished = briefing.wished_by = briefing.wished_theme = briefing.wished_minutes = None
    briefing.changed_at = work.now
    ask_vendors(work, request)


def is_invited(work: Work, request: MeetingRequest) -> bool:
    """Whether everybody is invited, or has been."""
    return bool(work.session.scalar(select(exists().where(Meeting.request_id == request.id))))


def drop(work: Work, request: MeetingRequest, part: Participation) -> bool:
    """Goes on without a vendor, which hears so if it had been asked. Whether it comes off a meeting by that, of which
    everybody else hears."""
    part.state = rules.after(Part(part.state), Deed.DROP)
    part.join_id = part.joined_by = None
    part.answered_at = work.now
    record_part(work, Deed.DROP, request=request, company_id=part.company_id)
    told = no_longer_comes(work, request, part)
    if part.asked_at is not None and part.asked_at <= work.now:
        letters.off(work, request, part, without_you=True, told=told or ())
    return told is not None


def not_taking_place(work: Work, request: MeetingRequest, *, told: Collection[str] = ()) -> None:
    """Tells the vendors that had been asked that the briefing does not take place; `told` are the addresses of those
    whom a cancellation tells so."""
    if request.kind != Kind.BRIEFING:
        return
    for part in parts_of(work.session, request):
        if part.state in (Part.ASKED, Part.JOINED) and part.asked_at is not None and part.asked_at <= work.now:
            letters.off(work, request, part, without_you=False, told=told)


def turn_away(work: Work, made: Block) -> None:
    """Takes a company that is shut out off the line-ups of this buyer, or the one for which the person joined who is;
    who organises them hears only that it is not with this buyer, and who is left is asked anew.
    """
    rows = work.session.execute(
        select(Participation, MeetingRequest)
        .join(
            MeetingRequest,
            (MeetingRequest.buyer_id == Participation.buyer_id) & (MeetingRequest.id == Participation.request_id),
        )
        .where(Block.id == made.id, Participation.buyer_id == made.buyer_id, takes_part(Participation, MeetingRequest))
        .order_by(Participation.id)
    ).all()
    for part, request in rows:
        if drop(work, request, part):
            continue
        letters.answered(work, request, part, "turned_away")
        left = vendors_named(work.session, request)
        heard = request.state == State.ACCEPTED and not is_held(request.held_until, work.now)
        if heard and len(left) >= rules.VENDORS_AT_LEAST and not is_invited(work, request):
            ask_anew(work, briefing_of(work.session, request), request, left)
