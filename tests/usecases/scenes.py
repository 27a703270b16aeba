"""Every state that an ask can be in, as scenes to try things in."""

from datetime import date

from sqlalchemy import select

from tests.people import address
from tests.stage import HOLD, OTHER_SLOTS, SLOTS, Stage
from tests.usecases import briefings
from tests.usecases.test_silence import END
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.queries import meetings as agreed
from vendorhub.store import MeetingRequest, db
from vendorhub.usecases import (
    blocks,
    decisions,
    logged,
    meeting_requests,
    meetings,
    offers,
    papers,
    participations,
    passing,
    polls,
    questions,
    revoking,
)
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


def a_question_is_open(stage: Stage) -> Scene:
    code = stage.asked()
    questions.ask_back(stage["Kim"], code, question="Which tape?")
    return Scene(stage, code=code)


def a_yes_waits_for_their_word(stage: Stage) -> Scene:
    code = stage.asked()
    decisions.accept(stage["Kim"], code, topic="Tape only")
    stage.go(HOLD)
    return Scene(stage, code=code)


def passed_on(stage: Stage) -> Scene:
    """The ask as it lies with the colleague."""
    passing.pass_on(stage["Kim"], stage.asked(), to=address("Cleo"))
    stage.go(HOLD)
    db.session.rollback()
    code = db.session.scalars(select(MeetingRequest.code).where(MeetingRequest.from_id.is_not(None))).one()
    return Scene(stage, code=code)


def a_paper_is_here(stage: Stage) -> Scene:
    code = refused_by_kim(stage, "in_writing", wait=True)
    papers.hand_in(stage["Vera"], code, text="Tape pays.")
    return Scene(stage, code=code)


def met_by_a_standing_yes(stage: Stage) -> Scene:
    code = stage.asked()
    decisions.accept(stage["Kim"], code, each_quarter=True)
    stage.go(HOLD)
    offer = offers.offer(stage["Kim"], code, slots=SLOTS)
    return Scene(stage, uid=offers.choose(stage["Vera"], offer, slot=stage.slot(offer)))


def a_yes_called_off(stage: Stage) -> Scene:
    uid = stage.met()
    scene = Scene(stage, uid=uid)
    revoking.revoke(stage["Kim"], scene.code)
    return scene


def came_by_phone(stage: Stage) -> Scene:
    given = {"name": "Vera", "email": address("Vera"), "company": "Fastprint"}
    return Scene(stage, code=logged.log(stage["Alex"], channel="phone", topic="Tape", **given))


def a_var_waits_for_the_vendor(stage: Stage) -> Scene:
    return Scene(stage, code=stage.asked("Rita", vendor=VendorNamed(slug="fastprint")))


def silence(stage: Stage) -> Scene:
    code = stage.asked()
    stage.go(END)
    return Scene(stage, code=code)


SCENES = [
    *(waiting, waiting_for_anybody, a_held_yes_with_times, a_yes, the_buyers_times, the_other_sides_times),
    *(met, met_and_wished_elsewhere, called_off, held_no, no, attached, held_never_over_a_meeting, never),
    *(shut_out_over_a_meeting, withdrawn, silence),
    *(a_question_is_open, a_yes_waits_for_their_word, passed_on, a_paper_is_here, met_by_a_standing_yes),
    *(a_yes_called_off, came_by_phone, a_var_waits_for_the_vendor),
]


def a_briefing_waits_for_a_vendor(stage: Stage) -> Scene:
    """The buyer has said yes and chosen a time; one vendor comes, the other has not said."""
    code = briefings.consented(stage)
    participations.take_part(stage["Vera"], code)
    poll = polls.put_up(stage["Rita"], code, slots=SLOTS)
    slot = briefings.slots_of(poll)[0]
    polls.set_time(stage["Kim"], poll, slot=slot)
    return Scene(stage, code=code, offer=poll)


def a_briefing_is_met(stage: Stage) -> Scene:
    scene = a_briefing_waits_for_a_vendor(stage)
    participations.take_part(stage["Carl"], scene.code)
    stage.delivered()
    return Scene(stage, uid=agreed.listing(stage["Kim"])[0][0].uid)


# Played in longer runs; in every run their own deeds are (tests/machine/gathering.py).
JOINT = [a_briefing_waits_for_a_vendor, a_briefing_is_met]
