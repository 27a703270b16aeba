"""The deeds on asks: asking, the answers, taking back on both sides, and shutting out."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.machine.answers import BUYERS, COMPANIES, OWN
from tests.machine.cast import CAST
from tests.machine.play import PEOPLE, Play, nth, pick, rightly
from tests.machine.things import MeetingRequest
from vendorhub.usecases import blocks, decisions, meeting_requests
from vendorhub.usecases import undo as takes_back

PLACES = [
    ("room_buyer", "Room 4"),
    ("room_buyer", "Room 5"),
    ("video_vendor", ""),
    ("video_vendor", "https://meet.example/1"),
]


class Asking(Play):
    """Asks and answers; anybody tries."""

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
                topic="Backups that restore",
                outcome="Whether to look further",
                learned="You restore by hand",
                minutes=minutes,
                attendees=self._named(guests),
                to=self.stage.address(to) if to else None,
            ),
            lambda made, code: setattr(made, "code", code),
        )

    @precondition(lambda self: self.fits("pending"))
    @rule(
        n=nth,
        right=rightly,
        who=nth,
        minutes=st.sampled_from([None, None, None, 15, 60]),
        coming=st.sampled_from(["all", "all", "fewer", "ours too", "ours too", "ours alone"]),
        place=st.sampled_from([None, *PLACES]),
    )
    def accept(
        self, n: int, right: bool, who: int, minutes: int | None, coming: str, place: tuple[str, str] | None
    ) -> None:
        """Yes, to all that was asked or to less."""
        request = self.request(n, right, self._waits)
        name = self.somebody(lambda each: self.world.may_answer(request, each), right, who)
        ours = OWN[request.buyer]
        named = {
            "all": None,
            "fewer": request.guests[:1],
            "ours too": (*request.guests, ours),
            "ours alone": (ours,),
        }[coming]
        self.deed(
            lambda: self.world.accept(request, name, minutes=minutes, coming=coming, place=place),
            lambda: decisions.accept(
                self.stage.actor(name),
                request.code,
                minutes=minutes,
                attendees=None if named is None else self._named(named),
                place=place,
            ),
        )

    @precondition(lambda self: self.fits("pending"))
    @rule(
        n=nth,
        right=rightly,
        who=nth,
        kind=st.sampled_from(["not_now", "no", "never"]),
        days=st.sampled_from([1, 10, 90, 200, 0, 800]),
        scope=st.sampled_from(["company", "person"]),
    )
    def refuse(self, n: int, right: bool, who: int, kind: str, days: int, scope: str) -> None:
        """Not now, no, or never."""
        request = self.request(n, right, self._waits)
        name = self.somebody(lambda each: self.world.may_answer(request, each), right, who)
        again_on = self.world.today(request.buyer) + timedelta(days=days)
        self.deed(
            lambda: self.world.refuse(request, name, kind, days=days, scope=scope),
            lambda: decisions.refuse(self.stage.actor(name), request.code, kind=kind, again_on=again_on, scope=scope),
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

    @precondition(lambda self: self.fits("pending", "accepted"))
    @rule(n=nth, right=rightly, who=nth)
    def withdraw(self, n: int, right: bool, who: int) -> None:
        """The ask is taken back."""
        request = self.request(n, right, lambda each: each.state in ("pending", "accepted") and not each.meeting)
        name = self.somebody(lambda each: self.world.may_ask(request, each), right, who)
        self.deed(
            lambda: self.world.withdraw(request, name),
            lambda: meeting_requests.withdraw(self.stage.actor(name), request.code),
        )

    @precondition(lambda self: self.world.requests and all(each.lifted or self.anyway for each in self.world.blocks))
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

    def _waits(self, request: MeetingRequest) -> bool:
        return self.world.state(request) == "pending"

    def _named(self, people: tuple[str, ...]) -> list[tuple[str, str, str]]:
        return [(each, self.stage.address(each), "") for each in people]
