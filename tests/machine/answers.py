"""The model's answers, after DESIGN.md: what is asked, what may be said to it, and what is forgotten with an undo."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from tests.machine.cast import CAST, ZONES
from tests.machine.sights import Sights
from tests.machine.things import (
    NEVER_SHOWN,
    Block,
    Consent,
    MeetingRequest,
    No,
    Paper,
    Place,
    YesBut,
)

HOLD = timedelta(seconds=60)
YES_IS_GOOD_FOR = timedelta(days=180)
STANDS_FOR, STANDS_TIMES = timedelta(days=3653), 80
NO_STANDS_FOR = timedelta(days=182)
OWN = {"norden": "Cleo", "harbour": "Charlie"}  # whom a buyer adds of its own people


class Answers(Sights):
    """Asks and their answers."""

    def ask(self, who: str, buyer: str, *, to: str | None, guests: tuple[str, ...], minutes: int) -> MeetingRequest:
        """Asks; where an answer stands that binds whoever is asked, the ask goes on its thread."""
        person = CAST[who]
        if not person.asks:
            raise No(403)
        made = MeetingRequest(buyer, person.home, who, to, guests, minutes, answer_by=self.window(buyer))
        if self.shut_out(made):
            raise No(403)
        if to is not None and (CAST[to].home, CAST[to].role) != (buyer, "decider"):
            raise No(422)
        self.tell(made, "ask")
        self.attach_if_bound(made)
        self.requests.append(made)
        return made

    def attach_if_bound(self, made: MeetingRequest) -> None:
        """Puts it on the thread of the answer that stands in its way, if there is one."""
        if (standing := self._standing(made)) is not None:
            made.state, made.again_on, made.decided_by = "attached", self._again_on(standing), standing.decider
            self.tell(made, "attach")

    def withdraw(self, request: MeetingRequest, who: str) -> None:
        """Takes the ask back; against a held answer this wins, and the answer is never told."""
        self.may_ask(request, who)
        met = any(each.state == "confirmed" and each.end > self.now for each in request.meetings)
        agreed = met if request.standing else bool(request.meetings)
        if self.shown(request, who) not in ("pending", "asked_back", "amended", "accepted") or agreed:
            raise No(409)
        if self.held(request):
            self.forget(request)
        self.clear_table(request)
        request.state = "withdrawn"
        self.tell(request, "withdraw")

    def accept(
        self,
        request: MeetingRequest,
        who: str,
        *,
        minutes: int | None,
        coming: str,
        place: Place | None,
        topic: str | None = None,
        each_quarter: bool = False,
    ) -> None:
        """Says yes to what was asked or to less; to other people or another topic it is a yes, but."""
        self.may_answer(request, who, alone=each_quarter)
        self._check_answerable(request, "accept")
        if self.shut_out(request):
            raise No(409)
        other = coming == "another" or topic not in (None, request.topic)
        if (minutes or 0) > request.minutes or coming == "ours alone" or (other and each_quarter):
            raise No(422)
        self._open_again(request)
        deed = "amend" if other else "stand" if each_quarter else "accept"
        self._answer(request, who, "amended" if other else "accepted", deed)
        assert request.decided_by
        assert request.held_until
        consent = Consent(
            by=request.decided_by,
            topic=topic or request.topic,
            guests=self.coming(request, coming),
            own=(OWN[request.buyer],) if coming == "ours too" else (),
            minutes=minutes or request.minutes,
            effective_at=request.held_until,
            valid_until=self.now + (STANDS_FOR if each_quarter else YES_IS_GOOD_FOR),
            times=STANDS_TIMES if each_quarter else 1,
        )
        if other:
            request.yes_but = YesBut(consent, place, request.answer_by, self.now)
            request.answer_by = self.window(request.buyer, since=request.held_until)
        else:
            self.settle(request, consent, place)
            request.standing = each_quarter

    def coming(self, request: MeetingRequest, which: str) -> tuple[str, ...]:
        """Who of the asking side shall come."""
        if which == "another":
            return (request.guests[0], next(each for each in ("Vic", "Carl") if each not in request.guests))
        return request.guests[:1] if which == "fewer" else request.guests

    def settle(self, request: MeetingRequest, consent: Consent, place: Place | None) -> None:
        """From now on the yes is to this."""
        request.consent, request.topic, request.place = consent, consent.topic, place or request.place

    def refuse(
        self,
        request: MeetingRequest,
        who: str,
        kind: str,
        *,
        days: int,
        scope: str,
        reader: str | None = None,
        tell: bool = True,
    ) -> None:
        """Says in writing, not now (for so many days), no, or never; a never may be kept to oneself."""
        self.may_answer(request, who, alone=kind == "never")
        self._check_answerable(request, "refuse")
        if kind == "not_now" and not 0 < days <= 731:
            raise No(422)
        if kind == "in_writing" and (not 0 < days <= 183 or (reader and CAST[reader].home != request.buyer)):
            raise No(422)
        if not tell and kind != "never":
            raise No(422)
        self._open_again(request)
        state, deed = ("blocked", "block") if kind == "never" else ("declined", "decline")
        self._answer(request, who, state, deed if tell else "decline")
        assert request.held_until
        assert request.decided_by
        day = self.today(request.buyer) + timedelta(days=days)
        request.again_on = day if kind == "not_now" else None
        request.silent = not tell
        if kind == "in_writing":
            versions = request.paper.versions if request.paper else 0
            request.paper = Paper(day, reader or request.decided_by, versions=versions)
        if kind == "never":
            person = request.asker if scope == "person" else None
            request.block = Block(request.buyer, request.company, person, request.held_until, silent=not tell)
            self.blocks.append(request.block)

    def undo(self, request: MeetingRequest, who: str) -> None:
        """Takes a held answer back: as if it had never been, the offers made with it included."""
        self.may_arrange(request, who)
        if not self.held(request):
            raise No(409)
        if request.block:
            request.block.lifted = True
        self.forget(request)
        request.state = request.before

    # -- what the deeds share

    def forget(self, request: MeetingRequest) -> None:
        """A held answer goes without a trace on the other side; a yes, but, that they know of stands again."""
        self.clear_table(request)
        self.requests = [
            each for each in self.requests if each.passed_from is not request or self.exists(each)
        ]  # what was passed on has never been
        if request.paper and request.paper.stage == "asked":
            request.paper = None
        again = request.yes_but if request.before == "amended" and self.held(request) else None
        request.held_until = request.answered_at = request.decided_by = request.again_on = None
        request.consent = request.block = request.place = None
        request.standing = request.silent = False
        if again:
            request.decided_by, request.answered_at = again.consent.by, again.answered_at
        elif request.yes_but:
            request.answer_by, request.yes_but = request.yes_but.asked_until, None

    def clear_table(self, request: MeetingRequest) -> None:
        """Times fall with what they rest on; what the other side hasn't seen, offers and lines, it never sees."""
        for number, offer in enumerate(request.offers):
            if self.offer_state(request, number) == "open":
                offer.state = "retracted"
            if offer.visible_at > self.now:
                offer.visible_at = NEVER_SHOWN
        for line in request.lines:
            line.both = line.both and line.visible_at <= self.now

    def offer_state(self, request: MeetingRequest, number: int) -> str:
        """An open offer whose times have all passed is no longer open."""
        offer = request.offers[number]
        over = offer.state == "open" and all(start <= self.now for start in offer.starts)
        return "lapsed" if over else offer.state

    def _check_answerable(self, request: MeetingRequest, deed: str) -> None:
        """Raises unless it waits for an answer: the ask, a yes, but, that they have heard of, or their paper."""
        state = self.state(request)
        asked = state in ("pending", "asked_back")
        amended = state == "amended" and deed == "refuse" and not self.held(request)
        here = state == "declined" and self.paper_stage(request) == "here" and deed in ("accept", "refuse")
        if not (asked or amended or here):
            raise No(409)

    def _open_again(self, request: MeetingRequest) -> None:
        """A paper that is here is answered as an ask is: it waits again, with a whole window, and is answered."""
        if request.state == "declined":
            request.state, request.answer_by = "pending", self.window(request.buyer)
            request.yes_but = request.again_on = None

    def _answer(self, request: MeetingRequest, who: str, state: str, deed: str) -> None:
        person = CAST[who]
        if request.paper:
            request.paper.stage = "reopened"
        request.decided_by = request.to or (who if person.role != "assistant" else person.boss)
        request.before, request.state = request.state, state
        request.answered_at, request.held_until = self.now, self.now + HOLD
        self.tell(request, deed, at=request.held_until)

    def _standing(self, made: MeetingRequest) -> MeetingRequest | None:
        binding = [
            each
            for each in self.requests
            if (each.buyer, each.company, each.state) == (made.buyer, made.company, "declined")
            and not self.held(each)
            and self.paper_stage(each) != "enough"
            and self.today(made.buyer) < self._again_on(each)
            and (made.to is None or made.to in self.line(each.decider or ""))
        ]
        return max(binding, key=lambda each: each.answered_at or self.now, default=None)

    def _again_on(self, answer: MeetingRequest) -> date:
        assert answer.answered_at
        until = (answer.answered_at + NO_STANDS_FOR).astimezone(ZoneInfo(ZONES[answer.buyer]))
        return answer.again_on or until.date()
