"""Answers a vendor's own word about a briefing: it comes, it stays away, or it leaves again."""

from vendorhub.api.bodies import Body, Note, Nothing, plain
from vendorhub.api.briefings import Briefing, told
from vendorhub.api.calls import Answer, Judge, post
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.queries import judgements
from vendorhub.usecases import participations
from vendorhub.usecases.once import once


class GoingGiven(Body):
    """Why the vendor does not come, or not after all."""

    note: Note | None = None


def _judged(deed: Deed) -> Judge:
    return lambda actor, said, code, slug: judgements.briefing(actor, code, deed, vendor=slug)


@post("/briefings/<code>/participations/<slug>/acceptance", Briefing, judge=_judged(Deed.TAKE_PART))
def take_part(actor: Actor, body: Nothing, code: str, slug: str) -> Answer:
    """Come to the briefing, with the line-up that is named; it confirms the house rules."""
    once(lambda: participations.take_part(actor, code, vendor=slug))
    return told(actor, code)


@post(
    "/briefings/<code>/participations/<slug>/refusal",
    Briefing,
    body=GoingGiven,
    judge=_judged(Deed.STAY_OUT),
)
def stay_out(actor: Actor, body: GoingGiven, code: str, slug: str) -> Answer:
    """Don't come to the briefing."""
    once(lambda: participations.stay_out(actor, code, note=plain(body.note), vendor=slug))
    return told(actor, code)


@post("/briefings/<code>/participations/<slug>/leaving", Briefing, body=GoingGiven, judge=_judged(Deed.LEAVE))
def leave(actor: Actor, body: GoingGiven, code: str, slug: str) -> Answer:
    """Leave a briefing that you had joined."""
    once(lambda: participations.leave(actor, code, note=plain(body.note), vendor=slug))
    return told(actor, code)
