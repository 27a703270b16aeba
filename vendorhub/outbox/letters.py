"""Answers how a letter is written: worded for its reader, looked through, its bytes fixed and sealed (law 9)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from flask_babel import force_locale

from vendorhub.domain.letters import LetterKind, LetterState
from vendorhub.domain.refusals import Unfit
from vendorhub.itip.imip import Head
from vendorhub.itip.imip import letter as compose
from vendorhub.itip.mailboxes import Mailbox
from vendorhub.outbox import gate
from vendorhub.outbox.database_clock import database_now
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient
from vendorhub.outbox.signatures import Signature
from vendorhub.outbox.words import Words, worded
from vendorhub.store import Invitation, Letter
from vendorhub.store.write import Work


@dataclass(frozen=True)
class CalendarPart:
    """The calendar object that a letter carries.

    The letter comes from its `organiser`'s address; `stamp` is its DTSTAMP; `thread` the Message-ID of the attendee's
    first letter about this UID (ITIP 14).
    """

    raw: bytes
    method: str
    uid: str
    sequence: int
    stamp: datetime
    organiser: Mailbox
    thread: str | None


@dataclass(frozen=True)
class Written:
    """A letter as it will leave; `sender` is the address it comes from."""

    words: Words
    sender: str
    message: bytes


def written(
    kind: LetterKind,
    to: Recipient,
    *,
    signed: Signature,
    context: Mapping[str, Any],
    now: datetime,
    message_id: str,
    calendar: CalendarPart | None = None,
) -> Written:
    """One letter's words, from templates/mail/KIND in the reader's language, and its bytes.

    Raises ValueError for what no header can hold, jinja2.UndefinedError for a context that lacks something.
    """
    with force_locale(to.language):
        words = worded(kind, to, signed, now=now, context=context, calendar=calendar is not None)
        # One voice: whoever signs it also stands beside the address that it comes from.
        sender = Mailbox(signed.sender(), calendar.organiser.address if calendar else office().sender)
    head = Head(
        sender=sender,
        recipient=Mailbox(to.name, to.email),
        subject=words.subject,
        message_id=message_id,
        date=now,
        reply_to=sender.address if calendar else None,
        in_reply_to=calendar.thread if calendar else None,
        references=(calendar.thread,) if calendar and calendar.thread else (),
    )
    carried = (calendar.raw, calendar.method) if calendar else (None, None)
    return Written(words, sender.address, compose(head, words.text, words.html, *carried))


def post(
    work: Work,
    kind: LetterKind,
    to: Recipient,
    *,
    signed: Signature,
    context: Mapping[str, Any],
    buyer_id: int | None = None,
    due_at: datetime | None = None,
    decision_id: int | None = None,
    calendar: CalendarPart | None = None,
    invitation: Invitation | None = None,
) -> Letter:
    """Writes one letter in this work's transaction; whatever is sent later are these bytes.

    `due_at` (else: at once) is when it may leave; `decision_id` the held answer with which it is taken back;
    `invitation` the one on which its calendar part rests. Raises Unfit if somebody's words read as a calendar
    object (law 1; the bytes are looked at when they leave), and what `written` raises.
    """
    desk = office()
    message_id = f"<{uuid.uuid4()}@{desk.domain}>"
    letter = written(kind, to, signed=signed, context=context, now=work.now, message_id=message_id, calendar=calendar)
    try:
        gate.check_words(letter.words.text, letter.words.html)
    except gate.Poison:
        raise Unfit("text", "Please leave calendar entries out of the text; times are agreed here.") from None
    row = Letter(
        buyer_id=buyer_id,
        invitation_id=invitation.id if invitation else None,
        decision_id=decision_id,
        kind=kind.value,
        recipient=to.email,
        sender="" if calendar else letter.sender,  # a reply address is derived, and stands in the sealed bytes alone
        message_id=message_id,
        uid=calendar.uid if calendar else "",
        method=calendar.method if calendar else "",
        sequence=calendar.sequence if calendar else 0,
        sealed=desk.keys.seal(letter.message, message_id.encode()),
        digest=sha256(letter.message).hexdigest(),
        state=LetterState.WAITING.value,
        due_at=due_at or _at_once(work),
        created_at=calendar.stamp if calendar else work.now,
    )
    work.session.add(row)
    return row


def _at_once(work: Work) -> datetime:
    # `sweep --now` writes as if it were later; what it writes is due at once all the same.
    return work.now if work.actor else min(work.now, database_now(work.session))
