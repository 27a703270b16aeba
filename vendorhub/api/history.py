"""Answers what happened, as the caller's side may read it."""

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from vendorhub.api.bodies import Mark, Page
from vendorhub.api.calls import Answer, get
from vendorhub.api.wire import Instant, instant, listed
from vendorhub.domain.people import Actor
from vendorhub.queries import history


class HistoryPage(Page):
    """Which part of the list, and only what is `about` one meeting request (its code)."""

    about: Mark | None = None


@with_config(ConfigDict(extra="forbid"))
class HistoryLine(TypedDict):
    """One deed: who did it, on whose behalf, by which door. `by` is null where the clock did it."""

    deed: str
    by: str | None
    on_behalf_of: str | None
    door: str
    at: Instant
    about: str
    words: str


@get("/history", listed(HistoryLine), query=HistoryPage, refused=(404,))
def listing(actor: Actor, query: HistoryPage) -> Answer:
    """Everything the caller may read, newest first; about one meeting request all of it, oldest first."""
    items, following = history.lines(actor, about=query.about, limit=query.limit, cursor=query.cursor)
    return Answer(
        {
            "items": [
                HistoryLine(
                    deed=line.deed,
                    by=line.by,
                    on_behalf_of=line.on_behalf_of,
                    door=line.door,
                    at=instant(line.at),
                    about=line.about,
                    words=line.words,
                )
                for line in items
            ],
            "next": following,
        }
    )
