"""The model's answers, after DESIGN.md: what is asked, what may be said to it, and what is forgotten with an undo."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.machine.cast import CAST, KINDS, ZONES
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


WITHDRAWABLE = ("unverified", "pending", "asked_back", "amended", "accepted")


class Answers(Sights):
    """Asks and their answers."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.doors: list[tuple[str, str | None, datetime, str]] = []  # buyer, to whom it was shown, when, on which ask

    def ask(self, who: str, buyer: str, *, to: str | None, guests: tuple[str, ...], minutes: int) -> MeetingRequest:
        """Asks; where an answer stands that binds whoever is asked, the ask goes on its thread."""
        made = self.asked(who, buyer, to, guests, minutes)
        self.tell(made, "ask")
        self.attach_if_bound(made)
        self.requests.append(made)
        return made

    def attach_if_bound(self, made: MeetingRequest) -> None:
        """Puts it on the thread of the answer that stands in its way, if there is one; what came elsewhere can't be
        refused, so that a never stands in its way, too. Only the same companies are told until when."""
        nevers = [each for each in self.blocks if self.concerns(each, made) and not each.lifted]
        never = next((each for each in reversed(nevers) if each.effective_at <= self.now), None)
        answers = self._standing(made)
        told = [each for each in answers if each.companies == made.companies and each.answered_as != "remember"]
        if made.noted_by and never:
            made.decided_by = never.by
        elif answers:
            made.met, made.decided_by = True, (told or answers)[0].decider
            made.again_on = self._again_on(told[0]) if told else None
        else:
            return
        made.state = "attached"
        self.tell(made, "attach", both=made.noted_by is None)

    def withdraw(self, request: MeetingRequest, who: str) -> None:
        """Takes the ask back; against a held answer this wins, and the answer is never told."""
        self.may_ask(request, who)
        met = any(each.state == "confirmed" and each.end > self.now for each in request.meetings)
        agreed = met if request.standing else bool(request.meetings)
        if self.shown(request, who) not in WITHDRAWABLE or agreed:
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
        self.check_answerable(request, "accept")
        self.check_address(request)
        if self.shut_out(request):
            raise No(409)
        other = coming == "another" or topic not in (None, request.topic)
        if (minutes or 0) > request.minutes or coming == "ours alone" or (other and each_quarter):
            raise No(422)
        self.open_again(request)
        deed = "amend" if other else "stand" if each_quarter else "accept"
        self.answer(request, who, "amended" if other else "accepted", deed)
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
        if which == "another" and request.guests:
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
        self.check_answerable(request, "refuse")
        if kind == "not_now" and not 0 < days <= 731:
            raise No(422)
        if kind == "in_writing" and (not 0 < days <= 183 or (reader and CAST[reader].home != request.buyer)):
            raise No(422)
        if not tell and kind != "never":
            raise No(422)
        shut_out = self._whom(request, scope) if kind == "never" else []
        if tell:
            self.check_address(request)
        self.open_again(request)
        state, deed = ("blocked", "block") if kind == "never" else ("declined", "decline")
        self.answer(request, who, state, deed if tell else "decline", told=tell)
        assert request.held_until
        assert request.decided_by
        day = self.today(request.buyer) + timedelta(days=days)
        request.again_on = day if kind == "not_now" else None
        request.silent = not tell
        if kind == "in_writing":
            versions = request.paper.versions if request.paper else 0
            request.paper = Paper(day, reader or request.decided_by, versions=versions)
        request.blocks = [
            Block(request.buyer, company, person, request.held_until, silent=not tell, by=who)
            for company, person in shut_out
        ]
        self.blocks += request.blocks

    def undo(self, request: MeetingRequest, who: str) -> None:
        """Takes a held answer back: as if it had never been, the offers made with it included."""
        self.may_arrange(request, who)
        if not self.held(request):
            raise No(409)
        for block in request.blocks:
            block.lifted = True
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
        if self.held(request):
            self.doors = [each for each in self.doors if each[3] != request.code or each[2] != request.answered_at]
            if request.told_at == request.held_until:
                request.told_at = None
        again = request.yes_but if request.before == "amended" and self.held(request) else None
        request.held_until = request.answered_at = request.decided_by = request.again_on = None
        request.consent = request.place = None
        request.standing, request.silent, request.blocks, request.answered_as = False, False, [], ""
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

    def check_address(self, request: MeetingRequest) -> None:
        """Raises where an answer that is told would reach nobody."""
        if request.asker is None:
            raise No(422)

    def check_answerable(self, request: MeetingRequest, deed: str) -> None:
        """Raises unless it waits for an answer: the ask, a yes, but, that they have heard of, or their paper."""
        state = self.state(request)
        asked = state in ("pending", "asked_back")
        amended = state == "amended" and deed == "refuse" and not self.held(request)
        here = state == "declined" and self.paper_stage(request) == "here" and deed in ("accept", "refuse")
        if not (asked or amended or here):
            raise No(409)

    def open_again(self, request: MeetingRequest) -> None:
        """A paper that is here is answered as an ask is: it waits again, with a whole window, and is answered."""
        if request.state == "declined":
            request.state, request.answer_by = "pending", self.window(request.buyer)
            request.yes_but = request.again_on = None

    def answer(self, request: MeetingRequest, who: str, state: str, deed: str, *, told: bool = True) -> None:
        person = CAST[who]
        if request.paper:
            request.paper.stage = "reopened"
        request.decided_by = request.to or (who if person.role != "assistant" else person.boss)
        request.before, request.state = request.state, state
        request.answered_at, request.held_until = self.now, self.now + HOLD
        request.answered_as = deed
        if told and deed != "redirect":
            request.told_at = request.told_at or request.held_until
        quiet = request.noted_by is not None and not told and deed == "decline" and state == "declined"
        self.tell(request, deed, at=request.held_until, both=not quiet)

    def asked(
        self, who: str, buyer: str, to: str | None, guests: tuple[str, ...], minutes: int, vendor: str | None = None
    ) -> MeetingRequest:
        person = CAST[who]
        if not person.asks:
            raise No(403)
        made = MeetingRequest(buyer, person.home, who, to, guests, minutes, answer_by=self.window(buyer))
        if self.shut_out(made):
            raise No(403)
        if to is not None and (CAST[to].home, CAST[to].role) != (buyer, "decider"):
            raise No(422)
        if vendor and KINDS[person.home] != "var":
            raise No(422)
        made.vendor = vendor
        return made

    def _whom(self, request: MeetingRequest, scope: str) -> list[tuple[str, str | None]]:
        """Whom a never shuts out; it raises where the ask is of nobody like that."""
        if scope == "person" and request.asker:
            return [(request.company, request.asker)]
        if scope == "company":
            return [(each, None) for each in (request.company, request.vendor) if each]
        if scope in ("var", "vendor") and request.vendor:
            return [(request.vendor if scope == "vendor" else request.company, None)]
        raise No(422)

    def _standing(self, made: MeetingRequest) -> list[MeetingRequest]:
        """The answers that bind it, the latest first."""
        binding = [
            each
            for each in self.requests
            if (each.buyer, each.state) == (made.buyer, "declined")
            and not each.companies.isdisjoint(made.companies)
            and not self.held(each)
            and self.paper_stage(each) != "enough"
            and self.today(made.buyer) < self._again_on(each)
            and (made.to is None or made.to in self.line(each.decider or ""))
        ]
        return sorted(binding, key=lambda each: each.answered_at or self.now, reverse=True)

    def _again_on(self, answer: MeetingRequest) -> date:
        assert answer.answered_at
        until = (answer.answered_at + NO_STANDS_FOR).astimezone(ZoneInfo(ZONES[answer.buyer]))
        return answer.again_on or until.date()
