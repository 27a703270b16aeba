"""Saying what two vendors of a briefing are to each other, what was found in the room, and giving them time to talk."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from vendorhub.domain import overlaps as rules
from vendorhub.domain.agendas import Segment
from vendorhub.domain.briefings import NAMED
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import State
from vendorhub.domain.overlaps import Kind
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import WrongState
from vendorhub.domain.rights import require
from vendorhub.queries import briefings
from vendorhub.queries import overlaps as seen
from vendorhub.queries.overlaps import PairView, Score
from vendorhub.queries.scope import decider
from vendorhub.store import MeetingRequest, Overlap, Participation, db
from vendorhub.store.history import record
from vendorhub.store.write import Work, write
from vendorhub.usecases.agenda_building import add_entry
from vendorhub.usecases.speakers import speakers

# Only a briefing of more vendors than this can hold more items than are likened while somebody waits.
MANY = 10


@dataclass(frozen=True)
class Talk:
    """The discussion of two vendors on the agenda; without a title it is named by what they are to each other."""

    minutes: int = rules.MINUTES
    title: str = ""


def mark(
    actor: Actor,
    code: str,
    pair: str,
    *,
    kind: str | None = None,
    sentence: str | None = None,
    found: str | None = None,
    talk: Talk | None = None,
) -> None:
    """Says whether two vendors fit together, compete, or neither, and why; writes what was found in the room; and
    makes them an entry of the working agenda, both as presenters. None leaves each as it is.

    What was found may be written after the briefing, too. Raises Unfit for what won't do.
    """
    with write(actor) as work:
        _, request, _ = briefings.find(actor, code)
        work.lock_buyer(request.buyer_id)
        noting = found is not None and kind is None and sentence is None and talk is None
        request, view = seen.judge(actor, code, pair, noting=noting)
        if talk is not None:
            _may_place(actor, request, code, view)
        meant = rules.check(kind=kind, sentence=sentence, found=found)
        row = _row_of(work, request, view)
        row.kind = row.kind if meant.kind is None else meant.kind
        row.sentence = row.sentence if meant.sentence is None else meant.sentence
        row.found = row.found if meant.found is None else meant.found
        row.marked_by, row.marked_at = actor.person, work.now
        names = ", ".join(name for _, name in view.vendors)
        if kind is not None or sentence is not None or found is not None:
            record(work, Deed.MARK, request=request, words=names)
        if talk is not None:
            _place(work, request, view, row, talk)
            record(work, Deed.BUILD, request=request)
        work.result = code


def liken_due() -> int:
    """Works out the scores that are too many to be worked out while somebody waits; of how many briefings."""
    large = db.session.execute(
        select(MeetingRequest.id, MeetingRequest.code)
        .join(
            Participation,
            and_(
                Participation.buyer_id == MeetingRequest.buyer_id,
                Participation.request_id == MeetingRequest.id,
            ),
        )
        .where(MeetingRequest.state == State.ACCEPTED, Participation.position > MANY, Participation.state.in_(NAMED))
        .distinct()
    ).all()
    return sum(_likened(number, code) for number, code in large)


def _likened(number: int, code: str) -> bool:
    vendors = seen.brought(code)
    if rules.at_once([each.said for each in vendors]):
        return False
    pairs = [(one, other) for at, one in enumerate(vendors) for other in vendors[at + 1 :]]
    query = select(Overlap).where(Overlap.request_id == number)
    known = {(row.one_id, row.other_id): row for row in db.session.scalars(query)}
    fresh = {key: row.likened_from for key, row in known.items()}
    made = seen.scores(vendors, known, only=pairs, patient=True)
    changed = {key: score for key, score in made.items() if fresh.get(key) != score.likened_from}
    if changed:
        with write(None) as work:  # worked out before it, so that nobody waits for their turn meanwhile
            request = work.session.get_one(MeetingRequest, number)
            for companies, score in changed.items():
                _keep(_find(work, request, companies), score)
    return bool(changed)


def _row_of(work: Work, request: MeetingRequest, view: PairView) -> Overlap:
    """What is kept of a pair, with the score as it is now."""
    row = _find(work, request, view.companies)
    if view.fresh:
        _keep(row, Score(view.score, view.topics, view.likened_from))
    return row


def _find(work: Work, request: MeetingRequest, companies: tuple[int, int]) -> Overlap:
    one, other = companies
    row = work.session.scalar(
        select(Overlap).where(
            Overlap.buyer_id == request.buyer_id,
            Overlap.request_id == request.id,
            Overlap.one_id == one,
            Overlap.other_id == other,
        )
    )
    if row is None:
        row = Overlap(
            buyer_id=request.buyer_id,
            request_id=request.id,
            code=rules.pair_code(request.code, one, other),
            one_id=one,
            other_id=other,
            sentence="",
            found="",
        )
        work.session.add(row)
    return row


def _keep(row: Overlap, score: Score) -> None:
    row.score, row.topics, row.likened_from = score.score, list(score.topics), score.likened_from


def _may_place(actor: Actor, request: MeetingRequest, code: str, view: PairView) -> None:
    _, _, stands = briefings.find(actor, code)
    require(actor, Deed.BUILD, stands, decider=decider(request))
    if view.minutes is not None:
        raise WrongState("These two have their time on the agenda already.")


def _place(work: Work, request: MeetingRequest, view: PairView, row: Overlap, talk: Talk) -> None:
    work.session.flush()
    (_, one), (_, other) = view.vendors
    add_entry(
        work,
        request,
        segment=Segment.OVERLAP,
        title=talk.title.strip() or rules.topic_of(Kind(row.kind) if row.kind else None, one, other),
        minutes=talk.minutes,
        companies=view.companies,
        presenters=speakers(work, request, view.companies),
        overlap_id=row.id,
    )
