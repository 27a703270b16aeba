"""The model of what goes to and fro before a yes or a no: agreeing, asking back, passing on, papers, opening again."""

from tests.machine.answers import HOLD
from tests.machine.cast import CAST
from tests.machine.endings import Endings
from tests.machine.things import MeetingRequest, No

VERSIONS = 10  # of a paper


class ToAndFro(Endings):
    """Answers that lead on."""

    def agree(self, request: MeetingRequest, who: str) -> None:
        """The asking side agrees to what a yes wants otherwise; a word that is held against it is forgotten."""
        self.may_ask(request, who)
        if self.shown(request, who) != "amended" or self.shut_out(request):
            raise No(409)
        if self.held(request):
            self.forget(request)
        agreed, request.yes_but = request.yes_but, None
        assert agreed
        request.state = "accepted"
        self.settle(request, agreed.consent, agreed.place)
        self.tell(request, "agree")

    def ask_back(self, request: MeetingRequest, who: str) -> None:
        """A question before the answer: the window waits, as long as it is itself."""
        self.may_answer(request, who)
        if self.state(request) != "pending":
            raise No(409)
        self.check_address(request)
        request.told_at = request.told_at or self.now
        request.days_left = self.days_left(request)
        request.state, request.answer_by = "asked_back", self.window(request.buyer)
        self.tell(request, "ask_back")

    def answer_back(self, request: MeetingRequest, who: str) -> None:
        """The question is answered: the window goes on with what it had left, a day at least."""
        self.may_ask(request, who)
        if self.shown(request, who) != "asked_back":
            raise No(409)
        ends = self.window(request.buyer, days=max(1, request.days_left))
        self.tell(request, "answer_back")
        if not self.held(request):
            request.state, request.answer_by = "pending", ends
            return
        request.before = "pending"  # and the answer stands, of which they can't know
        if request.yes_but:
            request.yes_but.asked_until = ends
        else:
            request.answer_by = ends

    def pass_on(self, request: MeetingRequest, who: str, to: str) -> MeetingRequest:
        """Somebody else is to answer, by the same words and with a window of their own: never in a circle."""
        self.may_answer(request, who)
        if self.state(request) not in ("pending", "asked_back"):
            raise No(409)
        mine = request.to or (CAST[who].boss if CAST[who].role == "assistant" else who)
        had_it, before = {who, mine}, request.passed_from
        while before:
            had_it.add(before.decider)
            before = before.passed_from
        if CAST[to].home != request.buyer or CAST[to].role == "assistant" or to in had_it:
            raise No(422)
        self.answer(request, who, "redirected", "redirect")
        counts = self.now + HOLD
        passed = MeetingRequest(
            request.buyer,
            request.company,
            request.asker,
            to,
            request.guests,
            request.minutes,
            answer_by=self.window(request.buyer, since=counts),
            topic=request.topic,
            shows_from=counts,
            passed_from=request,
            noted_by=request.noted_by,
            told_at=request.told_at,
            vendor=request.vendor,
            confirmed_by=request.confirmed_by,
        )
        self.tell(passed, "redirect", at=counts)
        self.requests.append(passed)
        return passed

    def hand_in(self, request: MeetingRequest, who: str) -> None:
        """The paper that was asked for comes, or a later version of it."""
        self.may_ask(request, who)
        if self.paper_shown(request, who) not in ("asked", "here"):
            raise No(409)
        assert request.paper
        if request.paper.versions == VERSIONS:
            raise No(409)
        request.paper.stage = "here"
        request.paper.versions += 1
        self.tell(request, "hand_in")

    def enough(self, request: MeetingRequest, who: str) -> None:
        """The paper is enough."""
        self.may_answer(request, who)
        if request.state != "declined" or self.paper_stage(request) != "here":
            raise No(409)
        assert request.paper
        request.paper.stage = "enough"
        self.tell(request, "enough")

    def reopen(self, request: MeetingRequest, who: str, *, reason: str) -> None:
        """Lets it wait again although it was answered, itself or by an answer before it, or by silence."""
        self.may_reopen(request, who)
        declined = request.state == "declined" and not self.held(request)
        if not (declined or self.state(request) in ("lapsed", "attached")) or self.shut_out(request):
            raise No(409)
        if not reason:
            raise No(422)
        self.forget(request)
        if request.paper:
            request.paper.stage = "reopened"
        request.state = request.before = "pending"
        request.answer_by = self.window(request.buyer)
        self.tell(request, "reopen")
