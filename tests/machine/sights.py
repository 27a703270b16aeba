"""The model's ground, after DESIGN.md: who sees an ask and how it stands then, and who may answer it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.machine.cast import CAST, KINDS, ZONES
from tests.machine.things import NEVER_SHOWN, Block, Line, MeetingRequest, No

WORKING_DAYS = 5
CLOSED_BY_TIME = ("pending", "asked_back", "amended", "unverified")
BUYERS = [home for home, kind in KINDS.items() if kind == "buyer"]
COMPANIES = [home for home, kind in KINDS.items() if kind != "buyer"]


class Sights:
    """The asks and the blocks, as they stand at `now`, and as each person sees them."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.requests: list[MeetingRequest] = []
        self.blocks: list[Block] = []

    # -- how things stand

    def state(self, request: MeetingRequest) -> str:
        """The state as time has made it: silence is a no from the window's end on, swept or not."""
        over = request.state in CLOSED_BY_TIME and self.now >= request.answer_by
        return "lapsed" if over else request.state

    def held(self, request: MeetingRequest) -> bool:
        """Whether the answer can still be taken back."""
        return request.held_until is not None and self.now < request.held_until

    def shown(self, request: MeetingRequest, who: str) -> str:
        """The state in which somebody sees it: a held answer is not there yet, a never that is not told is a no."""
        if not CAST[who].asks:
            return self.state(request)
        if self.held(request):
            return request.before
        state = self.state(request)
        return "declined" if request.silent and state == "blocked" else state

    def exists(self, request: MeetingRequest) -> bool:
        """Whether it is before the buyer yet."""
        return request.shows_from is None or request.shows_from <= self.now

    def visible(self, request: MeetingRequest, who: str) -> bool:
        """Whether the request exists for this person."""
        person = CAST[who]
        if person.asks:
            known = request.noted_by is None or (request.told_at is not None and request.told_at <= self.now)
            there = self.exists(request) or request.shows_from == NEVER_SHOWN  # it waits for the vendor's word
            return known and there and person.home in request.companies
        if request.buyer != person.home or not self.exists(request):
            return False
        if request.noted_by == who or (request.paper and request.paper.reader == who):
            return True
        if person.role == "colleague":
            return request.to == who
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

    def seen(self, who: str) -> dict[str, tuple[str, str | None, bool, date | None]]:
        """Every request that somebody sees, by code: its state, how far its paper has come, whether the yes stands,
        and from when they may ask again where it is on the thread of an answer."""
        return {
            each.code: (
                self.shown(each, who),
                self.paper_shown(each, who),
                self._stands(each, who),
                each.again_on if each.state == "attached" else None,
            )
            for each in self.requests
            if self.visible(each, who)
        }

    def paper_stage(self, request: MeetingRequest) -> str | None:
        """How far the paper has come, by the buyer's calendar; None where none was asked for."""
        if request.paper is None:
            return None
        late = request.paper.stage == "asked" and self.today(request.buyer) > request.paper.due
        return "missed" if late else request.paper.stage

    def paper_shown(self, request: MeetingRequest, who: str) -> str | None:
        """The same as somebody sees it: as long as it is the answer, and not while that is held from them."""
        if request.state != "declined" or (CAST[who].asks and self.held(request)):
            return None
        stage = self.paper_stage(request)
        return None if stage == "reopened" else stage

    def shut_out(self, request: MeetingRequest, *, held: bool = False) -> bool:
        """Whether the asker is shut out of the buyer; with `held`, also by a block that can still be undone."""
        return any(
            self.concerns(block, request) and not block.lifted and (held or block.effective_at <= self.now)
            for block in self.blocks
        )

    def concerns(self, block: Block, request: MeetingRequest) -> bool:
        """Whether a block is of a company that it counts for, of who asks, or of who has given the vendor's name."""
        if block.buyer != request.buyer:
            return False
        if block.person is None:
            return block.company in request.companies
        return block.person in (request.asker, request.confirmed_by)

    # -- rights

    def may_answer(self, request: MeetingRequest, who: str, *, alone: bool = False) -> None:
        """Raises unless it is theirs to answer, as far as the ask says; `alone` leaves it to who decides."""
        self._acts_for(request, who, request.to, alone=alone)

    def may_arrange(self, request: MeetingRequest, who: str) -> None:
        """Raises unless it is theirs to go on with: once answered, it is the decider's who has answered."""
        self._acts_for(request, who, request.decider)

    def may_reopen(self, request: MeetingRequest, who: str) -> None:
        """Raises unless it is theirs to answer, or they gave the answer that it met."""
        answered_before = request.state == "attached" and request.decided_by == who and CAST[who].role == "decider"
        if not (answered_before and self.visible(request, who)):
            self.may_answer(request, who)

    def may_ask(self, request: MeetingRequest, who: str) -> None:
        """Raises unless they are of the company that asked, or of the vendor for whom it asked."""
        if not self.visible(request, who):
            raise No(404)
        if not CAST[who].asks:
            raise No(403)

    def tell(self, request: MeetingRequest, deed: str, *, at: datetime | None = None, both: bool = True) -> None:
        """A line of history, for both sides to read from an instant on, or for the buyer's alone."""
        request.lines.append(Line(deed, at or self.now, both=both and not request.untold))

    def other_side(self, request: MeetingRequest) -> str:
        """Somebody of those who asked, or who stands for them where they are nobody here."""
        return request.asker if request.asker in CAST else "Vera"

    # -- days

    def today(self, buyer: str) -> date:
        """The date on the buyer's wall."""
        return self.now.astimezone(ZoneInfo(ZONES[buyer])).date()

    def window(self, buyer: str, *, since: datetime | None = None, days: int = WORKING_DAYS) -> datetime:
        """When the night begins that ends so many working days, the first day not counted."""
        day, left = (since or self.now).astimezone(ZoneInfo(ZONES[buyer])).date(), days
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5
        return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(ZONES[buyer])).astimezone(self.now.tzinfo)

    def days_left(self, request: MeetingRequest) -> int:
        """The working days after today in the window that runs."""
        last = (request.answer_by - timedelta(seconds=1)).astimezone(ZoneInfo(ZONES[request.buyer])).date()
        today = self.today(request.buyer)
        return sum((today + timedelta(days=each)).weekday() < 5 for each in range(1, (last - today).days + 1))

    def _stands(self, request: MeetingRequest, who: str) -> bool:
        return request.standing and not (CAST[who].asks and self.held(request))

    def _acts_for(self, request: MeetingRequest, who: str, decider: str | None, *, alone: bool = False) -> None:
        if not self.visible(request, who):
            raise No(404)
        person = CAST[who]
        if person.role == "decider" and decider in (None, who):
            return
        if person.role == "colleague" and decider == who and not alone:
            return
        if alone or person.role != "assistant" or decider not in (None, person.boss):
            raise No(403)
