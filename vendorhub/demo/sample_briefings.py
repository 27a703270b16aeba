"""Answers what the letters about a joint briefing look like: a VAR brings several vendors."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _

from vendorhub.demo import cast, vendors
from vendorhub.demo.cast import Member
from vendorhub.demo.sample_briefs import sheet_for
from vendorhub.demo.sample_world import ASK, START, row
from vendorhub.domain.agenda_versions import Change
from vendorhub.domain.agendas import Entry, Presenter, Segment
from vendorhub.domain.briefings import HOUSE_RULES
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.agendas import TimedLine, timed
from vendorhub.outbox.minutes import Decided, Promised
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient
from vendorhub.outbox.signatures import Signature

Write = Callable[[LetterKind], bytes]
_BRIEFING = row(buyer_share=50, items_due=date(2027, 1, 20), house_rules=HOUSE_RULES)


def letters(plain: Callable[..., bytes]) -> Iterator[tuple[str, LetterKind, Any, Write]]:
    """Each letter's name, its kind, who gets it and when, and what writes it: `plain`, as the gallery's others are."""
    kind = LetterKind
    vendor, var, cio = _to(vendors.MAYA), _to(cast.VAR), _to(cast.CIO)
    by_vendor = Signature(vendors.KEELSAFE.name, vendors.MAYA.name)
    by_var, by_cio = Signature(cast.LINDHOLT.name, cast.VAR.name), Signature(cast.HAVELMARK.name, cast.CIO.name)

    def about(to: Recipient, signed: Signature, page: str = "briefing", **facts: Any) -> Write:
        return lambda it: plain(
            it,
            to,
            signed,
            asker=var,
            company=row(name=cast.LINDHOLT.name),
            link=getattr(office().links, page)(ASK.code),
            visits=False,
            **facts,
        )

    told = _("To each vendor’s people: the buyer has said yes, do they come?")
    asked = about(vendor, by_cio, briefing=_BRIEFING, vendor=vendors.KEELSAFE.name, others=["Papermill"], minutes=90)
    yield "briefing_asked", kind.BRIEFING_ASKED, told, asked
    for what in ("joined", "declined", "left", "turned_away"):
        note = "Our engineer is away that week." if what in ("declined", "left") else ""
        told = _("To who organises it: what became of a vendor’s part")
        answered = about(var, by_vendor, vendor=vendors.KEELSAFE.name, what=what, note=note, nobody=False)
        yield f"briefing_answered-{what}", kind.BRIEFING_ANSWERED, told, answered
    told = _("To who organises it and to the buyer: no vendor is left that comes")
    nobody = about(cio, by_vendor, vendor=vendors.KEELSAFE.name, what="declined", note="", nobody=True)
    yield "briefing_answered-nobody", kind.BRIEFING_ANSWERED, told, nobody
    told = _("To the buyer: who brought the vendors has taken the briefing back")
    yield "withdrawn-briefing", kind.WITHDRAWN, told, about(cio, by_var, goes_on=True)
    for alone in (True, False):
        told = _("To a vendor: it goes on without them") if alone else _("To a vendor: it does not take place")
        name = "briefing_off-without_you" if alone else "briefing_off"
        yield name, kind.BRIEFING_OFF, told, about(vendor, by_cio, without_you=alone)
    told = _("To the buyer’s side: the organiser would have more vendors in the room, another theme or other minutes")
    wish: dict[str, Any] = {"vendors": ["Papermill"], "theme": "Restoring, and what it costs", "minutes": 120}
    yield "line_up_wished", kind.LINE_UP_WISHED, told, about(cio, by_var, **wish)
    told = _("To who organises it: the buyer keeps it as it is")
    yield "line_up_kept", kind.LINE_UP_KEPT, told, about(var, by_cio, note="Three are enough for one afternoon.")
    about_items = {"briefing": _BRIEFING, "minutes": 90}
    by_buyer = Signature(cast.HAVELMARK.name)
    told = _("To a vendor of which nothing is in, three days before the day")
    yield "items_reminder", kind.ITEMS_REMINDER, told, about(vendor, by_buyer, **about_items)
    told = _("To every vendor: items are due by another day")
    yield "items_extended", kind.ITEMS_EXTENDED, told, about(vendor, by_var, **about_items)
    told = _("To who organises it: every vendor’s items are in")
    named = [vendors.KEELSAFE.name, "Papermill"]
    yield "all_in", kind.ALL_IN, told, about(var, by_buyer, vendors=named, **about_items)
    for start, name in ((None, "agenda_published"), (START, "agenda_published-timed")):
        told = _("To everybody who comes, each as they may see it: the agenda")
        yield (
            name,
            kind.AGENDA_PUBLISHED,
            told,
            about(vendor, by_var, "agenda", start=start, lines=_lines(start, vendor.zone)),
        )
    told = _("To those who see a difference: a later version of the agenda")
    changes = (
        Change("New: “%(title)s”, %(minutes)s minutes.", {"title": "Break", "minutes": 10}),
        Change(
            "“%(title)s” has %(minutes)s minutes instead of %(was)s.",
            {"title": "What a restore takes", "minutes": 25, "was": 20},
        ),
    )
    lines = _lines(START, vendor.zone)
    later = about(vendor, by_var, "agenda", start=START, lines=lines, changes=changes)
    yield "agenda_changed", kind.AGENDA_CHANGED, told, later
    told = _("To everybody who was invited: the decisions that they may read, and what they promised")
    decisions = (
        Decided("A restore is shown on our own data before the contract is renewed.", "What a restore takes"),
        Decided("The next session is about paper alone.", ""),
    )
    promises = (Promised("Measure a restore of the claims database", date(2027, 2, 12)),)
    minutes = {"page": "minutes"}
    yield "minutes", kind.MINUTES, told, about(vendor, by_cio, decisions=decisions, promises=promises, **minutes)
    yield "minutes-nothing", kind.MINUTES, told, about(vendor, by_cio, decisions=(), promises=(), **minutes)
    told = _("To a vendor: the buyer’s thanks")
    for quotable in (True, False):
        words = "You said plainly what you can’t do yet. That saved us a pilot."
        name = "thanks-quotable" if quotable else "thanks"
        yield name, kind.THANKS, told, about(vendor, by_cio, text=words, quotable=quotable, minutes=True, **minutes)

    told = _("To each who comes, a working day before: the one page, anew only when something that matters has changed")

    def brief(*, again: bool) -> Write:
        def written(it: LetterKind) -> bytes:  # when it is asked for, since it says where its page is
            sheet = sheet_for(vendor, again=again)
            return about(vendor, Signature(cast.HAVELMARK.name), "brief", sheet=sheet, again=again)(it)

        return written

    yield "brief", kind.BRIEF, told, brief(again=False)
    yield "brief-changed", kind.BRIEF, told, brief(again=True)


def _lines(start: datetime | None, zone: str) -> tuple[TimedLine, ...]:
    entries = (
        Entry(Segment.BUYER, "What we want from this", 10, (1,)),
        Entry(Segment.VENDOR, "What a restore takes", 25, (2,), (Presenter(vendors.TOM.name),)),
        Entry(Segment.BREAK, "Break", 10),
        Entry(Segment.VENDOR, "Reserved for Papermill and the buyer", 15, (3,), reserved=True),
        Entry(Segment.OVERLAP, "Paper and tape in one archive", 15, (2, 3)),
        Entry(Segment.BUYER, "What is new with us", 35, (1,)),
        Entry(Segment.ACTIONS, "Who does what, by when", 10),
    )
    return timed(entries, {1: cast.HAVELMARK.name, 2: vendors.KEELSAFE.name, 3: "Papermill"}, start, zone)


def _to(member: Member) -> Recipient:
    return Recipient(None, member.email, member.name, member.company.zone if member.company else "UTC")
