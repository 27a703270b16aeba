"""The deeds that follow a yes, and what nobody does: time passes, a worker comes by."""

from datetime import datetime, timedelta
from threading import Event

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy import select

from tests.machine.asking import PLACES
from tests.machine.cast import CAST
from tests.machine.noting import Noting
from tests.machine.play import SECOND, nth, pick, rightly, wall
from tests.machine.things import OTHER_TOPIC, Meeting, MeetingRequest
from vendorhub import worker
from vendorhub.store import Offer, Slot, db
from vendorhub.usecases import meetings, offers, sweep

A_HOLD, DAY = 60 * SECOND, timedelta(days=1)
LATER = [SECOND, 30 * SECOND, A_HOLD, A_HOLD, A_HOLD, A_HOLD, timedelta(hours=7), DAY, 4 * DAY, 90 * DAY]
DAYS = st.sampled_from([1, 2, 3, 1, 2, 3, 7, 30, 100, 179, 200, 400, 0])
BEGINNINGS = [
    *("nothing", "asked", "yes", "times", "meeting", "invited", "each quarter"),
    *("yes, but", "agreed", "in writing", "a paper", "a paper", "asked back", "passed on", "a no"),
    *("noted", "noted", "for a vendor", "for a vendor"),
]
QUARTER = st.sampled_from([0, 15])


class Story(Noting):
    """The whole of it."""

    @initialize(
        chapter=st.sampled_from(BEGINNINGS),
        to=st.sampled_from([None, "Kim"]),
        minutes=st.sampled_from([30, 60]),
        heard=st.booleans(),
    )
    def begin(self, chapter: str, to: str | None, minutes: int, heard: bool) -> None:
        """Most stories begin in the middle, or few would get there."""
        first = {"n": 0, "right": True, "who": 0}
        if chapter == "noted":
            self.log(who=0 if heard else 1, right=True, sender="Noa" if minutes == 30 else "Vera")
        if chapter == "for a vendor":
            self.ask_for(who=0, right=True, vendor="fastprint", buyer="norden", to=to, guests=("Vera",))
            if heard:
                self.confirm(**first)
        if chapter in ("nothing", "noted", "for a vendor"):
            return
        self.ask(who=1, right=True, buyer="norden", to=to, guests=("Vera", "Vic"), minutes=minutes)
        if chapter in ("yes", "times", "meeting", "invited", "each quarter"):
            yes = {"minutes": None, "coming": "ours too", "place": None, "each_quarter": chapter == "each quarter"}
            self.accept(n=0, right=True, who=1 if to is None else 0, **yes)
        if chapter in ("times", "meeting", "invited", "each quarter"):
            self.offer(n=0, right=True, who=2, days=[2, 7], quarter=0)
            self.later(A_HOLD)
        if chapter in ("meeting", "invited", "each quarter"):
            self.choose(**first, at=0)
        if chapter in ("invited", "each quarter"):
            self.worker_comes_by(whole=True)
        if chapter in ("yes, but", "agreed"):
            self.accept(**first, minutes=15, coming="another", place=None, topic=OTHER_TOPIC)
        if chapter == "agreed":
            self.later(A_HOLD)
            self.agree_to_it(**first)
        if chapter in ("in writing", "a paper", "a no"):
            kind = "no" if chapter == "a no" else "in_writing"
            self.refuse(**first, kind=kind, days=10, scope="company", reader=None, tell=True)
        if chapter == "a paper":
            self.later(A_HOLD)
            self.hand_in(**first)
        if chapter == "asked back":
            self.ask_back(**first)
        if chapter == "passed on":
            self.pass_on(**first, to="Cleo")
        if heard:
            self.later(A_HOLD)

    @precondition(lambda self: self._unmet() or self.fits())
    @rule(n=nth, right=rightly, who=nth, days=st.lists(DAYS, min_size=1, max_size=3), quarter=QUARTER)
    def offer(self, n: int, right: bool, who: int, days: list[int], quarter: int) -> None:
        """Times are put up."""
        request = self.request(n, right, lambda each: each in self._unmet())
        name = self.somebody(lambda each: self._may_follow(request, each), right, who)
        starts = tuple(self._on(each, quarter) for each in days)
        self.deed(
            lambda: self.world.offer(request, name, starts),
            lambda: offers.offer(self.stage.actor(name), request.code, slots=self._walls(name, starts)),
            lambda made, code: setattr(made, "code", code),
        )

    @precondition(lambda self: self._lying())
    @rule(n=nth, right=rightly, who=nth, days=st.lists(DAYS, min_size=1, max_size=3), quarter=QUARTER)
    def counter(self, n: int, right: bool, who: int, days: list[int], quarter: int) -> None:
        """Times are answered with other times."""
        request, number, code = self._offer(n)
        name = self._across(request, number, right, who, own=False)
        starts = tuple(self._on(each, quarter) for each in days)
        self.deed(
            lambda: self.world.counter(request, number, name, starts),
            lambda: offers.counter(self.stage.actor(name), code, slots=self._walls(name, starts)),
            lambda made, code: setattr(made, "code", code),
        )

    @precondition(lambda self: self._lying())
    @rule(n=nth, right=rightly, who=nth)
    def retract(self, n: int, right: bool, who: int) -> None:
        """Times are taken back."""
        request, number, code = self._offer(n)
        name = self._across(request, number, right, who, own=True)
        self.deed(
            lambda: self.world.retract(request, number, name),
            lambda: offers.retract(self.stage.actor(name), code),
        )

    @precondition(lambda self: self._lying())
    @rule(n=nth, right=rightly, who=nth, at=st.integers(0, 2))
    def choose(self, n: int, right: bool, who: int, at: int) -> None:
        """One of the other side's times is agreed to."""
        request, number, code = self._offer(n)
        name = self._across(request, number, right, who, own=False)
        slots = self._slot_codes(request, number)
        self.deed(
            lambda: self.world.choose(request, number, name, at),
            lambda: offers.choose(self.stage.actor(name), code, slot=slots[at] if at < len(slots) else "NOSUCHSLOT"),
            lambda made, uid: setattr(made, "uid", uid),
        )

    @precondition(lambda self: self._coming())
    @rule(n=nth, right=rightly, who=nth, days=DAYS, quarter=QUARTER)
    def move(self, n: int, right: bool, who: int, days: int, quarter: int) -> None:
        """The buyer's side moves the meeting."""
        request, meeting = self._meeting(n)
        name = self.somebody(lambda each: self.world.may_arrange(request, each), right, who)
        start = self._on(days, quarter)
        self.deed(
            lambda: self.world.move(request, meeting, name, start),
            lambda: meetings.move(self.stage.actor(name), meeting.uid, slot=wall(start, CAST[name].home)),
        )

    @precondition(lambda self: self._coming())
    @rule(n=nth, right=rightly, who=nth, days=DAYS, quarter=QUARTER)
    def propose(self, n: int, right: bool, who: int, days: int, quarter: int) -> None:
        """The other side wishes to move it."""
        request, meeting = self._meeting(n)
        name = self.somebody(lambda each: self.world.may_ask(request, each), right, who)
        start = self._on(days, quarter)
        self.deed(
            lambda: self.world.propose(request, meeting, name, start),
            lambda: meetings.propose(self.stage.actor(name), meeting.uid, slot=wall(start, CAST[name].home)),
            lambda made, code: setattr(made, "code", code),
        )

    @precondition(lambda self: self._coming(wished=True))
    @rule(n=nth, which=st.integers(0, 1), right=rightly, who=nth, agreed=st.booleans())
    def answer_wish(self, n: int, which: int, right: bool, who: int, agreed: bool) -> None:
        """The buyer's side answers a wish."""
        request, meeting = self._meeting(n, wished=True)
        wish = pick(meeting.proposals, which)
        number = meeting.proposals.index(wish)
        name = self.somebody(lambda each: self.world.may_arrange(request, each), right, who)
        told, done = (
            (self.world.accept_move, meetings.accept_move) if agreed else (self.world.refuse_move, meetings.refuse_move)
        )
        self.deed(
            lambda: told(request, meeting, number, name), lambda: done(self.stage.actor(name), meeting.uid, wish.code)
        )

    @precondition(lambda self: self._coming())
    @rule(n=nth, right=rightly, who=nth)
    def cancel(self, n: int, right: bool, who: int) -> None:
        """The meeting is called off."""
        request, meeting = self._meeting(n)
        name = self.somebody(lambda each: self._may_follow(request, each), right, who)
        self.deed(
            lambda: self.world.cancel(request, meeting, name),
            lambda: meetings.cancel(self.stage.actor(name), meeting.uid),
        )

    @precondition(lambda self: self._coming())
    @rule(n=nth, right=rightly, who=nth, place=st.sampled_from(PLACES))
    def set_place(self, n: int, right: bool, who: int, place: tuple[str, str]) -> None:
        """Somebody says where."""
        request, meeting = self._meeting(n)
        name = self.somebody(lambda each: self._may_follow(request, each), right, who)
        self.deed(
            lambda: self.world.set_place(request, meeting, name, place),
            lambda: meetings.set_place(self.stage.actor(name), meeting.uid, place=place),
        )

    @precondition(lambda self: self.world.requests)
    @rule(by=st.sampled_from(LATER))
    def time_passes(self, by: timedelta) -> None:
        """Some time."""
        self.later(by)

    @precondition(lambda self: self.world.requests)
    @rule(n=st.integers(0, 4), off=st.sampled_from([timedelta(), -SECOND, SECOND]))
    def until(self, n: int, off: timedelta) -> None:
        """Just before, at or after an instant at which something ends or begins."""
        ahead = sorted(each + off for each in self._instants() if each + off > self.world.now)
        if ahead:
            self.later(ahead[n % len(ahead)] - self.world.now)

    @precondition(lambda self: self.world.requests)
    @rule(whole=st.sampled_from([True, True, False]))
    def worker_comes_by(self, whole: bool) -> None:
        """A worker's round or, not `whole`, only its way to the post."""
        self.come_by(whole=whole)

    def come_by(self, *, whole: bool = True) -> None:
        """What leaves is what the model says, and nothing else."""
        self.sound = False
        self.judge.invitations.clear()
        if whole:
            self.world.sweep()
            self.act(sweep.sweep)
        self.act(lambda: worker.deliver(self.judge, "worker", 30, Event()))
        assert sorted(self.judge.invitations) == self.world.deliver()
        self.sound = True

    def _may_follow(self, request: MeetingRequest, name: str) -> None:
        (self.world.may_ask if CAST[name].asks else self.world.may_arrange)(request, name)

    def _across(self, request: MeetingRequest, number: int, right: bool, who: int, *, own: bool) -> str:
        """Somebody on the offer's own side, or on the other."""
        vendor = (request.offers[number].side == "vendor") is own

        def judge(name: str) -> None:
            (self.world.may_ask if vendor else self.world.may_arrange)(request, name)

        return self.somebody(judge, right, who)

    def _unmet(self) -> list[MeetingRequest]:
        return [
            each for each in self.world.requests if each.state == "accepted" and (each.standing or not each.meeting)
        ]

    def _lying(self) -> list[tuple[MeetingRequest, int]]:
        """The offers that lie open; all of them where it is tried anyway."""
        return [
            (each, number)
            for each in self.world.requests
            for number in range(len(each.offers))
            if self.anyway or self.world.offer_state(each, number) == "open"
        ]

    def _offer(self, n: int) -> tuple[MeetingRequest, int, str]:
        """An offer: its request, its place there, its code."""
        request, number = pick(self._lying(), n)
        return request, number, request.offers[number].code

    def _coming(self, *, wished: bool = False) -> list[tuple[MeetingRequest, Meeting]]:
        """The meetings ahead, or those that somebody wishes elsewhere; any where it is tried anyway."""
        return [
            (each, meeting)
            for each in self.world.requests
            for meeting in each.meetings
            if meeting.proposals or not wished
            if self.anyway or (meeting.state == "confirmed" and self.world.now < meeting.start)
        ]

    def _meeting(self, n: int, *, wished: bool = False) -> tuple[MeetingRequest, Meeting]:
        return pick(self._coming(wished=wished), n)

    def _on(self, days: int, quarter: int) -> datetime:
        return self.world.now.replace(hour=13, minute=quarter, second=0) + timedelta(days=days)

    def _walls(self, name: str, starts: tuple[datetime, ...]) -> list[tuple[str, str, int]]:
        return [wall(each, CAST[name].home) for each in starts]

    def _slot_codes(self, request: MeetingRequest, number: int) -> list[str]:
        of_it = select(Slot.code).join(Offer, Offer.id == Slot.offer_id).order_by(Slot.start_at)
        return list(self.act(lambda: db.session.scalars(of_it.where(Offer.code == request.offers[number].code)).all()))

    def _instants(self) -> set[datetime]:
        found: set[datetime | None] = set()
        for request in self.world.requests:
            found |= {request.answer_by, request.held_until}
            found |= {start for offer in request.offers for start in offer.starts}
            if request.consent:
                found.add(request.consent.valid_until)
            for meeting in request.meetings:
                found |= {meeting.start, meeting.end}
        return {each for each in found if each is not None}
