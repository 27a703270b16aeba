"""Asking without a place here: the address is shown to be theirs first, then it is an ask like any other."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from vendorhub import clock, keys
from vendorhub.domain import newcomers as rules
from vendorhub.domain import texts
from vendorhub.domain.codes import plain
from vendorhub.domain.deeds import Deed
from vendorhub.domain.drafts import DraftWords, from_body
from vendorhub.domain.people import Door, DoorName, Role, Side
from vendorhub.domain.refusals import NotAllowed, NotThere, WrongState
from vendorhub.domain.rights import Relation, require
from vendorhub.outbox import newcomers as letters
from vendorhub.queries import people
from vendorhub.store import Membership, Organisation, Person, UnverifiedAsk, db
from vendorhub.store.companies import company_for
from vendorhub.store.people import person_for
from vendorhub.store.write import Work, write
from vendorhub.usecases.placing import Words, check_introducer, clean, place

_DAY = timedelta(days=1)


def ask(*, buyer: str, name: str, email: str, company: str, words: Words) -> None:
    """Keeps an ask for three days and sends its link to the address that was typed; the buyer hears nothing yet.

    Who is known here is not looked at, so neither the answer nor its time can tell. The same ask again is one ask.
    Raises NotThere if no buyer has this slug, Unfit for what needs another look, WrongState where the address, or
    this door, had its letters for today.
    """
    address = texts.email(email)
    named = texts.line(name, at_most=120, what="name")
    firm = texts.line(company, at_most=rules.COMPANY_AT_MOST, what="company")
    said = clean(words)
    with write(None) as work:
        asked = work.session.scalar(
            select(Organisation.id).where(Organisation.slug == plain(buyer), Organisation.kind == Side.BUYER)
        )
        if asked is None:
            raise NotThere
        body = DraftWords(
            topic=said.topic,
            outcome=said.outcome,
            learned=said.learned,
            minutes=str(said.minutes),
            kind=said.kind,
            introduced_by=check_introducer(work.session, asked, words.introduced_by),
            attendees=tuple((guest.name, guest.email, guest.role) for guest in said.guests),
        ).body()
        today = work.session.scalars(
            select(UnverifiedAsk).where(UnverifiedAsk.email == address, UnverifiedAsk.created_at > work.now - _DAY)
        ).all()
        if any((row.buyer_id, row.words) == (asked, body) for row in today):
            return
        if len(today) >= rules.LETTERS_A_DAY:
            raise WrongState("This address has had its letters for today. Open one of them, or come back tomorrow.")
        if _at_the_door_today(work, asked) >= rules.DOOR_LETTERS_A_DAY:
            raise WrongState("More people than usual asked here today. Nothing was sent; please come back tomorrow.")
        secret = keys.new_secret()
        row = UnverifiedAsk(
            buyer_id=asked,
            email=address,
            name=named,
            company=firm,
            words=body,
            link_hash=keys.hash_secret(secret),
            created_at=work.now,
            expires_at=work.now + rules.GOOD_FOR,
        )
        work.session.add(row)
        letters.hand_over(work, row, secret)


def _at_the_door_today(work: Work, buyer_id: int) -> int:
    """How many letters this buyer's front door has caused within a day."""
    within = UnverifiedAsk.expires_at > work.now + rules.GOOD_FOR - _DAY
    return work.session.scalar(select(func.count()).where(UnverifiedAsk.buyer_id == buyer_id, within)) or 0


def hand_over(secret: str, *, goal: str = "") -> tuple[int, str]:
    """Puts the ask behind a letter's link before the buyer, as the person whose address that is: their number, and
    the code of the request. From here on it is an ask like any other, and the same rules meet it.

    Makes the person, and their company, where they are not known. Raises WrongState if the link is unknown, used or
    too old, NotAllowed for an address that can't ask.
    """
    with write(None) as work:
        row = work.session.scalar(
            select(UnverifiedAsk).where(UnverifiedAsk.link_hash == keys.hash_secret(secret)).with_for_update()
        )
        if row is None or row.used_at is not None or row.expires_at <= work.now:
            raise WrongState("This link is not good any more. If your ask was handed over, sign in to see it.")
        buyer = work.lock_buyer(row.buyer_id)
        actor = people.actor(_person(work, row, buyer.zone).id, Door(DoorName.LINK))
        if actor is None:
            raise NotAllowed("This address can’t ask here; please write to whoever runs this place.")
        require(actor, Deed.ASK, frozenset({Relation.ANY}))
        work.actor = actor
        request = place(work, actor, buyer, _words(row, goal), verified=True)
        row.used_at, row.words, row.name, row.company = work.now, "", "", ""
        return actor.person, request.code


def forget_old(*, at_most: int = 200) -> int:
    """Throws away the asks whose three days are over, silently; answers how many there were."""
    old = select(UnverifiedAsk.id).where(UnverifiedAsk.expires_at <= clock.now()).limit(at_most)
    if not (found := db.session.scalars(old).all()):
        return 0
    with write(None) as work:
        work.session.execute(delete(UnverifiedAsk).where(UnverifiedAsk.id.in_(found)))
    return len(found)


def _person(work: Work, row: UnverifiedAsk, zone: str) -> Person:
    """Whose address it is; who has no place here yet gets one in the company that the address is of."""
    known = work.session.scalar(select(Person).where(Person.email == row.email))
    if known and work.session.scalar(select(Membership.id).where(Membership.person_id == known.id).limit(1)):
        return known
    home = company_for(work.session, email=row.email, name=row.company, zone=zone, now=work.now)
    if home.kind == Side.BUYER:
        raise NotAllowed("This address is of a company that is asked here, so it can’t ask as a vendor.")
    person = person_for(work.session, email=row.email, name=row.name, now=work.now)
    person.name = row.name  # others may have named them before; now they say it themselves
    work.session.add(Membership(person_id=person.id, organisation_id=home.id, role=Role.MEMBER))
    work.session.flush()
    return person


def _words(row: UnverifiedAsk, goal: str) -> Words:
    typed = from_body(row.words)
    return Words(
        topic=typed.topic,
        outcome=typed.outcome,
        learned=typed.learned,
        minutes=int(typed.minutes),
        attendees=typed.attendees,
        goal=goal or None,
        kind=typed.kind,
        introduced_by=typed.introduced_by or None,
    )
