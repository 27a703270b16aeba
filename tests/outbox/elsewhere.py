"""The letters of an ask that came elsewhere, as stories for the golden ones: noted, and shown the front door."""

from collections.abc import Callable

from tests.outbox.world import EFFECTIVE, World, actor, answer, the_request
from vendorhub.domain.heard import Channel
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox import notices
from vendorhub.outbox.front_door import show_front_door
from vendorhub.outbox.signatures import by_actor
from vendorhub.store import Organisation
from vendorhub.store.write import write


def _noted(here: World) -> None:
    with write(actor(here, "assistant")) as work:
        request = the_request(work, here)
        request.channel, request.logged_by = Channel.PHONE, actor(here, "assistant").person
        notices.ask_received(work, request)


def _front_door(here: World) -> None:
    with write(actor(here, "cio")) as work:
        request = the_request(work, here)
        decision = answer(work, here, "front_door", effective_at=EFFECTIVE)
        show_front_door(
            work,
            work.session.get_one(Organisation, here.buyer),
            email="vera@acme.example",
            name="Vera Vendor",
            topic=request.topic,
            channel=Channel.INVITATION,
            signed=by_actor(work, request),
            note="Please be brief.",
            due_at=EFFECTIVE,
            decision_id=decision.id,
        )


STORIES: dict[str, tuple[LetterKind, str, Callable[[World], None]]] = {
    "ask_noted": (LetterKind.ASK_NOTED, "chris@northwind.example", _noted),
    "front_door": (LetterKind.FRONT_DOOR, "vera@acme.example", _front_door),
}
SIGNED = {
    "ask_noted": "Alex Assistant for Chris CIO, Northwind",
    "front_door": "Chris CIO, Northwind",
}
