"""Scenes of people without an account: whose links there are in the letters, and a single meeting with one of them."""

import re

from sqlalchemy import select

from tests.stage import HOLD, SLOTS, VERA, Stage, words
from vendorhub.store import Attendee, Meeting, db
from vendorhub.usecases import decisions, offers

UNA = ("Una", "una@fastprint.example", "Engineer")
PETRA, DEVIKA = "vera@presents.example", "carl@presents.example"  # who present for Fastprint and for Cloudio


def links(stage: Stage, to: str) -> list[str]:
    """The secrets of all links in letters to this address, the latest last."""
    told = [words(letter) for letter in stage.letters(recipient=to) if letter.sealed]
    return [found for each in told for found in re.findall(r"/visit/([\w-]{43})", each)]


def met(stage: Stage) -> str:
    """The UID of a meeting at the first slot with Vera and Una, who has no account."""
    code = stage.asked(attendees=[VERA, UNA])
    decisions.accept(stage["Kim"], code)
    stage.go(HOLD)
    offer = offers.offer(stage["Kim"], code, slots=SLOTS)
    return offers.choose(stage["Vera"], offer, slot=stage.slot(offer))


def uid_of() -> str:
    """The UID of the only meeting there is."""
    db.session.rollback()
    return db.session.scalars(select(Meeting.uid)).one()


def listed(uid: str) -> list[tuple[str, str]]:
    """Who is on the list of a meeting and what they have said, those who came off it left out."""
    db.session.rollback()
    rows = db.session.execute(
        select(Attendee.name, Attendee.partstat)
        .join(Meeting, Meeting.id == Attendee.meeting_id)
        .where(Meeting.uid == uid, Attendee.gone_at.is_(None))
        .order_by(Attendee.id)
    )
    return [(name, partstat) for name, partstat in rows]
