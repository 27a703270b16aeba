"""Fills a database with a few years of asks, answers and meetings: rows of the shape that the use-cases leave.

The rows are written in bulk, with all of the store's triggers and constraints in force.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import create_engine, insert, text

from benchmarks.rows import A_DAY, BUYERS, COMPANIES, GOALS, Row, Rows
from vendorhub.domain.codes import new_code
from vendorhub.domain.terms import Guest as Named
from vendorhub.domain.terms import Terms
from vendorhub.store import (
    AgendaEntry,
    AgreedSlot,
    Attendance,
    Attendee,
    Decision,
    Invitation,
    Meeting,
    MeetingRequest,
    Offer,
    Person,
    Slot,
)
from vendorhub.store.engine import WRITES, prepare

HALF_AN_HOUR = timedelta(minutes=30)
AT_ONCE = 5000

CIO = "cio1@buyer1.example"


@dataclass(frozen=True)
class Filled:
    """How much there is of what."""

    requests: int
    meetings: int
    rows: int


def fill(owner_url: str, *, requests: int) -> Filled:
    """Writes so many meeting requests, a fifth of them with a meeting, into a migrated, empty database."""
    rows = _Stories(now=datetime.now(UTC).replace(microsecond=0))
    rows.people()
    for number in range(1, requests + 1):
        rows.request(number, requests)
    engine = create_engine(owner_url)
    prepare(engine)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        for table, made in rows.made.items():
            for start in range(0, len(made), AT_ONCE):
                connection.execute(insert(table), made[start : start + AT_ONCE])
        if engine.dialect.name == "postgresql":
            for table in rows.made:
                if "id" in table.__table__.c:
                    name = table.__tablename__
                    connection.execute(
                        text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
                    )
    if engine.dialect.name == "postgresql":  # as autovacuum does by itself
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    engine.dispose()
    return Filled(requests, len(rows.made[Meeting]), sum(map(len, rows.made.values())))


class _Stories(Rows):
    """Asks, and what became of them."""

    def request(self, number: int, of: int) -> None:
        """The ask of this number and whatever became of it; the last ones asked are those that wait."""
        buyer = self.dice.randint(1, BUYERS)
        company = BUYERS + self.dice.randint(1, COMPANIES)
        decider = self.dice.choice(self.deciders[buyer])
        asked = self.now - (of - number) * timedelta(days=700) / of - 20 * A_DAY
        waits = number % 25 == 4
        state = "pending" if waits else ("accepted", "declined", "declined", "lapsed", "withdrawn")[number % 5]
        answered = asked + 2 * A_DAY if state in ("accepted", "declined") else None
        request = self.add(
            MeetingRequest,
            buyer_id=buyer,
            code=new_code(),
            kind="topic",
            company_id=company,
            asked_by=self.sellers[company][0],
            asked_of=decider if self.dice.random() < 0.9 else None,
            decided_by=decider if answered else None,
            goal_id=(buyer - 1) * len(GOALS) + 1 + number % len(GOALS),
            topic=f"A restore drill with your own data, number {number}",
            outcome="You would know whether your backups restore within the four hours that your regulator wants.",
            learned="You moved two data centres into one this spring and say in your report that recovery is next.",
            minutes=30,
            minutes_agreed=30 if state == "accepted" else None,
            state=state,
            before_answer="pending",
            held_until=None,
            answer_by=self.now + timedelta(hours=number % 120 + 1) if waits else asked + 7 * A_DAY,
            answered_at=answered,
            again_on=None,
            note="Gladly, the platform team has been asking for it." if state == "accepted" else "",
            consent_id=None,
            place_how="video_vendor" if state == "accepted" else "",
            place_detail="",
            created_at=asked,
        )
        guests = [self.made[Person][one - 1] for one in self.sellers[company]]
        for guest in guests:
            self.guest(buyer, request, guest)
        self.line(buyer, company, request, "ask", asked, by=self.sellers[company][0], door="page")
        self.letter(asked, "ask_received", decider, buyer)
        if answered is None:
            return
        self.line(buyer, company, request, state[:-2], answered, by=decider, door="page")
        self.letter(answered, "yes" if state == "accepted" else "no", self.sellers[company][0], buyer)
        terms = Terms(
            company,
            tuple(Named(guest["email"], guest["name"], "Engineer") for guest in guests),
            self.made[MeetingRequest][request - 1]["topic"],
            30,
            "topic",
            asked + 900 * A_DAY,
        )
        decision = self.decide(buyer, request, decider, answered, terms if state == "accepted" else None)
        if state == "accepted":
            self.made[MeetingRequest][request - 1]["consent_id"] = decision
            self._meet(number, of, buyer, company, request, decider, decision, terms)

    def _meet(
        self,
        number: int,
        of: int,
        buyer: int,
        company: int,
        request: int,
        decider: int,
        consent: int,
        terms: Terms,
    ) -> None:
        # Each meeting has a half hour of its own, so that nobody is in two places.
        start = self.now.replace(minute=0, second=0) + (number // 5 - of // 10) * HALF_AN_HOUR
        at, end = min(self.now, start) - A_DAY, start + HALF_AN_HOUR
        at = max(at, self.made[Decision][consent - 1]["effective_at"])
        seller = self.sellers[company][0]
        hashed = self.made[Decision][consent - 1]["terms_hash"]
        rests = {"buyer_id": buyer, "consent_id": consent, "terms_hash": hashed}
        offer = self.add(
            Offer,
            buyer_id=buyer,
            code=new_code(10),
            request_id=request,
            consent_id=consent,
            side="buyer",
            by=decider,
            state="chosen",
            answers=None,
            created_at=at,
            visible_at=at,
        )
        slots = [
            self.add(
                Slot,
                buyer_id=buyer,
                code=new_code(10),
                request_id=request,
                offer_id=offer,
                side="buyer",
                by=decider,
                start_at=start + later * A_DAY,
                end_at=end + later * A_DAY,
                wall=(start + later * A_DAY).replace(tzinfo=None).isoformat(),
                zone="UTC",
            )
            for later in range(3)
        ]
        agreed = self.add(AgreedSlot, **rests, slot_id=slots[0], times=1, agreed_by=decider, made_at=at)
        meeting = self.add(
            Meeting,
            **rests,
            uid=f"{number:08}-0000-4000-8000-000000000000",
            request_id=request,
            company_id=company,
            times=1,
            use_no=1,
            agreed_slot_id=agreed,
            kind="topic",
            topic=terms.topic,
            state="confirmed",
            start_at=start,
            end_at=end,
            zone="Europe/Berlin",
            place_how="video_vendor",
            created_at=at,
            changed_at=at,
        )
        halves = (("vendor", "What a drill looks like"), ("buyer", "Where we stand"))
        for position, (segment, title) in enumerate(halves, start=1):
            self.add(
                AgendaEntry,
                buyer_id=buyer,
                meeting_id=meeting,
                code=f"E{meeting}-{segment[0]}",
                segment=segment,
                position=position,
                title=title,
                minutes=15,
                companies=[company if segment == "vendor" else buyer],
            )
        for deed, by in (("offer", decider), ("choose", seller)):
            self.line(buyer, company, request, deed, at, by=by, door="page")
        for side, person in (("buyer", decider), *(("vendor", one) for one in self.sellers[company])):
            self._attend(meeting, agreed, rests, side, person, at, start, end)

    def _attend(
        self,
        meeting: int,
        agreed: int,
        rests: Row,
        side: str,
        person: int,
        at: datetime,
        start: datetime,
        end: datetime,
    ) -> None:
        who = self.made[Person][person - 1]
        attendee = self.add(
            Attendee,
            buyer_id=rests["buyer_id"],
            meeting_id=meeting,
            person_id=person,
            side=side,
            email=who["email"],
            name=who["name"],
            partstat="ACCEPTED" if side == "buyer" else "NEEDS-ACTION",
            decided=side == "buyer",
        )
        self.add(Attendance, meeting_id=meeting, person_id=person, start_at=start, end_at=end)
        invitation = self.add(
            Invitation,
            **rests,
            meeting_id=meeting,
            attendee_id=attendee,
            agreed_slot_id=agreed,
            sequence=0,
            made_at=at,
        )
        uid = self.made[Meeting][meeting - 1]["uid"]
        self.letter(at, "invitation", person, rests["buyer_id"], invitation_id=invitation, uid=uid, method="REQUEST")
