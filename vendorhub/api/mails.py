"""Answers which mails came and what became of each, and takes a person's word that one is theirs."""

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Nothing, Page
from vendorhub.api.calls import Answer, get, post
from vendorhub.api.wire import Instant, instant, listed
from vendorhub.domain.people import Actor
from vendorhub.queries import judgements
from vendorhub.queries import mails as seen
from vendorhub.queries.mails import MailView
from vendorhub.usecases import mails
from vendorhub.usecases.once import once


@with_config(ConfigDict(extra="forbid"))
class Became(TypedDict):
    """A meeting request that a mail became; null where it is for others to see."""

    code: str | None
    topic: str | None


@with_config(ConfigDict(extra="forbid"))
class Mail(TypedDict):
    """A mail: `by` is whom of the caller's company it says it is from; `why` says what became of it, and `to_confirm`
    that the caller may say that they sent it. `words` are "" once it was erased."""

    id: str
    received_at: Instant
    sender: str
    sender_name: str
    by: str | None
    subject: str
    words: str
    state: str
    why: str
    more: int
    to_confirm: bool
    requests: list[Became]


@get("/mails", listed(Mail), query=Page, refused=(404,))
def listing(actor: Actor, query: Page) -> Answer:
    """The mails that the caller may know of, the newest first."""
    found, following = seen.listing(actor, limit=query.limit, cursor=query.cursor)
    return Answer({"items": [_shape(view) for view in found], "next": following})


@post("/mails/<code>/confirmation", Mail, judge=lambda actor, said, code: judgements.mail(actor, code))
def claim(actor: Actor, body: Nothing, code: str) -> Answer:
    """Say that a mail which nothing showed to be the caller's is theirs: it becomes what it would have been."""
    once(lambda: mails.confirm(actor, code) and code)
    view = seen.see(actor, code)
    return Answer(_shape(view), view.version)


def _shape(view: MailView) -> Mail:
    return Mail(
        id=view.code,
        received_at=instant(view.received_at),
        sender=view.sender,
        sender_name=view.sender_name,
        by=view.by or None,
        subject=view.subject,
        words=view.words,
        state=view.state,
        why=view.why,
        more=view.more,
        to_confirm=view.to_confirm,
        requests=[Became(code=card.code or None, topic=card.topic or None) for card in view.cards],
    )
