"""The deeds that lead on from an ask or an answer: agreeing, questions, passing on, papers, opening again, revoking."""

from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.machine.asking import Asking
from tests.machine.play import nth, rightly
from tests.machine.things import MeetingRequest
from vendorhub.usecases import amending, papers, passing, questions, reopening, revoking


class Talking(Asking):
    """What goes to and fro."""

    @precondition(lambda self: any(map(self._amended, self.world.requests)) or self.fits())
    @rule(n=nth, right=rightly, who=nth)
    def agree_to_it(self, n: int, right: bool, who: int) -> None:
        """The asking side agrees to what a yes wants otherwise."""
        request = self.request(n, right, self._amended)
        name = self.somebody(partial(self.world.may_ask, request), right, who)
        self.deed(
            lambda: self.world.agree(request, name),
            lambda: amending.agree(self.stage.actor(name), request.code),
        )

    @precondition(lambda self: self.fits("pending"))
    @rule(n=nth, right=rightly, who=nth)
    def ask_back(self, n: int, right: bool, who: int) -> None:
        """A question before the answer."""
        request = self.request(n, right, lambda each: self.world.state(each) == "pending")
        name = self.somebody(partial(self.world.may_answer, request), right, who)
        self.deed(
            lambda: self.world.ask_back(request, name),
            lambda: questions.ask_back(self.stage.actor(name), request.code, question="How many tapes?"),
        )

    @precondition(lambda self: any(map(self._asked_back, self.world.requests)) or self.fits())
    @rule(n=nth, right=rightly, who=nth)
    def answer_back(self, n: int, right: bool, who: int) -> None:
        """The question is answered."""
        request = self.request(n, right, self._asked_back)
        name = self.somebody(partial(self.world.may_ask, request), right, who)
        self.deed(
            lambda: self.world.answer_back(request, name),
            lambda: questions.answer_back(self.stage.actor(name), request.code, answer="Forty"),
        )

    @precondition(lambda self: self.fits("pending", "asked_back"))
    @rule(n=nth, right=rightly, who=nth, to=st.sampled_from(["Cleo", "Bo", "Kim", "Pia", "Alex", "Charlie"]))
    def pass_on(self, n: int, right: bool, who: int, to: str) -> None:
        """Somebody else is to answer."""
        request = self.request(n, right, lambda each: self.world.state(each) in ("pending", "asked_back"))
        name = self.somebody(partial(self.world.may_answer, request), right, who)
        self.deed(
            lambda: self.world.pass_on(request, name, to),
            lambda: passing.pass_on(self.stage.actor(name), request.code, to=self.stage.address(to)),
            lambda made, _: setattr(made, "code", self.code_of_passed(request)),
        )

    @precondition(lambda self: self.read("asked", "here"))
    @rule(n=nth, right=rightly, who=nth)
    def hand_in(self, n: int, right: bool, who: int) -> None:
        """The paper comes."""
        request = self.request(n, right, lambda each: self.world.paper_stage(each) in ("asked", "here"))
        name = self.somebody(partial(self.world.may_ask, request), right, who)
        self.deed(
            lambda: self.world.hand_in(request, name),
            lambda: papers.hand_in(self.stage.actor(name), request.code, text="Two pages"),
        )

    @precondition(lambda self: self.read("here"))
    @rule(n=nth, right=rightly, who=nth)
    def enough(self, n: int, right: bool, who: int) -> None:
        """The paper is enough."""
        request = self.request(n, right, lambda each: self.world.paper_stage(each) == "here")
        name = self.somebody(partial(self.world.may_answer, request), right, who)
        self.deed(
            lambda: self.world.enough(request, name),
            lambda: papers.enough(self.stage.actor(name), request.code),
        )

    @precondition(lambda self: self.fits("declined", "lapsed", "attached"))
    @rule(n=nth, right=rightly, who=nth, reason=st.sampled_from(["We need it now", "We need it now", ""]))
    def reopen(self, n: int, right: bool, who: int, reason: str) -> None:
        """What was answered waits again."""
        request = self.request(n, right, lambda each: self.world.state(each) in ("declined", "lapsed", "attached"))
        name = self.somebody(partial(self.world.may_reopen, request), right, who)
        self.deed(
            lambda: self.world.reopen(request, name, reason=reason),
            lambda: reopening.reopen(self.stage.actor(name), request.code, reason=reason),
        )

    @precondition(lambda self: self.fits("accepted"))
    @rule(n=nth, right=rightly, who=nth)
    def revoke(self, n: int, right: bool, who: int) -> None:
        """A yes is taken back."""
        request = self.request(n, right, lambda each: each.state == "accepted" and not self.world.held(each))
        name = self.somebody(partial(self.world.may_arrange, request), right, who)
        self.deed(
            lambda: self.world.revoke(request, name),
            lambda: revoking.revoke(self.stage.actor(name), request.code),
        )

    def read(self, *stages: str) -> bool:
        """Whether there is a paper that has come so far."""
        found = {self.world.paper_stage(each) for each in self.world.requests} - {None}
        return bool(found & set(stages)) or (bool(found) and self.anyway)

    def _amended(self, request: MeetingRequest) -> bool:
        return self.world.shown(request, self.world.other_side(request)) == "amended"

    def _asked_back(self, request: MeetingRequest) -> bool:
        return self.world.shown(request, self.world.other_side(request)) == "asked_back"
