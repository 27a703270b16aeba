"""How a story is played: each deed is tried on the model and on the app, which must agree on all of it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import select

from tests import whole
from tests.machine import judge
from tests.machine.cast import CAST, ZONES, assemble
from tests.machine.things import Meeting, MeetingRequest, No
from tests.machine.times import World
from vendorhub import clock
from vendorhub.domain.refusals import NotThere, Refusal
from vendorhub.queries import history
from vendorhub.queries import meeting_requests as requests_seen
from vendorhub.queries import meetings as meetings_seen
from vendorhub.queries import offers as offers_seen
from vendorhub.queries.request_views import RequestView
from vendorhub.store import Block, db
from vendorhub.store import MeetingRequest as Row

Done = TypeVar("Done")
One = TypeVar("One")

BEGIN = judge.utc(2027, 3, 22, 8)  # a Monday; Berlin's clocks go forward on the Sunday
SECOND = timedelta(seconds=1)
PEOPLE = sorted(CAST)

nth = st.integers(0, 6)
rightly = st.sampled_from([True, True, True, True, True, False])

_stories = count(1)


class Play(RuleBasedStateMachine):
    """One story with its own cast; the app is set by the test."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.world = World(BEGIN)
        with self.app.app_context():
            self.stage = assemble(str(next(_stories)), BEGIN)
            self.judge = judge.Judge(db.engine, self.stage, BEGIN)
        self.codes: list[str] = []  # of the blocks, in the model's order
        self.sound = True
        self.looked = 0

    def deed(
        self, told: Callable[[], Any], done: Callable[[], Done], keep: Callable[[Any, Done], None] | None = None
    ) -> None:
        """Does it in the model and in the app: both do, or both refuse alike and nothing has changed."""
        self.sound = False
        made, no = self._told(told)
        if no:
            before, came = self._everything(), self._tried(done)
            note(f"-> {no}, {came}")
            assert came == no
            assert self._everything() == before
        else:
            result = self.act(done)
            if keep:
                keep(made, result)
            self.later(SECOND)
        self.sound = True

    def act(self, done: Callable[[], Done]) -> Done:
        """What the app makes of it, at the story's time."""
        with self.app.app_context(), clock.at(self.world.now):
            return done()

    def later(self, by: timedelta) -> None:
        """Lets time pass."""
        self.world.now += by
        self.judge.now = self.world.now

    @property
    def anyway(self) -> bool:
        """Every fourth time a deed is tried where it has no meaning."""
        return self.looked % 4 == 0

    def fits(self, *states: str) -> bool:
        """Whether there is a request in one of these states."""
        found = {self.world.state(each) for each in self.world.requests}
        return bool(found & set(states)) or (bool(found) and self.anyway)

    def request(self, n: int, right: bool, fits: Callable[[MeetingRequest], object]) -> MeetingRequest:
        """One of the requests where the deed has a meaning or, not `right`, any; the latest first."""
        fitting = [each for each in self.world.requests if fits(each)]
        return pick(fitting if right and fitting else self.world.requests, n)

    def somebody(self, judged: Callable[[str], None], right: bool, n: int) -> str:
        """Somebody who may do it or, not `right`, anybody."""
        rightful = [name for name in PEOPLE if not self._told(partial(judged, name))[1]]
        return pick(rightful if right and rightful else PEOPLE, n)

    def learn_codes(self) -> None:
        """The codes of the blocks that came, from the store."""
        buyers = [self.stage.homes["norden"], self.stage.homes["harbour"]]
        blocks = select(Block.code).where(Block.buyer_id.in_(buyers)).order_by(Block.id)
        self.codes = list(self.act(lambda: db.session.scalars(blocks).all()))
        assert len(self.codes) == len(self.world.blocks)

    def code_of_passed(self, request: MeetingRequest) -> str:
        """The code of what was passed on from a request, from the store: nobody sees it yet."""
        before = select(Row.id).where(Row.code == request.code).scalar_subquery()
        return self.act(lambda: db.session.scalars(select(Row.code).where(Row.from_id == before)).one())

    @invariant()
    def agree(self) -> None:
        """Whoever looks sees what the model says, in a list or in full; now and then the judge looks, too."""
        self.sound = False
        self.looked += 1
        asks, turn = self.world.requests, self.looked // 2
        found = [asks[-1] if turn % 3 else pick(asks, turn)] if asks and self.looked % 2 else []
        looking = [] if found else [pick(PEOPLE if turn % 2 else ["Kim", "Vera", "Rita", "Charlie"], turn // 2)]
        self.act(lambda: self._look(looking, found, judged=self.looked % 8 == 0))
        self.sound = True

    def teardown(self) -> None:
        """Lets everything come to its end, looks at all of it once more, and leaves nothing for the next story."""
        try:
            if self.sound:
                self.later(timedelta(days=400))
                self.come_by()
                self.act(lambda: self._look(PEOPLE, self.world.requests, judged=True))
                with self.app.app_context(), db.engine.connect() as connection:
                    assert judge.on_their_way(connection, self.stage) == []
        finally:
            with self.app.app_context(), db.engine.begin() as connection:
                judge.end(connection, self.stage)

    def come_by(self) -> None:
        """A worker's round; the machine says what it is."""
        raise NotImplementedError

    def _look(self, people: Sequence[str], requests: Sequence[MeetingRequest], *, judged: bool) -> None:
        """What these people see of all requests, and both sides of these; then the judge."""
        for name in people:
            note(f"{name} looks")
            listed = requests_seen.listing(self.stage.actor(name), limit=100)[0]
            assert {each.code: as_told(each) for each in listed} == self.world.seen(name)
        for request in requests:
            self._same_story(request)
        if judged:
            with db.engine.connect() as connection:
                judge.check(connection, self.stage)

    def _same_story(self, request: MeetingRequest) -> None:
        """What both sides see of a request's times, history and meetings."""
        other = self.world.other_side(request)
        watching = pick([name for name in PEOPLE if not CAST[name].asks], self.looked)
        for name in (watching, other):
            if not self.world.visible(request, name):
                with pytest.raises(NotThere):
                    requests_seen.see(self.stage.actor(name), request.code)
            elif request.offers:
                listed = offers_seen.of_request(self.stage.actor(name), request.code)
                seen = {view.code: (view.state, tuple(slot.start for slot in view.slots)) for view in listed}
                assert seen == self.world.offers_seen(request, name)
        if self.world.visible(request, other):
            lines = history.lines(self.stage.actor(other), about=request.code)[0]
            assert [line.deed for line in lines] == self.world.lines_seen(request)
        for meeting in request.meetings:
            for name in {watching, pick(PEOPLE, self.looked), meeting.decider, other}:
                if self.world.attends(request, meeting, name):
                    self._same_meeting(meetings_seen.see(self.stage.actor(name), meeting.uid), meeting)

    def _same_meeting(self, view: meetings_seen.MeetingView, meeting: Meeting) -> None:
        assert (view.state, view.topic, view.start, view.end, view.sequence) == (
            meeting.state,
            meeting.topic,
            meeting.start,
            meeting.end,
            meeting.sequence,
        )
        assert (view.place_how, view.place_detail) == (meeting.place or ("", ""))
        assert [(each.code, each.state) for each in view.proposals] == [
            (each.code, each.state) for each in meeting.proposals
        ]
        assert {self.stage.name_at(each.email): each.partstat for each in view.attendees} == {
            each: "ACCEPTED" if each == meeting.decider else "NEEDS-ACTION" for each in meeting.letters
        }

    def _told(self, told: Callable[[], Any]) -> tuple[Any, int]:
        try:
            return told(), 0
        except No as no:
            return None, no.status

    def _tried(self, done: Callable[[], object]) -> int:
        try:
            self.act(done)
        except Refusal as refusal:
            return refusal.status
        return 200

    def _everything(self) -> str:
        with self.app.app_context(), db.engine.connect() as connection:
            return whole.digest(connection)


def as_told(view: RequestView) -> tuple[str, str | None, bool, date | None]:
    """What the model says of an ask to somebody who sees it."""
    again_on = view.again_on if view.state == "attached" else None
    return view.state, view.writing.stage if view.writing else None, view.standing, again_on


def pick(things: Sequence[One], n: int) -> One:
    """The n-th from the end, around and around."""
    return things[-1 - n % len(things)]


def wall(start: datetime, home: str) -> tuple[str, str, int]:
    """An instant as somebody at `home` would write it."""
    local = start.astimezone(ZoneInfo(ZONES[home]))
    return local.replace(tzinfo=None).isoformat(), ZONES[home], local.fold
