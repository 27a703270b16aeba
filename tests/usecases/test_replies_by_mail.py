"""What a calendar mails back: kept with the reason, at a briefing as at a meeting of two, and heard by no rival.

An answer by mail is no yes, no join and no word about a time (law 4), whatever it says and whoever it is from.
"""

import re

import pytest
from sqlalchemy import select

from tests.people import address
from tests.stage import OTHER_SLOTS, Stage, calendar
from tests.usecases.briefings import consented
from tests.usecases.test_mails import receive, rows
from tests.usecases.test_meeting_all import met
from vendorhub.domain.refusals import NotThere
from vendorhub.queries import briefings, history, mails
from vendorhub.queries import meetings as agreed
from vendorhub.store import Attendee, Join, db
from vendorhub.usecases import meetings

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ANSWERS = [
    *(("REPLY", partstat) for partstat in ("ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED")),
    *((method, "TENTATIVE") for method in ("COUNTER", "REFRESH", "CANCEL", "REQUEST")),
]


def answer(invitation: bytes, who: str, method: str, partstat: str) -> tuple[bytes, str]:
    """What a calendar makes of an invitation, an hour later where it is moved; and the address to which it goes."""
    lines = calendar(invitation)
    (to,) = {found[1] for line in lines if (found := re.search(r"(meet-[\w-]+@[\w.]+)", line))}
    told = "\r\n".join(lines).replace("METHOD:REQUEST", f"METHOD:{method}")
    told = re.sub(r"PARTSTAT=NEEDS-ACTION", f"PARTSTAT={partstat}", told)
    told = told.replace("T140000", "T150000") if method == "COUNTER" else told
    head = f"From: {who}\r\nTo: {to}\r\nMessage-ID: <{method}-{partstat}-{who}>\r\nMIME-Version: 1.0\r\n"
    return f"{head}Content-Type: text/calendar; charset=UTF-8; method={method}\r\n\r\n{told}\r\n".encode(), to


def seen_by(stage: Stage, name: str) -> list[object]:
    """All that somebody can see of what came of it."""
    db.session.rollback()
    found: list[object] = [agreed.listing(stage[name])[0], history.lines(stage[name])]
    try:
        return [*found, mails.listing(stage[name])]
    except NotThere:
        return [*found, briefings.listing(stage[name])]


def answers(stage: Stage) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Attendee.partstat).order_by(Attendee.id)))


@pytest.mark.parametrize("joint", [True, False])
def test_it_is_kept_with_the_reason_and_changes_nothing(stage: Stage, joint: bool) -> None:
    if joint:
        met(stage)
    else:
        stage.met()
    sent = dict(stage.delivered())
    before = {name: seen_by(stage, name) for name in ("Kim", "Rita", "Vera", "Carl")}
    told, said = stage.told(), answers(stage)
    vera = address("Vera")
    for method, partstat in ANSWERS:
        raw, to = answer(sent[vera], vera, method, partstat)
        assert receive(raw, to=to) == "reply"
    assert rows() == [("ignored", "reply", True, False)] * len(ANSWERS)
    assert (stage.told(), answers(stage)) == (told, said)
    assert {name: seen_by(stage, name) for name in ("Rita", "Vera", "Carl")} == {
        name: before[name] for name in ("Rita", "Vera", "Carl")
    }
    [kept, *_] = mails.listing(stage["Kim"])[0]
    assert (kept.sender, kept.why) == (vera, "reply")
    assert kept.cards == ()


@SQLITE
def test_the_buyers_own_answer_by_mail_is_no_press_either(stage: Stage) -> None:
    _, uid = met(stage)
    sent = dict(stage.delivered())
    raw, to = answer(sent[address("Kim")], address("Kim"), "COUNTER", "DECLINED")
    assert receive(raw, to=to) == "reply"
    view = agreed.see(stage["Kim"], uid)
    assert (view.state, view.proposals, view.sequence) == ("confirmed", (), 0)


def test_nobody_joins_by_mail(stage: Stage) -> None:
    code = consented(stage)
    stage.delivered()
    asked = stage.letters(kind="briefing_asked", recipient=address("Vera"))[0]
    answers_it = f"From: {address('Vera')}\r\nTo: {asked.sender}\r\nIn-Reply-To: {asked.message_id}\r\n\r\nWe come!\r\n"
    assert receive(answers_it.encode(), to=asked.sender) == "no_buyer"
    assert db.session.scalars(select(Join)).all() == []
    assert [part.state for part in briefings.see(stage["Rita"], code).vendors] == ["asked", "asked"]


@SQLITE
def test_an_answer_to_a_version_from_before_does_not_bring_it_back(stage: Stage) -> None:
    _, uid = met(stage)
    sent = dict(stage.delivered())
    meetings.move(stage["Kim"], uid, slot=OTHER_SLOTS[0])
    start = agreed.see(stage["Carl"], uid).start
    raw, to = answer(sent[address("Carl")], address("Carl"), "REPLY", "ACCEPTED")
    assert receive(raw, to=to) == "reply"
    assert (agreed.see(stage["Carl"], uid).start, agreed.see(stage["Vera"], uid).start) == (start, start)
