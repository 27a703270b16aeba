"""Answers how the demo world comes about: through the use-cases, with the clock set back, and the same each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any, Final
from zoneinfo import ZoneInfo

from vendorhub import clock
from vendorhub.demo import cast
from vendorhub.demo.cast import Member
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.domain.refusals import NotThere
from vendorhub.outbox.office import office
from vendorhub.queries import people as seen
from vendorhub.usecases import decisions, meeting_requests, offers, people, sign_in

GOOD_FOR: Final = timedelta(hours=12)

_PAGE: Final = Door(DoorName.PAGE)


class Standing(Enum):
    """How much of the demo world there is: one whose making was cut short can't be mended, only made anew."""

    NONE = "none"
    HALF = "half"
    WHOLE = "whole"


def standing() -> Standing:
    """How much of the demo world is in the database."""
    try:
        seen.buyer(cast.HAVELMARK.slug)
    except NotThere:
        return Standing.NONE
    return Standing.HALF if seen.known(cast.OPERATOR.email) is None else Standing.WHOLE


def make() -> None:
    """Makes the world, around today. Needs an app context, and a database without it."""
    today = clock.now()
    with clock.at(today - timedelta(days=30)):
        _move_in()
    _letters_without_paper(today)
    _restore_in_four_hours(today)
    _fewer_suppliers(today)
    _settle(cast.OPERATOR)


def everybody() -> list[dict[str, Any]]:
    """The people of the world with a fresh token each, the CIO first (CONTRACT.md, `demo load --json`)."""
    first = (cast.CIO, cast.ASSISTANT)
    rest = tuple(member for member in (*cast.PEOPLE, cast.OPERATOR) if member not in first)
    return [_told(member) for member in (*first, *rest)]


def links() -> list[tuple[str, str]]:
    """Who somebody is, and a fresh link by which they sign in: CIO, assistant, VAR and one of each vendor."""
    shown = (cast.CIO, cast.ASSISTANT, cast.VAR, cast.KEELSAFE_SALES, cast.QUILLMARE_SALES)
    return [
        (
            f"{member.name}, {member.part} at {member.company.name if member.company else 'VendorHub'}",
            office().links.sign_in(sign_in.new_link(member.email, good_for=GOOD_FOR)),
        )
        for member in shown
    ]


def _move_in() -> None:
    for company in cast.COMPANIES:
        people.add_organisation(
            kind=company.kind,
            name=company.name,
            slug=company.slug,
            domains=[company.domain],
            zone=company.zone,
            fiscal_year_start=company.fiscal_year_start,
        )
    people.describe(
        cast.HAVELMARK.slug,
        brief=cast.BRIEF,
        open_to=cast.OPEN_TO,
        not_open_to=cast.NOT_OPEN_TO,
        goals=cast.GOALS,
        response_days=5,
    )
    for member in cast.PEOPLE:
        _settle(member)


def _settle(member: Member) -> None:
    people.add_person(
        email=member.email,
        name=member.name,
        role=member.role,
        organisation=member.company.slug if member.company else None,
        reports_to=member.reports_to.email if member.reports_to else None,
    )


def _letters_without_paper(today: datetime) -> None:
    """Quillmare asked, the CIO said yes, and her assistant has put up three times: theirs to choose."""
    with _doing(cast.QUILLMARE_SALES, today, working_days_ago=4, at=time(9, 20)) as arjun:
        code = meeting_requests.ask(
            arjun,
            buyer=cast.HAVELMARK.slug,
            topic="Letters your customers can choose to get without paper",
            outcome="Whether a pilot with the motor renewals of one branch is worth three months of two people.",
            learned=(
                "Your annual report says 6.1 million letters a year, four in five of them renewals and reminders. We "
                "have not found out what prints them today, and would ask that first."
            ),
            minutes=45,
            attendees=[
                (cast.QUILLMARE_SALES.name, cast.QUILLMARE_SALES.email, "Account lead"),
                (cast.QUILLMARE_ADMIN.name, cast.QUILLMARE_ADMIN.email, "Product owner, letters"),
            ],
            goal=cast.GOALS[2],
            kind="intro",
            to=cast.CIO.email,
        )
    with _doing(cast.CIO, today, working_days_ago=3, at=time(16, 5)) as katrin:
        decisions.accept(
            katrin,
            code,
            note="Gladly. Please leave the slides at home and bring one customer's real figures.",
            place=("video_buyer", "https://meet.havelmark.example/vogtlaender"),
        )
    zone = cast.HAVELMARK.zone
    days = _working_days(today.astimezone(ZoneInfo(zone)).date(), +1)
    ahead = [next(days) for _ in range(6)]
    with _doing(cast.ASSISTANT, today, working_days_ago=1, at=time(11, 40)) as jonas:
        offers.offer(
            jonas,
            code,
            slots=[
                (datetime.combine(day, hour).isoformat(), zone, None)
                for day, hour in zip(ahead[3:], (time(10), time(11, 30), time(9, 15)), strict=True)
            ],
            note="Mornings here, so that it is not night at yours.",
        )


def _restore_in_four_hours(today: datetime) -> None:
    """Lindholt, who has worked with them for years, asks with its homework done; it waits."""
    with _doing(cast.VAR, today, working_days_ago=2, at=time(10, 10)) as rosa:
        meeting_requests.ask(
            rosa,
            buyer=cast.HAVELMARK.slug,
            topic="What the restore test in spring left open",
            outcome=(
                "Which of the three causes of the nine-hour restore you want to tackle this fiscal year, and which you "
                "live with. We bring the cost of each."
            ),
            learned=(
                "The claims database came back in 2 h 10 min; the rest were the file shares, because their "
                "index is rebuilt in one thread. Your auditors want four hours by the end of March."
            ),
            minutes=60,
            attendees=[
                (cast.VAR.name, cast.VAR.email, "Your account lead"),
                (cast.VAR_ADMIN.name, cast.VAR_ADMIN.email, "Recovery engineer, ran the test in spring"),
            ],
            goal=cast.GOALS[0],
            kind="governance",
            to=cast.CIO.email,
        )


def _fewer_suppliers(today: datetime) -> None:
    """Keelsafe has asked just now; it waits for whoever may answer."""
    with clock.at(today - timedelta(hours=2)):
        meeting_requests.ask(
            _actor(cast.KEELSAFE_SALES),
            buyer=cast.HAVELMARK.slug,
            topic="One copy of everything instead of three backup products",
            outcome="If two of your three backup contracts could end with their term, and what would be lost by it.",
            learned=(
                "Two of your job adverts name three different backup products. Your brief says that you would rather "
                "run fewer."
            ),
            minutes=30,
            attendees=[(cast.KEELSAFE_SALES.name, cast.KEELSAFE_SALES.email, "Regional manager")],
            goal=cast.GOALS[1],
            kind="intro",
        )


@contextmanager
def _doing(member: Member, today: datetime, *, working_days_ago: int, at: time) -> Iterator[Actor]:
    """The person, with the clock at that time of a day at the insurer's."""
    zone = ZoneInfo(cast.HAVELMARK.zone)
    days = _working_days(today.astimezone(zone).date(), -1)
    day = [next(days) for _ in range(working_days_ago)][-1]
    with clock.at(datetime.combine(day, at, tzinfo=zone).astimezone(UTC)):
        yield _actor(member)


def _actor(member: Member) -> Actor:
    found = seen.actor(seen.known(member.email) or 0, _PAGE)
    if found is None:
        raise NotThere
    return found


def _told(member: Member) -> dict[str, Any]:
    me = seen.me(_actor(member))
    return {
        "name": me.name,
        "email": me.email,
        "side": str(me.side),
        "organization": me.organisation,
        "roles": [str(role) for role in me.roles],
        "token": people.create_token(email=me.email, scope="write"),
    }


def _working_days(day: date, step: int) -> Iterator[date]:
    """The working days after a day (step +1) or before it (-1), one after the other."""
    while True:
        day += timedelta(days=step)
        if day.weekday() < 5:
            yield day
