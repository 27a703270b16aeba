"""How things end in the model: what a block ends, what silence closes, and a yes that is taken back."""

from tests.machine.answers import Answers
from tests.machine.cast import CAST
from tests.machine.things import Block, CalendarLetter, Meeting, MeetingRequest, No, Unsent


class Endings(Answers):
    """What a block, time, or whoever has said yes brings to an end."""

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
        made = Block(person.home, company, None, self.now, by=who)
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

    def revoke(self, request: MeetingRequest, who: str) -> None:
        """Takes a yes back that they have heard of."""
        self.may_arrange(request, who)
        if request.state != "accepted" or self.held(request):
            raise No(409)
        assert request.consent
        request.consent.taken_back = True
        self.take_back(request)

    def sweep(self) -> None:
        """Closes what the silence closed, says of papers that they never came, and ends what blocks end."""
        for request in self.requests:
            if request.state != self.state(request):
                request.state = "lapsed"
                self.tell(request, "lapse")
        for request in self.requests:
            if request.paper and request.paper.stage != self.paper_stage(request):
                request.paper.stage = "missed"
                self.tell(request, "lapse")
        for block in self.blocks:
            if not block.lifted and block.effective_at <= self.now:
                self.carry_out(block)

    def carry_out(self, block: Block) -> None:
        """Open asks are closed, an answer that nobody has heard of with them; a yes that they know of is taken back."""
        for request in [each for each in self.requests if self.concerns(block, each) and self.exists(each)]:
            state, held = self.state(request), self.held(request)
            if state == "accepted" and not held:
                self.take_back(request)
            elif state in ("pending", "asked_back", "amended", "accepted") or (state == "redirected" and held):
                if held:
                    self.forget(request)
                request.before, request.state, request.silent = "pending", "blocked", block.silent
                self.tell(request, "decline" if block.silent else "block")

    def take_back(self, request: MeetingRequest) -> None:
        """A yes ends: what is on the table falls, what is ahead is called off."""
        self.clear_table(request)
        request.before, request.state = "accepted", "revoked"
        self.tell(request, "revoke")
        for meeting in request.meetings:
            if meeting.state == "confirmed" and meeting.start > self.now:
                self.call_off(meeting)

    def call_off(self, meeting: Meeting) -> None:
        """The meeting is off: its wishes fall, and who may have been invited gets a CANCEL, nobody else."""
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
