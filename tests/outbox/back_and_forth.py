"""The letters of an ask that goes to and fro, as stories for the golden ones: changes, a question, a colleague."""

from collections.abc import Callable
from datetime import UTC, datetime

from tests.outbox.world import EFFECTIVE, World, actor, answer, the_request
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.meeting_requests import State
from vendorhub.outbox import notices, to_and_fro
from vendorhub.store import Amendment, Decision, MeetingRequest
from vendorhub.store.amendments import listed
from vendorhub.store.write import Work, write

QUESTION, ANSWER = "What did the last one cost?\nAll in.", "Nine thousand, with the day on site."
AGREE_BY = datetime(2027, 1, 12, 23, tzinfo=UTC)


def _amendment(work: Work, here: World, decision: Decision) -> Amendment:
    request = the_request(work, here)
    request.answer_by = AGREE_BY
    wanted = Amendment(
        buyer_id=here.buyer,
        request_id=request.id,
        decision_id=decision.id,
        decided_by=here.cio,
        made_at=work.now,
        asked_topic="Tape",
        asked_until=request.answer_by,
        topic="What tape costs in ten years",
        minutes=15,
        coming=listed(
            [("vendor", "Ann Archivist", "ann@acme.example", ""), ("buyer", "Bo Boss", "bo@northwind.example", "")]
        ),
        place_how="phone",
        place_detail="+49 30 123456",
        note="Prices rather than features.",
    )
    work.session.add(wanted)
    return wanted


def _but(here: World) -> None:
    with write(actor(here, "assistant")) as work:
        decision = answer(work, here, "accept", effective_at=EFFECTIVE, on_behalf_of=here.cio)
        to_and_fro.amended(work, the_request(work, here), decision, _amendment(work, here, decision))


def _agreed(here: World) -> None:
    with write(actor(here, "cio")) as work:
        number = answer(work, here, "accept").id
    with write(actor(here, "vera")) as work:
        request = the_request(work, here)
        request.minutes_agreed = 15
        to_and_fro.agreed(work, request, _amendment(work, here, work.session.get_one(Decision, number)))


def _question(here: World) -> None:
    with write(actor(here, "cio")) as work:
        request = the_request(work, here)
        request.question = QUESTION
        to_and_fro.question_asked(work, request)


def _answered(here: World) -> None:
    with write(actor(here, "vera")) as work:
        request = the_request(work, here)
        request.question, request.question_answer = QUESTION, ANSWER
        to_and_fro.question_answered(work, request)


def _passed(here: World) -> None:
    with write(actor(here, "cio")) as work:
        decision = answer(work, here, "redirect", effective_at=EFFECTIVE)
        request = the_request(work, here)
        passed = MeetingRequest(
            **{name: getattr(request, name) for name in ("buyer_id", "kind", "company_id", "asked_by", "topic")},
            **{name: getattr(request, name) for name in ("outcome", "learned", "minutes")},
            code="PASSEDX",
            asked_of=here.boss,
            state="pending",
            before_answer="pending",
            answer_by=AGREE_BY,
            created_at=EFFECTIVE,
        )
        work.session.add(passed)
        work.session.flush()
        to_and_fro.passed_on(work, request, passed, decision)


def _lapsed(waited: State) -> Callable[[World], None]:
    def story(here: World) -> None:
        with write(None) as work:
            notices.lapsed(work, the_request(work, here), waited)

    return story


VERA = "vera@acme.example"
STORIES: dict[str, tuple[LetterKind, str, Callable[[World], None]]] = {
    "yes_but": (LetterKind.YES_BUT, VERA, _but),
    "agreed": (LetterKind.AGREED, "chris@northwind.example", _agreed),
    "question": (LetterKind.QUESTION, VERA, _question),
    "question_answered": (LetterKind.QUESTION_ANSWERED, "alex@northwind.example", _answered),
    "passed_on": (LetterKind.PASSED_ON, VERA, _passed),
    "ask_received_passed": (LetterKind.ASK_RECEIVED, "bo@northwind.example", _passed),
    "lapsed_question": (LetterKind.LAPSED, VERA, _lapsed(State.ASKED_BACK)),
    "lapsed_changes": (LetterKind.LAPSED, VERA, _lapsed(State.AMENDED)),
}
SIGNED = {
    "yes_but": "Alex Assistant for Chris CIO, Northwind",
    "agreed": "Vera Vendor, Acme",
    "question": "Chris CIO, Northwind",
    "question_answered": "Vera Vendor, Acme",
    "passed_on": "Chris CIO, Northwind",
    "ask_received_passed": "Chris CIO, Northwind",
    "lapsed_question": "VendorHub for Northwind",
    "lapsed_changes": "VendorHub for Northwind",
}
