"""Everybody tries everything in every state; whatever the worker sends, no calendar object goes without a consent."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from tests.conftest import SCALE
from tests.kept import keep
from tests.people import PEOPLE, address
from tests.stage import HOLD, SLOTS, Stage, calendar
from tests.usecases.scenes import JOINT, SCENES, Scene, never, shut_out_over_a_meeting
from vendorhub import clock
from vendorhub.domain.logged import Quiet
from vendorhub.domain.refusals import Refusal
from vendorhub.itip.parse import has_calendar_object
from vendorhub.store import Block, Decision, Invitation, Letter, Lifting, Meeting, MeetingRequest, db
from vendorhub.usecases import (
    agenda_building,
    amending,
    blocks,
    confirmations,
    decisions,
    meeting_requests,
    meetings,
    offers,
    papers,
    passing,
    questions,
    remembering,
    reopening,
    revoking,
    undo,
)
from vendorhub.usecases.sweep import sweep

DEEDS: dict[str, Callable[[Scene, str], object]] = {
    "ask": lambda scene, who: scene.stage.asked(who),
    "withdraw": lambda scene, who: meeting_requests.withdraw(scene.stage[who], scene.code),
    "accept": lambda scene, who: decisions.accept(scene.stage[who], scene.code),
    "not now": lambda scene, who: decisions.refuse(
        scene.stage[who], scene.code, kind="not_now", again_on=date(2027, 4, 1)
    ),
    "no": lambda scene, who: decisions.refuse(scene.stage[who], scene.code, kind="no"),
    "never": lambda scene, who: decisions.refuse(scene.stage[who], scene.code, kind="never"),
    "yes, but": lambda scene, who: decisions.accept(scene.stage[who], scene.code, topic="Disk only"),
    "each quarter": lambda scene, who: decisions.accept(scene.stage[who], scene.code, each_quarter=True),
    "in writing": lambda scene, who: decisions.refuse(scene.stage[who], scene.code, kind="in_writing"),
    "remember": lambda scene, who: remembering.remember(scene.stage[who], scene.code, kind=Quiet.REMEMBER),
    "a question": lambda scene, who: questions.ask_back(scene.stage[who], scene.code, question="How much?"),
    "answer": lambda scene, who: questions.answer_back(scene.stage[who], scene.code, answer="Nine."),
    "agree": lambda scene, who: amending.agree(scene.stage[who], scene.code),
    "pass to": lambda scene, who: passing.pass_on(scene.stage[who], scene.code, to=address("Mo")),
    "hand in": lambda scene, who: papers.hand_in(scene.stage[who], scene.code, text="It pays."),
    "enough": lambda scene, who: papers.enough(scene.stage[who], scene.code),
    "call off the yes": lambda scene, who: revoking.revoke(scene.stage[who], scene.code),
    "open again": lambda scene, who: reopening.reopen(scene.stage[who], scene.code, reason="News."),
    "in our name": lambda scene, who: confirmations.confirm(scene.stage[who], scene.code),
    "undo": lambda scene, who: undo.undo(scene.stage[who], scene.code),
    "offer": lambda scene, who: offers.offer(scene.stage[who], scene.code, slots=SLOTS),
    "counter": lambda scene, who: offers.counter(scene.stage[who], scene.offer, slots=SLOTS),
    "retract": lambda scene, who: offers.retract(scene.stage[who], scene.offer),
    "choose": lambda scene, who: offers.choose(scene.stage[who], scene.offer, slot=scene.slot),
    "move": lambda scene, who: meetings.move(scene.stage[who], scene.uid, slot=SLOTS[1]),
    "propose": lambda scene, who: meetings.propose(scene.stage[who], scene.uid, slot=SLOTS[1]),
    "accept move": lambda scene, who: meetings.accept_move(scene.stage[who], scene.uid, scene.wish),
    "refuse move": lambda scene, who: meetings.refuse_move(scene.stage[who], scene.uid, scene.wish),
    "cancel": lambda scene, who: meetings.cancel(scene.stage[who], scene.uid),
    "place": lambda scene, who: meetings.set_place(scene.stage[who], scene.uid, place="Room 4"),
    "agenda": lambda scene, who: agenda_building.set_half(scene.stage[who], scene.uid, items=[("Point", 5)]),
    "block": lambda scene, who: blocks.block(scene.stage[who], company="fastprint"),
    "lift": lambda scene, who: blocks.lift(scene.stage[who], scene.block),
}
# One of each standing, and each state on one of the two databases; everybody on both where there is time for it.
NAMES = [name for name, *_ in PEOPLE] if SCALE > 1 else ["Kim", "Alex", "Vera", "Carl"]


def consented(message: bytes) -> bool:
    """Whether the invitation of which this is the letter rests on a yes that is live now, told by the store alone."""
    undoing = aliased(Decision)
    return (
        db.session.scalar(
            select(Decision.id)
            .join(Invitation, Invitation.consent_id == Decision.id)
            .join(Meeting, Meeting.id == Invitation.meeting_id)
            .join(MeetingRequest, MeetingRequest.id == Meeting.request_id)
            .join(Letter, Letter.invitation_id == Invitation.id)
            .where(
                Letter.message_id == message.split(b"Message-ID: ")[1].split(b"\r\n")[0].decode(),
                Decision.kind == "accept",
                Decision.effective_at <= clock.now(),
                Decision.terms_hash == Meeting.terms_hash,
                Decision.request_id == MeetingRequest.id,
                MeetingRequest.state == "accepted",
                Meeting.state == "confirmed",
                ~select(undoing.id).where(undoing.undoes == Decision.id).exists(),
                ~select(Block.id)
                .where(Block.company_id == Meeting.company_id, Block.buyer_id == Meeting.buyer_id)
                .where(~select(Lifting.id).where(Lifting.block_id == Block.id).exists())
                .exists(),
            )
        )
        is not None
    )


def judge(stage: Stage, invited: set[tuple[str, str]]) -> int:
    """Looks at all that the worker sends now, and a hold later; how many calendar objects there were."""
    found = 0
    for wait in (0 * HOLD, HOLD):
        stage.go(wait)
        for to, message in stage.delivered():
            if has_calendar_object(message):
                found += 1
                lines = calendar(message)
                uid = next(line for line in lines if line.startswith("UID:"))
                if "METHOD:REQUEST" in lines:
                    assert consented(message)
                    invited.add((to, uid))
                else:
                    assert "METHOD:CANCEL" in lines
                    assert (to, uid) in invited
        sweep()
    db.session.rollback()
    return found


def done(scene: Scene, deed: str, name: str) -> bool:
    try:
        DEEDS[deed](scene, name)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("set_up", [*SCENES, *JOINT] if SCALE > 1 else SCENES[::2])
def test_everybody_tries_everything(stage, database, set_up, tmp_path):
    scene = set_up(stage)
    now = clock.now()
    already: set[tuple[str, str]] = {
        (letter.recipient, f"UID:{letter.uid}") for letter in stage.letters(method="REQUEST", state="sent")
    }
    back = keep(database, tmp_path)
    before_consent = not stage.letters(method="REQUEST")
    succeeded = set()
    for name in NAMES:
        for deed in DEEDS:
            if done(scene, deed, name):
                succeeded.add(deed)
                found = judge(stage, set(already))
                assert not found or not before_consent or deed == "choose"
                back()
                stage.go(now)
    assert "ask" in succeeded or set_up in (never, shut_out_over_a_meeting)
    judge(stage, already)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("set_up", [*SCENES, *JOINT] if SCALE > 1 else SCENES[1::2])
def test_everybody_tries_everything_one_after_the_other(stage, set_up):
    scene = set_up(stage)
    invited = {(letter.recipient, f"UID:{letter.uid}") for letter in stage.letters(method="REQUEST", state="sent")}
    for deed in DEEDS:
        for name in NAMES:
            if done(scene, deed, name):
                judge(stage, invited)
