"""Two answers to what came elsewhere that refuse nobody: *just remember it*, and *here is our front door*."""

from vendorhub.domain.decisions import DecisionKind
from vendorhub.domain.deeds import Deed
from vendorhub.domain.logged import Quiet
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.wall_times import in_zone
from vendorhub.outbox.front_door import show_front_door
from vendorhub.outbox.readers import organisation
from vendorhub.outbox.signatures import by_person
from vendorhub.store import Decision, MeetingRequest, Person
from vendorhub.store.history import record
from vendorhub.store.write import Work, write
from vendorhub.usecases.answering import given, taken_up


def remember(actor: Actor, code: str, *, kind: Quiet, note: str = "") -> None:
    """Says nothing to them, and binds like a no; or sends one kind letter about how to ask, and binds nobody.

    Held like any answer; their side of the ask stays the buyer's alone. Raises Unfit for an ask that was asked here, or
    that has no address for the letter; WrongState where they had that letter within a month.
    """
    with write(actor) as work:
        request, to = taken_up(work, actor, code, Deed.DECLINE, answer=kind)
        if not request.channel:
            raise Unfit("kind", "This answer is for asks that came elsewhere; here they wait for one.")
        if kind == Quiet.FRONT_DOOR and request.asked_by is None:
            raise Unfit("email", "There is no address to tell them at. Please add one, or just remember it.")
        answer = given(work, actor, request, Deed.DECLINE, to, kind=DecisionKind(kind), note=note)
        if kind == Quiet.FRONT_DOOR:
            _show(work, request, answer)
        record(work, Deed.DECLINE, request=request, audience="buyer", decision_id=answer.id, words=answer.kind)
        work.result = code


def _show(work: Work, request: MeetingRequest, answer: Decision) -> None:
    """They may ask at once, so the answer stands in the way of nothing."""
    buyer = organisation(work, request.buyer_id)
    request.again_on = in_zone(work.now, buyer.zone).date()
    written = show_front_door(
        work,
        buyer,
        email=work.session.get_one(Person, request.asked_by).email,
        name=request.sender_name,
        topic=request.topic,
        channel=request.channel,
        signed=by_person(work, answer.by, of=buyer, on_behalf_of=answer.on_behalf_of),
        note=request.note,
        due_at=answer.effective_at,
        decision_id=answer.id,
    )
    if not written:
        raise WrongState("They were shown the front door within a month. Please answer otherwise, or just remember it.")
