"""What must hold when all is quiet again: between the clients' books, the store, and the mail that really arrived.

Mail is read here by the standard library and icalendar alone, not by what wrote it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256

from icalendar import Calendar
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.chaos.clients import Book
from tests.sink import Received
from vendorhub.store import (
    AgreedSlot,
    AgreedTerms,
    Attendee,
    Decision,
    HistoryLine,
    Invitation,
    Letter,
    Meeting,
    MeetingRequest,
    Slot,
)

ON_THE_WAY = ("waiting", "leased")


@dataclass(frozen=True)
class Arrived:
    """A message that the sink holds, as a mail program sees it; the calendar's words are "" in a plain letter."""

    to: str
    message_id: str
    digest: str
    method: str = ""
    uid: str = ""
    sequence: int = -1
    start: date | None = None

    @property
    def face(self) -> tuple[str, str, int, str]:
        """What may have but one: UID, recipient, SEQUENCE, METHOD."""
        return self.uid, self.to, self.sequence, self.method


def read(mail: Iterable[Received]) -> list[Arrived]:
    """What a mail program makes of each message."""
    return [_read(received) for received in mail]


def _read(received: Received) -> Arrived:
    message = message_from_bytes(received.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert received.to == (message["To"].addresses[0].addr_spec,)
    known = received.to[0], str(message["Message-ID"]), sha256(received.content).hexdigest()
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    if not parts:
        return Arrived(*known)
    calendar = Calendar.from_ical(parts[0].get_content())
    (event,) = calendar.events
    return Arrived(
        *known,
        method=str(calendar["METHOD"]),
        uid=str(event["UID"]),
        sequence=int(str(event["SEQUENCE"])),
        start=event.start,
    )


def on_the_way(session: Session) -> int:
    """How many letters have not come to an end yet."""
    found = session.scalar(select(func.count()).where(Letter.state.in_(ON_THE_WAY)))
    session.rollback()
    return found or 0


def nothing_is_lost(session: Session, arrived: Sequence[Arrived]) -> None:
    """What the store calls sent has arrived, and every attendee holds the last word on every meeting."""
    ids = {one.message_id for one in arrived}
    states = Counter(session.scalars(select(Letter.state)))
    assert states.keys() <= {"sent", "stopped"}, states
    sent = session.execute(select(Letter.message_id, Letter.kind).where(Letter.state == "sent"))
    assert [(row.message_id, row.kind) for row in sent if row.message_id not in ids] == []
    held = {one.face for one in arrived}
    due = session.execute(
        select(Meeting.uid, Attendee.email, Meeting.sequence, Meeting.state).join(
            Attendee, Attendee.meeting_id == Meeting.id
        )
    ).all()
    wanted = {(row.uid, row.email, row.sequence, "REQUEST") for row in due if row.state == "confirmed"}
    assert wanted - held == set()
    invited = {(one.uid, one.to) for one in arrived if one.method == "REQUEST"}
    called_off = {(row.uid, row.email, row.sequence, "CANCEL") for row in due if row.state == "cancelled"}
    assert {face for face in called_off if face[:2] in invited} - held == set()


def nothing_has_two_faces(session: Session, arrived: Sequence[Arrived]) -> None:
    """However often a letter arrived, it was the one that was written; and in the order in which it was."""
    written = {
        row.message_id: row for row in session.execute(select(Letter.message_id, Letter.digest, Letter.recipient))
    }
    for one in arrived:
        letter = written[one.message_id]
        assert (one.digest, one.to) == (letter.digest, letter.recipient)
    faces = defaultdict(set)
    orders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in arrived:
        if one.uid:
            faces[one.face].add(one.message_id)
            orders[one.uid, one.to].append(one.sequence)
    assert {face: ids for face, ids in faces.items() if len(ids) > 1} == {}
    assert {about: order for about, order in orders.items() if order != sorted(order)} == {}


def nothing_is_without_consent(session: Session, arrived: Sequence[Arrived]) -> None:
    """Each invitation that arrived rests on a yes to these very terms that stands, at the time that was agreed."""
    taken_back = set(session.scalars(select(Decision.undoes).where(Decision.undoes.is_not(None))))
    rests_on = {
        row.message_id: row
        for row in session.execute(
            select(
                Letter.message_id,
                Letter.uid,
                Letter.sequence,
                Invitation.sequence.label("invited"),
                Invitation.made_at,
                Attendee.email,
                Meeting.uid.label("meeting"),
                MeetingRequest.state,
                Decision.id.label("consent"),
                Decision.kind,
                Decision.terms_hash,
                Decision.effective_at,
                AgreedTerms.hash.label("terms"),
                Slot.start_at,
            )
            .join(Invitation, Invitation.id == Letter.invitation_id)
            .join(Attendee, Attendee.id == Invitation.attendee_id)
            .join(Meeting, Meeting.id == Invitation.meeting_id)
            .join(MeetingRequest, MeetingRequest.id == Meeting.request_id)
            .join(Decision, Decision.id == Invitation.consent_id)
            .join(AgreedTerms, AgreedTerms.hash == Invitation.terms_hash)
            .join(AgreedSlot, AgreedSlot.id == Invitation.agreed_slot_id)
            .join(Slot, Slot.id == AgreedSlot.slot_id)
            .where(Letter.method == "REQUEST")
        )
    }
    for one in arrived:
        if one.method != "REQUEST":
            continue
        row = rests_on[one.message_id]
        assert (row.kind, row.state) == ("accept", "accepted")
        assert row.terms_hash == row.terms
        assert row.consent not in taken_back
        assert row.effective_at <= row.made_at
        assert (one.uid, one.to, one.sequence, one.start) == (row.meeting, row.email, row.invited, row.start_at)
        assert (one.uid, one.sequence) == (row.uid, row.sequence)


def the_books_agree(session: Session, book: Book) -> None:
    """Every deed that was answered with 2xx is in the store, once; and no other was done."""
    lines = session.execute(
        select(MeetingRequest.code, HistoryLine.deed)
        .join(MeetingRequest, MeetingRequest.id == HistoryLine.request_id)
        .where(HistoryLine.door == "api")
    )
    assert Counter((row.code, row.deed) for row in lines) == book.done
    meetings = session.execute(
        select(Meeting.uid, MeetingRequest.code, Meeting.state).join(
            MeetingRequest, MeetingRequest.id == Meeting.request_id
        )
    ).all()
    assert {row.uid: row.code for row in meetings} == book.meetings
    assert {row.uid for row in meetings if row.state == "cancelled"} == book.cancelled
