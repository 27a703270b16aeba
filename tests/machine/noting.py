"""The deeds on asks that don't come from who asks: noted down, put right, remembered, sorted; asked for a vendor."""

from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.machine.cast import CAST, SENDERS
from tests.machine.play import PEOPLE, nth, pick, rightly
from tests.machine.sights import BUYERS
from tests.machine.talking import Talking
from tests.machine.things import NOTED, OTHER_TOPIC, TOPIC, MeetingRequest
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.logged import Quiet
from vendorhub.domain.typed_lines import parse
from vendorhub.usecases import confirmations, logged, meeting_requests, remarks, remembering, sortings

senders = st.sampled_from(sorted(SENDERS))


class Noting(Talking):
    """What came elsewhere, and what a VAR asks."""

    @precondition(lambda self: self.anyway or sum(map(self.noted, self.world.requests)) < 2)
    @rule(who=nth, right=rightly, sender=senders)
    def log(self, who: int, right: bool, sender: str) -> None:
        """An ask that came elsewhere is noted down, by one typed line."""
        name = pick([each for each in PEOPLE if not CAST[each].asks] if right else PEOPLE, who)
        sender = self._known_there(sender, CAST[name].home)
        said = parse(f"phone: {self._typed(sender)}, {NOTED} {len(self.world.requests)}")
        self.deed(
            lambda: self.world.log(name, sender, said.topic),
            lambda: logged.log(
                self.stage.actor(name),
                channel=said.channel,
                topic=said.topic,
                name=said.name,
                email=said.email,
                company=said.company,
            ),
            lambda made, code: setattr(made, "code", code),
        )

    @precondition(lambda self: any(map(self.noted, self.world.requests)) or self.fits())
    @rule(n=nth, right=rightly, who=nth, sender=senders)
    def correct(self, n: int, right: bool, who: int, sender: str) -> None:
        """Who asked is put right."""
        request = self.request(n, right, self.noted)
        name = self.somebody(partial(self.world.may_answer, request), right, who)
        sender = self._known_there(sender, request.buyer)
        said = parse(f"phone: {self._typed(sender)}, about nothing")
        self.deed(
            lambda: self.world.correct(request, name, sender),
            lambda: logged.correct(
                self.stage.actor(name), request.code, name=said.name, email=said.email, company=said.company
            ),
        )

    @precondition(lambda self: any(map(self.noted, self.world.requests)) or self.fits())
    @rule(n=nth, right=rightly, who=nth, kind=st.sampled_from([Quiet.REMEMBER, Quiet.REMEMBER, Quiet.FRONT_DOOR]))
    def remember(self, n: int, right: bool, who: int, kind: Quiet) -> None:
        """Nothing is said to them, or they are shown the front door."""
        request = self.request(n, right, self.noted)
        name = self.somebody(partial(self.world.may_answer, request), right, who)
        self.deed(
            lambda: self.world.remember(request, name, str(kind)),
            lambda: remembering.remember(self.stage.actor(name), request.code, kind=kind),
        )

    @precondition(lambda self: self.waiting())
    @rule(n=nth, right=rightly, who=nth, pile=st.sampled_from(["for_you", "mine", "no_for_us"]))
    def sort(self, n: int, right: bool, who: int, pile: str) -> None:
        """An assistant sorts it."""
        request = self.request(n, right, self.waits)
        name = "Alex" if right else pick(PEOPLE, who)
        self.deed(
            lambda: self.world.sort(request, name, pile),
            lambda: sortings.sort(self.stage.actor(name), request.code, pile=pile),
        )

    @precondition(lambda self: self.fits("attached"))
    @rule(n=nth, right=rightly, who=nth, said=st.sampled_from(["went_around", "told_to", "invited"]))
    def remark(self, n: int, right: bool, who: int, said: str) -> None:
        """Somebody of the buyer says how it came, and outside nothing changes."""
        request = self.request(n, right, lambda each: each.state == "attached")
        name = self.somebody(partial(self.world.may_reopen, request), right, who)
        self.deed(
            lambda: self.world.remark(request, name),
            lambda: remarks.remark(self.stage.actor(name), request.code, said=said),
        )

    @precondition(lambda self: self.anyway or sum(map(self.goes_on, self.world.requests)) < 2)
    @rule(
        who=nth,
        right=rightly,
        vendor=st.sampled_from(["fastprint", "fastprint", "cloudio"]),
        buyer=st.sampled_from(BUYERS),
        to=st.sampled_from([None, None, "Kim", "Bo", "Charlie"]),
        guests=st.sampled_from([("Vera",), ("Rita", "Vera"), ("Carl", "Rita")]),
    )
    def ask_for(self, who: int, right: bool, vendor: str, buyer: str, to: str | None, guests: tuple[str, ...]) -> None:
        """A VAR asks for a vendor."""
        name = "Rita" if right else pick(PEOPLE, who)
        self.deed(
            lambda: self.world.ask_for(name, vendor, buyer, to=to, guests=guests, minutes=30),
            lambda: meeting_requests.ask(
                self.stage.actor(name),
                buyer=self.stage.slug(buyer),
                topic=TOPIC,
                outcome=OTHER_TOPIC,
                learned="You restore by hand",
                minutes=30,
                attendees=self.named(guests),
                to=self.stage.address(to) if to else None,
                vendor=VendorNamed(slug=self.stage.slug(vendor)),
            ),
            lambda made, code: setattr(made, "code", code),
        )

    @precondition(lambda self: self.fits("unverified"))
    @rule(n=nth, right=rightly, who=nth)
    def confirm(self, n: int, right: bool, who: int) -> None:
        """The vendor's people give its name."""
        request = self.request(n, right, lambda each: each.state == "unverified")
        theirs = [name for name in PEOPLE if CAST[name].home == request.vendor]
        name = pick(theirs if right and theirs else PEOPLE, who)
        self.deed(
            lambda: self.world.confirm(request, name),
            lambda: confirmations.confirm(self.stage.actor(name), request.code),
        )

    def noted(self, request: MeetingRequest) -> bool:
        """Whether it came elsewhere and waits."""
        return request.noted_by is not None and self.world.state(request) in ("pending", "attached")

    def _known_there(self, sender: str, home: str) -> str:
        """Noa's company asks one buyer alone, so that it is one company."""
        return sender if home == "norden" or SENDERS[sender][0] != "zeta" else "Vera"

    def _typed(self, sender: str) -> str:
        zeta = self.stage.slug("zeta").title()
        return zeta if SENDERS[sender][1] is None else f"{self.stage.address(sender)}, {zeta}"
