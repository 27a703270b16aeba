"""The model's second half: times on the table, the meeting they make, and the letters that may leave about it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.machine.cast import CAST, ZONES
from tests.machine.elsewhere import Elsewhere
from tests.machine.things import (
    NEVER_SHOWN,
    CalendarLetter,
    Meeting,
    MeetingRequest,
    No,
    Offer,
    Place,
    Proposal,
    Unsent,
)

FURTHEST = timedelta(days=366)


class World(Elsewhere):
    """Answers, and all that follows a yes."""

    # -- times on the table

    def offer(self, request: MeetingRequest, who: str, starts: tuple[datetime, ...]) -> Offer:
        """Puts times up; what lay open gives way."""
        if CAST[who].asks:
            self.may_ask(request, who)
        else:
            self.may_arrange(request, who)
        self._arrangeable(request, who)
        return self._put_up(request, who, starts)

    def counter(self, request: MeetingRequest, number: int, who: str, starts: tuple[datetime, ...]) -> Offer:
        """Answers the other side's times with other times."""
        self._offered(request, number, who, own=False)
        return self._put_up(request, who, starts)

    def retract(self, request: MeetingRequest, number: int, who: str) -> None:
        """Takes one's own times back; of times that the other side hasn't seen it never hears."""
        offer = self._offered(request, number, who, own=True)
        self._give_way(request, offer, "retracted")
        self.tell(request, "retract", both=offer.visible_at <= self.now)

    def choose(self, request: MeetingRequest, number: int, who: str, at: int) -> Meeting:
        """Agrees to one of the other side's times, which makes the meeting."""
        offer = self._offered(request, number, who, own=False)
        if at >= len(offer.starts):
            raise No(422)
        start = offer.starts[at]
        consent = request.consent
        assert consent
        end = start + timedelta(minutes=consent.minutes)
        people = dict.fromkeys((consent.by, *consent.own, *consent.guests))
        if start <= self.now or self._why_not_arranged(request) or self._taken(people, start, end):
            raise No(409)
        self._check_quarter(request, start)
        for each, other in enumerate(request.offers):
            if self.offer_state(request, each) == "open":
                other.state = "chosen" if other is offer else "retracted"
        made = Meeting(start, end, request.place, consent.topic, consent.by, {name: [] for name in people})
        request.meetings.append(made)
        self._invite(made)
        self.tell(request, "choose")
        return made

    def offers_seen(self, request: MeetingRequest, who: str) -> dict[str, tuple[str, tuple[datetime, ...]]]:
        """The offers that somebody sees, by code: state and times."""
        return {
            offer.code: (self.offer_state(request, number), offer.starts)
            for number, offer in enumerate(request.offers)
            if not CAST[who].asks or offer.side == "vendor" or offer.visible_at <= self.now
        }

    def lines_seen(self, request: MeetingRequest) -> list[str]:
        """The history of a request as the side that asked reads it."""
        return [line.deed for line in request.lines if line.both and line.visible_at <= self.now]

    # -- the meeting

    def attends(self, request: MeetingRequest, meeting: Meeting, who: str) -> bool:
        """Whether somebody sees the meeting."""
        in_the_house = CAST[who].home == request.buyer and who in meeting.letters
        return self.visible(request, who) or in_the_house

    def move(self, request: MeetingRequest, meeting: Meeting, who: str, start: datetime) -> None:
        """The buyer's side moves the meeting."""
        self._check_met(request, meeting, who, "buyer")
        self._check_move(request, meeting, start)
        self._to(request, meeting, start)
        self.tell(request, "move")

    def propose(self, request: MeetingRequest, meeting: Meeting, who: str, start: datetime) -> Proposal:
        """The other side wishes to move it; an earlier wish gives way."""
        self._check_met(request, meeting, who, "vendor")
        self._check_move(request, meeting, start)
        for earlier in meeting.proposals:
            earlier.state = "retracted" if earlier.state == "open" else earlier.state
        meeting.proposals.append(wish := Proposal(start))
        self.tell(request, "propose_move")
        return wish

    def accept_move(self, request: MeetingRequest, meeting: Meeting, number: int, who: str) -> None:
        """The buyer's side agrees to a wish."""
        self._check_met(request, meeting, who, "buyer")
        wish = meeting.proposals[number]
        if wish.state != "open" or wish.start <= self.now or self.shut_out(request):
            raise No(409)
        self._to(request, meeting, wish.start)
        wish.state = "accepted"
        self.tell(request, "accept_move")

    def refuse_move(self, request: MeetingRequest, meeting: Meeting, number: int, who: str) -> None:
        """The buyer's side keeps the time; that can be said later, too."""
        self._check_met(request, meeting, who, "buyer", ahead=False)
        wish = meeting.proposals[number]
        if wish.state != "open":
            raise No(409)
        wish.state = "refused"
        self.tell(request, "refuse_move")

    def cancel(self, request: MeetingRequest, meeting: Meeting, who: str) -> None:
        """Either side calls the meeting off."""
        self._check_met(request, meeting, who, "both")
        self.call_off(meeting)
        self.tell(request, "cancel")

    def set_place(self, request: MeetingRequest, meeting: Meeting, who: str, place: Place) -> None:
        """Says how to meet; the side that asked may fill in what is its own to say."""
        self._check_met(request, meeting, who, "both")
        if meeting.place == place:
            return
        theirs = meeting.place is None or (meeting.place[0] == place[0] and place[0].endswith("_vendor"))
        if CAST[who].asks and not theirs:
            raise No(403)
        if self.shut_out(request):
            raise No(409)
        meeting.place = place
        meeting.sequence += 1
        self._invite(meeting)
        self.tell(request, "set_place")

    # -- letters

    def deliver(self) -> list[tuple[str, str, str, int]]:
        """What leaves when a worker comes by: recipient, UID, METHOD, SEQUENCE. A block wins up to this moment."""
        left = []
        for request in self.requests:
            for meeting in request.meetings:
                for name, letters in meeting.letters.items():
                    left += [
                        (name, meeting.uid, letter.method, letter.sequence)
                        for letter in letters
                        if letter.state is Unsent.WAITING and self._leaves(request, letter)
                    ]
        return sorted(left)

    def _leaves(self, request: MeetingRequest, letter: CalendarLetter) -> bool:
        """Whether a letter leaves now; an invitation whose yes is gone never does."""
        gone = self.shut_out(request) or (request.consent is not None and request.consent.taken_back)
        if letter.method == "REQUEST" and gone:
            letter.state = Unsent.STOPPED
        elif letter.method == "CANCEL" or not self.shut_out(request, held=True):
            letter.state = Unsent.SENT
        return letter.state is Unsent.SENT

    def _invite(self, meeting: Meeting) -> None:
        for letters in meeting.letters.values():
            self.stop(letters)
            letters.append(CalendarLetter("REQUEST", meeting.sequence))

    # -- judging

    def _arrangeable(self, request: MeetingRequest, who: str) -> None:
        if request.state != "accepted" or (CAST[who].asks and self.held(request)):
            raise No(409)

    def _why_not_arranged(self, request: MeetingRequest) -> bool:
        """Whether the yes no longer carries a time: used, too old, or the company is shut out."""
        assert request.consent
        used = len(request.meetings) >= request.consent.times
        return used or self.now > request.consent.valid_until or self.shut_out(request)

    def _check_quarter(self, request: MeetingRequest, start: datetime) -> None:
        """Raises where a standing yes has a meeting ahead, or one in the same quarter of the buyer's calendar."""
        for meeting in request.meetings:
            if request.standing and meeting.state == "confirmed":
                quarters = {self._quarter(request.buyer, each) for each in (meeting.start, start)}
                if meeting.end > self.now or len(quarters) == 1:
                    raise No(409)

    def _quarter(self, buyer: str, instant: datetime) -> tuple[int, int]:
        day = instant.astimezone(ZoneInfo(ZONES[buyer])).date()
        return day.year, (day.month - 1) // 3

    def _put_up(self, request: MeetingRequest, who: str, starts: tuple[datetime, ...]) -> Offer:
        consent = request.consent
        assert consent
        if self._why_not_arranged(request):
            raise No(409)
        if not starts or len(set(starts)) < len(starts):
            raise No(422)
        for start in starts:
            self._check_start(start, start + timedelta(minutes=consent.minutes), consent.valid_until)
        for start in starts:
            self._check_quarter(request, start)
        side = "vendor" if CAST[who].asks else "buyer"
        for number, lying in enumerate(request.offers):
            if self.offer_state(request, number) == "open":
                self._give_way(request, lying, "retracted" if lying.side == side else "countered")
        made = Offer(side, tuple(sorted(starts)), max(self.now, consent.effective_at))
        request.offers.append(made)
        self.tell(request, "offer" if side == "buyer" else "counter", at=made.visible_at)
        return made

    def _give_way(self, request: MeetingRequest, offer: Offer, state: str) -> None:
        offer.state = state
        if offer.visible_at > self.now:
            offer.visible_at = NEVER_SHOWN
            for line in request.lines:
                line.both = line.both and (line.deed != "offer" or line.visible_at <= self.now)

    def _offered(self, request: MeetingRequest, number: int, who: str, *, own: bool) -> Offer:
        offer = request.offers[number]
        asks = CAST[who].asks
        if not self.visible(request, who) or offer.code not in self.offers_seen(request, who):
            raise No(404)
        if not asks:
            self.may_arrange(request, who)
        if own is not (offer.side == ("vendor" if asks else "buyer")):
            raise No(409)
        if self.offer_state(request, number) != "open":
            raise No(409)
        self._arrangeable(request, who)
        return offer

    def _check_met(self, request: MeetingRequest, meeting: Meeting, who: str, side: str, *, ahead: bool = True) -> None:
        """Raises unless the meeting is this person's to change, not called off and still `ahead`."""
        if not self.attends(request, meeting, who):
            raise No(404)
        allowed = side != "buyer" if CAST[who].asks else side != "vendor" and self._answers_for(request, who)
        if not allowed:
            raise No(403)
        if meeting.state != "confirmed" or (ahead and self.now >= meeting.start):
            raise No(409)

    def _answers_for(self, request: MeetingRequest, who: str) -> bool:
        try:
            self.may_arrange(request, who)
        except No:
            return False
        return True

    def _check_move(self, request: MeetingRequest, meeting: Meeting, start: datetime) -> None:
        if self.shut_out(request):
            raise No(409)
        assert request.consent
        self._check_start(start, start + (meeting.end - meeting.start), request.consent.valid_until)
        if start == meeting.start:
            raise No(422)

    def _check_start(self, start: datetime, end: datetime, valid_until: datetime) -> None:
        if start <= self.now or start > self.now + FURTHEST or end > valid_until:
            raise No(422)

    def _to(self, request: MeetingRequest, meeting: Meeting, start: datetime) -> None:
        end = start + (meeting.end - meeting.start)
        if self._taken(meeting.letters, start, end, but=meeting):
            raise No(409)
        meeting.start, meeting.end = start, end
        meeting.sequence += 1
        self._invite(meeting)

    def _taken(
        self,
        people: dict[str, None] | dict[str, list[CalendarLetter]],
        start: datetime,
        end: datetime,
        but: Meeting | None = None,
    ) -> bool:
        """Whether one of these people has another meeting then, at whatever buyer."""
        meetings = [meeting for each in self.requests for meeting in each.meetings if meeting is not but]
        return any(
            each.state == "confirmed"
            and each.start < end
            and each.end > start
            and not people.keys().isdisjoint(each.letters)
            for each in meetings
        )
