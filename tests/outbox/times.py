"""The letters of a time for all, as stories for the golden ones: Acme brings Newtape and Papermill to Northwind."""

from collections.abc import Callable
from datetime import date, timedelta

from tests.outbox import briefings
from tests.outbox.world import START, World, actor, answer, offer_row, slot_row
from vendorhub.domain.agendas import Entry, Segment
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.polls import Suits
from vendorhub.outbox import meeting_all, polls, visits
from vendorhub.outbox.agendas import revised
from vendorhub.store import Attendee, Meeting, MeetingRequest, Offer, Participation, Slot
from vendorhub.store.polls import Standing
from vendorhub.store.write import Work, write

PARTIES = {"acme": "Acme", "newtape": "Newtape", "papermill": "Papermill"}
YES, MAYBE, NO = Suits.YES, Suits.IF_NEED_BE, Suits.NO
Tell = Callable[[Work, MeetingRequest, Offer, Standing], None]


def _up(who: str, tell: Tell, *, said: bool) -> Callable[[World], None]:
    """Three times are up; everybody has answered, or Newtape and Papermill have not."""

    def deed(here: World) -> None:
        with write(actor(here, "cio")) as work:
            answer(work, here, "accept")
        with write(actor(here, who) if who else None) as work:
            _, request, parts = briefings.row(work, here)
            offer = offer_row(work, here, "buyer")
            slots = [slot_row(work, here, START + timedelta(days=n), offer=offer) for n in (0, 1, 2)]
            marks = ((YES, YES, NO), (YES, MAYBE, YES), (YES, YES, YES)) if said else ((YES,),) * 3
            slugs = ("acme", "newtape", "papermill")
            stands = Standing(
                slots=slots,
                parties=PARTIES,
                buyer=("northwind", "Northwind"),
                companies=dict(zip(slugs, (here.company, *(part.company_id for part in parts)), strict=True)),
                answers={
                    slot.code: dict(zip(slugs, said, strict=False)) for slot, said in zip(slots, marks, strict=True)
                },
            )
            tell(work, request, offer, stands)

    return deed


def _put_up(work: Work, request: MeetingRequest, offer: Offer, stands: Standing) -> None:
    polls.put_up(work, request, offer, stands.slots, stands)


def _slot(tell: Callable[[Work, MeetingRequest, Slot], None]) -> Tell:
    return lambda work, request, _, stands: tell(work, request, stands.slots[0])


def _meeting(
    who: str, tell: Callable[[Work, MeetingRequest, Meeting, list[Participation]], None]
) -> Callable[..., None]:
    """The meeting is agreed, and both vendors come."""

    def deed(here: World) -> None:
        with write(actor(here, who) if who else None) as work:
            _, request, parts = briefings.row(work, here)
            meeting = Meeting(
                uid="5f0c", start_at=START, end_at=START + timedelta(minutes=90), zone="Europe/Berlin", topic="Tape"
            )
            tell(work, request, meeting, parts)

    return deed


def _gone(work: Work, request: MeetingRequest, meeting: Meeting, parts: list[Participation]) -> None:
    news = Entry(Segment.BUYER, "What is new with us", 45, (request.buyer_id,))
    theirs = Entry(Segment.VENDOR, "Tape that pays", 30, (parts[0].company_id,))
    gap = revised(work, request.buyer_id, (news,), (theirs, news))
    said = "We merge with Tapeless."
    meeting_all.vendor_gone(work, request, meeting, parts[0], coming=parts[1:], note=said, revised=gap)


def _who_comes(what: str, stand_in: str = "") -> Callable[[Work, MeetingRequest, Meeting, list[Participation]], None]:
    def tell(work: Work, request: MeetingRequest, meeting: Meeting, parts: list[Participation]) -> None:
        nell = Attendee(email="nell@newtape.example", name="Nell", side="vendor", company_id=parts[0].company_id)
        visits.who_comes(work, request, meeting, nell, what, stand_in=stand_in)

    return tell


def _missing(work: Work, request: MeetingRequest, meeting: Meeting, parts: list[Participation]) -> None:
    meeting_all.agenda_missing(work, request, meeting, published_by=date(2027, 1, 8))


NINA, PAUL, VERA, CHRIS = (
    *("nina@newtape.example", "paul@papermill.example"),
    *("vera@acme.example", "chris@northwind.example"),
)
STORIES: dict[str, tuple[LetterKind, str, Callable[[World], None]]] = {
    "times_for_all": (LetterKind.TIMES_FOR_ALL, NINA, _up("cio", _put_up, said=False)),
    "times_for_all_again": (
        LetterKind.TIMES_FOR_ALL,
        NINA,
        _up("", lambda work, request, _, stands: polls.remind(work, request, stands), said=False),
    ),
    "times_answered": (
        LetterKind.TIMES_ANSWERED,
        CHRIS,
        _up("vera", lambda work, request, _, stands: polls.all_have_said(work, request, stands), said=True),
    ),
    "time_chosen": (LetterKind.TIME_CHOSEN, VERA, _up("cio", _slot(polls.chosen), said=True)),
    "time_lost": (LetterKind.TIME_LOST, CHRIS, _up("vera", _slot(polls.lost), said=True)),
    "vendor_gone": (LetterKind.VENDOR_GONE, PAUL, _meeting("vera", _gone)),
    "vendor_gone_buyer": (LetterKind.VENDOR_GONE, CHRIS, _meeting("vera", _gone)),
    "who_comes_not": (LetterKind.WHO_COMES, CHRIS, _meeting("vera", _who_comes("cannot_come"))),
    "who_comes_after_all": (LetterKind.WHO_COMES, CHRIS, _meeting("vera", _who_comes("come"))),
    "who_comes_instead": (LetterKind.WHO_COMES, NINA, _meeting("vera", _who_comes("instead", "Ned"))),
    "agenda_missing": (LetterKind.AGENDA_MISSING, CHRIS, _meeting("", _missing)),
}
BY_CLOCK = ("times_for_all_again", "vendor_gone", "vendor_gone_buyer", "agenda_missing")
SIGNED = {
    **dict.fromkeys(("times_for_all", "time_chosen"), "Chris CIO, Northwind"),
    **dict.fromkeys(
        ("time_lost", "who_comes_not", "who_comes_after_all", "who_comes_instead"),
        "Vera Vendor, Acme",
    ),
    **dict.fromkeys((*BY_CLOCK, "times_answered"), "VendorHub for Northwind"),
}
