"""The letters of a joint briefing, as stories for the golden ones: Acme organises it, with Newtape and Papermill."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from tests.outbox.world import World, actor, the_request
from vendorhub.domain.agendas import Entry, Presenter, Segment, Visibility
from vendorhub.domain.briefings import HOUSE_RULES, line_up
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox import agendas as agenda_letters
from vendorhub.outbox import briefings as letters
from vendorhub.outbox import items as item_letters
from vendorhub.outbox import minutes as minute_letters
from vendorhub.outbox import notices
from vendorhub.store import (
    Action,
    Attendee,
    Briefing,
    Item,
    Join,
    MeetingRequest,
    Membership,
    MinuteLine,
    Organisation,
    Participation,
    Person,
    Thanks,
)
from vendorhub.store.write import Work, write


def row(work: Work, here: World) -> tuple[Briefing, MeetingRequest, list[Participation]]:
    """The ask made a briefing, whose vendors are Newtape (Nina) and Papermill (Paul)."""
    request = the_request(work, here)
    request.kind, request.minutes, request.topic = "briefing", 90, "Tape and paper, together"
    companies = [
        Organisation(kind="vendor", slug=name.lower(), name=name, zone="Europe/London", created_at=work.now)
        for name in ("Newtape", "Papermill")
    ]
    people = [
        Person(email=f"{name.lower()}@{home}.example", name=name, fs_uniquifier=name, created_at=work.now)
        for name, home in (("Nina", "newtape"), ("Paul", "papermill"))
    ]
    work.session.add_all([*companies, *people])
    work.session.flush()
    briefing = Briefing(
        buyer_id=here.buyer,
        request_id=request.id,
        items_due=date(2027, 1, 20),
        line_up=line_up([company.id for company in companies]),
        house_rules=HOUSE_RULES,
        buyer_share=50,
        changed_at=work.now,
    )
    work.session.add(briefing)
    work.session.flush()
    parts = []
    for position, (company, person) in enumerate(zip(companies, people, strict=True), start=1):
        work.session.add(Membership(person_id=person.id, organisation_id=company.id, role="member"))
        parts.append(
            Participation(
                buyer_id=here.buyer,
                request_id=request.id,
                company_id=company.id,
                position=position,
                state="asked",
                asked_at=work.now,
            )
        )
    work.session.add_all(parts)
    work.session.flush()
    return briefing, request, parts


def told(who: str, tell: Callable[[Work, Briefing, MeetingRequest, list[Participation]], None]) -> Callable[..., None]:
    """A story in which `who` presses (nobody: the clock), and `tell` writes."""

    def deed(here: World) -> None:
        with write(actor(here, who) if who else None) as work:
            tell(work, *row(work, here))

    return deed


def _answered(what: str, note: str = "") -> Callable[[Work, Briefing, MeetingRequest, list[Participation]], None]:
    def tell(work: Work, _: Briefing, request: MeetingRequest, parts: list[Participation]) -> None:
        parts[0].note = note
        letters.answered(work, request, parts[0], what)

    return tell


def _nobody(work: Work, _: Briefing, request: MeetingRequest, parts: list[Participation]) -> None:
    for part in parts:
        part.state = "declined"
    letters.answered(work, request, parts[0], "declined")


def _off(*, without_you: bool) -> Callable[[Work, Briefing, MeetingRequest, list[Participation]], None]:
    return lambda work, _, request, parts: letters.off(work, request, parts[0], without_you=without_you)


def _agenda(number: int) -> Callable[[Work, Briefing, MeetingRequest, list[Participation]], None]:
    """The first version, or the second, in which Newtape has ten minutes less."""

    def tell(work: Work, _: Briefing, request: MeetingRequest, parts: list[Participation]) -> None:
        nina, paul = work.session.scalars(select(Person).where(Person.name.in_(("Nina", "Paul"))).order_by(Person.name))
        for part, person in zip(parts, (nina, paul), strict=True):
            row = Join(buyer_id=request.buyer_id, request_id=request.id, company_id=part.company_id, line_up="x" * 64)
            row.by, row.door, row.made_at = person.id, "page", work.now
            work.session.add(row)
            work.session.flush()
            part.state, part.joined_by, part.join_id = "joined", person.id, row.id
        one, other = (part.company_id for part in parts)
        was = (
            Entry(Segment.BUYER, "What is new with us", 45, (request.buyer_id,)),
            Entry(
                Segment.VENDOR, "Tape that pays", 30, (one,), (Presenter("Nell", "nell@newtape.example", "Engineer"),)
            ),
            Entry(Segment.VENDOR, "What paper costs", 20, (other,), visibility=Visibility.BUYER),
            Entry(Segment.OVERLAP, "One archive", 10, (one, other)),
        )
        now = (was[0], replace(was[1], minutes=20), *was[2:])
        version = (was, None) if number == 1 else (now, was)
        agenda_letters.published(work, request, agenda_letters.revised(work, request.buyer_id, *version))

    return tell


def _all_in(work: Work, it: Briefing, request: MeetingRequest, parts: list[Participation]) -> None:
    for number, part in enumerate(parts):
        item = Item(buyer_id=request.buyer_id, code=f"ITEM{number}", request_id=request.id, company_id=part.company_id)
        item.segment, item.title, item.abstract, item.minutes = "vendor", "Tape", "", 20
        item.visibility, item.state, item.by = "room", "sent", request.asked_by or 0
        item.created_at = item.changed_at = work.now
        work.session.add(item)
    work.session.flush()
    item_letters.all_in(work, it, request)


def _minutes(work: Work, _: Briefing, request: MeetingRequest, parts: list[Participation]) -> None:
    """Newtape reads what was decided about its own item and about the whole, and nothing of Papermill's."""
    one, other = (part.company_id for part in parts)
    nina = work.session.scalars(select(Person).where(Person.name == "Nina")).one()
    entries = (
        Entry(Segment.VENDOR, "Tape that pays", 30, (one,), ref="TAPE"),
        Entry(Segment.VENDOR, "What paper costs", 20, (other,), ref="PAPER", visibility=Visibility.BUYER),
    )
    lines = [
        MinuteLine(entry=entry, kind="decision", text=text)
        for entry, text in (("TAPE", "Tape stays."), ("PAPER", "Paper goes."), ("", "We meet again."))
    ]
    promises = [
        Action(text=text, owner_email=email, due=date(2027, 2, 12))
        for text, email in (("Send the figures", nina.email), ("Pay the bill", CHRIS))
    ]
    attending = [Attendee(person_id=nina.id, company_id=one, email=nina.email)]
    minute_letters.confirmed(work, request, entries, lines=lines, promises=promises, attending=attending)


def _thanks(work: Work, _: Briefing, request: MeetingRequest, parts: list[Participation]) -> None:
    minute_letters.thanked(work, request, parts[0], Thanks(text="You said plainly what you can’t do.", quotable=True))


NINA, VERA, CHRIS = "nina@newtape.example", "vera@acme.example", "chris@northwind.example"
STORIES: dict[str, tuple[LetterKind, str, Callable[[World], None]]] = {
    "briefing_asked": (
        LetterKind.BRIEFING_ASKED,
        NINA,
        told("cio", lambda work, it, request, parts: letters.asked(work, it, request, parts[0], parts, answer=None)),
    ),
    "briefing_joined": (LetterKind.BRIEFING_ANSWERED, VERA, told("cio", _answered("joined"))),
    "briefing_declined": (LetterKind.BRIEFING_ANSWERED, VERA, told("cio", _answered("declined", "We are too few."))),
    "briefing_nobody": (LetterKind.BRIEFING_ANSWERED, CHRIS, told("cio", _nobody)),
    "briefing_withdrawn": (
        LetterKind.WITHDRAWN,
        CHRIS,
        told("vera", lambda work, _, request, __: notices.withdrawn(work, request)),
    ),
    "briefing_left": (LetterKind.BRIEFING_ANSWERED, VERA, told("cio", _answered("left"))),
    "briefing_turned_away": (LetterKind.BRIEFING_ANSWERED, VERA, told("cio", _answered("turned_away"))),
    "briefing_off": (LetterKind.BRIEFING_OFF, NINA, told("cio", _off(without_you=False))),
    "briefing_without_you": (LetterKind.BRIEFING_OFF, NINA, told("vera", _off(without_you=True))),
    "line_up_wished": (
        LetterKind.LINE_UP_WISHED,
        CHRIS,
        told(
            "vera",
            lambda work, _, request, parts: letters.line_up_wished(
                work, request, ["Thirdwave"], theme="Tape alone", minutes=60
            ),
        ),
    ),
    "line_up_kept": (
        LetterKind.LINE_UP_KEPT,
        VERA,
        told("cio", lambda work, _, request, parts: letters.line_up_kept(work, request, "Two are enough.")),
    ),
    "agenda_published": (LetterKind.AGENDA_PUBLISHED, NINA, told("vera", _agenda(1))),
    "agenda_published_no_account": (LetterKind.AGENDA_PUBLISHED, "nell@newtape.example", told("vera", _agenda(1))),
    "agenda_changed": (LetterKind.AGENDA_CHANGED, NINA, told("vera", _agenda(2))),
    "minutes": (LetterKind.MINUTES, NINA, told("cio", _minutes)),
    "thanks": (LetterKind.THANKS, NINA, told("cio", _thanks)),
    "items_reminder": (
        LetterKind.ITEMS_REMINDER,
        NINA,
        told("", lambda work, it, request, parts: item_letters.reminder(work, it, request, parts[0])),
    ),
    "items_extended": (
        LetterKind.ITEMS_EXTENDED,
        NINA,
        told("vera", lambda work, it, request, parts: item_letters.extended(work, it, request, parts[0])),
    ),
    "all_in": (
        LetterKind.ALL_IN,
        VERA,
        told("", _all_in),
    ),
}
SIGNED = dict.fromkeys(STORIES, "Chris CIO, Northwind") | dict.fromkeys(
    (
        "briefing_withdrawn",
        "briefing_without_you",
        "line_up_wished",
        "items_extended",
        "agenda_published",
        "agenda_published_no_account",
        "agenda_changed",
    ),
    "Vera Vendor, Acme",
)
SIGNED |= dict.fromkeys(("items_reminder", "all_in"), "VendorHub for Northwind")
