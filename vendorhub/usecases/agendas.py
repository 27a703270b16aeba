"""The agenda of a meeting, half and half: each side writes its own (M8)."""

from collections.abc import Sequence

from sqlalchemy import delete

from vendorhub.domain import texts
from vendorhub.domain.briefings import refuse_halves
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meetings import MeetingState, after, half_of
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.rights import require
from vendorhub.queries import meetings as seen
from vendorhub.queries.scope import decider
from vendorhub.store import AgendaItem
from vendorhub.store.history import record
from vendorhub.store.write import write

ITEMS_AT_MOST = 12


def set_half(actor: Actor, uid: str, *, items: Sequence[tuple[str, int]]) -> None:
    """Replaces the actor's side's half with these (title, minutes), in this order.

    Raises Unfit on a title or minutes that won't do, or if both halves no longer fit the meeting.
    """
    with write(actor) as work:
        meeting, _, _ = seen.find_meeting(actor, uid)
        work.lock_buyer(meeting.buyer_id)
        meeting, request, stands = seen.find_meeting(actor, uid)
        require(actor, Deed.SET_AGENDA, stands, decider=decider(request))
        work.match(lambda: seen.see(actor, uid).version)
        refuse_halves(meeting.kind)
        after(MeetingState(meeting.state), Deed.SET_AGENDA, start=meeting.start_at, now=work.now)
        half = half_of(actor.side)
        if len(items) > ITEMS_AT_MOST:
            raise Unfit("entries", "Please keep to %(most)s points.", most=ITEMS_AT_MOST)
        rows = [
            AgendaItem(
                buyer_id=meeting.buyer_id,
                meeting_id=meeting.id,
                segment=half,
                position=position,
                title=texts.line(title, at_most=120, what="entries"),
                minutes=_minutes(minutes),
            )
            for position, (title, minutes) in enumerate(items, start=1)
        ]
        others = sum(item.minutes for item in seen.see(actor, uid).agenda if item.segment != half)
        frame = int((meeting.end_at - meeting.start_at).total_seconds() // 60)
        if others + sum(row.minutes for row in rows) > frame:
            raise Unfit("entries", "Together the points take longer than the %(frame)s minutes there are.", frame=frame)
        work.session.execute(delete(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.segment == half))
        work.session.add_all(rows)
        meeting.agenda_version += 1
        record(work, Deed.SET_AGENDA, request=request)
        work.result = uid


def _minutes(minutes: int) -> int:
    if not 1 <= minutes <= 480:
        raise Unfit("entries", "Please give each point between 1 and 480 minutes.")
    return minutes
