"""What a model of a joint briefing knows of it, and what may leave: the judge of all that is done in `gathering`.

The model knows what was said and done; of the app's rules it knows three: no invitation without the buyer's yes to
these vendors, the word of every vendor that is named, and the time that the buyer chose.
"""

import re
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from itertools import count
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import select

from tests import whole
from tests.machine import judge
from tests.machine.cast import assemble
from tests.machine.play import BEGIN, SECOND
from vendorhub import clock, worker
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.domain.refusals import Refusal
from vendorhub.queries import people as seen
from vendorhub.store import Meeting, MeetingRequest, Offer, Slot, db
from vendorhub.usecases import (
    people,
    sweep,
)

WHO = {"fastprint": "Vera", "cloudio": "Carl", "third": "Thea"}
HOSTS = ("Kim", "Rita")
_stories = count(1)


class Room(RuleBasedStateMachine):
    """One briefing and its model; the app is set by the test."""

    app: Flask
    invited: set[str]  # to whom an invitation has ever left, over all stories

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.mark = f"gathering-{next(_stories)}"
        with self.app.app_context():
            self.stage = assemble(self.mark, self.now)
            self.judge = judge.Judge(db.engine, self.stage, self.now)
            third = self.slug("third")
            people.add_organisation(kind="vendor", name="Third", slug=third, domains=[f"{third}.example"])
            thea = people.add_person(email=f"thea@{third}.example", name="Thea", role="member", organisation=third)
            self.thea = seen.actor(thea, Door(DoorName.API))
        self.code = ""
        self.yes_at: datetime | None = None
        self.ended = False
        self.yes_to: set[str] = set()  # the vendors that the yes is about
        self.wished: set[str] = set()
        self.named: set[str] = set()
        self.number = 1  # of the line-up
        self.joined: dict[str, int] = {}  # which line-up each has joined
        self.time: datetime | None = None
        self.met = False
        self.wrong: list[str] = []  # with letters that left
        self.told: set[str] = set()  # who has an entry in the calendar

    # -- what may leave

    def come_by(self) -> None:
        """A worker's round."""
        self.judge.now = self.now
        with self.app.app_context(), clock.at(self.now):
            sweep.sweep()
            worker.deliver(self, "gathering", 60, Event())
        assert self.wrong == []
        self.now += SECOND

    def deliver(self, message: bytes, *, sender: str, to: str) -> None:
        """Takes a letter, and keeps what is wrong with it: a worker would take it for a fault of the mail."""
        try:
            self.may_leave(message, sender=sender, to=to)
        except AssertionError as wrong:
            self.wrong.append(f"{to}: {wrong!r} {traceback.format_exc()}")

    def may_leave(self, message: bytes, *, sender: str, to: str) -> None:
        """Fails for a letter of this story that may not be."""
        home = to.rpartition("@")[2].removesuffix(f"-{self.mark}.example")
        if home not in (*WHO, "norden", "bridge"):
            return
        self.judge.deliver(message, sender=sender, to=to)
        mail = message_from_bytes(message, policy=policy.default)
        assert home not in WHO or (self.yes_at is not None and self.yes_at <= self.now)  # who had not been asked yet
        lines = [
            part.get_payload(decode=True).decode().replace("\r\n ", "").splitlines()
            for part in mail.walk()
            if part.get_content_type() == "text/calendar"
        ]
        if not lines:
            return
        note(f"{to}: {[line for line in lines[0] if line.startswith(('METHOD', 'SEQ', 'DTSTART'))]}")
        if "METHOD:CANCEL" in lines[0]:
            assert to in self.told
            return
        assert "METHOD:REQUEST" in lines[0]
        assert self.yes_counts(self.now)
        assert self.named <= self.yes_to
        assert home in self.named or home not in WHO
        assert self.named or self.met  # what stands is called off by somebody, not by the last who leaves
        assert all(self.joined.get(each) == self.number for each in self.named)
        assert starts(lines[0]) == self.time
        others = {self.slug(each) for each in WHO if each != home} if home in WHO else set()
        assert [line for line in lines[0] if line.startswith("ATTENDEE") and any(each in line for each in others)] == []
        self.told.add(to)
        type(self).invited.add(home)

    def close(self) -> None:
        """Nothing is held open."""

    @invariant()
    def agree(self) -> None:
        """Whether everybody is invited is what the model says; and the ledger is whole."""
        with self.app.app_context(), db.engine.connect() as connection:
            judge.check(connection, self.stage)
            met = select(Meeting.id).join(MeetingRequest, MeetingRequest.id == Meeting.request_id)
            assert bool(connection.execute(met.where(MeetingRequest.code == self.code)).all()) == self.met

    def teardown(self) -> None:
        """Whatever waits has its say, and nothing is left for the next story."""
        try:
            self.come_by()
        finally:
            with self.app.app_context(), db.engine.begin() as connection:
                judge.end(connection, self.stage)

    # -- what the model knows

    def yes_counts(self, now: datetime) -> bool:
        """Whether there is a yes that holds."""
        return self.yes_at is not None and self.yes_at <= now and not self.ended

    def meet(self) -> None:
        """Everybody is invited once nothing is missing any more; a time that has passed is given up."""
        if not self.named or any(self.joined.get(each) != self.number for each in self.named) or self.time is None:
            return
        self.met = self.time > self.now - SECOND
        self.time = self.time if self.met else None

    def gone(self, which: str) -> None:
        self.named.discard(which)
        self.joined.pop(which, None)

    def asked_anew(self, vendors: set[str]) -> None:
        if not vendors <= self.yes_to:
            self.yes_to, self.time = set(vendors), None
        self.named, self.joined, self.wished = set(vendors), {}, set()
        self.number += 1

    @property
    def now_and_then(self) -> bool:
        """When a story may end; most go on for a while."""
        return self.now.second % 3 == 0

    # -- the app

    def tried(self, deed: Callable[[], Any]) -> Sequence[Any] | None:
        """What comes of it in a list of one; None where it is refused, and has changed nothing."""
        before = self.everything()
        try:
            with self.app.app_context(), clock.at(self.now):
                found = [deed()]
        except Refusal as refusal:
            note(f"-> {refusal.status}: {refusal}")
            assert self.everything() == before
            return None
        self.now += SECOND
        return found

    def everything(self) -> str:
        """The store, as one hash."""
        with self.app.app_context(), db.engine.connect() as connection:
            return whole.digest(connection)

    def actor(self, name: str) -> Actor:
        """Somebody at the API's door."""
        if name == "Thea":
            assert self.thea is not None
            return self.thea
        return self.stage.actor(name)

    def slug(self, home: str) -> str:
        """What a company of this story is called."""
        return f"{home}-{self.mark}"

    def on(self, days: int) -> datetime:
        """One in the afternoon, so many days on."""
        return self.now.replace(hour=13, minute=0, second=0) + timedelta(days=days)

    def by_the_var(self) -> bool:
        """Whether the VAR proposed it."""
        with self.app.app_context():
            query = select(MeetingRequest.company_id).where(MeetingRequest.code == self.code)
            return db.session.scalar(query) == self.stage.homes["bridge"]

    def poll(self) -> str:
        """The code of the times that were put up last."""
        with self.app.app_context():
            query = select(Offer.code).join(MeetingRequest, MeetingRequest.id == Offer.request_id)
            latest = query.where(MeetingRequest.code == self.code).order_by(Offer.id.desc()).limit(1)
            return db.session.scalar(latest) or ""

    def slots(self) -> list[tuple[str, datetime]]:
        """They, in time order."""
        with self.app.app_context():
            query = select(Slot.code, Slot.start_at).join(Offer, Offer.id == Slot.offer_id)
            rows = db.session.execute(query.where(Offer.code == self.poll()).order_by(Slot.start_at))
            return [(row.code, row.start_at) for row in rows]

    def uid(self) -> str:
        """The meeting's, as far as there is one."""
        with self.app.app_context():
            query = select(Meeting.uid).join(MeetingRequest, MeetingRequest.id == Meeting.request_id)
            return db.session.scalar(query.where(MeetingRequest.code == self.code)) or "none"


def starts(lines: Sequence[str]) -> datetime:
    """When an entry begins."""
    (found,) = [each for line in lines if (each := re.fullmatch(r"DTSTART;TZID=([\w/]+):(\d{8}T\d{6})", line))]
    wall_time = datetime.strptime(found[2], "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo(found[1]))
    return wall_time.astimezone(UTC)
