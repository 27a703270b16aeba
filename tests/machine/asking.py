"""The deeds on asks: asking, the answers, taking back on both sides, and shutting out."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.machine.answers import OWN, WITHDRAWABLE
from tests.machine.cast import CAST
from tests.machine.play import PEOPLE, Play, nth, pick, rightly
from tests.machine.sights import BUYERS, COMPANIES
from tests.machine.things import OTHER_TOPIC, TOPIC, MeetingRequest
from vendorhub.usecases import blocks, decisions, meeting_requests
from vendorhub.usecases import undo as takes_back

PLACES = [
    ("room_buyer", "Room 4"),
    ("room_buyer", "Room 5"),
    ("video_vendor", ""),
    ("video_vendor", "https://meet.example/1"),
]


GOING_ON = 3  # so many asks at once are enough for a story


class Asking(Play):
    """Asks and answers; anybody tries."""

    @precondition(lambda self: self.anyway or sum(map(self.goes_on, self.world.requests)) < GOING_ON)
    @rule(
        who=nth,
        right=rightly,
        buyer=st.sampled_from(BUYERS),
        to=st.sampled_from([None, None, "Kim", "Bo", "Charlie"]),
        guests=st.sampled_from([("Vera",), ("Vera", "Vic"), ("Carl",), ("Rita", "Vera")]),
        minutes=st.sampled_from([30, 15, 60]),
    )
    def ask(self, who: int, right: bool, buyer: str, to: str | None, guests: tuple[str, ...], minutes: int) -> None:
        """A vendor or a VAR asks."""
        name = pick([each for each in PEOPLE if CAST[each].asks] if right else PEOPLE, who)
        self.deed(
            lambda: self.world.ask(name, buyer, to=to, guests=guests, minutes=minutes),
            lambda: meeting_requests.ask(
                self.stage.actor(name),
                buyer=self.stage.slug(buyer),
                topic=TOPIC,
                outcome="Whether to look further",
                learned="You restore by hand",
                minutes=minutes,
                attendees=self.named(guests),
                to=self.stage.address(to) if to else None,
            ),
            lambda made, code: setattr(made, "code", code),
        )

    @precondition(lambda self: self.waiting())
    @rule(
        n=nth,
        right=rightly,
        who=nth,
        minutes=st.sampled_from([None, None, None, 15, 60]),
        coming=st.sampled_from(["all", "all", "fewer", "ours too", "ours too", "ours alone", "another"]),
        place=st.sampled_from([None, *PLACES]),
        topic=st.sampled_from([None, None, None, None, OTHER_TOPIC, TOPIC]),
        each_quarter=st.sampled_from([False, False, False, True]),
    )
    def accept(
        self,
        n: int,
        right: bool,
        who: int,
        minutes: int | None,
        coming: str,
        place: tuple[str, str] | None,
        topic: str | None = None,
        each_quarter: bool = False,
    ) -> None:
        """Yes, to all that was asked or to less; yes, but; or yes, each quarter."""
        request = self.request(n, right, self.waits)
        name = self.somebody(lambda each: self.world.may_answer(request, each, alone=each_quarter), right, who)
        ours = OWN[request.buyer]
        named = {"all": None, "ours too": (*request.guests, ours), "ours alone": (ours,)}
        people = named.get(coming, self.world.coming(request, coming)) if request.guests else None
        self.deed(
            lambda: self.world.accept(
                request, name, minutes=minutes, coming=coming, place=place, topic=topic, each_quarter=each_quarter
            ),
            lambda: decisions.accept(
                self.stage.actor(name),
                request.code,
                minutes=minutes,
                attendees=None if people is None else self.named(people),
                place=place,
                topic=topic,
                each_quarter=each_quarter,
            ),
        )

    @precondition(lambda self: self.waiting("amended"))
    @rule(
        n=nth,
        right=rightly,
        who=nth,
        kind=st.sampled_from(["not_now", "no", "never", "in_writing", "in_writing"]),
        days=st.sampled_from([1, 10, 90, 10, 90, 180, 200, 0, 800]),
        scope=st.sampled_from(["company", "person", "company", "person", "var", "vendor"]),
        reader=st.sampled_from([None, None, None, "Pia", "Cleo"]),
        tell=st.sampled_from([True, True, True, False]),
    )
    def refuse(
        self, n: int, right: bool, who: int, kind: str, days: int, scope: str, reader: str | None, tell: bool
    ) -> None:
        """In writing, not now, no, or never."""
        request = self.request(n, right, lambda each: self.waits(each) or each.state == "amended")
        name = self.somebody(lambda each: self.world.may_answer(request, each, alone=kind == "never"), right, who)
        tell = tell or (right and kind != "never")
        reader = reader if kind == "in_writing" else None
        day = self.world.today(request.buyer) + timedelta(days=days)
        self.deed(
            lambda: self.world.refuse(request, name, kind, days=days, scope=scope, reader=reader, tell=tell),
            lambda: decisions.refuse(
                self.stage.actor(name),
                request.code,
                kind=kind,
                again_on=day,
                due=day,
                scope=scope,
                reader=self.stage.address(reader) if reader else "",
                tell=tell,
            ),
        )
        self.learn_codes()

    @precondition(lambda self: any(map(self.world.held, self.world.requests)) or self.fits())
    @rule(n=nth, right=rightly, who=nth)
    def undo(self, n: int, right: bool, who: int) -> None:
        """The answer is taken back."""
        request = self.request(n, right, self.world.held)
        name = self.somebody(lambda each: self.world.may_arrange(request, each), right, who)
        self.deed(
            lambda: self.world.undo(request, name),
            lambda: takes_back.undo(self.stage.actor(name), request.code),
        )

    @precondition(lambda self: self.fits(*WITHDRAWABLE))
    @rule(n=nth, right=rightly, who=nth)
    def withdraw(self, n: int, right: bool, who: int) -> None:
        """The ask is taken back."""
        request = self.request(n, right, lambda each: each.state in WITHDRAWABLE and not each.meeting)
        name = self.somebody(lambda each: self.world.may_ask(request, each), right, who)
        self.deed(
            lambda: self.world.withdraw(request, name),
            lambda: meeting_requests.withdraw(self.stage.actor(name), request.code),
        )

    @precondition(lambda self: self.world.requests and self.anyway)
    @rule(right=rightly, who=nth, company=st.sampled_from(COMPANIES))
    def block(self, right: bool, who: int, company: str) -> None:
        """A company is shut out at once."""
        name = pick(["Kim", "Charlie"] if right else PEOPLE, who)
        self.deed(
            lambda: self.world.block(name, company),
            lambda: blocks.block(self.stage.actor(name), company=self.stage.slug(company)),
        )
        self.learn_codes()

    @precondition(lambda self: any(not each.lifted or self.anyway for each in self.world.blocks))
    @rule(n=nth, right=rightly, who=nth)
    def lift(self, n: int, right: bool, who: int) -> None:
        """A company may ask again."""
        block = pick(self.world.blocks, n)
        code = pick(self.codes, n)
        name = pick([{"norden": "Pia", "harbour": "Charlie"}[block.buyer]] if right else PEOPLE, who)
        self.deed(
            lambda: self.world.lift(block, name),
            lambda: blocks.lift(self.stage.actor(name), code),
        )

    def waiting(self, *also: str) -> bool:
        """Whether something waits for an answer: an ask, a paper, or what `also` does."""
        return any(map(self.waits, self.world.requests)) or self.fits(*also)

    def goes_on(self, request: MeetingRequest) -> bool:
        return self.world.state(request) in WITHDRAWABLE

    def waits(self, request: MeetingRequest) -> bool:
        here = self.world.state(request) == "declined" and self.world.paper_stage(request) == "here"
        return here or self.world.state(request) in ("pending", "asked_back")

    def named(self, people: tuple[str, ...]) -> list[tuple[str, str, str]]:
        return [(each, self.stage.address(each), "") for each in people]
