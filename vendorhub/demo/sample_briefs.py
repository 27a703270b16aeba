"""Answers what a brief looks like, in the gallery of letters: a vendor's, before a single meeting."""

from datetime import date, timedelta

from vendorhub.demo import cast, vendors
from vendorhub.demo.sample_world import ASK, PLACE, START
from vendorhub.domain.brief_sheets import BriefSheet
from vendorhub.domain.briefs import Brief, Comer, Matter, Point
from vendorhub.domain.memory import LeftOff, Promised, Sentence, Talk
from vendorhub.outbox.brief_sheets import sheet
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient

_TALK = Talk(
    day=date(2026, 10, 14),
    how="meeting",
    topic="What a restore takes",
    who=(cast.CIO.name,),
    decisions=("A restore is shown on our own data before the contract is renewed.",),
)
_OWED = (
    Promised("Send the list of systems", cast.CIO.name, date(2027, 1, 12), theirs=True),
    Promised("Measure a restore of the claims database", vendors.TOM.name, date(2027, 2, 12), theirs=False),
)


def sheet_for(to: Recipient, *, again: bool) -> BriefSheet:
    """The page as this reader has it."""
    moved = Sentence("The time is another: it was %(was)s.", {"was": START - timedelta(days=1)})
    brief = Brief(
        uid=ASK.code,
        topic=ASK.topic,
        joint=False,
        buyer=cast.HAVELMARK.name,
        buyer_zone="Europe/Berlin",
        company=vendors.KEELSAFE.name,
        start=START,
        end=START + timedelta(minutes=30),
        place=PLACE,
        outcome=ASK.outcome,
        goal="Restore in hours, not in days",
        left_off=(LeftOff(cast.HAVELMARK.slug, cast.HAVELMARK.name, _TALK, _OWED),),
        changes=(moved,) if again else (),
        people=(Comer(cast.CIO.name, cast.HAVELMARK.name, "ACCEPTED", "Reads the numbers first"),),
        own_people=(Comer(vendors.MAYA.name, vendors.KEELSAFE.name, "ACCEPTED", ""),),
        agenda=(
            Point(0, 15, "What a restore takes", (vendors.KEELSAFE.name,)),
            Point(15, 15, "What is new with us", (cast.HAVELMARK.name,)),
        ),
        matter=Matter("", "", "", (), ()),
    )
    now = START - timedelta(days=1)
    return sheet(brief, zone=to.zone, language=to.language, link=office().links.brief(ASK.code), now=now)
