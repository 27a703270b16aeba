"""Saying what came of a meeting, and putting that right."""

from vendorhub.domain import minutes as promising
from vendorhub.domain import outcomes as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.outcomes import Said
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.wall_times import in_zone
from vendorhub.outbox import outcomes as letters
from vendorhub.outbox.readers import organisation
from vendorhub.queries import outcomes as seen
from vendorhub.queries.meetings import find_meeting
from vendorhub.store import Meeting, MeetingRequest, NextMeeting, Outcome, Thanks
from vendorhub.store.confirming import attendees_of
from vendorhub.store.history import record
from vendorhub.store.promises import promised
from vendorhub.store.write import Work, write


def say(actor: Actor, uid: str, said: Said) -> None:
    """The buyer's side says what came of a meeting once it has begun; whoever asked for it hears of thanks, of nothing
    else. Raises WrongState before, SomebodyWasFaster where somebody has said so, Unfit for what can't be said of it."""
    with write(actor) as work:
        meeting, _, _ = find_meeting(actor, uid)
        work.lock_buyer(meeting.buyer_id)
        meeting, request = seen.saying(actor, uid)
        clean = _checked(work, request, said)
        row = Outcome(buyer_id=meeting.buyer_id, meeting_id=meeting.id, by=actor.person, made_at=work.now)
        _write(row, clean)
        work.session.add(row)
        _follow(work, actor, meeting, request, clean)
        record(work, Deed.SAY_OUTCOME, request=request, audience="buyer")
        work.result = uid


def correct(actor: Actor, uid: str, said: Said) -> None:
    """Puts right what was said: all of it anew, but for promises and thanks, which are added to. Raises WrongState
    thirty days after it was said, SomebodyWasFaster where it is not as the actor saw it."""
    with write(actor) as work:
        meeting, _, _ = find_meeting(actor, uid)
        work.lock_buyer(meeting.buyer_id)
        meeting, request = seen.correcting(actor, uid)
        clean = _checked(work, request, said)
        row = work.session.get_one(Outcome, (meeting.buyer_id, meeting.id))
        _write(row, clean)
        row.by, row.revision = actor.person, row.revision + 1
        _follow(work, actor, meeting, request, clean)
        record(work, Deed.CORRECT_OUTCOME, request=request, audience="buyer")
        work.result = uid


def _checked(work: Work, request: MeetingRequest, said: Said) -> Said:
    today = in_zone(work.now, organisation(work, request.buyer_id).zone).date()
    return rules.checked(said, kind=request.kind, today=today)


def _write(row: Outcome, said: Said) -> None:
    row.held, row.worth, row.note = said.held, said.worth, said.note
    row.goal_moved, row.decisions = said.goal_moved, list(said.decisions)


def _follow(work: Work, actor: Actor, meeting: Meeting, request: MeetingRequest, said: Said) -> None:
    """What else follows: promises, thanks, and that one would meet again."""
    _promise(work, actor, meeting, request, said)
    if said.thanks:
        _thank(work, actor, meeting, request, said)
    key = (meeting.buyer_id, meeting.id)
    wish = work.session.get(NextMeeting, key)
    if said.next is None:
        if wish is not None:
            work.session.delete(wish)
        return
    days = (said.next.first, said.next.last, said.next.prepares)
    if wish is None:
        wish = NextMeeting(buyer_id=meeting.buyer_id, meeting_id=meeting.id)
        work.session.add(wish)
    elif (wish.first, wish.last, wish.prepares) == days:
        return
    wish.first, wish.last, wish.prepares = days
    wish.by, wish.made_at = actor.person, work.now


def _promise(work: Work, actor: Actor, meeting: Meeting, request: MeetingRequest, said: Said) -> None:
    coming = {each.email: each for each in attendees_of(work, meeting)}
    today = in_zone(work.now, organisation(work, request.buyer_id).zone).date()
    theirs = request.vendor_id or request.company_id
    for each in said.promises:
        owner = coming.get(each.owner.strip().casefold())
        if owner is None:
            raise Unfit("owner", "Please choose one of those who were invited.")
        promised(
            work,
            request,
            text=promising.check_promise(each.text),
            company_id=request.buyer_id if owner.side == Side.BUYER else theirs,
            owner=(owner.name, owner.email),
            due=promising.check_due(each.due, today=today),
            by=actor.person,
            meeting_id=meeting.id,
        )


def _thank(work: Work, actor: Actor, meeting: Meeting, request: MeetingRequest, said: Said) -> None:
    key = (request.buyer_id, request.id, request.vendor_id or request.company_id, meeting.use_no)
    row = work.session.get(Thanks, key)
    if row is None:
        row = Thanks(buyer_id=key[0], request_id=key[1], company_id=key[2], use_no=key[3])
        work.session.add(row)
    elif (row.text, row.quotable) == (said.thanks, said.quotable):
        return
    row.text, row.quotable, row.by, row.made_at = said.thanks, said.quotable, actor.person, work.now
    work.session.flush()
    record(work, Deed.THANK, request=request, words=organisation(work, row.company_id).name)
    letters.thanked(work, request, meeting, row)
