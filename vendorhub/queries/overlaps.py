"""Where the vendors of a briefing meet, two at a time: all pairs for those who organise it, its own for a vendor."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from sqlalchemy import and_, select

from vendorhub.domain import overlaps as rules
from vendorhub.domain.agendas import Segment
from vendorhub.domain.briefings import NAMED, BriefingState, Part, require_going_on
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.items import ItemState
from vendorhub.domain.overlaps import Said
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere, SomebodyWasFaster, WrongState
from vendorhub.domain.rights import may, require
from vendorhub.queries import briefings, items
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.scope import decider
from vendorhub.solvers.likeness import of_each_pair
from vendorhub.store import AgendaEntry, Item, MeetingRequest, Organisation, Overlap, Participation, db

_OF_THE_REQUEST = and_(MeetingRequest.buyer_id == Participation.buyer_id, MeetingRequest.id == Participation.request_id)


@dataclass(frozen=True)
class Vendor:
    """A vendor of the line-up, and what it has sent in as far as the reader's scores are made of it."""

    id: int
    slug: str
    name: str
    said: Said


@dataclass(frozen=True)
class Score:
    """How much two vendors have to do with each other (0 to 100), the topics of both, and what that was made of."""

    score: int
    topics: tuple[str, ...]
    likened_from: str


@dataclass(frozen=True)
class PairView:
    """Two vendors by slug and name, in the order of the line-up; `fresh` says that the score is of what they say now.

    `kind`, `sentence` and `found` are what those who organise it make of the two, None or "" while they have not said.
    `minutes` are those of their discussion on the working agenda, None where there is none, or the reader may not know.
    """

    code: str
    vendors: tuple[tuple[str, str], tuple[str, str]]
    score: int
    topics: tuple[str, ...]
    fresh: bool = True
    kind: str | None = None
    sentence: str = ""
    found: str = ""
    minutes: int | None = None
    # For a deed; no reader is shown these.
    companies: tuple[int, int] = field(default=(0, 0), repr=False)
    likened_from: str = field(default="", repr=False)

    @property
    def version(self) -> str:
        """A digest of what is seen (ETag)."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class MatrixView:
    """The pairs of a briefing that the reader may see, the highest score first, and whom they are of.

    `sealed` says that there are none yet: what was sent can't be read, or the agenda is not published. `may_note` is
    the right to write what was found in the room, which lasts beyond the briefing.
    """

    briefing: BriefingView
    vendors: tuple[tuple[str, str], ...]
    pairs: tuple[PairView, ...]
    sealed: bool
    may_mark: bool
    may_note: bool

    def pair(self, code: str) -> PairView:
        """One of them. Raises NotThere if there is none of this code."""
        found = next((pair for pair in self.pairs if pair.code == meant(code)), None)
        if found is None:
            raise NotThere
        return found


def see(actor: Actor, code: str) -> MatrixView:
    """The pairs of a briefing. Raises NotThere if the briefing isn't theirs to see."""
    briefing = briefings.see(actor, code)
    own = actor.organisation if actor.side is Side.VENDOR else None
    vendors, sealed = (brought(code), not briefing.items_open) if own is None else _room(actor, briefing)
    pairs = [pair for pair in combinations(vendors, 2) if own is None or own in (pair[0].id, pair[1].id)]
    rows = _rows(code) if pairs and not sealed else {}
    known = {key: row for key, (row, _) in rows.items()} if own is None else {}
    made = {} if sealed else scores(vendors, known, only=pairs)
    shown = [_view(briefing, pair, made, rows.get(_key(*pair)), organises=own is None) for pair in pairs]
    may_note = own is None and not sealed and _have_met(briefing) and _organises(actor, code)
    return MatrixView(
        briefing,
        tuple((each.slug, each.name) for each in vendors),
        () if sealed else tuple(sorted(shown, key=lambda pair: (-pair.score, pair.vendors))),
        sealed=sealed,
        may_mark=Deed.MARK in briefing.may and not sealed,
        may_note=may_note,
    )


def brought(code: str) -> tuple[Vendor, ...]:
    """The vendors that are named in a briefing, each with all that it has sent; for those who may read that."""
    rows = db.session.execute(
        select(Participation.company_id, Organisation.slug, Organisation.name, Item.title, Item.abstract, Item.topics)
        .join(MeetingRequest, _OF_THE_REQUEST)
        .join(Organisation, Organisation.id == Participation.company_id)
        .outerjoin(
            Item,
            and_(
                Item.buyer_id == Participation.buyer_id,
                Item.request_id == Participation.request_id,
                Item.company_id == Participation.company_id,
                Item.segment == Segment.VENDOR,
                Item.state == ItemState.SENT,
            ),
        )
        .where(MeetingRequest.code == meant(code), Participation.state.in_(NAMED))
        .order_by(Participation.position, Item.id)
    )
    found: dict[tuple[int, str, str], list[tuple[str, str, Sequence[str]]]] = {}
    for number, slug, name, title, abstract, topics in rows:
        items = found.setdefault((number, slug, name), [])
        if title is not None:
            items.append((title, abstract, topics))
    return tuple(Vendor(*who, _said(items)) for who, items in found.items())


def scores(
    vendors: Sequence[Vendor],
    known: Mapping[tuple[int, int], Overlap],
    *,
    only: Iterable[tuple[Vendor, Vendor]],
    patient: bool = False,
) -> dict[tuple[int, int], Score]:
    """The scores of pairs of these vendors, by their ids in order: what is kept where it is of what they say now, else
    worked out. Where that would take too long for somebody who waits, and nobody is `patient`, they are left out."""
    found: dict[tuple[int, int], Score] = {}
    stale: list[tuple[Vendor, Vendor]] = []
    for one, other in only:
        row, digest = known.get(_key(one, other)), rules.digest(one.said, other.said)
        if row is not None and row.likened_from == digest:
            found[_key(one, other)] = Score(row.score, tuple(row.topics), digest)
        else:
            stale.append((one, other))
    if not stale or not (patient or rules.at_once([each.said for each in vendors])):
        return found
    like = of_each_pair([each.said.texts for each in vendors])
    place = {each.id: number for number, each in enumerate(vendors)}
    for one, other in stale:
        topics = rules.shared_topics(one.said.topics, other.said.topics)
        first, second = sorted((place[one.id], place[other.id]))
        score = rules.score(like[first, second], one.said.topics, other.said.topics)
        found[_key(one, other)] = Score(score, topics, rules.digest(one.said, other.said))
    return found


def judge(actor: Actor, code: str, pair: str, *, noting: bool = False) -> tuple[MeetingRequest, PairView]:
    """The request and a pair as the actor sees it, for a deed on it; `noting` for what was found in the room alone.

    Raises NotThere, NotAllowed, SomebodyWasFaster where the pair has changed since the actor saw it, and WrongState
    while there is nothing to be said of it, or once the briefing is over: in that order.
    """
    _, request, stands = briefings.find(actor, code)
    matrix = see(actor, code)
    if matrix.sealed and actor.side is not Side.VENDOR:
        _is_one(code, pair)
        require(actor, Deed.MARK, stands, decider=decider(request))
        raise WrongState("What the vendors send in can't be read yet, so nothing can be said of it.")
    found = matrix.pair(pair)
    require(actor, Deed.MARK, stands, decider=decider(request))
    if not actor.door.has_seen(lambda: found.version):
        raise SomebodyWasFaster("This has changed since you opened it; please look again, then decide.")
    if not (noting and matrix.may_note):
        require_going_on(matrix.briefing.state)
    return request, found


def _is_one(code: str, pair: str) -> None:
    pairs = combinations([vendor.id for vendor in brought(code)], 2)
    if meant(pair) not in {rules.pair_code(meant(code), *both) for both in pairs}:
        raise NotThere


def _room(actor: Actor, briefing: BriefingView) -> tuple[tuple[Vendor, ...], bool]:
    """The vendors as one of them may know them: by its own items, and those of the others as the published agenda
    has them for it; and whether there is no such agenda yet."""
    if not briefing.agenda_version or briefing.own is None or briefing.own.state != Part.JOINED:
        return (), True
    said: dict[str, list[tuple[str, str, Sequence[str]]]] = {}
    for item in items.of(actor, briefing).items:
        if item.vendor is not None and item.state is ItemState.SENT:
            said.setdefault(item.vendor, []).append((item.title, item.abstract, item.topics))
    rows = db.session.execute(
        select(Participation.company_id, Organisation.slug, Organisation.name)
        .join(MeetingRequest, _OF_THE_REQUEST)
        .join(Organisation, Organisation.id == Participation.company_id)
        .where(MeetingRequest.code == meant(briefing.code), Participation.state.in_(NAMED))
        .order_by(Participation.position)
    )
    return tuple(Vendor(number, slug, name, _said(said.get(slug, ()))) for number, slug, name in rows), False


def _rows(code: str) -> dict[tuple[int, int], tuple[Overlap, int | None]]:
    """What is kept of the pairs, by their companies, each with the minutes that the working agenda gives it."""
    rows = db.session.execute(
        select(Overlap, AgendaEntry.minutes)
        .join(
            MeetingRequest,
            and_(MeetingRequest.buyer_id == Overlap.buyer_id, MeetingRequest.id == Overlap.request_id),
        )
        .outerjoin(
            AgendaEntry,
            and_(
                AgendaEntry.buyer_id == Overlap.buyer_id,
                AgendaEntry.request_id == Overlap.request_id,
                AgendaEntry.overlap_id == Overlap.id,
            ),
        )
        .where(MeetingRequest.code == meant(code))
    )
    return {(row.one_id, row.other_id): (row, minutes) for row, minutes in rows}


def _view(
    briefing: BriefingView,
    pair: tuple[Vendor, Vendor],
    made: Mapping[tuple[int, int], Score],
    kept: tuple[Overlap, int | None] | None,
    *,
    organises: bool,
) -> PairView:
    one, other = pair
    row, minutes = kept or (None, None)
    found = made.get(_key(one, other))
    stale = row if organises else None  # what is kept is made of all that was sent in, whoever may read it
    return PairView(
        code=rules.pair_code(briefing.code, one.id, other.id),
        vendors=((one.slug, one.name), (other.slug, other.name)),
        score=found.score if found else stale.score if stale else 0,
        topics=found.topics if found else tuple(stale.topics) if stale else (),
        fresh=found is not None,
        kind=row.kind if row else None,
        sentence=row.sentence if row else "",
        found=row.found if row else "",
        minutes=minutes if organises else None,
        companies=_key(one, other),
        likened_from=found.likened_from if found else "",
    )


def _said(items: Iterable[tuple[str, str, Sequence[str]]]) -> Said:
    kept = list(items)
    return Said(
        texts=tuple(f"{title}\n{abstract}" for title, abstract, _ in kept),
        topics=tuple(dict.fromkeys(topic for *_, topics in kept for topic in topics)),
    )


def _key(one: Vendor, other: Vendor) -> tuple[int, int]:
    return min(one.id, other.id), max(one.id, other.id)


def _have_met(briefing: BriefingView) -> bool:
    """Whether they are in the room, or were."""
    return briefing.state in (BriefingState.LIVE, BriefingState.CLOSED) and briefing.start is not None


def _organises(actor: Actor, code: str) -> bool:
    _, request, stands = briefings.find(actor, code)
    return may(actor, Deed.MARK, stands, decider=decider(request))
