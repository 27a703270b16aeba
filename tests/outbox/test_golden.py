"""Every letter as its reader gets it: who it comes from, its subject, its words."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.outbox import back_and_forth, briefings, elsewhere, promises, times, weeks_ahead
from tests.outbox.world import (
    EFFECTIVE,
    NOW,
    START,
    World,
    actor,
    agreed_meeting,
    answer,
    letters,
    offer_row,
    opened,
    slot_row,
    the_request,
)
from vendorhub.domain.briefs import Brief, Comer, Matter, Point
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.memory import LeftOff, Promised, Sentence, Talk
from vendorhub.outbox import accounts, arranging, briefs, confirmations, newcomers, notices, papers, piles
from vendorhub.outbox.confirmations import Confirmer
from vendorhub.outbox.invitations import call_off, invite
from vendorhub.outbox.queue import Outcome, claim, settle
from vendorhub.outbox.readers import recipient
from vendorhub.store import (
    AgendaEntry,
    Attendee,
    Letter,
    Meeting,
    MeetingRequest,
    Membership,
    Organisation,
    Person,
    Proposal,
    Slot,
    Sorting,
    UnverifiedAsk,
    Writing,
)
from vendorhub.store.confirming import agree
from vendorhub.store.consents import consent_of
from vendorhub.store.write import Work, write

BRIEF = Brief(
    uid="UID",
    topic="Tape, once more",
    joint=False,
    buyer="Northwind",
    buyer_zone="Europe/Berlin",
    company="Acme",
    start=START,
    end=START + timedelta(minutes=30),
    place="Room 4",
    outcome="Whether tape pays again.",
    goal="Backups that restore",
    left_off=(
        LeftOff(
            "northwind",
            "Northwind",
            Talk(date(2026, 10, 5), "meeting", "Disk", ("Chris CIO",), ("We look at tape.",)),
            (Promised("Send the list", "Chris CIO", date(2027, 1, 2), theirs=True),),
        ),
    ),
    changes=(Sentence("The place is another: it was %(was)s.", {"was": "Room 3"}),),
    people=(Comer("Chris CIO", "Northwind", "ACCEPTED", "Reads the numbers first"),),
    own_people=(Comer("Victor", "Acme", "NEEDS-ACTION", ""),),
    agenda=(Point(0, 15, "What tape would cost", ("Acme",)),),
    matter=Matter("", "", "", (), ()),
)
GOLDEN = Path(__file__).parent / "golden"
SECRETS = (
    (re.compile(r"/(d|in-your-name|visit|promise)/[\w-]{43}"), r"/\1/SECRET"),
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "UID"),
)


def _ask(here: World) -> None:
    with write(actor(here, "vera")) as work:
        notices.ask_received(work, the_request(work, here))


def _pile(here: World) -> None:
    with write(None) as work:
        request = the_request(work, here)
        sorting = Sorting(
            buyer_id=here.buyer, request_id=request.id, decider=here.cio, pile="for_you", by=here.assistant, at=NOW
        )
        sorting.line, sorting.suggested = "They restored our mail in 2024.", "yes"
        work.session.add(sorting)
        buyer, cio = work.session.get_one(Organisation, here.buyer), work.session.get_one(Person, here.cio)
        assert piles.tell(work, buyer, cio)


def _answer(kind: str, who: str = "cio", note: str = "", **facts: object) -> Callable[[World], None]:
    def deed(here: World) -> None:
        with write(actor(here, who)) as work:
            request = the_request(work, here)
            on_behalf = here.cio if who == "assistant" else None
            decision = answer(work, here, kind, effective_at=EFFECTIVE, on_behalf_of=on_behalf)
            request.note = note
            for name, value in facts.items():
                setattr(request, name, value)
            notices.answered(work, request, decision)

    return deed


def _withdrawn(here: World) -> None:
    with write(actor(here, "vera")) as work:
        notices.withdrawn(work, the_request(work, here))


def _lapsed(here: World) -> None:
    with write(None) as work:
        notices.lapsed(work, the_request(work, here))


def _stands(here: World) -> None:
    with write(actor(here, "vera")) as work:
        request = the_request(work, here)
        request.again_on = date(2027, 4, 1)
        notices.stands(work, request, request)


def _not_taken_up(here: World) -> None:
    with write(actor(here, "vera")) as work:
        notices.not_taken_up(work, the_request(work, here))


def _reopened(here: World) -> None:
    with write(actor(here, "assistant")) as work:
        reason = "They have hired the people who ran our last restore."
        notices.reopened(work, the_request(work, here), here.cio, reason, bound=True)


def _introduced(here: World) -> None:
    with write(actor(here, "vera")) as work:
        request = the_request(work, here)
        request.introduced_by = here.cio
        notices.introduced(work, request, "stands", again_on=date(2027, 4, 1))


def _shut_out(here: World) -> None:
    with write(actor(here, "cio")) as work:
        notices.shut_out(work, the_request(work, here))


def _in_writing(here: World) -> None:
    with write(actor(here, "cio")) as work:
        request = the_request(work, here)
        decision = answer(work, here, "in_writing", effective_at=EFFECTIVE)
        request.note, request.decided_by = "Thank you for asking.", here.cio
        work.session.add(_writing(here))
        work.session.flush()
        notices.answered(work, request, decision)


def _paper(tell: Callable[[Work, MeetingRequest, Writing], None], who: str | None) -> Callable[[World], None]:
    def deed(here: World) -> None:
        with write(actor(here, who) if who else None) as work:
            request, writing = the_request(work, here), _writing(here)
            request.decided_by = here.cio
            work.session.add(writing)
            work.session.flush()
            tell(work, request, writing)

    return deed


def _writing(here: World) -> Writing:
    return Writing(
        buyer_id=here.buyer,
        request_id=here.request,
        what="What a restore of one mailbox takes today.",
        due=date(2027, 1, 22),
        reader_id=here.cio,
        stage="asked",
    )


def _revoked(here: World) -> None:
    with write(actor(here, "assistant")) as work:
        request = the_request(work, here)
        request.decided_by = here.cio
        notices.revoked(work, request, note="We have to save this year.", called_off=True)


def _times(side: str, who: str) -> Callable[[World], None]:
    def deed(here: World) -> None:
        with write(actor(here, "cio")) as work:
            answer(work, here, "accept")
        with write(actor(here, who)) as work:
            offer = offer_row(work, here, side, note="Mornings are best.")
            slots = [slot_row(work, here, START + timedelta(days=n), offer=offer, side=side) for n in (0, 2)]
            tell = arranging.times_offered if side == "buyer" else arranging.times_suggested
            tell(work, the_request(work, here), offer, slots)

    return deed


def _times_taken_back(here: World) -> None:
    with write(actor(here, "cio")) as work:
        answer(work, here, "accept")
        arranging.times_taken_back(work, the_request(work, here), offer_row(work, here, "buyer"))


def _agreed(here: World) -> None:
    with write(actor(here, "cio")) as work:
        answer(work, here, "accept")
        request = the_request(work, here)
        request.place_how, request.place_detail = "video_vendor", ""
    with write(actor(here, "vera")) as work:
        consent, meeting, agreed, attendees = agreed_meeting(work, here)
        for position, (segment, company, title) in enumerate(
            (("vendor", here.company, "What tape would cost"), ("buyer", here.buyer, "What we pay today"))
        ):
            work.session.add(
                AgendaEntry(
                    buyer_id=here.buyer,
                    meeting_id=meeting.id,
                    code=f"ENTRY{position}",
                    segment=segment,
                    position=position,
                    title=title,
                    minutes=10,
                    companies=[company],
                )
            )
        invite(work, consent, the_request(work, here), meeting, agreed, attendees, first=True)


def _meeting(work: Work) -> Meeting:
    return work.session.query(Meeting).one()


def _wish(work: Work, here: World) -> tuple[Proposal, Slot]:
    slot = slot_row(work, here, START + timedelta(days=1), side="vendor")
    wish = Proposal(
        buyer_id=here.buyer,
        code="WISH",
        meeting_id=_meeting(work).id,
        slot_id=slot.id,
        by=here.vera,
        state="open",
        note="Victor is travelling.",
        created_at=work.now,
    )
    work.session.add(wish)
    work.session.flush()
    return wish, slot


def _move_wished(here: World) -> None:
    _agreed(here)
    with write(actor(here, "vera")) as work:
        arranging.move_wished(work, the_request(work, here), _meeting(work), *_wish(work, here))


def _move_refused(here: World) -> None:
    _agreed(here)
    with write(actor(here, "assistant")) as work:
        arranging.move_refused(work, the_request(work, here), _meeting(work), *_wish(work, here))


def _moved(here: World) -> None:
    _agreed(here)
    _all_left()
    with write(actor(here, "assistant")) as work:
        meeting, request = _meeting(work), the_request(work, here)
        consent = consent_of(work.session, request)
        slot = slot_row(work, here, START + timedelta(days=1))
        agreed = agree(work, consent, slot, agreed_by=here.cio)
        meeting.agreed_slot_id, meeting.start_at, meeting.end_at = agreed.id, slot.start_at, slot.end_at
        meeting.sequence = 1
        work.session.flush()
        attendees = work.session.query(Attendee).order_by(Attendee.id).all()
        invite(work, consent, request, meeting, agreed, attendees, first=False)


def _called_off(here: World) -> None:
    _agreed(here)
    _all_left()
    with write(actor(here, "vera")) as work:
        meeting = _meeting(work)
        meeting.state, meeting.sequence, meeting.note = "cancelled", 1, "We have nothing new to show yet; sorry."
        work.session.flush()
        attendees = work.session.query(Attendee).order_by(Attendee.id).all()
        call_off(work, the_request(work, here), meeting, attendees)


def _without_account(story: Callable[[World], None]) -> Callable[[World], None]:
    """Victor can't sign in."""

    def deed(here: World) -> None:
        with write(None) as work:
            work.session.delete(work.session.query(Membership).filter_by(person_id=here.victor).one())
        story(here)

    return deed


def _brief(here: World) -> None:
    _agreed(here)
    with write(None) as work:
        attendee = work.session.query(Attendee).filter_by(person_id=here.victor).one()
        buyer = work.session.get_one(Organisation, here.buyer)
        person = work.session.get_one(Person, here.victor)
        briefs.brief(work, buyer, recipient(person, buyer), attendee, BRIEF, again=True)


def _all_left() -> None:
    claimed = claim(worker="test", lease_seconds=60)
    assert settle(Outcome(letter) for letter in claimed) == len(claimed) > 0


def _hand_over(here: World) -> None:
    with write(None) as work:
        row = UnverifiedAsk(
            buyer_id=here.buyer, email="vera@acme.example", name="V", company="A", words="", link_hash="x"
        )
        row.created_at, row.expires_at = work.now, work.now + timedelta(days=3)
        work.session.add(row)
        newcomers.hand_over(work, row, "SECRET")


def _in_a_name(tell: Callable[[Work, MeetingRequest], None], who: str = "vera") -> Callable[[World], None]:
    """Vera asks in the name of a company that is not known here yet."""

    def deed(here: World) -> None:
        with write(actor(here, who) if who else None) as work:
            request = the_request(work, here)
            request.vendor_name, request.vendor_domain = "Newtape", "newtape.example"
            tell(work, request)

    return deed


def _name_asked(work: Work, request: MeetingRequest) -> None:
    confirmations.name_asked(work, request, [Confirmer("nina@newtape.example", "Nina")])


def _name_refused(*, before: bool) -> Callable[[Work, MeetingRequest], None]:
    return lambda work, request: confirmations.ended(work, request, by_the_vendor=True, before=before)


def _sign_in(here: World) -> None:
    with write(None) as work:
        person = work.session.get_one(Person, here.cio)
        accounts.sign_in(work, person, "https://hub.example/sign-in/SECRET", "123456", 15)


def _password(here: World) -> None:
    with write(None) as work:
        accounts.password(
            work, "Vera@acme.example", "Your password was changed", "It was changed.", "<p>It was changed.</p>"
        )


STORIES: dict[str, tuple[LetterKind, str, Callable[[World], None]]] = {
    "ask_received_decider": (LetterKind.ASK_RECEIVED, "chris@northwind.example", _ask),
    "ask_received_assistant": (LetterKind.ASK_RECEIVED, "alex@northwind.example", _ask),
    "pile": (LetterKind.PILE, "chris@northwind.example", _pile),
    "yes": (
        LetterKind.YES,
        "vera@acme.example",
        _answer("accept", note="Looking forward to it.", minutes_agreed=15, place_how="video_vendor"),
    ),
    "not_now": (LetterKind.NOT_NOW, "vera@acme.example", _answer("not_now", "assistant", again_on=date(2027, 4, 1))),
    "not_now_stands": (LetterKind.NOT_NOW, "vera@acme.example", _stands),
    "no": (LetterKind.NO, "vera@acme.example", _answer("no", note="We have just renewed elsewhere.\nAll the best.")),
    "never": (LetterKind.NO, "vera@acme.example", _answer("never")),
    "no_shut_out": (LetterKind.NO, "vera@acme.example", _shut_out),
    "in_writing": (LetterKind.IN_WRITING, "vera@acme.example", _in_writing),
    "paper_here": (LetterKind.PAPER_HERE, "alex@northwind.example", _paper(papers.here, "vera")),
    "paper_enough": (
        LetterKind.PAPER_ENOUGH,
        "vera@acme.example",
        _paper(lambda work, request, _: papers.enough(work, request, "Short and clear."), "cio"),
    ),
    "paper_missed": (LetterKind.PAPER_MISSED, "vera@acme.example", _paper(papers.missed, None)),
    "revoked": (LetterKind.REVOKED, "vera@acme.example", _revoked),
    "not_taken_up": (LetterKind.NOT_TAKEN_UP, "vera@acme.example", _not_taken_up),
    "reopened": (LetterKind.REOPENED, "chris@northwind.example", _reopened),
    "introduced": (LetterKind.INTRODUCED, "chris@northwind.example", _introduced),
    "withdrawn": (LetterKind.WITHDRAWN, "chris@northwind.example", _withdrawn),
    "lapsed": (LetterKind.LAPSED, "vera@acme.example", _lapsed),
    "times_offered": (LetterKind.TIMES_OFFERED, "vera@acme.example", _times("buyer", "assistant")),
    "times_suggested": (LetterKind.TIMES_SUGGESTED, "alex@northwind.example", _times("vendor", "vera")),
    "times_taken_back": (LetterKind.TIMES_TAKEN_BACK, "vera@acme.example", _times_taken_back),
    "invitation_decider": (LetterKind.INVITATION, "chris@northwind.example", _agreed),
    "invitation_vendor": (LetterKind.INVITATION, "victor@acme.example", _agreed),
    "brief": (LetterKind.BRIEF, "victor@acme.example", _without_account(_brief)),
    "invitation_visitor": (LetterKind.INVITATION, "victor@acme.example", _without_account(_agreed)),
    "update_visitor": (LetterKind.UPDATE, "victor@acme.example", _without_account(_moved)),
    "cancellation_visitor": (LetterKind.CANCELLATION, "victor@acme.example", _without_account(_called_off)),
    "update": (LetterKind.UPDATE, "vera@acme.example", _moved),
    "cancellation": (LetterKind.CANCELLATION, "chris@northwind.example", _called_off),
    "move_wished": (LetterKind.MOVE_WISHED, "chris@northwind.example", _move_wished),
    "move_refused": (LetterKind.MOVE_REFUSED, "vera@acme.example", _move_refused),
    "hand_over": (LetterKind.HAND_OVER, "vera@acme.example", _hand_over),
    "name_asked": (LetterKind.NAME_ASKED, "nina@newtape.example", _in_a_name(_name_asked)),
    "name_given": (LetterKind.NAME_GIVEN, "vera@acme.example", _in_a_name(confirmations.given)),
    "name_refused": (LetterKind.NAME_REFUSED, "vera@acme.example", _in_a_name(_name_refused(before=True))),
    "name_taken_back": (LetterKind.NAME_REFUSED, "vera@acme.example", _in_a_name(_name_refused(before=False))),
    "name_lapsed": (LetterKind.NAME_LAPSED, "vera@acme.example", _in_a_name(confirmations.not_given, who="")),
    "sign_in": (LetterKind.SIGN_IN, "chris@northwind.example", _sign_in),
    "password": (LetterKind.PASSWORD, "vera@acme.example", _password),
    **back_and_forth.STORIES,
    **elsewhere.STORIES,
    **briefings.STORIES,
    **times.STORIES,
    **promises.STORIES,
    **weeks_ahead.STORIES,
}


VERA, CHRIS, ALEX = "Vera Vendor, Acme", "Chris CIO, Northwind", "Alex Assistant for Chris CIO, Northwind"
NOBODY_PRESSED, OURS = "VendorHub for Northwind", "VendorHub"
# A letter that somebody pressed is theirs; what the clock or a standing answer does is the company's.
SIGNED = {
    "ask_received_decider": VERA,
    "ask_received_assistant": VERA,
    "pile": NOBODY_PRESSED,
    "yes": CHRIS,
    "not_now": ALEX,
    "not_now_stands": NOBODY_PRESSED,
    "no": CHRIS,
    "never": CHRIS,
    "no_shut_out": CHRIS,
    "in_writing": CHRIS,
    "paper_here": VERA,
    "paper_enough": CHRIS,
    "paper_missed": NOBODY_PRESSED,
    "revoked": ALEX,
    "not_taken_up": NOBODY_PRESSED,
    "reopened": ALEX,
    "introduced": NOBODY_PRESSED,
    "withdrawn": VERA,
    "lapsed": NOBODY_PRESSED,
    "times_offered": ALEX,
    "times_suggested": VERA,
    "times_taken_back": CHRIS,
    "invitation_decider": VERA,
    "invitation_vendor": VERA,
    "brief": NOBODY_PRESSED,
    "invitation_visitor": VERA,
    "update_visitor": ALEX,
    "cancellation_visitor": VERA,
    "update": ALEX,
    "cancellation": VERA,
    "move_wished": VERA,
    "move_refused": ALEX,
    "hand_over": NOBODY_PRESSED,
    "name_asked": VERA,
    "name_given": "Vera Vendor, Newtape",
    "name_refused": "Vera Vendor, Newtape",
    "name_taken_back": "Vera Vendor, Newtape",
    "name_lapsed": OURS,
    "sign_in": OURS,
    "password": OURS,
    **back_and_forth.SIGNED,
    **elsewhere.SIGNED,
    **briefings.SIGNED,
    **times.SIGNED,
    **promises.SIGNED,
    **weeks_ahead.SIGNED,
}


def test_every_kind_has_a_golden_letter() -> None:
    assert {kind for kind, _, _ in STORIES.values()} == set(LetterKind)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", STORIES)
def test_letter(here: World, name: str) -> None:
    kind, recipient, story = STORIES[name]
    story(here)
    (letter,) = letters(kind=kind, recipient=recipient)
    assert told(letter) == (GOLDEN / f"{name}.txt").read_text()
    assert signed(letter) == SIGNED[name]
    plain, html = body(letter, "plain"), body(letter, "html")
    assert read_aloud(html) == spoken(plain)
    assert max(len(line) for line in plain.splitlines() if " " in line) <= 72
    assert len(html.encode()) < 4096 - 512
    assert len(opened(letter).as_bytes()) < 16 * 1024


def body(letter: Letter, kind: str) -> str:
    """The plain text or the HTML of a letter."""
    part = opened(letter).get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def signed(letter: Letter) -> str:
    """The line under a letter: before what is said of its address, which no letter with a calendar part says."""
    lines = body(letter, "plain").rstrip().split("\n\n")
    return lines[-1] if letter.method else lines[-2]


class Spoken(HTMLParser):
    """Collects the words of a letter's HTML in the order in which they are read; link addresses are words, too."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.head = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.head = self.head and tag != "body"

    def handle_data(self, data: str) -> None:
        self.words += [] if self.head else data.split()


def read_aloud(html: str) -> list[str]:
    said = Spoken()
    said.feed(html)
    return [word for word in said.words if word != "·"]


def spoken(plain: str) -> list[str]:
    """The same of the plain text, without the marks for quotations, items and links."""
    bare = re.sub(r"^([>-] |  )", "", plain, flags=re.MULTILINE)
    return [word for word in re.sub(r":(?=\n\S+$)", "", bare, flags=re.MULTILINE).split() if word != "·"]


def told(letter: Letter) -> str:
    """Headers and plain text, with what is random named."""
    message = opened(letter)
    head = "".join(f"{name}: {message[name]}\n" for name in ("From", "To", "Subject", "Date"))
    said = f"{head}\n{body(letter, 'plain')}"
    for pattern, name in SECRETS:
        said = pattern.sub(name, said)
    return re.sub(r"meet-\w+@", "meet-TOKEN@", said)
