"""Which mails came, and what became of each: one's own for everybody, for deciders and admins what concerns them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from vendorhub.domain.codes import meant
from vendorhub.domain.mails import MailState, Why
from vendorhub.domain.people import Actor, Role, Side
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.queries.scope import scope
from vendorhub.store import Mail, MailAsk, MeetingRequest, Person, db


@dataclass(frozen=True)
class Card:
    """An ask that a mail became; `code` is "" where it is for others to see."""

    code: str
    topic: str


@dataclass(frozen=True)
class MailView:
    """A mail and what became of it. `by` is the one of the buyer's people whom it says it is from, "" for nobody of
    them; `words` are empty once it was erased; `to_confirm`: it waits for the reader to say that they sent it."""

    code: str
    received_at: datetime
    sender: str
    sender_name: str
    by: str
    subject: str
    words: str
    state: MailState
    why: Why
    more: int
    to_confirm: bool
    cards: tuple[Card, ...]

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        return hashlib.sha256(repr(vars(self)).encode()).hexdigest()[:32]


def see(actor: Actor, code: str) -> MailView:
    """One of the mails that the actor may know of. Raises NotThere."""
    if actor.side is not Side.BUYER:
        raise NotThere
    row = db.session.execute(
        select(Mail, Person.name)
        .outerjoin(Person, Person.id == Mail.person_id)
        .where(Mail.code == meant(code), Mail.buyer_id == actor.organisation, _concerns(actor))
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotThere
    mail, name = row
    return _view(actor, mail, name or "", _cards(actor, [mail.id]).get(mail.id, ()))


def listing(actor: Actor, *, limit: int = 30, cursor: str | None = None) -> tuple[list[MailView], str | None]:
    """The mails that the actor may know of, the newest first, and the next page's cursor.

    Raises NotThere for anybody but the buyer's people, Unfit for another's cursor.
    """
    if actor.side is not Side.BUYER:
        raise NotThere
    theirs = and_(Mail.buyer_id == actor.organisation, _concerns(actor))
    query = select(Mail, Person.name).outerjoin(Person, Person.id == Mail.person_id).where(theirs)
    if cursor:
        last = db.session.scalar(select(Mail.id).where(Mail.code == meant(cursor), theirs))
        if last is None:
            raise Unfit("cursor", "This page mark is not one of yours; please start from the first page.")
        query = query.where(Mail.id < last)
    rows = db.session.execute(query.order_by(Mail.id.desc()).limit(limit + 1)).all()
    cards = _cards(actor, [mail.id for mail, _ in rows[:limit]])
    shown = [_view(actor, mail, name or "", cards.get(mail.id, ())) for mail, name in rows[:limit]]
    return shown, shown[-1].code if len(rows) > limit else None


def _concerns(actor: Actor) -> ColumnElement[bool]:
    """Their own; for admins all; for deciders what came from outside, and what became an ask that they may see."""
    if Role.ADMIN in actor.roles:
        return true()
    own = Mail.person_id == actor.person
    if Role.DECIDER not in actor.roles:
        return own
    seen = exists().where(
        MailAsk.buyer_id == Mail.buyer_id,
        MailAsk.mail_id == Mail.id,
        MeetingRequest.buyer_id == MailAsk.buyer_id,
        MeetingRequest.id == MailAsk.request_id,
        scope(actor),
    )
    return or_(own, Mail.person_id.is_(None), seen)


def _cards(actor: Actor, mails: Iterable[int]) -> dict[int, tuple[Card, ...]]:
    rows = db.session.execute(
        select(MailAsk.mail_id, MeetingRequest.code, MeetingRequest.topic, scope(actor))
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == MailAsk.buyer_id, MeetingRequest.id == MailAsk.request_id),
        )
        .where(MailAsk.buyer_id == actor.organisation, MailAsk.mail_id.in_(list(mails)))
        .order_by(MeetingRequest.id)
    )
    found: dict[int, tuple[Card, ...]] = {}
    for mail_id, code, topic, visible in rows:
        found[mail_id] = (*found.get(mail_id, ()), Card(code if visible else "", topic if visible else ""))
    return found


def _view(actor: Actor, mail: Mail, by: str, cards: tuple[Card, ...]) -> MailView:
    return MailView(
        code=mail.code,
        received_at=mail.received_at,
        sender=mail.sender,
        sender_name=mail.sender_name,
        by=by,
        subject=mail.subject,
        words=mail.words,
        state=MailState(mail.state),
        why=Why(mail.why),
        more=mail.more,
        to_confirm=mail.why == Why.UNPROVEN and mail.person_id == actor.person and mail.sealed is not None,
        cards=cards,
    )
