"""Everybody tries everything in every state; whatever the worker sends, no calendar object goes without a consent."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import make_url, select
from sqlalchemy.orm import aliased

from tests.conftest import SCALE
from tests.people import PEOPLE
from tests.stage import HOLD, OTHER_SLOTS, SLOTS, Stage, calendar
from tests.usecases.test_silence import END
from vendorhub import clock
from vendorhub.domain.refusals import Refusal
from vendorhub.itip.parse import has_calendar_object
from vendorhub.queries import meetings as agreed
from vendorhub.store import Block, Decision, Invitation, Letter, Lifting, Meeting, MeetingRequest, db
from vendorhub.usecases import agendas, blocks, decisions, meeting_requests, meetings, offers, undo
from vendorhub.usecases.sweep import sweep


class Scene:
    """One state of the story, and what its things are called there."""

    def __init__(
        self, stage: Stage, *, code: str = "", offer: str = "", uid: str = "", wish: str = "", block: str = ""
    ):
        self.stage = stage
        self.code = code or (agreed.see(stage["Kim"], uid).request if uid else "")
        self.offer, self.uid, self.wish, self.block = offer, uid, wish, block
        self.slot = stage.slot(offer, -1) if offer else ""


def refused_by_kim(stage: Stage, kind: str, *, wait: bool) -> str:
    code = stage.asked()
    decisions.refuse(stage["Kim"], code, kind=kind, again_on=date(2027, 3, 1) if kind == "not_now" else None)
    if wait:
        stage.go(HOLD)
        sweep()
    return code


def waiting(stage: Stage) -> Scene:
    return Scene(stage, code=stage.asked())


def waiting_for_anybody(stage: Stage) -> Scene:
    return Scene(stage, code=stage.asked(to=None))


def a_held_yes_with_times(stage: Stage) -> Scene:
    code = stage.asked()
    decisions.accept(stage["Kim"], code)
    return Scene(stage, code=code, offer=offers.offer(stage["Kim"], code, slots=SLOTS))


def a_yes(stage: Stage) -> Scene:
    return Scene(stage, code=stage.accepted())


def the_buyers_times(stage: Stage) -> Scene:
    code, offer = stage.offered()
    return Scene(stage, code=code, offer=offer)


def the_other_sides_times(stage: Stage) -> Scene:
    code, offer = stage.offered()
    return Scene(stage, code=code, offer=offers.counter(stage["Vera"], offer, slots=OTHER_SLOTS))


def met(stage: Stage) -> Scene:
    return Scene(stage, uid=stage.met())


def met_and_wished_elsewhere(stage: Stage) -> Scene:
    uid = stage.met()
    stage.delivered()
    return Scene(stage, uid=uid, wish=meetings.propose(stage["Vera"], uid, slot=OTHER_SLOTS[0]))


def called_off(stage: Stage) -> Scene:
    uid = stage.met()
    meetings.cancel(stage["Vera"], uid)
    return Scene(stage, uid=uid)


def held_no(stage: Stage) -> Scene:
    return Scene(stage, code=refused_by_kim(stage, "no", wait=False))


def no(stage: Stage) -> Scene:
    return Scene(stage, code=refused_by_kim(stage, "not_now", wait=True))


def attached(stage: Stage) -> Scene:
    refused_by_kim(stage, "no", wait=True)
    return Scene(stage, code=stage.asked())


def held_never_over_a_meeting(stage: Stage) -> Scene:
    uid = stage.met()
    refused_by_kim(stage, "never", wait=False)
    return Scene(stage, uid=uid)


def never(stage: Stage) -> Scene:
    return Scene(stage, code=refused_by_kim(stage, "never", wait=True))


def shut_out_over_a_meeting(stage: Stage) -> Scene:
    uid = stage.met()
    stage.delivered()
    return Scene(stage, uid=uid, block=blocks.block(stage["Bo"], company="fastprint"))


def withdrawn(stage: Stage) -> Scene:
    code = stage.asked()
    meeting_requests.withdraw(stage["Vera"], code)
    return Scene(stage, code=code)


def silence(stage: Stage) -> Scene:
    code = stage.asked()
    stage.go(END)
    return Scene(stage, code=code)


SCENES = [
    *(waiting, waiting_for_anybody, a_held_yes_with_times, a_yes, the_buyers_times, the_other_sides_times),
    *(met, met_and_wished_elsewhere, called_off, held_no, no, attached, held_never_over_a_meeting, never),
    *(shut_out_over_a_meeting, withdrawn, silence),
]
DEEDS: dict[str, Callable[[Scene, str], object]] = {
    "ask": lambda scene, who: scene.stage.asked(who),
    "withdraw": lambda scene, who: meeting_requests.withdraw(scene.stage[who], scene.code),
    "accept": lambda scene, who: decisions.accept(scene.stage[who], scene.code),
    "not now": lambda scene, who: decisions.refuse(
        scene.stage[who], scene.code, kind="not_now", again_on=date(2027, 4, 1)
    ),
    "no": lambda scene, who: decisions.refuse(scene.stage[who], scene.code, kind="no"),
    "never": lambda scene, who: decisions.refuse(scene.stage[who], scene.code, kind="never"),
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
    "agenda": lambda scene, who: agendas.set_half(scene.stage[who], scene.uid, items=[("Point", 5)]),
    "block": lambda scene, who: blocks.block(scene.stage[who], company="fastprint"),
    "lift": lambda scene, who: blocks.lift(scene.stage[who], scene.block),
}
# One of each standing; the whole cast where there is time for it.
NAMES = [name for name, *_ in PEOPLE] if SCALE > 1 else ["Kim", "Alex", "Bo", "Pia", "Cleo", "Vera", "Carl", "Charlie"]


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
@pytest.mark.parametrize("set_up", SCENES)
def test_everybody_tries_everything(stage, database, set_up, tmp_path):
    scene = set_up(stage)
    now = clock.now()
    already: set[tuple[str, str]] = {
        (letter.recipient, f"UID:{letter.uid}") for letter in stage.letters(method="REQUEST", state="sent")
    }
    file = Path(make_url(database.app_url).database or "")
    kept = tmp_path / "kept.sqlite"
    _restart(file, kept)
    before_consent = not stage.letters(method="REQUEST")
    succeeded = set()
    for name in NAMES:
        for deed in DEEDS:
            if done(scene, deed, name):
                succeeded.add(deed)
                found = judge(stage, set(already))
                assert not found or not before_consent or deed == "choose"
                _restart(kept, file)
                stage.go(now)
    assert "ask" in succeeded or set_up in (never, shut_out_over_a_meeting)
    judge(stage, already)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("set_up", SCENES)
def test_everybody_tries_everything_one_after_the_other(stage, set_up):
    scene = set_up(stage)
    invited = {(letter.recipient, f"UID:{letter.uid}") for letter in stage.letters(method="REQUEST", state="sent")}
    for deed in DEEDS:
        for name in NAMES:
            if done(scene, deed, name):
                judge(stage, invited)


def _restart(source: Path, target: Path) -> None:
    """The store as it was: the file, once nothing is in the write-ahead log."""
    db.session.rollback()
    if source.with_name(f"{source.name}-wal").exists():
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.session.remove()
    db.engine.dispose()
    for rest in ("-wal", "-shm"):
        target.with_name(f"{target.name}{rest}").unlink(missing_ok=True)
    shutil.copyfile(source, target)
