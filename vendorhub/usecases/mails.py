"""Taking in a mail: it is kept in any case, and becomes cards where one of the buyer's people forwarded it, or where
somebody sent an invitation that nobody had agreed to."""

from dataclasses import replace

from sqlalchemy import or_, select, update

from vendorhub import clock
from vendorhub.domain import mails as rules
from vendorhub.domain.codes import meant, new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.heard import Heard
from vendorhub.domain.mails import MailState, Nature, Why
from vendorhub.domain.people import Actor, Door, DoorName, Role, Side
from vendorhub.domain.refusals import NotThere, WrongState
from vendorhub.domain.rights import Relation, require
from vendorhub.itip.asks import Incoming, incoming
from vendorhub.outbox.front_door import show_front_door
from vendorhub.outbox.office import office
from vendorhub.outbox.signatures import by_clock
from vendorhub.queries import mails as seen
from vendorhub.queries import people
from vendorhub.store import Mail, MailAsk, Organisation, Person, db
from vendorhub.store.blocks import shut_out
from vendorhub.store.companies import company_of
from vendorhub.store.mails import buyer_named, only_buyer, places_of
from vendorhub.store.not_vendors import is_not_vendor
from vendorhub.store.write import Work, write
from vendorhub.usecases.logged import note

DOOR = Door(DoorName.MAIL)


def take(raw: bytes, mail: Incoming, *, mailbox: str) -> Why:
    """Takes in a mail to a mailbox of ours, in one transaction: the mail, what became of it, and the cards.

    The same mail again changes nothing. Nobody outside is written to because somebody forwarded something. Raises
    NotThere if there is no such mailbox.
    """
    with write(None) as work:
        buyer, actor = _whose(work, mail, mailbox)
        known = work.session.scalar(
            select(Mail.why).where(
                Mail.digest == mail.digest, or_(Mail.mailbox == mailbox, Mail.buyer_id == (buyer.id if buyer else 0))
            )
        )
        if known is not None:
            return Why(known)
        row = Mail(
            code=new_code(10),
            buyer_id=buyer.id if buyer else None,
            person_id=actor.person if actor else None,
            mailbox=mailbox,
            sender=mail.sender,
            sender_name=mail.sender_name,
            subject=mail.subject,
            words=mail.words,
            digest=mail.digest,
            sealed=office().keys.seal(raw, _context(mail.digest)),
            state=MailState.KEPT,
            why=Why.UNREADABLE,
            received_at=work.now,
        )
        work.session.add(row)
        work.session.flush()
        why = _judge(work, mail, mailbox, buyer, actor)
        if buyer and actor and why is Why.FORWARDED:
            why = _bring(work, row, buyer, mail, actor)
        elif buyer and mail.straight and why is Why.UNASKED:
            _invited(work, row, buyer, mail, mail.straight)
        row.state, row.why = rules.STATE_OF[why], why
        return why


def confirm(actor: Actor, code: str) -> Why:
    """Says that a mail which nothing showed to be the actor's is theirs: it becomes what it would have been.

    Raises NotThere for anybody else's mail, WrongState where nothing waits to be said or it has lain too long.
    """
    if actor.side is not Side.BUYER:
        raise NotThere
    with write(actor) as work:
        buyer = work.lock_buyer(actor.organisation)
        row = work.session.scalar(
            select(Mail).where(Mail.code == meant(code), Mail.buyer_id == buyer.id, Mail.person_id == actor.person)
        )
        if row is None:
            raise NotThere
        require(actor, Deed.LOG, frozenset({Relation.ANY}))
        work.match(lambda: seen.see(actor, code).version)
        if row.why != Why.UNPROVEN:
            raise WrongState("This has been settled already.")
        if row.sealed is None:
            raise WrongState("Nothing is left of this mail after so long. Please forward it once more.")
        mail = incoming(office().keys.open(row.sealed, _context(row.digest)))
        why = _bring(work, row, buyer, mail, actor) if mail else Why.UNREADABLE
        why = Why.CONFIRMED if why is Why.FORWARDED else why
        row.state, row.why = rules.STATE_OF[why], why
        work.result = row.code
        return why


def forget_old(*, at_most: int = 200) -> int:
    """Erases what mails said a month ago; what became of them stays. Answers how many there were."""
    old = select(Mail.id).where(Mail.received_at <= clock.now() - rules.KEPT_FOR, Mail.sealed.is_not(None))
    if not (found := db.session.scalars(old.limit(at_most)).all()):
        return 0
    with write(None) as work:
        work.session.execute(update(Mail).where(Mail.id.in_(found)).values(sealed=None, words=""))
    return len(found)


def _whose(work: Work, mail: Incoming, mailbox: str) -> tuple[Organisation | None, Actor | None]:
    """The buyer to whom a mail came, whose row is locked, and the one of its people whom it says it is from."""
    sender = places_of(work.session, (mail.sender,)).get(mail.sender)
    ours = mailbox == rules.mailbox_of(office().sender, domain=office().domain)
    if mailbox == rules.ASK_BOX or mailbox.startswith(rules.REPLY_BOX) or ours:
        buyer_id = sender[0] if sender else _meant(work, mail)
    elif found := buyer_named(work.session, mailbox):
        buyer_id = found.id
    else:
        raise NotThere
    if buyer_id is None:
        return None, None
    actor = people.actor(sender[1], DOOR) if sender and sender[0] == buyer_id else None
    theirs = actor is not None and actor.side is Side.BUYER and actor.organisation == buyer_id
    return work.lock_buyer(buyer_id), actor if theirs else None


def _meant(work: Work, mail: Incoming) -> int | None:
    """The buyer that others' mail to all buyers' mailbox names: by its company, its people, or being the only one."""
    home = company_of(work.session, mail.sender) if mail.sender else None
    if home is not None and home.kind == Side.BUYER:
        return home.id
    named = {buyer for buyer, _ in places_of(work.session, (*mail.invited, *mail.addressed)).values()}
    return named.pop() if len(named) == 1 else only_buyer(work.session)


def _judge(work: Work, mail: Incoming, mailbox: str, buyer: Organisation | None, actor: Actor | None) -> Why:
    """Why a mail becomes what it becomes, as far as it can be told without looking at what it brings."""
    if not mail.readable:
        return Why.UNREADABLE
    if mail.nature is Nature.BOUNCE:
        return Why.BOUNCE
    if _is_ours(mail.sender):
        return Why.OURS
    if mailbox.startswith(rules.REPLY_BOX):
        return Why.REPLY
    if mail.nature is Nature.AUTO_REPLY:
        return Why.AUTO_REPLY
    if buyer is None:
        return Why.NO_BUYER
    if mail.method not in ("", "REQUEST", "PUBLISH"):
        return Why.OTHER_CALENDAR
    if actor is not None:
        return Why.FORWARDED if mail.believed else Why.UNPROVEN
    return _from_outside(work, mail, buyer)


def _from_outside(work: Work, mail: Incoming, buyer: Organisation) -> Why:
    if _is_own(work, buyer, mail.sender):
        return Why.NOBODY
    if is_not_vendor(work.session, buyer.id, mail.sender):
        return Why.NOT_A_VENDOR
    if mail.method != "REQUEST" or mail.straight is None:
        return Why.STRANGER
    return Why.OWN if _is_own(work, buyer, mail.straight.sender_email) else Why.UNASKED


def _bring(work: Work, row: Mail, buyer: Organisation, mail: Incoming, by: Actor) -> Why:
    """Makes cards of what one of the buyer's people sent; answers why there are some, or why there is none."""
    work.actor = by
    if mail.nature is Nature.AUTOMATIC and not any(heard.sender_email for heard in mail.forwarded):
        return Why.AUTO_REPLY
    passed_over = []
    for heard in mail.forwarded:
        if why := _no_ask(work, buyer, mail, heard):
            passed_over.append(why)
        else:
            _note(work, row, buyer, heard, by=by)
    row.more = mail.more
    if len(passed_over) < len(mail.forwarded):
        return Why.FORWARDED
    return passed_over[0] if passed_over else Why.EMPTY


def _no_ask(work: Work, buyer: Organisation, mail: Incoming, heard: Heard) -> Why | None:
    """Why what was forwarded asks for nothing; None if it does."""
    if _is_ours(heard.sender_email):
        return Why.OURS
    if heard.sender_email and is_not_vendor(work.session, buyer.id, heard.sender_email):
        return Why.NOT_A_VENDOR
    sender = heard.sender_email or (mail.organiser if mail.method else "")
    return Why.OWN if _is_own(work, buyer, sender) else None


def _invited(work: Work, row: Mail, buyer: Organisation, mail: Incoming, heard: Heard) -> None:
    """Makes a card of an invitation that came straight from outside, and tells its sender once how to ask, where that
    is surely a person of a known vendor who may be written to. Anybody can name anybody: without proof it is nobody's.
    """
    named = places_of(work.session, (*mail.invited, *mail.addressed)).values()
    whose = [actor for buyer_id, person in named if buyer_id == buyer.id and (actor := people.actor(person, DOOR))]
    asked_of = next((actor.person for actor in whose if Role.DECIDER in actor.roles), None)
    _note(work, row, buyer, heard, by=None, asked_of=asked_of, proven=mail.believed)
    home = company_of(work.session, mail.sender)
    if not mail.believed or mail.resent or mail.nature is not Nature.PERSONAL or home is None:
        return
    person_id = work.session.scalar(select(Person.id).where(Person.email == mail.sender))
    if work.session.scalar(select(shut_out(buyer.id, home.id, person_id, now=work.now))):
        return
    show_front_door(
        work,
        buyer,
        email=mail.sender,
        name=mail.sender_name,
        topic=heard.topic,
        channel=heard.channel,
        signed=by_clock(buyer),
    )


def _note(
    work: Work,
    row: Mail,
    buyer: Organisation,
    heard: Heard,
    *,
    by: Actor | None,
    asked_of: int | None = None,
    proven: bool = True,
) -> None:
    unproven = None if proven else heard
    if unproven or not (heard.company or heard.sender_name or heard.sender_email):
        company = rules.UNKNOWN % {"code": row.code[:4]}
        heard = replace(heard, sender_name="", sender_email="", company=company)
    request = note(work, buyer, heard, by=by, asked_of=asked_of, unproven=unproven)
    work.session.add(MailAsk(buyer_id=buyer.id, mail_id=row.id, request_id=request.id))
    work.session.flush()


def _is_own(work: Work, buyer: Organisation, email: str) -> bool:
    """Whether an address is of the buyer's own company."""
    home = company_of(work.session, email) if email else None
    return home is not None and home.id == buyer.id


def _is_ours(email: str) -> bool:
    """Whether an address is one of this place's own: from there nobody asks for anything."""
    desk = office()
    mailbox = rules.mailbox_of(email, domain=desk.domain)
    return email == desk.sender or mailbox == rules.ASK_BOX or mailbox.startswith(rules.REPLY_BOX)


def _context(digest: str) -> bytes:
    """What a mail's octets are sealed for, so that they open as that mail's only."""
    return f"mail {digest}".encode()
