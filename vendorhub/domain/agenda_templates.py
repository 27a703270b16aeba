"""What an agenda may start from: minutes dealt out, to be filled and changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from vendorhub.domain.agendas import TITLE_AT_MOST, Entry, Say, Segment

STEP = 5  # minutes are dealt out in fives


class Template(StrEnum):
    """What somebody may start from."""

    JOINT = "joint"  # several vendors, half of the time the buyer's
    QUARTERLY = "quarterly"  # half their news, half ours
    GOVERNANCE = "governance"  # promises kept and missed, why, and what changes
    EMPTY = "empty"


FOR_ONE_VENDOR = (Template.QUARTERLY, Template.GOVERNANCE, Template.EMPTY)


@dataclass(frozen=True)
class Part:
    """A company as the template deals with it: its name, and its items, which take the place of a plain entry."""

    name: str
    items: Sequence[Entry] = ()


@dataclass(frozen=True)
class Buyer:
    """The buyer likewise, by its id, with the per cent of the minutes that it wants."""

    id: int
    share: int
    items: Sequence[Entry] = ()


@dataclass(frozen=True)
class Owed:
    """A promise that is not done: what, by which company, whether it is late, and why, in its owner's words."""

    text: str
    company: int
    late: bool = True
    why: str = ""


@dataclass(frozen=True)
class Record:
    """What was promised before: how many were kept, and what is owed, the latest first."""

    kept: int = 0
    owed: Sequence[Owed] = ()


NOTHING_OWED = Record()


def start(
    template: Template,
    minutes: int,
    vendors: Mapping[int, Part],
    buyer: Buyer,
    *,
    talks: Sequence[Entry] = (),
    record: Record = NOTHING_OWED,
    say: Say,
) -> list[Entry]:
    """The entries to start with; together they take `minutes`, of which the buyer has about its share. `talks` are what
    vendors have to talk over together; as many have a place as have five minutes each. What is owed comes first, and a
    governance review with one vendor is made of it."""
    if not record.owed:
        return _MAKE[template](minutes, vendors, buyer, talks, say)
    if template is Template.GOVERNANCE and len(vendors) == 1:
        return _reviewed(minutes, next(iter(vendors)), buyer, record, say)
    first = opening(record, alone=len(vendors) == 1, say=say)
    made = _MAKE[template](minutes, vendors, buyer, talks, say)
    if made and made[-1].segment is Segment.ACTIONS and made[-1].minutes > STEP:  # who does what is half done by then
        return [first, *made[:-1], replace(made[-1], minutes=made[-1].minutes - first.minutes)]
    return [first, *_MAKE[template](minutes - first.minutes, vendors, buyer, talks, say)]


def opening(record: Record, *, alone: bool, say: Say) -> Entry:
    """The entry with which an agenda begins where something is owed. It says what only where a vendor is `alone` with
    the buyer, for nobody learns of a rival's promises."""
    title = say("What was promised before", {})
    if alone:
        what = "; ".join(each.text for each in record.owed)
        title = _cut(say("Promised before: %(what)s", {"what": what}))
    return Entry(Segment.ACTIONS, title, STEP)


@dataclass(frozen=True)
class Outcome:
    """What starting from a template does to what stands: the titles of what `waits` again and of what is `gone`, and
    which are cut `short`, each with its minutes then and those that it asks for."""

    waits: tuple[str, ...]
    gone: tuple[str, ...]
    short: tuple[tuple[str, int, int], ...]


def outcome(made: Sequence[Entry], stands: Sequence[Entry], asked: Mapping[str, int]) -> Outcome:
    """What becomes of what `stands` where `made` takes its place; `asked` are the minutes, by ref, of all that can wait
    for a place of its own."""
    placed = {each.ref for each in made if each.ref}
    again = {(each.segment, each.title) for each in made}
    left = [each for each in stands if each.ref not in placed]
    return Outcome(
        waits=tuple(each.title for each in left if each.ref in asked and not each.withdrawn),
        gone=tuple(
            each.title
            for each in left
            if (each.withdrawn or each.ref not in asked) and (each.segment, each.title) not in again
        ),
        short=tuple(
            (each.title, each.minutes, asked[each.ref]) for each in made if each.minutes < asked.get(each.ref, 0)
        ),
    )


def _joint(minutes: int, vendors: Mapping[int, Part], buyer: Buyer, talks: Sequence[Entry], say: Say) -> list[Entry]:
    pause = 10 if minutes >= 150 else 0
    actions = 10 if minutes >= 90 else STEP
    shared = minutes - pause - actions
    ours = _fives(shared * buyer.share / 100)
    each = (shared - ours) // max(1, len(vendors))
    together = 0
    if len(vendors) > 1:
        each = (shared - ours) * 4 // (5 * len(vendors)) // STEP * STEP or each
        together = shared - ours - each * len(vendors)
    opening = min(10, ours)
    entries = [_ours(say("What we want from this", {}), opening, buyer)]
    for company, part in vendors.items():
        entries += _of(company, part, each)
    entries.append(Entry(Segment.BREAK, say("Break", {}), pause))
    entries += _dealt(talks[: together // STEP], together) or [
        Entry(Segment.OVERLAP, say("How it works together", {}), together, companies=tuple(vendors))
    ]
    entries += _news(say("What is new with us, and our questions", {}), ours - opening, buyer)
    entries.append(Entry(Segment.ACTIONS, say("Who does what, by when", {}), actions))
    return _with_time(entries)


def _quarterly(
    minutes: int, vendors: Mapping[int, Part], buyer: Buyer, talks: Sequence[Entry], say: Say
) -> list[Entry]:
    actions = 10 if minutes >= 60 else STEP
    shared = minutes - actions
    ours = _fives(shared * buyer.share / 100)
    entries: list[Entry] = []
    for company, part in vendors.items():
        entries += _of(company, part, (shared - ours) // max(1, len(vendors)))
    entries += _news(say("What is new with us", {}), ours, buyer)
    entries.append(Entry(Segment.ACTIONS, say("Who does what, by when", {}), actions))
    return _with_time(entries)


def _governance(
    minutes: int, vendors: Mapping[int, Part], buyer: Buyer, talks: Sequence[Entry], say: Say
) -> list[Entry]:
    shared = minutes - STEP
    each = (shared - _fives(shared * buyer.share / 100)) // max(1, len(vendors))
    ours = shared - each * len(vendors)
    quarter = _fives(ours / 2)
    entries = [_ours(say("What was promised, kept and missed", {}), quarter, buyer)]
    for company, part in vendors.items():
        why = say("%(company)s: why, and what changes", {"company": part.name})
        entries.append(Entry(Segment.VENDOR, why, each, companies=(company,)))
    entries.append(_ours(say("What we ask for", {}), ours - quarter, buyer))
    entries.append(Entry(Segment.ACTIONS, say("Who does what, by when", {}), STEP))
    return _with_time(entries)


def _reviewed(minutes: int, vendor: int, buyer: Buyer, record: Record, say: Say) -> list[Entry]:
    """How many promises were kept; each that was not, with why and what changes; and who does what by when."""
    left = max(STEP, minutes - 2 * STEP)
    owed = record.owed[: left // STEP]
    each = left // len(owed) // STEP * STEP
    summary = say("Promises: %(kept)s kept, %(owed)s not", {"kept": record.kept, "owed": len(record.owed)})
    entries = [_ours(summary, STEP, buyer)]
    for at, one in enumerate(owed):
        said = {"what": one.text, "why": one.why.rstrip(".")}
        title = say("%(what)s: what it needs", said)
        if one.late:
            title = say("%(what)s, late: why, and what changes by when", said)
        if one.late and one.why:
            title = say("%(what)s, late (%(why)s): what changes by when", said)
        given = each if at else left - each * (len(owed) - 1)
        ours = one.company == buyer.id
        segment, company = (Segment.BUYER, buyer.id) if ours else (Segment.VENDOR, vendor)
        entries.append(Entry(segment, _cut(title), given, companies=(company,)))
    return [*entries, Entry(Segment.ACTIONS, say("Who does what, by when", {}), STEP)]


def _cut(title: str) -> str:
    return title if len(title) <= TITLE_AT_MOST else f"{title[: TITLE_AT_MOST - 1].rstrip()}…"


def _empty(minutes: int, vendors: Mapping[int, Part], buyer: Buyer, talks: Sequence[Entry], say: Say) -> list[Entry]:
    return []


_MAKE: Mapping[Template, Callable[[int, Mapping[int, Part], Buyer, Sequence[Entry], Say], list[Entry]]] = {
    Template.JOINT: _joint,
    Template.QUARTERLY: _quarterly,
    Template.GOVERNANCE: _governance,
    Template.EMPTY: _empty,
}


def _ours(title: str, minutes: int, buyer: Buyer) -> Entry:
    return Entry(Segment.BUYER, title, minutes, companies=(buyer.id,))


def _news(title: str, minutes: int, buyer: Buyer) -> list[Entry]:
    return _dealt(buyer.items, minutes) or [_ours(title, minutes, buyer)]


def _of(company: int, part: Part, minutes: int) -> list[Entry]:
    return _dealt(part.items, minutes) or [Entry(Segment.VENDOR, part.name, minutes, companies=(company,))]


def _dealt(items: Sequence[Entry], minutes: int) -> list[Entry]:
    """Items cut down or drawn out to the minutes there are."""
    asked, left = sum(item.minutes for item in items), minutes
    found: list[Entry] = []
    for item in items:
        last = len(found) == len(items) - 1
        given = left if last else min(left, max(1, round(minutes * item.minutes / asked)))
        found.append(replace(item, minutes=given))
        left -= given
    return found


def _fives(minutes: float) -> int:
    return round(minutes / STEP) * STEP


def _with_time(entries: Sequence[Entry]) -> list[Entry]:
    return [each for each in entries if each.minutes > 0]
