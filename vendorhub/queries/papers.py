"""Whose the file of a paper is to read: whoever sees the ask that it is about."""

from sqlalchemy import select

from vendorhub.domain.codes import meant
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere
from vendorhub.queries.scope import scope
from vendorhub.store import MeetingRequest, Paper, db


def pdf(actor: Actor, code: str, name: str) -> bytes:
    """The PDF of this name about this ask, an earlier version too. Raises NotThere if it isn't the actor's to see."""
    found = db.session.scalar(
        select(Paper.pdf)
        .join(MeetingRequest, (MeetingRequest.buyer_id == Paper.buyer_id) & (MeetingRequest.id == Paper.request_id))
        .where(MeetingRequest.code == meant(code), Paper.code == meant(name), scope(actor))
    )
    if found is None:
        raise NotThere
    return found
