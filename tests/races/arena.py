"""Where deeds meet at the same instant: real threads on a real database, each as a door would do it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier, Thread
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import select

from tests.people import PAGE, Cast, address
from vendorhub import clock
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Refusal
from vendorhub.queries import people as seen_people
from vendorhub.store import Offer, Slot, db
from vendorhub.usecases import decisions, meeting_requests, offers, people

MONDAY = datetime(2027, 1, 4, 11, tzinfo=UTC)
HOLD = timedelta(seconds=60)
GIVES_UP_AFTER = 120.0

Done = TypeVar("Done")
Deed = Callable[[], Any]


@dataclass(frozen=True)
class Newcomer:
    """A company of which no buyer has heard yet, and its one person."""

    slug: str
    person: int
    email: str


@dataclass
class Arena:
    """The cast in its database; `now` is the instant at which all deeds are done."""

    app: Flask
    cast: Cast
    now: datetime = MONDAY
    _numbers: Any = field(default_factory=lambda: count(1))

    def do(self, deed: Callable[[], Done]) -> Done:
        """One deed, in an app context of its own."""
        with self.app.app_context(), clock.at(self.now):
            return deed()

    def together(self, *deeds: Deed) -> list[Any]:
        """All at once: what each answered, or its refusal. Whatever else is raised is raised here too."""
        begin = Barrier(len(deeds))
        ends: list[Any] = [None] * len(deeds)

        def run(number: int, deed: Deed) -> None:
            try:
                begin.wait(GIVES_UP_AFTER)
                ends[number] = self.do(deed)
            except BaseException as end:  # told in the test's own thread
                ends[number] = end

        threads = [Thread(target=run, args=each) for each in enumerate(deeds)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(GIVES_UP_AFTER)
        assert not any(thread.is_alive() for thread in threads)
        for end in ends:
            if isinstance(end, BaseException) and not isinstance(end, Refusal):
                raise end
        return ends

    def one_by_one(self, *deeds: Deed) -> list[Any]:
        """The same, in this order."""
        ends: list[Any] = []
        for deed in deeds:
            try:
                ends.append(self.do(deed))
            except Refusal as refusal:
                ends.append(refusal)
        return ends

    def newcomer(self, kind: str = "vendor") -> Newcomer:
        """A new vendor, or a new VAR."""
        slug = f"{kind}{next(self._numbers)}"
        email = f"vera@{slug}.example"

        def make() -> int:
            people.add_organisation(kind=kind, name=kind.title(), slug=slug, domains=[f"{slug}.example"])
            return people.add_person(email=email, name="Vera", role="member", organisation=slug)

        return Newcomer(slug, self.do(make), email)

    def actor(self, person: int) -> Actor:
        """Somebody who is not of the cast. Needs an app context."""
        found = seen_people.actor(person, PAGE)
        assert found
        return found

    # the scenes

    def asked(
        self,
        asker: Newcomer,
        *,
        buyer: str = "norden",
        to: str = "Kim",
        guests: Sequence[str] = (),
        vendor: VendorNamed | None = None,
    ) -> str:
        """The code of an ask for half an hour, in the name of a vendor where one is named."""
        return self.do(
            lambda: meeting_requests.ask(
                self.actor(asker.person),
                buyer=buyer,
                topic="Backup costs",
                outcome="Whether tape pays again.",
                learned="You keep seven years of mail.",
                minutes=30,
                attendees=[("Guest", email, "") for email in guests or (asker.email,)],
                to=address(to),
                vendor=vendor,
            )
        )

    def accepted(self, asker: Newcomer, *, buyer: str = "norden", by: str = "Kim", guests: Sequence[str] = ()) -> str:
        """An ask with a yes that has become effective."""
        code = self.asked(asker, buyer=buyer, to=by, guests=guests)
        self.do(lambda: decisions.accept(self.cast[by], code))
        self.now += HOLD
        return code

    def offered(self, code: str, start: datetime, *, by: str = "Kim") -> str:
        """One time on the table."""
        return self.do(lambda: offers.offer(self.cast[by], code, slots=[wall(start)]))

    def slot(self, offer: str) -> str:
        """The code of an offer's first slot."""
        found = select(Slot.code).join(Offer, Offer.id == Slot.offer_id).where(Offer.code == offer)
        return self.do(lambda: db.session.scalars(found.order_by(Slot.start_at)).all())[0]

    def met(self, asker: Newcomer, start: datetime, **changes: Any) -> str:
        """The UID of a meeting."""
        code = self.accepted(asker, **changes)
        offer = self.offered(code, start, by=changes.get("by", "Kim"))
        slot = self.slot(offer)
        return self.do(lambda: offers.choose(self.actor(asker.person), offer, slot=slot))


def wall(start: datetime) -> tuple[str, str, None]:
    """An instant as the clocks of Greenwich show it."""
    return start.astimezone(UTC).replace(tzinfo=None).isoformat(), "UTC", None


def refusals(ends: Sequence[Any]) -> list[str]:
    """How the losers were refused."""
    return [type(end).__name__ for end in ends if isinstance(end, Refusal)]


def winners(ends: Sequence[Any]) -> list[Any]:
    """What the others were answered."""
    return [end for end in ends if not isinstance(end, Refusal)]
