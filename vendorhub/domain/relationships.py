"""What may be said of a meeting that was held elsewhere."""

from collections.abc import Iterable, Sequence
from datetime import date

from vendorhub.domain import texts
from vendorhub.domain.heard import NAME_AT_MOST
from vendorhub.domain.refusals import Unfit

EARLIEST = date(2000, 1, 1)
MINUTES_AT_MOST = 24 * 60
PEOPLE_AT_MOST = 50
NOTE_AT_MOST = 1000

Who = tuple[str, str]  # a name, and an address or ""


def check_day(day: date, *, today: date) -> date:
    """The day of a meeting that is over. Raises Unfit for one that is still to come, or from before any record."""
    if day > today:
        raise Unfit("date", "This day is still to come; a meeting can be noted once it was held.")
    if day < EARLIEST:
        raise Unfit("date", "Please look at the year again: it is before 2000.")
    return day


def check_minutes(minutes: int) -> int:
    """How long it took. Raises Unfit for less than a minute or more than a day."""
    if not 1 <= minutes <= MINUTES_AT_MOST:
        raise Unfit("minutes", "Please give the minutes it took, from 1 to %(most)s.", most=MINUTES_AT_MOST)
    return minutes


def check_people(people: Iterable[Who]) -> Sequence[Who]:
    """Who came, cleaned; those without a name are left out. Raises Unfit for too many, or an address that is none."""
    found = [
        (texts.line(name, at_most=NAME_AT_MOST, what="people"), texts.email(email) if email.strip() else "")
        for name, email in people
        if name.strip()
    ]
    if len(found) > PEOPLE_AT_MOST:
        raise Unfit("people", "Please name at most %(most)s people.", most=PEOPLE_AT_MOST)
    return found


def check_note(note: str) -> str:
    """What there is to remember of it, cleaned; "" where nobody said. Raises Unfit for more than a short note."""
    return texts.text(note, at_most=NOTE_AT_MOST, what="note") if note.strip() else ""
