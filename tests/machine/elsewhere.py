"""The model of asks that don't come from who asks: noted down by the buyer's people, or asked by a VAR for a vendor."""

from datetime import datetime, timedelta

from tests.machine.cast import CAST, SENDERS
from tests.machine.things import NEVER_SHOWN, MeetingRequest, No
from tests.machine.to_and_fro import ToAndFro

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
A_MONTH = timedelta(days=30)  # once in which somebody is shown the front door
LETTERS_A_DAY = 3  # to one person who is to give a vendor's name
HALF_AN_HOUR = 30


class Elsewhere(ToAndFro):
    """Whom it binds is the same; nobody outside hears of what was noted before an answer that tells."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.written: list[tuple[str, datetime]] = []  # who was asked for a vendor's name, and when

    def log(self, who: str, sender: str, topic: str) -> MeetingRequest:
        """Notes an ask that came elsewhere: whoever decides nearest above has to answer it."""
        person = CAST[who]
        if person.asks:
            raise No(403)
        whose = person.boss if person.role != "decider" else who
        company, asker = SENDERS[sender]
        guests = (asker,) if asker else ()
        made = MeetingRequest(
            person.home, company, asker, whose, guests, HALF_AN_HOUR, self.window(person.home), topic, noted_by=who
        )
        self.attach_if_bound(made)
        self.requests.append(made)
        return made

    def correct(self, request: MeetingRequest, who: str, sender: str) -> None:
        """Puts right who asked elsewhere; it meets the answers before it anew. Who has heard of it stays who it is."""
        if not (request.noted_by == who and self.visible(request, who)):
            self.may_answer(request, who)
        state = self.state(request)
        if request.noted_by is None or state not in ("pending", "attached") or not request.untold:
            raise No(409)
        request.company, request.asker = SENDERS[sender]
        request.guests = (request.asker,) if request.asker else ()
        if state == "attached":
            request.state, request.answer_by = "pending", self.window(request.buyer)
            request.decided_by = request.again_on = None
            request.met = False
        self.attach_if_bound(request)

    def remember(self, request: MeetingRequest, who: str, kind: str) -> None:
        """Says nothing to who asked elsewhere, and it binds; or shows them the front door, once a month, and binds
        nobody."""
        self.may_answer(request, who)
        self.check_answerable(request, "refuse")
        if request.noted_by is None or (kind == "front_door" and request.asker is None):
            raise No(422)
        before = [each for each in self.doors if each[:2] == (request.buyer, request.asker)]
        if kind == "front_door" and any(at > self.now - A_MONTH for _, _, at, _ in before):
            raise No(409)
        self.open_again(request)
        self.answer(request, who, "declined", "decline", told=False)
        request.answered_as = kind
        if kind == "front_door":
            request.again_on = self.today(request.buyer)
            self.doors.append((request.buyer, request.asker, self.now, request.code))

    def sort(self, request: MeetingRequest, who: str, pile: str) -> None:
        """An assistant puts it on a pile, which nobody outside notices; no for us is a no, or remembered as one."""
        self.may_answer(request, who)
        if CAST[who].role != "assistant":
            raise No(403)
        if self.state(request) not in ("pending", "asked_back"):
            raise No(409)
        if pile == "no_for_us" and request.noted_by:
            self.remember(request, who, "remember")
        elif pile == "no_for_us":
            self.refuse(request, who, "no", days=1, scope="company")

    def remark(self, request: MeetingRequest, who: str) -> None:
        """Says how it came although there was an answer: nothing else changes."""
        self.may_reopen(request, who)
        if request.state != "attached" and not request.met:
            raise No(409)

    def ask_for(
        self, who: str, vendor: str, buyer: str, *, to: str | None, guests: tuple[str, ...], minutes: int
    ) -> MeetingRequest:
        """A VAR asks in a vendor's name: it goes no further before the vendor's people have given it."""
        made = self.asked(who, buyer, to, guests, minutes, vendor)
        theirs = [name for name, each in CAST.items() if each.home == vendor]
        asked = [each for each in theirs if each in guests] or theirs
        had = [name for name, at in self.written if at > self.now - A_DAY]
        left = [each for each in asked if had.count(each) < LETTERS_A_DAY]
        if not left:
            raise No(409)
        self.written += [(each, self.now) for each in left]
        made.state, made.answer_by, made.shows_from = "unverified", self.now + A_WEEK, NEVER_SHOWN
        self.tell(made, "ask")
        self.requests.append(made)
        return made

    def confirm(self, request: MeetingRequest, who: str) -> None:
        """The vendor gives its name: now it is an ask, and counts for both; where either is shut out the buyer never
        sees it."""
        if not self.visible(request, who):
            raise No(404)
        if CAST[who].home != request.vendor:
            raise No(403)
        if self.state(request) != "unverified":
            raise No(409)
        request.confirmed_by, request.answer_by = who, self.window(request.buyer)
        self.tell(request, "verify")
        if self.shut_out(request):
            request.state = "attached"
            self.tell(request, "attach")
            return
        request.state, request.shows_from = "pending", self.now
        self.attach_if_bound(request)
