"""Several vendors and one buyer, in any order: what a model of a joint briefing says may leave, and no more, leaves."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.machine.play import SECOND, wall
from tests.machine.room import HOSTS, WHO, Room
from vendorhub.domain.items import Given
from vendorhub.usecases import agenda_building as building
from vendorhub.usecases import (
    agenda_publication,
    blocks,
    briefings,
    decisions,
    items,
    line_ups,
    meeting_requests,
    meetings,
    participations,
    polls,
    revoking,
    undo,
)

A_HOLD = 60 * SECOND
vendor = st.sampled_from(sorted(WHO))
line_up = st.sets(vendor, min_size=1).map(sorted)
host = st.sampled_from(HOSTS)
# Mostly who may; now and then whoever has no business in it.
anybody = st.sampled_from([*HOSTS, *HOSTS, *WHO.values(), "Pia", "Charlie"])


class Gathering(Room):
    """One briefing, from the idea to its end."""

    @initialize(by=host, vendors=line_up, chapter=st.sampled_from(["invited", "met", "joined", "yes", "idea"]))
    def begin(self, by: str, vendors: list[str], chapter: str) -> None:
        """Most stories begin in the middle, or few would get there."""
        self.propose(by, sorted({*vendors, "cloudio", "fastprint"}))
        if chapter == "idea":
            return
        self.accept("Kim")
        self.time_passes(A_HOLD)
        if chapter in ("joined", "met", "invited"):
            for each in sorted(self.named):
                self.take_part(each, WHO[each])
        if chapter in ("met", "invited"):
            self.put_up("Kim", [3, 9])
            self.set_time("Kim", 0)
        if chapter == "invited":
            self.worker_comes_by()

    def propose(self, by: str, vendors: list[str]) -> None:
        """The idea; a decider's own is their yes."""
        found = self.tried(
            lambda: briefings.propose(
                self.actor(by),
                buyer=self.stage.slug("norden"),
                theme="Backups and print, together",
                outcome="Whether one contract can do both.",
                minutes=90,
                vendors=[self.slug(each) for each in vendors],
                items_due=date(2027, 3, 29),
                to=self.stage.address("Kim"),
            )
        )
        assert found is not None
        self.code, self.named, self.yes_to = found[0], set(vendors), set(vendors)
        if by == "Kim":
            self.yes_at = self.now - SECOND + A_HOLD

    @rule(who=anybody)
    def accept(self, who: str) -> None:
        """The yes."""
        if self.tried(lambda: decisions.accept(self.actor(who), self.code)):
            assert who == "Kim"
            assert not self.ended
            self.yes_at = self.now - SECOND + A_HOLD

    @precondition(lambda self: self.now_and_then)
    @rule(who=anybody)
    def take_back(self, who: str) -> None:
        """A yes, before anybody has heard of it."""
        if self.tried(lambda: undo.undo(self.actor(who), self.code)):
            assert who == "Kim"
            assert self.yes_at is not None
            assert self.now - SECOND < self.yes_at
            self.yes_at = None

    @precondition(lambda self: self.now_and_then)
    @rule(who=anybody, how=st.sampled_from(["revoke", "withdraw"]))
    def end_it(self, who: str, how: str) -> None:
        """By the buyer, or by whoever proposed it."""
        deed = revoking.revoke if how == "revoke" else meeting_requests.withdraw
        if self.tried(lambda: deed(self.actor(who), self.code)):
            assert who == ("Kim" if how == "revoke" else "Rita")
            assert how == "revoke" or not self.met
            self.ended = True

    @rule(which=vendor, who=anybody)
    def take_part(self, which: str, who: str) -> None:
        """A vendor comes."""
        if self.tried(lambda: participations.take_part(self.actor(who), self.code, vendor=self.slug(which))):
            assert who == WHO[which]
            assert self.yes_counts(self.now - SECOND)
            assert which in self.named
            self.joined[which] = self.number
            self.meet()

    @rule(which=vendor)
    def stay_out(self, which: str) -> None:
        """A vendor does not come."""
        if self.tried(lambda: participations.stay_out(self.actor(WHO[which]), self.code)):
            assert which in self.named - self.joined.keys()

    @rule(which=vendor)
    def leave(self, which: str) -> None:
        """A vendor does not come after all."""
        if self.tried(lambda: participations.leave(self.actor(WHO[which]), self.code)):
            assert which in self.joined
            self.gone(which)

    @rule(who=anybody, vendors=line_up)
    def set_line_up(self, who: str, vendors: list[str]) -> None:
        """Other vendors."""
        slugs = [self.slug(each) for each in vendors]
        if self.tried(lambda: line_ups.set_line_up(self.actor(who), self.code, vendors=slugs)):
            assert who in HOSTS
            assert not self.met
            if who == "Kim" or set(vendors) <= self.yes_to:
                self.asked_anew(set(vendors))
            else:
                self.wished = set(vendors)

    @rule(who=anybody, allow=st.booleans())
    def on_wider(self, who: str, allow: bool) -> None:
        """The buyer's word on more vendors."""
        deed = line_ups.allow_wider if allow else line_ups.refuse_wider
        if self.tried(lambda: deed(self.actor(who), self.code)):
            assert who == "Kim"
            assert self.wished
            if allow:
                self.asked_anew(self.wished)
            self.wished = set()

    @precondition(lambda self: self.now_and_then)
    @rule(who=anybody, company=st.sampled_from([*sorted(WHO), "bridge"]))
    def never(self, who: str, company: str) -> None:
        """Somebody is shut out."""
        slug = self.slug(company)
        if self.tried(lambda: blocks.block(self.actor(who), company=slug)) and who in ("Kim", "Pia"):
            if company == "bridge":
                self.ended = self.ended or (self.by_the_var() and self.yes_counts(self.now - SECOND))
            elif company in self.named:
                self.gone(company)
                if self.yes_counts(self.now - SECOND) and len(self.named) > 1 and not self.met:
                    self.number += 1
                    self.joined = {}

    @rule(who=anybody, days=st.lists(st.integers(1, 20), min_size=1, max_size=3, unique=True))
    def put_up(self, who: str, days: list[int]) -> None:
        """Times for all."""
        slots = [wall(self.on(each), "norden") for each in sorted(days)]
        if self.tried(lambda: polls.put_up(self.actor(who), self.code, slots=slots)):
            assert who in HOSTS
            assert not self.met
            self.time = None

    @rule(who=st.sampled_from([*HOSTS, *WHO.values()]), says=st.sampled_from(["yes", "if_need_be", "no"]))
    def say_when(self, who: str, says: str) -> None:
        """What suits whom; it decides nothing."""
        answers = {code: says for code, _ in self.slots()}
        self.tried(lambda: polls.say_when(self.actor(who), self.code, answers=answers))

    @rule(who=anybody, at=st.integers(0, 2))
    def set_time(self, who: str, at: int) -> None:
        """The buyer chooses."""
        if not (slots := self.slots()):
            return
        code, start = slots[at % len(slots)]
        if self.tried(lambda: polls.set_time(self.actor(who), self.poll(), slot=code)):
            assert who == "Kim"
            assert not self.met
            self.time = start
            self.meet()

    @rule(who=anybody, days=st.integers(1, 20))
    def move(self, who: str, days: int) -> None:
        """The buyer moves what everybody is invited to."""
        start = self.on(days) + timedelta(hours=1)
        uid = self.uid()
        if self.tried(lambda: meetings.move(self.actor(who), uid, slot=wall(start, "norden"))):
            assert who == "Kim"
            assert self.met
            self.time = start

    @precondition(lambda self: self.now_and_then)
    @rule(who=anybody)
    def cancel(self, who: str) -> None:
        """Called off, the yes aside."""
        uid = self.uid()
        if self.tried(lambda: meetings.cancel(self.actor(who), uid)):
            assert who in HOSTS
            self.ended = True

    @rule(which=vendor, title=st.sampled_from(["Tape", "Disk"]))
    def bring(self, which: str, title: str) -> None:
        """An item."""
        given = Given(title, 20, presenters=[(title, f"{title.lower()}@{self.slug(which)}.example", "")])
        self.tried(lambda: items.send(self.actor(WHO[which]), self.code, given))

    @rule(who=anybody)
    def publish(self, who: str) -> None:
        """The agenda, of the buyer's time alone."""
        news = building.Given(segment="buyer", title="News", minutes=40)
        if self.tried(lambda: building.put(self.actor(who), self.code, entries=[news])):
            assert who in HOSTS
            self.tried(lambda: agenda_publication.publish(self.actor(who), self.code, overrule="It is enough."))

    @rule(by=st.sampled_from([SECOND, A_HOLD, A_HOLD, timedelta(days=1), timedelta(days=4)]))
    def time_passes(self, by: timedelta) -> None:
        """Nothing is done."""
        self.now += by

    @rule()
    def worker_comes_by(self) -> None:
        """What is due is swept up, and what waits is sent."""
        self.come_by()
