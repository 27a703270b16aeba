"""The letters about promises, as stories for the golden ones: what Acme promised Northwind at a meeting, or missed."""

from collections.abc import Callable
from datetime import date

from tests.outbox.world import World, actor, agreed_meeting, answer, the_request
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.promises import Reminder
from vendorhub.outbox import promises
from vendorhub.store import Action
from vendorhub.store.promises import promised
from vendorhub.store.talks import Talk
from vendorhub.store.write import Work, write

VERA, CHRIS = "vera@acme.example", "chris@northwind.example"


def _made(tell: Callable[[Work, Action], object], who: str = "") -> Callable[[World], None]:
    """Vera promised something at the meeting."""

    def deed(here: World) -> None:
        with write(actor(here, who) if who else None) as work:
            row = promised(
                work,
                the_request(work, here),
                text="Measure a restore",
                company_id=here.company,
                owner=("Vera Vendor", VERA),
                due=date(2027, 2, 12),
                by=here.cio,
            )
            work.session.flush()
            tell(work, row)

    return deed


def _missed(who: str, *, told_by_buyer: bool) -> Callable[[World], None]:
    """A delivery of Acme's was missed, as the buyer or Acme itself tells."""

    def deed(here: World) -> None:
        with write(actor(here, "cio")) as work:
            answer(work, here, "accept")
        with write(actor(here, who)) as work:
            _, meeting, *_ = agreed_meeting(work, here)
            row = Action(
                buyer_id=here.buyer,
                code="A1",
                text="Twelve tapes",
                company_id=here.company,
                to_id=here.buyer,
                told_by=here.buyer if told_by_buyer else here.company,
                owner_name="",
                owner_email="",
                due=date(2026, 12, 18),
                state="open",
                by=here.cio,
                made_at=work.now,
                why="" if told_by_buyer else "The factory is closed.",
            )
            work.session.add(row)
            work.session.flush()
            promises.missed(work, row, Talk(meeting, the_request(work, here), None))

    return deed


STORIES: dict[str, tuple[LetterKind, str, Callable[[World], None]]] = {
    "promise_reminder": (
        LetterKind.PROMISE_REMINDER,
        VERA,
        _made(lambda work, row: promises.remind(work, row, Reminder.BEFORE)),
    ),
    "promise_late": (
        LetterKind.PROMISE_REMINDER,
        VERA,
        _made(lambda work, row: promises.remind(work, row, Reminder.AFTER)),
    ),
    "promise_reopened": (
        LetterKind.PROMISE_REOPENED,
        VERA,
        _made(lambda work, row: promises.reopened(work, row, "Only two of three were measured."), "cio"),
    ),
    "promise_missed": (LetterKind.PROMISE_MISSED, VERA, _missed("cio", told_by_buyer=True)),
    "promise_missed_ours": (LetterKind.PROMISE_MISSED, CHRIS, _missed("vera", told_by_buyer=False)),
}
SIGNED = {
    **dict.fromkeys(("promise_reminder", "promise_late"), "VendorHub for Northwind"),
    **dict.fromkeys(("promise_reopened", "promise_missed"), "Chris CIO, Northwind"),
    "promise_missed_ours": "Vera Vendor, Acme",
}
