"""The agenda that is being built: what stands in it, what waits beside it, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, and_, bindparam, or_, select

from vendorhub import clock
from vendorhub.domain import overlaps
from vendorhub.domain.agenda_rules import Frame, Problem, Vendor, problems
from vendorhub.domain.agenda_versions import Change, difference, unpacked
from vendorhub.domain.agendas import (
    Entry,
    Presenter,
    Say,
    Segment,
    Visibility,
    in_english,
    minutes_by_vendor,
    share_of_buyer,
)
from vendorhub.domain.briefings import NAMED, Part, require_going_on
from vendorhub.domain.deeds import Deed
from vendorhub.domain.items import ItemState
from vendorhub.domain.overlaps import Kind
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotAllowed, SomebodyWasFaster
from vendorhub.domain.rights import require
from vendorhub.queries import agendas, briefings, occasions
from vendorhub.queries.agenda_circles import Circle, Company, Pair, circle_of
from vendorhub.queries.agendas import AgendaView, Line, lines_of, party_of, versions
from vendorhub.queries.occasions import Occasion, SingleView
from vendorhub.queries.scope import decider
from vendorhub.store import AgendaEntry, Item, Overlap, db
from vendorhub.store import Presenter as PresenterRow

# What an agenda is laid out from, and no more: instants are slow to read. Put together once, as slow as it is.
_ENTRIES = {
    single: select(
        *(AgendaEntry.code, AgendaEntry.segment, AgendaEntry.title, AgendaEntry.minutes, AgendaEntry.item_id),
        *(AgendaEntry.companies, AgendaEntry.presenters, Overlap.code.label("overlap")),
    )
    .outerjoin(Overlap, and_(Overlap.buyer_id == AgendaEntry.buyer_id, Overlap.id == AgendaEntry.overlap_id))
    .where(AgendaEntry.buyer_id == bindparam("buyer"), whose == bindparam("whose"))
    .order_by(AgendaEntry.position)
    for single, whose in ((False, AgendaEntry.request_id), (True, AgendaEntry.meeting_id))
}
_ITEMS = (
    select(
        *(Item.id, Item.code, Item.company_id, Item.asks_id, Item.segment, Item.title, Item.minutes, Item.visibility),
        *(Item.topics, Item.abstract, Item.state, PresenterRow.name, PresenterRow.email, PresenterRow.role),
    )
    .outerjoin(PresenterRow, and_(PresenterRow.buyer_id == Item.buyer_id, PresenterRow.item_id == Item.id))
    .where(
        Item.buyer_id == bindparam("buyer"),
        Item.request_id == bindparam("whose"),
        Item.state.in_((ItemState.SENT, ItemState.WITHDRAWN)),
    )
    .order_by(Item.id, PresenterRow.position)
)
_PLACED = select(AgendaEntry.item_id).where(
    AgendaEntry.buyer_id == bindparam("buyer"), AgendaEntry.request_id == bindparam("whose")
)
_SEALED = _ITEMS.where(or_(Item.company_id == bindparam("company"), Item.id.in_(_PLACED)))


@dataclass(frozen=True)
class VendorView:
    """A vendor of the line-up beside the timeline: whether it has joined and sent something, and its minutes."""

    company: Company
    joined: bool
    sent: bool
    minutes: int


@dataclass(frozen=True)
class Bench:
    """All there is to build from: `rows` in running order and the `entries` they are, every item that the actor may
    read by its id, and by theirs the pairs of vendors who have something to talk over, as the talk that it becomes."""

    circle: Circle
    rows: Sequence[Row[*tuple[Any, ...]]]
    entries: tuple[Entry, ...]
    items: Mapping[int, Entry]
    talks: Mapping[int, Entry]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Workbench:
    """The working agenda for those who build it.

    `placed` are the codes of the entries, in the order of `agenda.lines`; `waiting` what has no place yet: items, and
    vendors who fit together or compete, as somebody has marked them; `share` the buyer's in per cent, None while
    nothing is shared out; `changes` what publishing would change.
    """

    bench: Bench
    agenda: AgendaView
    placed: tuple[str, ...]
    waiting: tuple[Line, ...]
    vendors: tuple[VendorView, ...]
    share: int | None
    changes: tuple[Change, ...]

    @property
    def briefing(self) -> Occasion:
        """The briefing or the single meeting it is for."""
        return self.agenda.briefing

    @property
    def left(self) -> int:
        """The minutes that nobody has yet; below 0 where there are too many."""
        return self.briefing.minutes - self.agenda.minutes


def see(actor: Actor, code: str) -> Workbench:
    """The working agenda. Raises NotThere, and NotAllowed for those who see what it is for and don't build it."""
    return of(actor, occasions.see(actor, code))


def of(actor: Actor, briefing: Occasion) -> Workbench:
    """The same of a briefing that is at hand."""
    if not may_build(briefing):
        raise NotAllowed("Those who organise the briefing build its agenda.")
    return _bench(actor, briefing)


def _bench(actor: Actor, briefing: Occasion) -> Workbench:
    bench = lay_out(actor, briefing)
    last = briefing.agenda_version
    rows = versions(bench.circle, last) if last else {}
    before = unpacked(rows[last].body["entries"]) if last else ()
    placed = {each.ref for each in bench.entries}
    minutes = minutes_by_vendor(bench.entries, bench.circle.companies)
    vendors = {part.slug: part for part in briefing.vendors}
    changes = difference(before, bench.entries, party_of(actor, briefing)) if last else ()
    return Workbench(
        bench=bench,
        agenda=AgendaView(
            briefing,
            last,
            last,
            bool(last) and not changes,
            lines_of(bench.entries, bench.circle),
            problems=bench.problems,
            revision=bench.circle.revision,
        ),
        placed=tuple(row.code for row in bench.rows),
        waiting=lines_of(
            [
                each
                for each in (*bench.items.values(), *_untalked(bench))
                if each.ref not in placed and not each.withdrawn
            ],
            bench.circle,
        ),
        vendors=tuple(
            VendorView(each, each.state == Part.JOINED, bool(vendors[each.slug].has_sent), minutes[each.id])
            for each in bench.circle.companies.values()
            if each.state in NAMED
        ),
        share=share_of_buyer(bench.entries),
        changes=changes,
    )


def told(actor: Actor, code: str, *, say: Say = in_english) -> AgendaView:
    """The agenda as programs read it: being built, for those who build it; as it was published, for all others. That
    of a single meeting is everybody's from the start, who can see the meeting."""
    briefing = occasions.see(actor, code)
    if isinstance(briefing, SingleView):
        return _bench(actor, briefing).agenda
    return of(actor, briefing).agenda if may_build(briefing) else agendas.of(actor, briefing, say=say)


def judge(actor: Actor, code: str, deed: Deed) -> None:
    """Whether the actor could do this deed on the agenda now, whatever is sent with it. Raises what it would."""
    _, request, stands = briefings.find(actor, code)
    require(actor, deed, stands, decider=decider(request))
    if not actor.door.has_seen(lambda: told(actor, code).version):
        raise SomebodyWasFaster("This has changed since you opened it; please look again, then decide.")
    require_going_on(briefings.see(actor, code).state)


def may_build(briefing: Occasion) -> bool:
    """Whether the reader of this view builds the agenda."""
    return not briefing.may.isdisjoint((Deed.BUILD, Deed.SET_AGENDA))


def lay_out(actor: Actor, briefing: Occasion) -> Bench:
    """What an agenda is built from, as this actor may read it."""
    circle = circle_of(briefing)
    rows = db.session.execute(_ENTRIES[circle.single], circle.whose).all()
    placed = {row.item_id for row in rows}
    come = {each.id for each in circle.companies.values() if each.state in ("", Part.ASKED, Part.JOINED)}
    items = {
        number: item
        for number, item in _items(actor, briefing, circle).items()
        if number in placed or item.companies[0] in come
    }
    entries = tuple(_entry(row, items) for row in rows)
    talks = {each.id: _talk(each, circle) for each in circle.pairs if briefing.items_open}
    frame = Frame(
        minutes=briefing.minutes,
        buyer_share=briefing.buyer_share,
        vendors=_vendors(briefing, circle),
        synergies=[each.companies for each in circle.pairs if each.kind is Kind.SYNERGY],
        late=clock.now() >= briefing.deadline,
    )
    return Bench(circle, rows, entries, items, talks, problems(entries, frame))


def _entry(row: Row[*tuple[Any, ...]], items: Mapping[int, Entry]) -> Entry:
    """An entry as it stands: what is the item's is read from there, so that what was rewritten is read anew."""
    item = items.get(row.item_id) if row.item_id else None
    if item is not None:
        return item if item.minutes == row.minutes else replace(item, minutes=row.minutes)
    return Entry(
        Segment(row.segment),
        row.title,
        row.minutes,
        companies=tuple(row.companies),
        presenters=tuple(Presenter(*each) for each in row.presenters),
        ref=row.overlap or row.code,
    )


def _untalked(bench: Bench) -> list[Entry]:
    """The talks of those who have no other time together, with further vendors perhaps."""
    together = [set(each.companies) for each in bench.entries if each.segment is Segment.OVERLAP]
    return [talk for talk in bench.talks.values() if not any(set(talk.companies) <= each for each in together)]


def _talk(pair: Pair, circle: Circle) -> Entry:
    one, other = (circle.companies[each].name for each in pair.companies)
    title = overlaps.topic_of(pair.kind, one, other)
    return Entry(Segment.OVERLAP, title, overlaps.MINUTES, companies=pair.companies, ref=pair.code)


def _items(actor: Actor, briefing: Occasion, circle: Circle) -> dict[int, Entry]:
    """What was sent and the actor may read, by id: all of it once the items are open; while they are sealed
    (again) their own side's, and what has been given its place before. Nothing is sent for a single meeting."""
    if circle.single:
        return {}
    query = _ITEMS if briefing.items_open else _SEALED
    asked = {**circle.whose, "company": actor.organisation}
    found: dict[int, Row[*tuple[Any, ...]]] = {}
    presenters: dict[int, list[Presenter]] = {}
    for row in db.session.execute(query, asked):
        found.setdefault(row.id, row)
        if row.email is not None:
            presenters.setdefault(row.id, []).append(Presenter(row.name, row.email, row.role))
    order = {number: at for at, number in enumerate(circle.companies)}
    ranked = sorted(found.values(), key=lambda item: (order[item.company_id], item.id))
    return {
        item.id: Entry(
            Segment(item.segment),
            item.title,
            item.minutes,
            companies=(item.company_id, *((item.asks_id,) if item.asks_id else ())),
            presenters=tuple(presenters.get(item.id, ())),
            ref=item.code,
            visibility=Visibility(item.visibility),
            topics=tuple(item.topics),
            abstract=item.abstract,
            withdrawn=item.state == ItemState.WITHDRAWN,
        )
        for item in ranked
    }


def _vendors(briefing: Occasion, circle: Circle) -> dict[int, Vendor]:
    """Every vendor that is or was named: who has left or was left out has not joined."""
    parts = {part.slug: part for part in briefing.vendors}
    return {
        each.id: Vendor(each.name, each.state == Part.JOINED, bool(parts[each.slug].has_sent))
        for each in circle.companies.values()
        if each.id != circle.buyer_id
    }
