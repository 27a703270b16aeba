"""Answers what is told of promises: a reminder to the owner alone, that one is open again, and what was missed."""

from typing import Any

from sqlalchemy import select

from vendorhub.domain.letters import LetterKind
from vendorhub.domain.promises import Reminder
from vendorhub.keys import hash_secret, new_secret
from vendorhub.outbox.about import who_asked
from vendorhub.outbox.briefings import who_come_for
from vendorhub.outbox.letters import post
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient, organisation, recipient, who_answer
from vendorhub.outbox.signatures import by_clock, by_person
from vendorhub.store import Action, MeetingRequest, Person, PromiseLink
from vendorhub.store.talks import Talk
from vendorhub.store.write import Work


def remind(work: Work, action: Action, which: Reminder) -> None:
    """Reminds the owner, and nobody else, for the clock."""
    if (to := _owner(work, action)) is not None:
        _post(work, LetterKind.PROMISE_REMINDER, action, to, which=which.value, link=_link(work, action))


def reopened(work: Work, action: Action, note: str) -> None:
    """Tells the owner that the other side does not see it done, and why."""
    if (to := _owner(work, action)) is not None:
        _post(work, LetterKind.PROMISE_REOPENED, action, to, note=note, link=_link(work, action))


def missed(work: Work, action: Action, talk: Talk) -> int:
    """Tells those of the other side who were in touch last that a delivery was missed; how many they were."""
    told = _in_touch(work, action, talk)
    for to in told:
        _post(work, LetterKind.PROMISE_MISSED, action, to, own=_reads_own(work, action), link=office().links.promises())
    return len(told)


def _owner(work: Work, action: Action) -> Recipient | None:
    person = work.session.scalar(select(Person).where(Person.email == action.owner_email, Person.active))
    return recipient(person, organisation(work, action.company_id)) if person else None


def _reads_own(work: Work, action: Action) -> bool:
    """Whether the reader's own company has missed it: the other one told."""
    return action.told_by != action.company_id


def _in_touch(work: Work, action: Action, talk: Talk) -> list[Recipient]:
    """The people of the company that did not tell it."""
    if action.told_by != action.buyer_id:
        return who_answer(work, talk.request)
    return who_come_for(work, talk.part) if talk.part else who_asked(work, talk.request)


def _link(work: Work, action: Action) -> str:
    """A link of the owner's own to this one promise; only its hash is stored."""
    secret = new_secret()
    work.session.add(
        PromiseLink(hash=hash_secret(secret), buyer_id=action.buyer_id, action_id=action.id, created_at=work.now)
    )
    return office().links.promise(secret)


def _post(work: Work, kind: LetterKind, action: Action, to: Recipient, **facts: Any) -> None:
    request = work.session.get(MeetingRequest, action.request_id) if action.request_id else None
    buyer = organisation(work, action.buyer_id)
    actor = work.actor
    post(
        work,
        kind,
        to,
        signed=by_person(work, actor.person, of=organisation(work, actor.organisation)) if actor else by_clock(buyer),
        context={
            "promise": action,
            "buyer": buyer,
            "company": organisation(work, action.company_id),
            "topic": request.topic if request else "",
            **facts,
        },
        buyer_id=action.buyer_id,
    )
