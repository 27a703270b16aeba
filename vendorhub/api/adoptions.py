"""Answers meetings that exist elsewhere and are adopted: read from a calendar file, counted, and written to nobody."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Body, plain
from vendorhub.api.calls import Answer, post
from vendorhub.api.wire import Date, Instant, instant, listed
from vendorhub.domain.adoptions import OCTETS_AT_MOST
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.queries import adoptions as seen
from vendorhub.queries import judgements
from vendorhub.queries.adoptions import SeriesView
from vendorhub.usecases import adoptions as deeds
from vendorhub.usecases.once import once


class CalendarGiven(Body):
    """The text of a calendar file, and with which company its meetings are where the people in it don't tell."""

    calendar: Annotated[str, StringConstraints(max_length=OCTETS_AT_MOST)]
    company: Annotated[str | None, Field(max_length=120)] = None


@with_config(ConfigDict(extra="forbid"))
class AdoptedMeeting(TypedDict):
    """One date: its day by the buyer's calendar, and whether it counts as held."""

    start: Instant
    date: Date
    minutes: int
    held: bool


@with_config(ConfigDict(extra="forbid"))
class AdoptedSeries(TypedDict):
    """A meeting or a series that was adopted."""

    id: str
    uid: str
    title: str
    relationship: str
    company: str
    people: list[dict[str, str]]
    meetings: list[AdoptedMeeting]


@post(
    "/meetings/adopted",
    listed(AdoptedSeries),
    body=CalendarGiven,
    statuses=(201,),
    judge=lambda actor, said: judgements.house(actor, Deed.ADOPT),
)
def adopt(actor: Actor, body: CalendarGiven) -> Answer:
    """Adopt what is in a calendar file. The same UID again brings it up to date; nobody is written to."""
    made = once(lambda: " ".join(deeds.adopt_all(actor, body.calendar.encode(), company=plain(body.company))))
    return Answer({"items": [_shape(seen.see(actor, code)) for code in made.split()], "next": None})


def _shape(view: SeriesView) -> AdoptedSeries:
    return AdoptedSeries(
        id=view.code,
        uid=view.uid,
        title=view.title,
        relationship=view.relationship,
        company=view.company,
        people=[{"name": name, "email": email} for name, email in view.people],
        meetings=[
            AdoptedMeeting(
                start=instant(each.start, "UTC"), date=each.day.isoformat(), minutes=each.minutes, held=each.held
            )
            for each in view.dates
        ],
    )
