"""Answers how the demo world comes about: through the use-cases, with the clock set back, and the same each time."""

from datetime import timedelta
from enum import Enum
from typing import Any, Final

from vendorhub import clock
from vendorhub.demo import cast, front_doors, stories, vendors
from vendorhub.demo.cast import Member
from vendorhub.demo.days import Days
from vendorhub.demo.play import Post, Tell, actor, play
from vendorhub.domain.assistants import Alone
from vendorhub.domain.refusals import NotThere
from vendorhub.outbox.office import office
from vendorhub.queries import people as seen
from vendorhub.usecases import assistants, people, sign_in

GOOD_FOR: Final = timedelta(hours=12)

COMPANIES: Final = (cast.HAVELMARK, cast.ALDERSUND, cast.LINDHOLT, cast.TIDESMITH, *vendors.COMPANIES)
PEOPLE: Final = (*cast.HAVELMARKS, *cast.VARS, *vendors.PEOPLE, *cast.ALDERSUNDS, cast.OPERATOR)
DOORS: Final = (front_doors.HAVELMARKS, front_doors.ALDERSUNDS)

_BEGINNING: Final = -330  # working days


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


def make(*, post: Post, tell: Tell) -> None:
    """Makes the world, around today. Needs an app context, and a database without it.

    `post` gets the letters of the last days, with sender and reader; `tell` a line a quarter.
    """
    days = Days(clock.now(), cast.HAVELMARK.zone)
    with clock.at(days.instant(_BEGINNING, "9:00")):
        move_in()
    windows = {door.company.slug: door.response_days for door in DOORS}
    play(stories.ALL, stories.KNOCKS, days, response_days=windows, post=post, tell=tell)
    _settle(cast.OPERATOR)  # the last, for it says that the world is whole


def everybody() -> list[dict[str, Any]]:
    """The people of the world with a fresh token each, the CIO first (CONTRACT.md, `demo load --json`)."""
    first = (cast.CIO, cast.ASSISTANT)
    return [_told(member) for member in (*first, *(member for member in PEOPLE if member not in first))]


def links() -> list[tuple[str, str]]:
    """Who somebody is, and a fresh link by which they sign in: a handful, of every side."""
    shown = (cast.CIO, cast.ASSISTANT, cast.VAR, vendors.MAYA, vendors.ARJUN, cast.SIGNE)
    return [
        (
            f"{member.name}, {member.part} at {member.company.name if member.company else 'VendorHub'}",
            office().links.sign_in(sign_in.new_link(member.email, good_for=GOOD_FOR)),
        )
        for member in shown
    ]


def move_in() -> None:
    """The companies, their people and the front doors, before anything is asked. Needs an app context."""
    for company in COMPANIES:
        people.add_organisation(
            kind=company.kind,
            name=company.name,
            slug=company.slug,
            domains=[company.domain],
            zone=company.zone,
            fiscal_year_start=company.fiscal_year_start,
        )
    for door in DOORS:
        people.describe(
            door.company.slug,
            brief=door.brief,
            open_to=door.open_to,
            not_open_to=door.not_open_to,
            goals=door.goals,
            response_days=door.response_days,
        )
    for member in PEOPLE:
        if member is not cast.OPERATOR:
            _settle(member)
    for assistant in (cast.ASSISTANT, cast.MIKKEL):  # both have earned it
        if assistant.reports_to:
            assistants.give(actor(assistant.reports_to), assistant.email, list(Alone))


def _settle(member: Member) -> None:
    people.add_person(
        email=member.email,
        name=member.name,
        role=member.role,
        organisation=member.company.slug if member.company else None,
        reports_to=member.reports_to.email if member.reports_to else None,
    )


def _told(member: Member) -> dict[str, Any]:
    me = seen.me(actor(member))
    return {
        "name": me.name,
        "email": me.email,
        "side": str(me.side),
        "organization": me.organisation,
        "roles": [str(role) for role in me.roles],
        "token": people.create_token(email=me.email, scope="write"),
    }
