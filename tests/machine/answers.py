"""The model's first half, after DESIGN.md: who sees an ask, who may answer it, and what an answer leads to."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.machine.cast import CAST, KINDS, ZONES
from tests.machine.things import (
    NEVER_SHOWN,
    Block,
    CalendarLetter,
    Consent,
    Line,
    MeetingRequest,
    No,
    Place,
    Unsent,
)

HOLD = timedelta(seconds=60)
WORKING_DAYS = 5
YES_IS_GOOD_FOR = timedelta(days=180)
NO_STANDS_FOR = timedelta(days=182)
OWN = {"norden": "Cleo", "harbour": "Charlie"}  # whom a buyer adds of its own people


class Answers:
    """The asks, their answers and the blocks, as they stand at `now`."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.requests: list[MeetingRequest] = []
        self.blocks: list[Block] = []

    # -- how things stand

    def state(self, request: MeetingRequest) -> str:
        """The state as time has made it: silence is a no from the window's end on, swept or not."""
        over = request.state == "pending" and self.now >= request.answer_by
        return "lapsed" if over else request.state

    def held(self, request: MeetingRequest) -> bool:
        """Whether the answer can still be taken back."""
        return request.held_until is not None and self.now < request.held_until

    def visible(self, request: MeetingRequest, who: str) -> bool:
        """Whether the request exists for this person."""
        person = CAST[who]
        if person.asks:
            return request.company == person.home
        if request.buyer != person.home or person.role == "colleague":
            return False
        return request.to is None or request.to in ({person.boss} if person.role == "assistant" else self.line(who))

    def line(self, who: str) -> set[str]:
        """Somebody, all above and all below."""
        above = {who}
        boss = CAST[who].boss
        while boss:
            above.add(boss)
            boss = CAST[boss].boss
        below = {who}
        for _ in CAST:
            below |= {each.name for each in CAST.values() if each.boss in below}
        return above | below

    def seen(self, who: str) -> dict[str, str]:
        """Every request that somebody sees, by code, in the state in which they see it."""
        return {
            each.code: "pending" if CAST[who].asks and self.held(each) else self.state(each)
            for each in self.requests
            if self.visible(each, who)
        }

    def shut_out(self, request: MeetingRequest, *, held: bool = False) -> bool:
        """Whether the asker is shut out of the buyer; with `held`, also by a block that can still be undone."""
        return any(
            block.buyer == request.buyer
            and block.company == request.company
            and block.person in (None, request.asker)
            and not block.lifted
            and (held or block.effective_at <= self.now)
            for block in self.blocks
        )

    # -- rights

    def may_answer(self, request: MeetingRequest, who: str, *, alone: bool = False) -> None:
        """Raises unless it is theirs to answer, as far as the ask says; `alone` leaves out the assistant."""
        self._acts_for(request, who, request.to, alone=alone)

    def may_arrange(self, request: MeetingRequest, who: str) -> None:
        """Raises unless it is theirs to go on with: once answered, it is the decider's who has answered."""
        self._acts_for(request, who, request.decider)

    def may_ask(self, request: MeetingRequest, who: str) -> None:
        """Raises unless they are of the company that asked."""
        if not self.visible(request, who):
            raise No(404)
        if not CAST[who].asks:
            raise No(403)

    # -- deeds

    def ask(self, who: str, buyer: str, *, to: str | None, guests: tuple[str, ...], minutes: int) -> MeetingRequest:
        """Asks; where an answer stands that binds whoever is asked, the ask goes on its thread."""
        person = CAST[who]
        if not person.asks:
            raise No(403)
        made = MeetingRequest(buyer, person.home, who, to, guests, minutes, answer_by=self._window(buyer))
        if self.shut_out(made):
            raise No(403)
        if to is not None and (CAST[to].home, CAST[to].role) != (buyer, "decider"):
            raise No(422)
        made.lines.append(Line("ask", self.now))
        if (standing := self._standing(made)) is not None:
            made.state, made.again_on, made.decided_by = "attached", self._again_on(standing), standing.decided_by
            made.lines.append(Line("attach", self.now))
        self.requests.append(made)
        return made

    def withdraw(self, request: MeetingRequest, who: str) -> None:
        """Takes the ask back; against a held answer this wins, and the answer is never told."""
        self.may_ask(request, who)
        unsettled = self.state(request) == "pending" or self.held(request)
        if not unsettled and (request.state != "accepted" or request.meeting):
            raise No(409)
        if self.held(request):
            self._forget(request)
        self._clear_table(request)
        request.state = "withdrawn"
        request.lines.append(Line("withdraw", self.now))

    def accept(
        self, request: MeetingRequest, who: str, *, minutes: int | None, coming: str, place: Place | None
    ) -> None:
        """Says yes to what was asked or to less: never to more, never where the company is shut out."""
        self.may_answer(request, who)
        if self.state(request) != "pending" or self.shut_out(request):
            raise No(409)
        if minutes is not None and minutes > request.minutes:
            raise No(422)
        if coming == "ours alone":
            raise No(422)
        effective_at = self._answer(request, who, "accepted", "accept")
        assert request.decided_by
        request.place = place or request.place
        request.consent = Consent(
            by=request.decided_by,
            guests=request.guests[:1] if coming == "fewer" else request.guests,
            own=(OWN[request.buyer],) if coming == "ours too" else (),
            minutes=minutes or request.minutes,
            effective_at=effective_at,
            valid_until=self.now + YES_IS_GOOD_FOR,
        )

    def refuse(self, request: MeetingRequest, who: str, kind: str, *, days: int, scope: str) -> None:
        """Says not now (for so many days), no, or never."""
        self.may_answer(request, who, alone=kind == "never")
        if self.state(request) != "pending":
            raise No(409)
        if kind == "not_now" and not 0 < days <= 731:
            raise No(422)
        state, deed = ("blocked", "block") if kind == "never" else ("declined", "decline")
        effective_at = self._answer(request, who, state, deed)
        request.again_on = self.today(request.buyer) + timedelta(days=days) if kind == "not_now" else None
        if kind == "never":
            person = request.asker if scope == "person" else None
            request.block = Block(request.buyer, request.company, person, effective_at)
            self.blocks.append(request.block)

    def undo(self, request: MeetingRequest, who: str) -> None:
        """Takes a held answer back: as if it had never been, the offers made with it included."""
        self.may_arrange(request, who)
        if not self.held(request):
            raise No(409)
        if request.block:
            request.block.lifted = True
        self._forget(request)
        request.state = "pending"
        request.lines.append(Line("undo", self.now, both=False))

    def block(self, who: str, company: str) -> Block:
        """Shuts a company out at once."""
        person = CAST[who]
        if person.role != "decider":
            raise No(403)
        if any(
            (each.buyer, each.company, each.person, each.lifted) == (person.home, company, None, False)
            for each in self.blocks
        ):
            raise No(409)
        made = Block(person.home, company, None, self.now)
        self.blocks.append(made)
        self.carry_out(made)
        return made

    def lift(self, block: Block, who: str) -> None:
        """Lets a company ask again; what the block ended stays ended."""
        if CAST[who].role != "decider":
            raise No(403)
        if CAST[who].home != block.buyer:
            raise No(404)
        if block.lifted:
            raise No(409)
        block.lifted = True

    # -- what time alone causes

    def sweep(self) -> None:
        """Closes what the silence closed, and ends what blocks end."""
        for request in self.requests:
            if request.state != self.state(request):
                request.state = "lapsed"
                request.lines.append(Line("lapse", self.now))
        for block in self.blocks:
            if not block.lifted and block.effective_at <= self.now:
                self.carry_out(block)

    def carry_out(self, block: Block) -> None:
        """Open asks are closed; a yes that the other side knows of is revoked, with the meeting ahead."""
        for request in self.requests:
            if (request.buyer, request.company) != (block.buyer, block.company):
                continue
            if block.person not in (None, request.asker):
                continue
            if self.state(request) == "pending" or (request.state == "accepted" and self.held(request)):
                self._forget(request)
                request.state = "blocked"
                request.lines.append(Line("block", self.now))
            elif request.state == "accepted":
                self._clear_table(request)
                request.state = "revoked"
                request.lines.append(Line("revoke", self.now))
                if request.meeting and request.meeting.state == "confirmed" and request.meeting.start > self.now:
                    self.call_off(request)

    def call_off(self, request: MeetingRequest) -> None:
        """The meeting is off: its wishes fall, and who may have been invited gets a CANCEL, nobody else."""
        meeting = request.meeting
        assert meeting
        meeting.state = "cancelled"
        meeting.sequence += 1
        for wish in meeting.proposals:
            wish.state = "retracted" if wish.state == "open" else wish.state
        for letters in meeting.letters.values():
            reached = any(letter.state is Unsent.SENT for letter in letters)
            self.stop(letters)
            if reached:
                letters.append(CalendarLetter("CANCEL", meeting.sequence))

    def stop(self, letters: list[CalendarLetter]) -> None:
        """What still waits is not said any more."""
        for letter in letters:
            letter.state = Unsent.STOPPED if letter.state is Unsent.WAITING else letter.state

    def offer_state(self, request: MeetingRequest, number: int) -> str:
        """An open offer whose times have all passed is no longer open."""
        offer = request.offers[number]
        over = offer.state == "open" and all(start <= self.now for start in offer.starts)
        return "lapsed" if over else offer.state

    def today(self, buyer: str) -> date:
        """The date on the buyer's wall."""
        return self.now.astimezone(ZoneInfo(ZONES[buyer])).date()

    def _acts_for(self, request: MeetingRequest, who: str, decider: str | None, *, alone: bool = False) -> None:
        if not self.visible(request, who):
            raise No(404)
        person = CAST[who]
        decides = person.role == "decider" and decider in (None, who)
        if not decides and (alone or person.role != "assistant" or decider not in (None, person.boss)):
            raise No(403)

    def _answer(self, request: MeetingRequest, who: str, state: str, deed: str) -> datetime:
        person = CAST[who]
        effective_at = self.now + HOLD
        request.decided_by = request.to or (who if person.role == "decider" else person.boss)
        request.state, request.answered_at, request.held_until = state, self.now, effective_at
        request.lines.append(Line(deed, effective_at))
        return effective_at

    def _forget(self, request: MeetingRequest) -> None:
        """A held answer goes without a trace on the other side."""
        self._clear_table(request)
        request.held_until = request.decided_by = request.answered_at = request.again_on = None
        request.place = request.consent = request.block = None

    def _clear_table(self, request: MeetingRequest) -> None:
        """Times fall with what they rest on; what the other side hasn't seen, offers and lines, it never sees."""
        for number, offer in enumerate(request.offers):
            if self.offer_state(request, number) == "open":
                offer.state = "retracted"
            if offer.visible_at > self.now:
                offer.visible_at = NEVER_SHOWN
        for line in request.lines:
            line.both = line.both and line.visible_at <= self.now

    def _standing(self, made: MeetingRequest) -> MeetingRequest | None:
        binding = [
            each
            for each in self.requests
            if (each.buyer, each.company, each.state) == (made.buyer, made.company, "declined")
            and not self.held(each)
            and self.today(made.buyer) < self._again_on(each)
            and (made.to is None or made.to in self.line(each.decider or ""))
        ]
        return max(binding, key=lambda each: each.answered_at or self.now, default=None)

    def _again_on(self, answer: MeetingRequest) -> date:
        assert answer.answered_at
        until = (answer.answered_at + NO_STANDS_FOR).astimezone(ZoneInfo(ZONES[answer.buyer]))
        return answer.again_on or until.date()

    def _window(self, buyer: str) -> datetime:
        day, left = self.today(buyer), WORKING_DAYS
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5
        return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(ZONES[buyer])).astimezone(self.now.tzinfo)


BUYERS = [home for home, kind in KINDS.items() if kind == "buyer"]
COMPANIES = [home for home, kind in KINDS.items() if kind != "buyer"]
