"""Answers what came elsewhere: noted down, and put right."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import StringConstraints

from vendorhub.api.bodies import Body, plain
from vendorhub.api.calls import Answer, post
from vendorhub.api.request_shapes import MeetingRequest, Minutes, Topic, judged, told
from vendorhub.domain.deeds import Deed
from vendorhub.domain.heard import NAME_AT_MOST
from vendorhub.domain.people import Actor
from vendorhub.domain.rights import Relation, require
from vendorhub.usecases import logged
from vendorhub.usecases.once import once

Name = Annotated[str, StringConstraints(max_length=NAME_AT_MOST)]
Address = Annotated[str, StringConstraints(max_length=254)]


class LoggedGiven(Body):
    """An ask that came elsewhere: `channel` is mail, invitation, phone, site, voicemail or other; who asked is told by
    at least one of `company`, `name` and `email`."""

    channel: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    topic: Topic
    company: Name | None = None
    name: Name | None = None
    email: Address | None = None


class CorrectionGiven(Body):
    """What is put right; what is left out stays. An empty `email` takes the address off."""

    company: Name | None = None
    name: Name | None = None
    email: Address | None = None
    topic: Topic | None = None
    minutes: Minutes | None = None


def _noting(actor: Actor, said: Mapping[str, object]) -> None:
    require(actor, Deed.LOG, frozenset({Relation.ANY}))


@post("/meeting-requests/logged", MeetingRequest, body=LoggedGiven, statuses=(201,), judge=_noting)
def log(actor: Actor, body: LoggedGiven) -> Answer:
    """Note an ask that came elsewhere. Nobody outside hears of it; it is answered or remembered like any other."""
    code = once(
        lambda: logged.log(
            actor,
            channel=body.channel,
            topic=body.topic,
            company=plain(body.company),
            name=plain(body.name),
            email=plain(body.email),
        )
    )
    return told(actor, code)


@post("/meeting-requests/<code>/correction", MeetingRequest, body=CorrectionGiven, judge=judged(Deed.CORRECT))
def correct(actor: Actor, body: CorrectionGiven, code: str) -> Answer:
    """Put right who asked elsewhere, what about and for how long. Earlier answers to the right company count then."""
    once(lambda: logged.correct(actor, code, **body.model_dump()))
    return told(actor, code)
