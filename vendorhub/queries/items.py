"""Which items of a briefing are there for whom: sealed until all are in or the day is over, and published (law 10)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import aliased

from vendorhub.domain.agenda_versions import Party, Room, as_seen_by, unpacked
from vendorhub.domain.agendas import Entry, Presenter, Segment, Visibility
from vendorhub.domain.briefings import Part
from vendorhub.domain.codes import meant
from vendorhub.domain.item_words import ItemWords, from_body
from vendorhub.domain.items import ItemState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.queries import briefings
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.store import AgendaVersion, Goal, Item, MeetingRequest, Organisation, Person, db
from vendorhub.store import Presenter as PresenterRow

_WHOSE, _ASKED = aliased(Organisation, name="whose"), aliased(Organisation, name="asked_vendor")
_EVER = (
    select(Item, _WHOSE.slug, _WHOSE.name, _ASKED.slug, _ASKED.name, Person.name)
    .join(MeetingRequest, and_(MeetingRequest.buyer_id == Item.buyer_id, MeetingRequest.id == Item.request_id))
    .join(_WHOSE, _WHOSE.id == Item.company_id)
    .outerjoin(_ASKED, _ASKED.id == Item.asks_id)
    .join(Person, Person.id == Item.by)
    .order_by(Item.id)
)
_ITEMS = _EVER.where(Item.state != ItemState.WITHDRAWN)

_COMING = (Part.ASKED, Part.JOINED, "named")  # to its rivals a vendor is named, and nothing else


@dataclass(frozen=True)
class ItemView:
    """One item as the actor sees it; `vendor` is the slug of whose it is, None for the buyer's.

    Its own people also see a draft, and what is typed and not sent (`kept`), by whom and when.
    """

    code: str
    title: str
    abstract: str
    minutes: int
    segment: Segment
    topics: tuple[str, ...]
    presenters: tuple[Presenter, ...]
    visibility: Visibility
    state: ItemState
    vendor: str | None
    whose: str
    asks: str | None = None  # the vendor to whom a question goes
    asks_name: str = ""
    own: bool = False
    kept: ItemWords | None = None
    by: str = ""
    changed_at: datetime | None = None

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        return hashlib.sha256(repr(vars(self)).encode("ascii", "backslashreplace")).hexdigest()[:32]


@dataclass(frozen=True)
class ItemsView:
    """The items of a briefing that are there for the actor, in the order of the line-up, the buyer's last."""

    briefing: BriefingView
    items: tuple[ItemView, ...]
    open: bool = field(compare=False)  # whether the others' are among them

    @property
    def own(self) -> tuple[ItemView, ...]:
        """Those of the actor's company."""
        return tuple(item for item in self.items if item.own)

    @property
    def others(self) -> tuple[ItemView, ...]:
        """Those of all others that the actor may read."""
        return tuple(item for item in self.items if not item.own)

    @property
    def somebody_owes(self) -> bool:
        """Whether nothing is in of a vendor that comes, or may come, as far as the actor may know."""
        return any(part.state in (Part.ASKED, Part.JOINED) and part.has_sent is False for part in self.briefing.vendors)

    @property
    def minutes_sent(self) -> int:
        """How long all that is sent takes together."""
        return sum(item.minutes for item in self.items if item.state is ItemState.SENT)

    @property
    def by_company(self) -> list[tuple[str, list[ItemView]]]:
        """The others' under the name of whose they are, in the same order."""
        return [(name, list(items)) for name, items in groupby(self.others, key=lambda item: item.whose)]

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        told = repr((self.briefing.code, [item.version for item in self.items]))
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def listing(actor: Actor, code: str) -> ItemsView:
    """The items of a briefing. Raises NotThere if the briefing isn't the actor's to see.

    A vendor sees its own; once the agenda is published, also those of others that are in it for everybody, as they
    were published. Who organises it and the buyer's people see the others' when all are in or their day is over.
    """
    return of(actor, briefings.see(actor, code))


def of(actor: Actor, briefing: BriefingView) -> ItemsView:
    """The same of a briefing that is at hand."""
    arranges = actor.side is not Side.VENDOR
    unsealed = arranges and briefing.items_open
    mine = Item.company_id == actor.organisation
    rows = db.session.execute(
        _ITEMS.where(
            MeetingRequest.code == briefing.code, or_(mine, Item.state == ItemState.SENT) if unsealed else mine
        )
    ).all()
    people = _presenters(row[0].id for row in rows)
    found = [_view(actor, row, people.get(row[0].id, ())) for row in rows]
    if not unsealed and briefing.agenda_version and (arranges or _has_joined(briefing)):
        found += _published(actor, briefing)
    # who does not come any more brings nothing
    place = {part.slug: at for at, part in enumerate(briefing.vendors) if part.state in _COMING}
    found = [item for item in found if item.own or item.vendor is None or item.vendor in place]
    found.sort(key=lambda item: place.get(item.vendor or "", len(place)))
    return ItemsView(briefing, tuple(found), open=unsealed or any(not item.own for item in found))


def see(actor: Actor, code: str, item: str) -> ItemView:
    """One item. Raises NotThere if there is none, or none for this actor: the two are the same."""
    return one_of(listing(actor, code), item)


def taken_back(actor: Actor, code: str, item: str) -> ItemView:
    """An item of the actor's company that has been taken back, as it was then. Raises NotThere."""
    row = db.session.execute(
        _EVER.where(
            MeetingRequest.code == meant(code),
            Item.code == meant(item),
            Item.company_id == actor.organisation,
            Item.state == ItemState.WITHDRAWN,
        )
    ).first()
    if row is None:
        raise NotThere
    return _view(actor, row, _presenters([row[0].id]).get(row[0].id, ()))


def one_of(listed: ItemsView, item: str) -> ItemView:
    """The item of this code among those that are there. Raises NotThere."""
    wanted = meant(item)
    found = next((each for each in listed.items if each.code == wanted), None)
    if found is None:
        raise NotThere
    return found


def vocabulary(actor: Actor, briefing: BriefingView) -> tuple[str, ...]:
    """Words for topics, the buyer's goals first, then what the actor's own company has called its topics there."""
    goals = db.session.scalars(
        select(Goal.name)
        .join(Organisation, Organisation.id == Goal.buyer_id)
        .where(Organisation.slug == briefing.buyer, Goal.position > 0)
        .order_by(Goal.position)
    ).all()
    used = db.session.scalars(
        select(Item.topics)
        .join(Organisation, Organisation.id == Item.buyer_id)
        .where(
            Organisation.slug == briefing.buyer,
            Item.company_id == actor.organisation,
            Item.state == ItemState.SENT,
        )
        .order_by(Item.id.desc())
        .limit(40)
    ).all()
    words = {word.casefold(): word for word in (*goals, *(word for topics in used for word in topics))}
    return tuple(words.values())[:24]


def _has_joined(briefing: BriefingView) -> bool:
    return briefing.own is not None and briefing.own.state == Part.JOINED


def _presenters(items: Iterable[int]) -> Mapping[int, Sequence[Presenter]]:
    rows = db.session.scalars(
        select(PresenterRow).where(PresenterRow.item_id.in_(list(items))).order_by(PresenterRow.position)
    )
    found: dict[int, list[Presenter]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(Presenter(row.name, row.email, row.role))
    return found


def _view(actor: Actor, row: Row[*tuple[Any, ...]], presenters: Sequence[Presenter]) -> ItemView:
    item, slug, name, asks, asks_name, by = row
    own = item.company_id == actor.organisation
    view = ItemView(
        code=item.code,
        title=item.title,
        abstract=item.abstract,
        minutes=item.minutes,
        segment=Segment(item.segment),
        topics=tuple(item.topics),
        presenters=tuple(presenters),
        visibility=Visibility(item.visibility),
        state=ItemState(item.state),
        vendor=slug if item.segment == Segment.VENDOR else None,
        whose=name,
        asks=asks,
        asks_name=asks_name or "",
        own=own,
    )
    if not own:
        return view
    return replace(view, kept=from_body(item.typed) if item.typed else None, by=by, changed_at=item.changed_at)


def _published(actor: Actor, briefing: BriefingView) -> list[ItemView]:
    """The others' items in the agenda that was published last, as this actor may read them there; what has been taken
    back or closed to the room since is not told again."""
    body, request_id, buyer_id = db.session.execute(
        select(AgendaVersion.body, AgendaVersion.request_id, AgendaVersion.buyer_id)
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == AgendaVersion.buyer_id, MeetingRequest.id == AgendaVersion.request_id),
        )
        .where(MeetingRequest.code == briefing.code, AgendaVersion.number == briefing.agenda_version)
    ).one()
    entries = [each for each in unpacked(body["entries"]) if each.ref and each.segment is not Segment.OVERLAP]
    named = {company for each in entries for company in each.companies} | {buyer_id}
    companies = {
        row.id: row for row in db.session.scalars(select(Organisation).where(Organisation.id.in_(named))).all()
    }
    room = Room(buyer_id, {number: row.name for number, row in companies.items()})
    party = Party(actor.organisation, arranges=actor.side is not Side.VENDOR)
    readable = () if party.arranges else (or_(Item.visibility == Visibility.ROOM, Item.asks_id == actor.organisation),)
    still = dict(
        db.session.execute(
            select(Item.code, Item.company_id).where(
                Item.request_id == request_id,
                Item.company_id != actor.organisation,
                Item.state == ItemState.SENT,
                *readable,
            )
        ).all()
    )
    seen = as_seen_by(entries, party, room, lambda msgid, values: msgid % values)
    once = {each.ref: each for each in seen if not each.reserved and each.ref in still}
    return [_of_entry(each, companies[still[ref]], companies) for ref, each in once.items()]


def _of_entry(entry: Entry, whose: Organisation, companies: Mapping[int, Organisation]) -> ItemView:
    asked = next((companies[each] for each in entry.companies if each != whose.id), None)
    return ItemView(
        code=entry.ref,
        title=entry.title,
        abstract=entry.abstract,
        minutes=entry.minutes,
        segment=entry.segment,
        topics=entry.topics,
        presenters=entry.presenters,
        visibility=entry.visibility,
        state=ItemState.SENT,
        vendor=whose.slug if entry.segment is Segment.VENDOR else None,
        whose=whose.name,
        asks=asked.slug if asked else None,
        asks_name=asked.name if asked else "",
    )
