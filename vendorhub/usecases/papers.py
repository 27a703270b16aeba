"""Papers instead of meetings: handed in, found to be enough, or missed. Any other answer to them is an answer again."""

from datetime import timedelta

from sqlalchemy import Select, func, select

from vendorhub import clock
from vendorhub.domain import papers as rules
from vendorhub.domain import texts
from vendorhub.domain.codes import new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State, is_held
from vendorhub.domain.papers import Stage
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.outbox import papers as notices
from vendorhub.papers import pdf as pdfs
from vendorhub.queries import judgements
from vendorhub.store import MeetingRequest, Paper, Writing, db
from vendorhub.store.history import record
from vendorhub.store.write import Work, write
from vendorhub.usecases.answering import NOTE_AT_MOST
from vendorhub.usecases.judged import judged
from vendorhub.usecases.writing import stage_of, writing_of

_FURTHEST_AHEAD = timedelta(hours=14)  # of UTC, by the clocks on the first islands to see a day


def hand_in(actor: Actor, code: str, *, text: str = "", pdf: bytes = b"") -> None:
    """Hands in a paper of two pages at most: words (Markdown), a PDF, or both. Until it is answered a later one is
    read instead of it. Raises Unfit, naming `text` or `pdf`, for what won't do.
    """
    pages = 0
    if pdf:  # somebody else's file takes its time: it is looked into while nobody waits for us
        judgements.meeting_request(actor, code, Deed.HAND_IN)
        pages = pdfs.check(pdf)
    with write(actor) as work:
        request, writing, stage = _judged(work, actor, code, Deed.HAND_IN)
        version = 1 + (work.session.scalar(_latest(request)) or 0)
        if version > rules.VERSIONS_AT_MOST:
            raise WrongState("You have handed in %(most)s versions; they read the last one.", most=version - 1)
        said = rules.check_text(text)
        if not said and not pdf:
            raise Unfit("text", "Please write the paper here, or choose a PDF.")
        paper = Paper(
            buyer_id=request.buyer_id,
            request_id=request.id,
            code=new_code(26),
            version=version,
            text=said,
            pdf=pdf or None,
            pages=pages,
            by=actor.person,
            made_at=work.now,
        )
        work.session.add(paper)
        work.session.flush()
        first = writing.stage == Stage.ASKED
        writing.stage, writing.paper_id = stage, paper.id
        record(work, Deed.HAND_IN, request=request)
        if first:  # a later version waits where the first one does
            notices.here(work, request, writing)
        work.result = code


def enough(actor: Actor, code: str, *, note: str = "") -> None:
    """Says that the paper is enough: no meeting is needed, and whoever wrote it is thanked."""
    with write(actor) as work:
        request, writing, stage = _judged(work, actor, code, Deed.ENOUGH)
        work.use_link(buyer_id=request.buyer_id, request_id=request.id, person_id=actor.person)
        said = texts.text(note, at_most=NOTE_AT_MOST, what="note")
        writing.stage = stage
        record(work, Deed.ENOUGH, request=request)
        notices.enough(work, request, said)
        work.result = code


def miss_due(*, at_most: int = 200) -> int:
    """Ends, one by one, the papers whose day is over and that have not come; answers how many. Said once."""
    day = (clock.now() + _FURTHEST_AHEAD).date()
    due = db.session.execute(
        select(Writing.buyer_id, Writing.request_id)
        .where(Writing.stage == Stage.ASKED, Writing.due < day)
        .order_by(Writing.due, Writing.request_id)
        .limit(at_most)
    ).all()
    return sum(_miss(buyer_id, request_id) for buyer_id, request_id in due)


def _miss(buyer_id: int, request_id: int) -> int:
    with write(None) as work:
        work.lock_buyer(buyer_id)
        request = work.session.get_one(MeetingRequest, request_id, populate_existing=True)
        writing = writing_of(work, request)
        if writing is None or writing.stage != Stage.ASKED or stage_of(work, request, writing) is not Stage.MISSED:
            return 0
        writing.stage = Stage.MISSED
        if request.state == State.DECLINED:
            record(work, Deed.LAPSE, request=request, words="paper")
            notices.missed(work, request, writing)
        return 1


def _judged(work: Work, actor: Actor, code: str, deed: Deed) -> tuple[MeetingRequest, Writing, Stage]:
    """The request and its paper, locked and judged: 404, 403, 409 in that order, and the stage the deed leads to."""
    request, _ = judged(work, actor, code, deed)
    writing, heard = writing_of(work, request), not is_held(request.held_until, work.now)
    asked_for = writing is not None and request.state == State.DECLINED and heard
    stage = rules.after(stage_of(work, request, writing) if writing and asked_for else None, deed)
    if writing is None:
        raise LookupError("a stage without its row")
    return request, writing, stage


def _latest(request: MeetingRequest) -> Select[int]:
    return select(func.max(Paper.version)).where(Paper.buyer_id == request.buyer_id, Paper.request_id == request.id)
