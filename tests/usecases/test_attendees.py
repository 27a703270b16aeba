"""Who presents at a briefing and was named after the invitations had left: invited by a press of the hosts."""

from tests.people import address
from tests.stage import SLOTS, Stage, calendar, refused
from tests.usecases.agendas import sent
from tests.usecases.briefings import joined, slots_of
from vendorhub.domain.refusals import NotAllowed, NotThere, WrongState
from vendorhub.queries import history, meetings
from vendorhub.usecases import attendees, polls

PIA, CEM = "pia@fastprint.example", "cem@cloudio.example"


def met(stage: Stage) -> tuple[str, str]:
    """A briefing to which everybody is invited before anybody has said who presents; its code and the UID."""
    code = joined(stage)
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    uid = polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])
    stage.delivered()
    return code, uid


def missing(stage: Stage, name: str, uid: str) -> list[str]:
    return meetings.uninvited(stage[name], meetings.see(stage[name], uid))


def test_who_presents_and_was_named_late_is_invited_by_a_press(stage: Stage) -> None:
    code, uid = met(stage)
    sent(stage, code, "Vera", "Printing less", presenters=[("Pia", PIA, "")])
    assert missing(stage, "Rita", uid) == []  # what the vendors bring can't be read yet
    refused(WrongState, attendees.invite_presenters, stage["Rita"], uid)
    sent(stage, code, "Carl", "Backups that restore", presenters=[("Cem", CEM, "")])
    assert [missing(stage, name, uid) for name in ("Rita", "Kim", "Vera")] == [["Pia", "Cem"], ["Pia", "Cem"], []]
    refused(NotAllowed, attendees.invite_presenters, stage["Vera"], uid)
    refused(NotThere, attendees.invite_presenters, stage["Charlie"], uid)
    attendees.invite_presenters(stage["Rita"], uid)
    entries = {to: calendar(raw) for to, raw in stage.delivered() if calendar(raw)}
    assert set(entries) == {PIA, CEM}
    for to, rival in ((PIA, CEM), (CEM, PIA)):
        assert "SEQUENCE:0" in entries[to]
        assert (address("Rita") in "".join(entries[to]), rival in "".join(entries[to])) == (True, False)
    refused(WrongState, attendees.invite_presenters, stage["Kim"], uid)
    told = {
        name: sorted(line.words for line in history.lines(stage[name], about=code)[0] if line.deed == "invite")
        for name in ("Kim", "Vera")
    }
    assert told == {"Kim": ["Cloudio", "Fastprint"], "Vera": ["Fastprint"]}
