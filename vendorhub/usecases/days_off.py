"""What a buyer says of its own calendar: when its years begin, and on which days it does not work."""

from vendorhub.domain import days_off as rules
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.quarters import FiscalCalendar
from vendorhub.domain.rights import Relation, require
from vendorhub.queries import days_off as seen
from vendorhub.solvers import holidays
from vendorhub.store.history import record_front_door
from vendorhub.store.write import write


def keep(actor: Actor, *, start: int, weekday: int | None, place: str, own: str) -> None:
    """Sets when the company's fiscal years begin (see FiscalCalendar), the place whose holidays count, and its own days
    off, one a line. The quarters of the past are counted anew as well. Raises NotAllowed, SomebodyWasFaster, Unfit."""
    require(actor, Deed.SET_DOOR, frozenset({Relation.ANY}))
    with write(actor) as work:
        buyer = work.lock_buyer(actor.organisation)
        before = seen.own(actor)
        work.match(lambda: before.version)
        fiscal, days = FiscalCalendar(start, weekday), rules.check_own(own)
        where = rules.check_place(place)
        try:
            holidays.of_place(where, [work.now.year])
        except LookupError:
            raise rules.unknown_place() from None
        if seen.OwnCalendar(fiscal.start, fiscal.weekday, where, days) == before:
            return
        buyer.fiscal_year_start, buyer.fiscal_weekday = fiscal.start, fiscal.weekday
        buyer.holidays_of, buyer.days_off = where, [day.isoformat() for day in days]
        record_front_door(work, Deed.SET_DOOR, buyer_id=buyer.id, parts=["calendar"])
