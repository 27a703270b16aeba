"""Answers a standing yes from the relationship that it is about: given, and called off."""

from vendorhub.api.bodies import Body, Mark, Note, plain
from vendorhub.api.calls import Answer, post
from vendorhub.api.request_shapes import MeetingRequest, Minutes, told
from vendorhub.domain.people import Actor
from vendorhub.queries import judgements
from vendorhub.usecases import standing_consents
from vendorhub.usecases.once import once


class StandingYesGiven(Body):
    """A standing yes, for so many `minutes` each time (else as long as was asked for), to the ask of this company that
    waits. Where several wait, `request` is the code of the one that is meant."""

    request: Mark | None = None
    minutes: Minutes | None = None
    note: Note | None = None


class StandingYesOver(Body):
    """The standing yes that is called off; where several count, `request` is the code of the one that is meant."""

    request: Mark | None = None
    note: Note | None = None


@post(
    "/relationships/<code>/standing-consent",
    MeetingRequest,
    body=StandingYesGiven,
    statuses=(201,),
    judge=lambda actor, said, code: judgements.standing_yes(actor, code, said.get("request")),
)
def stand(actor: Actor, body: StandingYesGiven, code: str) -> Answer:
    """Say yes to a meeting a quarter, until somebody calls it off. Held like any answer."""
    which = once(
        lambda: standing_consents.give(
            actor, code, ask=plain(body.request), minutes=body.minutes, note=plain(body.note)
        )
    )
    return told(actor, which)


@post(
    "/relationships/<code>/standing-consent/revocation",
    MeetingRequest,
    body=StandingYesOver,
    judge=lambda actor, said, code: judgements.standing_yes(actor, code, said.get("request"), over=True),
)
def stand_no_more(actor: Actor, body: StandingYesOver, code: str) -> Answer:
    """Call a standing yes off, at once: the meeting ahead is cancelled, times on the table fall."""
    which = once(lambda: standing_consents.revoke(actor, code, ask=plain(body.request), note=plain(body.note)))
    return told(actor, which)
