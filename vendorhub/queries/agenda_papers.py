"""Which entry for a calendar somebody has of a briefing, told without wording it anew: most who ask have it already."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from vendorhub.domain.briefings import may_know
from vendorhub.domain.codes import meant
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.people import Actor
from vendorhub.queries.briefings import seen_by
from vendorhub.queries.scope import MOST, Eyes, eyes
from vendorhub.store import Attendee, Briefing, Meeting, MeetingRequest, Person, db
from vendorhub.store.briefings import comes


@dataclass(frozen=True)
class Stamp:
    """The meeting's UID, and a tag (32 hex digits) that changes with whatever its entry tells this attendee."""

    uid: str
    tag: str


def stamp(actor: Actor, code: str) -> Stamp | None:
    """The stamp of the actor's entry; None where there is none for them, for whatever reason."""
    rows = db.session.execute(_attended(eyes(actor)), {"code": meant(code)}).all()
    own = next((row for row in rows if row.person_id == actor.person), None)
    if own is None:
        return None
    known = [row for row in rows if may_know(row.home, own.home, buyer=row.buyer_id, organiser=row.company_id)]
    vendors = sorted({row.home for row in rows if row.home is not None})  # who comes, by name
    told = repr((actor.person, vendors, [tuple(row) for row in known]))
    return Stamp(rows[0].uid, hashlib.sha256(told.encode()).hexdigest()[:32])


@lru_cache(maxsize=MOST)
def _attended(eyes: Eyes) -> Select[*tuple[Any, ...]]:
    """The meeting of a briefing's code, for these eyes, with all who attend it."""
    return (
        select(
            Meeting.uid,
            Meeting.sequence,
            Meeting.changed_at,
            Briefing.agenda_version,
            Person.language,
            MeetingRequest.buyer_id,
            MeetingRequest.company_id,
            Attendee.company_id.label("home"),
            Attendee.person_id,
            Attendee.email,
            Attendee.name,
            Attendee.partstat,
        )
        .join(Briefing, and_(Briefing.buyer_id == Meeting.buyer_id, Briefing.request_id == Meeting.request_id))
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == Briefing.buyer_id, MeetingRequest.id == Briefing.request_id),
        )
        .join(Attendee, Attendee.meeting_id == Meeting.id)
        .join(Person, Person.id == eyes.person)
        .where(
            MeetingRequest.code == bindparam("code"),
            Meeting.state == MeetingState.CONFIRMED,
            comes(Meeting.request_id),
            seen_by(eyes),
        )
        .order_by(Attendee.id)
    )
