"""Calendar letters: what they rest on, what they say, and which of them are still needed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.outbox.world import NOW, START, World, actor, agreed_meeting, answer, letters, opened, slot_row, the_request
from vendorhub import clock
from vendorhub.domain.refusals import WrongState
from vendorhub.itip.parse import calendar_parts
from vendorhub.outbox.invitations import call_off, invite
from vendorhub.outbox.office import office
from vendorhub.outbox.queue import Outcome, claim, settle
from vendorhub.store import AgreedSlot, Attendee, Invitation, Letter, Meeting, Person, db
from vendorhub.store.confirming import agree
from vendorhub.store.consents import consent_of
from vendorhub.store.write import write

CHRIS, VERA, VICTOR = "chris@northwind.example", "vera@acme.example", "victor@acme.example"


def invited(here: World) -> None:
    with write(actor(here, "cio")) as work:
        answer(work, here, "accept")
        consent, meeting, agreed, attendees = agreed_meeting(work, here)
        invite(work, consent, the_request(work, here), meeting, agreed, attendees, first=True)


def invite_to_what_stands(here: World, *, first: bool = True, **otherwise: str) -> None:
    """Invites to the meeting as its row says, on the request's consent, or on one that differs from it."""
    with write(actor(here, "cio")) as work:
        meeting, request = work.session.query(Meeting).one(), the_request(work, here)
        consent = replace(consent_of(work.session, request), **otherwise)
        agreed = work.session.get_one(AgreedSlot, meeting.agreed_slot_id)
        invite(work, consent, request, meeting, agreed, everybody(), first=first)


def moved(here: World, *, days: int) -> None:
    """To so many days later; everybody but the decider is asked anew."""
    with write(actor(here, "cio")) as work:
        meeting, request = work.session.query(Meeting).one(), the_request(work, here)
        consent = consent_of(work.session, request)
        slot = slot_row(work, here, START + timedelta(days=days))
        agreed = agree(work, consent, slot, agreed_by=here.cio)
        meeting.agreed_slot_id, meeting.start_at, meeting.end_at = agreed.id, slot.start_at, slot.end_at
        meeting.sequence += 1
        work.session.flush()
        invite(work, consent, request, meeting, agreed, everybody(), first=False)


def called_off(here: World) -> None:
    with write(actor(here, "vera")) as work:
        meeting = work.session.query(Meeting).one()
        meeting.state, meeting.sequence = "cancelled", meeting.sequence + 1
        work.session.flush()
        call_off(work, the_request(work, here), meeting, everybody())


def everybody() -> list[Attendee]:
    return db.session.query(Attendee).order_by(Attendee.id).all()


def leave(*recipients: str) -> None:
    """A worker sends these of the letters that are due, and gives the others back."""
    settle(
        Outcome(letter, untried=letter.recipient not in recipients) for letter in claim(worker="test", lease_seconds=60)
    )


def calendar(letter: Letter) -> list[str]:
    """The lines of its calendar object, unfolded."""
    part, copy = calendar_parts(opened(letter).as_bytes())
    assert part.raw == copy.raw
    return part.raw.decode().replace("\r\n ", "").splitlines()


def of(lines: Iterable[str], *names: str) -> list[str]:
    return [line for line in lines if line.startswith(names)]


def test_each_attendee_gets_one_letter_that_rests_on_one_invitation(here: World) -> None:
    invited(here)
    rows = letters()
    assert [(row.recipient, row.kind, row.method, row.sequence) for row in rows] == [
        (CHRIS, "invitation", "REQUEST", 0),
        (VERA, "invitation", "REQUEST", 0),
        (VICTOR, "invitation", "REQUEST", 0),
    ]
    invitations = db.session.query(Invitation).order_by(Invitation.id).all()
    meeting = db.session.query(Meeting).one()
    assert [row.invitation_id for row in rows] == [invitation.id for invitation in invitations]
    assert {(one.consent_id, one.terms_hash, one.agreed_slot_id) for one in invitations} == {
        (meeting.consent_id, meeting.terms_hash, meeting.agreed_slot_id)
    }
    assert {row.uid for row in rows} == {meeting.uid}


def test_the_entry_says_who_when_where_and_what_for(here: World) -> None:
    invited(here)
    victors = letters(recipient=VICTOR)[0]
    token = f"meet-{office().keys.reply_token(here.buyer, here.victor)}@hub.example"
    lines = calendar(victors)
    assert victors.sender == ""  # derived, and not stored: who reads the database can't write in Victor's name
    assert opened(victors)["Reply-To"] == token
    assert {each.recipient: each.sender for each in claim(worker="test", lease_seconds=60)}[VICTOR] == token
    assert of(lines, "METHOD", "SUMMARY", "SEQUENCE", "DTSTART;", "DTEND;", "DTSTAMP", "STATUS", "LOCATION") == [
        "METHOD:REQUEST",
        "SUMMARY:Acme and Northwind: Backup costs",
        "DTSTART;TZID=Europe/Berlin:20270113T140000",
        "DTEND;TZID=Europe/Berlin:20270113T143000",
        "DTSTAMP:20270104T090000Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
    ]
    coming, asked = "PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT", "PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE"
    assert of(lines, "ORGANIZER") == [f'ORGANIZER;CN="Chris CIO via VendorHub":mailto:{token}']
    assert of(lines, "ATTENDEE") == [
        f'ATTENDEE;CN="Chris CIO via VendorHub";CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=CHAIR:mailto:{token}',
        f'ATTENDEE;CN="Chris CIO";CUTYPE=INDIVIDUAL;{coming}:mailto:{CHRIS}',
        f'ATTENDEE;CN="Vera Vendor";CUTYPE=INDIVIDUAL;{asked}:mailto:{VERA}',
        f'ATTENDEE;CN="Victor Vendor";CUTYPE=INDIVIDUAL;{asked}:mailto:{VICTOR}',
    ]
    (description,) = of(lines, "DESCRIPTION:")
    assert description.removeprefix("DESCRIPTION:").split(r"\n") == [
        "Whether tape pays again for what nobody reads.",
        "",
        "Each side writes its half of the agenda on the meeting’s page.",
        f"https://hub.example/meetings/{victors.uid}",
    ]


def test_each_side_is_invited_by_the_other_and_written_to_by_whoever_signs(here: World) -> None:
    invited(here)
    organisers = [of(calendar(row), "ORGANIZER")[0] for row in letters()]
    assert [each.split('"')[1] for each in organisers] == [
        "Vera Vendor via VendorHub",
        "Chris CIO via VendorHub",
        "Chris CIO via VendorHub",
    ]
    for row in letters():
        assert opened(row)["From"].addresses[0].display_name == "Chris CIO via VendorHub"
        assert opened(row).get_body(("plain",)).get_content().splitlines()[-1] == "Chris CIO, Northwind"


@pytest.mark.parametrize(
    ("wait", "sentence"),
    [(-1, "The yes is not effective yet."), (181 * 86400, "The yes was given too long ago; please ask again.")],
)
def test_without_a_live_consent_there_is_nothing(here: World, wait: int, sentence: str) -> None:
    with write(actor(here, "cio")) as work:
        answer(work, here, "accept")
        agreed_meeting(work, here)
    with clock.at(NOW + timedelta(seconds=wait)), pytest.raises(WrongState) as refused:
        invite_to_what_stands(here)
    assert refused.value.sentence == sentence
    assert letters() == []


def test_anothers_consent_will_not_do(here: World) -> None:
    with write(actor(here, "cio")) as work:
        answer(work, here, "accept")
        agreed_meeting(work, here)
    with pytest.raises(WrongState) as refused:
        invite_to_what_stands(here, terms_hash="0" * 64)
    assert refused.value.sentence == "This meeting rests on another yes."
    assert letters() == []


def test_a_move_asks_anew_in_the_same_thread(here: World) -> None:
    invited(here)
    leave(CHRIS, VERA, VICTOR)
    first = letters(recipient=VERA)[0]
    moved(here, days=1)
    second = letters(recipient=VERA)[1]
    assert (second.kind, second.method, second.sequence, second.uid) == ("update", "REQUEST", 1, first.uid)
    assert (opened(second)["In-Reply-To"], opened(second)["References"]) == (first.message_id, first.message_id)
    assert of(calendar(second), "SEQUENCE", "DTSTART;") == ["DTSTART;TZID=Europe/Berlin:20270114T140000", "SEQUENCE:1"]
    leave(CHRIS, VERA, VICTOR)
    moved(here, days=2)
    third = letters(recipient=VERA)[2]
    assert opened(third)["References"] == first.message_id


def test_each_letter_of_a_second_has_a_stamp_of_its_own(here: World) -> None:
    invited(here)
    leave(CHRIS, VERA, VICTOR)
    moved(here, days=1)
    moved(here, days=2)
    called_off(here)
    assert [of(calendar(row), "DTSTAMP") for row in letters(recipient=VERA) if row.sealed] == [
        ["DTSTAMP:20270104T090000Z"],
        ["DTSTAMP:20270104T090003Z"],
    ]


def test_what_has_not_left_is_replaced_and_reads_as_the_first(here: World) -> None:
    invited(here)
    leave(CHRIS)
    moved(here, days=1)
    assert [(row.recipient, row.kind, row.sequence, row.state, row.sealed is None) for row in letters()] == [
        (CHRIS, "invitation", 0, "sent", False),
        (VERA, "invitation", 0, "stopped", True),
        (VICTOR, "invitation", 0, "stopped", True),
        (CHRIS, "update", 1, "waiting", False),
        (VERA, "invitation", 1, "waiting", False),
        (VICTOR, "invitation", 1, "waiting", False),
    ]
    assert opened(letters(recipient=VERA)[1])["In-Reply-To"] is None


def test_an_update_without_a_new_time_keeps_the_answers(here: World) -> None:
    invited(here)
    leave(CHRIS, VERA, VICTOR)
    with write(actor(here, "cio")) as work:
        meeting = work.session.query(Meeting).one()
        meeting.place_how, meeting.place_detail, meeting.sequence = "room_buyer", "Elbe, third floor", 1
        for attendee in everybody():
            attendee.partstat = "TENTATIVE" if attendee.email == VERA else attendee.partstat
    invite_to_what_stands(here, first=False)
    lines = calendar(letters(recipient=VICTOR)[1])
    assert of(lines, "LOCATION") == [r"LOCATION:Elbe\, third floor"]
    assert [line.partition("PARTSTAT=")[2].partition(":")[0] for line in of(lines, "ATTENDEE")] == [
        "ACCEPTED;ROLE=CHAIR",
        "ACCEPTED;ROLE=REQ-PARTICIPANT",
        "TENTATIVE;ROLE=REQ-PARTICIPANT",
        "NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE",
    ]


def test_calling_off_reaches_whom_an_invitation_may_have_reached(here: World) -> None:
    invited(here)
    leave(CHRIS)
    called_off(here)
    assert [(row.recipient, row.kind, row.state) for row in letters()] == [
        (CHRIS, "invitation", "sent"),
        (VERA, "invitation", "stopped"),
        (VICTOR, "invitation", "stopped"),
        (CHRIS, "cancellation", "waiting"),
    ]
    cancel = letters(kind="cancellation")[0]
    assert of(calendar(cancel), "METHOD", "STATUS", "SEQUENCE", "DTSTART;") == [
        "METHOD:CANCEL",
        "DTSTART;TZID=Europe/Berlin:20270113T140000",
        "SEQUENCE:1",
        "STATUS:CANCELLED",
    ]
    assert cancel.invitation_id == letters()[0].invitation_id
    assert opened(cancel)["In-Reply-To"] == letters()[0].message_id


def test_what_was_tried_once_is_called_off_too_and_not_tried_again(here: World) -> None:
    invited(here)
    settle(Outcome(letter, trouble="450 later") for letter in claim(worker="test", lease_seconds=60))
    called_off(here)
    assert [(row.kind, row.state) for row in letters(recipient=CHRIS)] == [
        ("invitation", "stopped"),
        ("cancellation", "waiting"),
    ]


def test_an_invitation_under_way_leaves_before_its_cancellation(here: World) -> None:
    invited(here)
    claimed = claim(worker="test", lease_seconds=60)
    called_off(here)
    assert [row.state for row in letters(recipient=CHRIS)] == ["leased", "waiting"]
    assert claim(worker="other", lease_seconds=60) == []
    settle(Outcome(letter) for letter in claimed)
    assert len(claim(worker="other", lease_seconds=60)) == 3


def test_nothing_is_written_about_a_meeting_that_is_over(here: World) -> None:
    invited(here)
    leave(CHRIS, VERA)
    with clock.at(START + timedelta(minutes=30)):
        called_off(here)
        assert [row.state for row in letters()] == ["sent", "sent", "stopped"]


def test_a_first_invitation_to_a_meeting_that_is_over_is_none(here: World) -> None:
    with write(actor(here, "cio")) as work:
        answer(work, here, "accept")
        agreed_meeting(work, here)
    with clock.at(START + timedelta(minutes=30)):
        invite_to_what_stands(here)
    assert letters() == []


def test_each_reads_in_their_own_zone_and_the_entry_keeps_its_own(here: World) -> None:
    with write(None) as work:
        work.session.get_one(Person, here.victor).zone = "America/New_York"
    invited(here)
    victors = letters(recipient=VICTOR)[0]
    assert opened(victors)["Subject"] == ("Invitation for Wed, 13 Jan 2027, 08:00 (New York time): Backup costs")
    assert of(calendar(victors), "DTSTART;") == ["DTSTART;TZID=Europe/Berlin:20270113T140000"]
