"""The agenda to take along: to each reader as they may read it, and an entry for those who attend."""

import io

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from tests.people import address
from tests.stage import SLOTS, Stage, opened, refused
from tests.usecases.agendas import NEWS, sent
from tests.usecases.briefings import joined, slots_of
from vendorhub.domain.refusals import NotAllowed, NotThere, WrongState
from vendorhub.usecases import agenda_building as building
from vendorhub.usecases import agenda_papers, polls
from vendorhub.usecases.agenda_building import Given
from vendorhub.usecases.agenda_publication import publish

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def laid_out(stage: Stage) -> tuple[str, list[Given]]:
    """A briefing whose agenda has an item of each vendor: Fastprint's for the room, Cloudio's for the buyer."""
    code = joined(stage)
    print_ = sent(stage, code, "Vera", "Printing less", abstract="With *less* paper.")
    backup = sent(stage, code, "Carl", "What a restore costs", abstract="Our prices.", visibility="buyer")
    entries = [Given(ref=print_), NEWS, Given(ref=backup)]
    building.put(stage["Rita"], code, entries=entries)
    return code, entries


def agreed(stage: Stage, code: str) -> None:
    """The first of three times is the one for all."""
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    polls.set_time(stage["Kim"], poll, slot=slots_of(poll)[0])


def described(entry: bytes) -> list[str]:
    """The agenda in a calendar entry's description."""
    event = next(iter(Calendar.from_ical(entry).walk("VEVENT")))
    said = str(event["DESCRIPTION"]).split("\n")
    start = said.index("Agenda, Berlin time, UTC+01:00")
    return said[start : said.index("", start)]


def entry(stage: Stage, name: str, code: str) -> bytes:
    return agenda_papers.entry(stage[name], code).raw


def invitation(stage: Stage, name: str) -> bytes:
    """The calendar object of the invitation to this person."""
    stage.delivered()
    (letter,) = stage.letters(kind="invitation", recipient=address(name))
    mail = opened(letter)
    return next(part.get_payload(decode=True) for part in mail.walk() if part.get_content_type() == "text/calendar")


def lines(stage: Stage, name: str, code: str) -> list[tuple[str, ...]]:
    found = agenda_papers.sheet(stage[name], code).sheet
    return [(line.begins, line.title, line.whose, " / ".join(line.who), line.abstract) for line in found.lines]


def test_each_reads_on_paper_what_they_may_read(stage: Stage) -> None:
    code, _ = laid_out(stage)
    for name in ("Rita", "Kim", "Vera"):
        assert refused(WrongState, agenda_papers.sheet, stage[name], code).sentence.endswith("not been published yet.")
    refused(NotThere, agenda_papers.sheet, stage["Charlie"], code)
    publish(stage["Rita"], code)
    own = ("0:00", "Printing less", "Fastprint", "Vera, Engineer", "With less paper.")
    news = ("0:20", "What is new with us", "Norden Mutual", "", "")
    costs = ("1:00", "What a restore costs", "Cloudio", "Carl, Engineer", "Our prices.")
    sealed = ("1:00", "Reserved for Cloudio and the buyer", "Cloudio", "", "")
    assert lines(stage, "Kim", code) == lines(stage, "Carl", code) == [own, news, costs]
    assert lines(stage, "Vera", code) == [own, news, sealed]
    (page,) = PdfReader(io.BytesIO(agenda_papers.pdf(agenda_papers.sheet(stage["Vera"], code)))).pages
    said = page.extract_text()
    assert [word in said for word in ("Printing less", "Reserved for Cloudio", "Our prices", "restore", "Carl")] == [
        *(True, True, False, False, False)
    ]


def test_it_says_when_and_where_once_that_is_agreed_by_the_readers_own_clocks(stage: Stage) -> None:
    code, _ = laid_out(stage)
    publish(stage["Rita"], code)
    before = agenda_papers.sheet(stage["Vera"], code)
    assert before.sheet.facts[0] == ("When", "No time is agreed yet; what stands here counts from the beginning.")
    assert before.sheet.companies == "Bridgeworks brings Fastprint and Cloudio to Norden Mutual"
    assert before.sheet.share == "Norden Mutual has 40 of 80 minutes (50 %)"
    agreed(stage, code)
    after = agenda_papers.sheet(stage["Vera"], code)
    assert after.sheet.facts[0] == (
        "When",
        "Wednesday, 13 January 2027, 13:00–14:30 (London time, UTC+00:00)\n14:00–15:30 (Berlin time, UTC+01:00)",
    )
    assert [line.begins for line in after.sheet.lines] == ["13:00", "13:20", "14:00"]
    assert after.sheet.ticks == (*((15 * at, f"{13 + at // 4}:{15 * (at % 4):02}") for at in range(7)),)
    assert after.version == agenda_papers.sheet(stage["Vera"], code).version != before.version


@SQLITE
def test_an_entry_for_a_calendar_is_there_once_all_is_agreed_and_for_those_who_attend(stage: Stage) -> None:
    code, entries = laid_out(stage)
    publish(stage["Rita"], code)
    for name in ("Kim", "Vera"):
        why = refused(WrongState, agenda_papers.entry, stage[name], code).sentence
        assert why.startswith("There is no entry for a calendar yet")
    agreed(stage, code)
    running = [
        *("Agenda, Berlin time, UTC+01:00", "- 14:00 Printing less, 20 min (Fastprint)"),
        "- 14:20 What is new with us, 40 min (Norden Mutual)",
    ]
    for name in ("Kim", "Rita", "Carl"):
        assert described(entry(stage, name, code)) == [
            *running,
            "- 15:00 What a restore costs, 20 min (Cloudio)",
        ]
    assert described(entry(stage, "Vera", code)) == [
        *running,
        "- 15:00 Reserved for Cloudio and the buyer, 20 min (Cloudio)",
    ]
    assert described(invitation(stage, "Vera")) == described(entry(stage, "Vera", code))
    assert b"carl@" not in entry(stage, "Vera", code)
    tags = [agenda_papers.entry(stage[name], code).tag for name in ("Kim", "Vera")]
    assert len(set(tags)) == 2
    assert agenda_papers.entry(stage["Vera"], code, known={tags[1]}) == agenda_papers.Entry(b"", tags[1])
    building.put(stage["Rita"], code, entries=[entries[1], entries[0], entries[2]])
    publish(stage["Rita"], code)
    assert agenda_papers.entry(stage["Vera"], code, known={tags[1]}).tag != tags[1]
    assert described(entry(stage, "Vera", code)) == [
        *(running[0], "- 14:00 What is new with us, 40 min (Norden Mutual)"),
        *("- 14:40 Printing less, 20 min (Fastprint)", "- 15:00 Reserved for Cloudio and the buyer, 20 min (Cloudio)"),
    ]
    refused(NotAllowed, agenda_papers.entry, stage["Alex"], code)
    refused(NotThere, agenda_papers.entry, stage["Charlie"], code)
