"""What a party may see of an agenda, and what has changed for it between two versions (law 10)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from vendorhub.domain.agendas import Entry, Presenter, Say, Segment, Visibility, starts

Key = tuple[str, str, int]


@dataclass(frozen=True)
class Party:
    """Whose eyes look: of which company, and whether it arranges the briefing (the buyer, and a VAR that asked)."""

    company: int
    arranges: bool = False


@dataclass(frozen=True)
class Room:
    """Who is in it: the buyer's id, and the names of all companies by theirs."""

    buyer: int
    names: Mapping[int, str]


@dataclass(frozen=True)
class Change:
    """One difference between two versions. `msgid` and `values` are its sentence, before and beside translation."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What has changed, in English."""
        return self.msgid % self.values


def as_seen_by(entries: Iterable[Entry], party: Party, room: Room, say: Say) -> tuple[Entry, ...]:
    """The entries as a party may read them: of what is not for its eyes only that it is there, and how long it takes.

    Addresses stay within a company and with those who arrange it. `say` puts what stands in their place into words.
    """
    return tuple(_seen(each, party, room, say) for each in entries)


def difference(old: Sequence[Entry], new: Sequence[Entry], party: Party) -> tuple[Change, ...]:
    """What has changed between two versions, both as this party sees them; nothing of what it may not see."""
    before, after = _keyed(old), _keyed(new)
    started = dict(zip(before, starts(before.values()), strict=True))
    begins = dict(zip(after, starts(after.values()), strict=True))
    stayed = _in_order([key for key in before if key in after], list(after))
    found: list[Change] = []
    for key, entry in before.items():
        if key not in after:
            found.append(Change("“%(title)s” is no longer there.", {"title": entry.title}))
    previous: Entry | None = None
    for key, entry in after.items():
        was = before.get(key)
        if was is None:
            found.append(Change("New: “%(title)s”, %(minutes)s minutes.", _said(entry)))
        else:
            found += _changed(was, entry)
            if key not in stayed:
                found.append(_moved(entry, previous))
            elif party.company in entry.companies and not party.arranges and begins[key] != started[key]:
                found.append(_shifted(entry, begins[key] - started[key]))
        previous = entry
    return tuple(found)


def touched(
    old: Sequence[Entry], new: Sequence[Entry], parties: Iterable[Party], room: Room, say: Say
) -> Mapping[int, tuple[Change, ...]]:
    """The companies that see any difference between two versions, each with what it sees."""
    found = {}
    for party in parties:
        before, after = (as_seen_by(version, party, room, say) for version in (old, new))
        if changes := difference(before, after, party):
            found[party.company] = changes
    return found


def packed(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The entries of a version as they are kept for good."""
    return [
        {
            "segment": each.segment.value,
            "title": each.title,
            "minutes": each.minutes,
            "companies": list(each.companies),
            "presenters": [[one.name, one.email, one.role] for one in each.presenters],
            "ref": each.ref,
            "visibility": each.visibility.value,
            "topics": list(each.topics),
            "abstract": each.abstract,
        }
        for each in entries
    ]


def unpacked(body: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """The entries of a version as it was published."""
    return tuple(
        Entry(
            Segment(each["segment"]),
            each["title"],
            each["minutes"],
            companies=tuple(each["companies"]),
            presenters=tuple(Presenter(*one) for one in each["presenters"]),
            ref=each["ref"],
            visibility=Visibility(each["visibility"]),
            topics=tuple(each["topics"]),
            abstract=each["abstract"],
        )
        for each in body
    )


# What stands in place of what somebody may not read. The first takes the company's name.
OF_A_COMPANY = "Reserved for %(company)s and the buyer"
OF_THE_BUYER = "Reserved for the buyer"
OF_OTHERS = "Reserved for others"


def _seen(entry: Entry, party: Party, room: Room, say: Say) -> Entry:
    if party.arranges or entry.companies == (party.company,):
        return entry
    own = party.company in entry.companies
    if own or (entry.visibility is Visibility.ROOM and entry.segment is not Segment.OVERLAP):
        return replace(entry, presenters=tuple(replace(one, email="") for one in entry.presenters))
    if entry.segment is Segment.VENDOR and len(entry.companies) == 1:
        title = say(OF_A_COMPANY, {"company": room.names[entry.companies[0]]})
        return Entry(entry.segment, title, entry.minutes, companies=entry.companies, reserved=True)
    if entry.segment is Segment.BUYER:
        title = say(OF_THE_BUYER, {})
        return Entry(entry.segment, title, entry.minutes, companies=(room.buyer,), reserved=True)
    return Entry(entry.segment, say(OF_OTHERS, {}), entry.minutes, reserved=True)


def _keyed(entries: Iterable[Entry]) -> dict[Key, Entry]:
    """Each entry under what it is known by: its item or overlap, else its title, counted where it is there twice."""
    found: dict[Key, Entry] = {}
    for each in entries:
        name = each.ref or f"{each.segment}: {each.title}"
        number = 0
        while (each.segment.value if not each.ref else "", name, number) in found:
            number += 1
        found[each.segment.value if not each.ref else "", name, number] = each
    return found


def _changed(was: Entry, entry: Entry) -> Iterator[Change]:
    if was.title != entry.title:
        yield Change("“%(was)s” is now called “%(title)s”.", {"was": was.title, "title": entry.title})
    if was.minutes != entry.minutes:
        yield Change("“%(title)s” has %(minutes)s minutes instead of %(was)s.", {**_said(entry), "was": was.minutes})
    people = [tuple((one.name, one.role) for one in each.presenters) for each in (was, entry)]
    if people[0] != people[1]:
        names = ", ".join(one.name for one in entry.presenters)
        yield (
            Change("“%(title)s” is now presented by %(names)s.", {"title": entry.title, "names": names})
            if names
            else Change("Nobody is named any more to present “%(title)s”.", {"title": entry.title})
        )
    if was.visibility is not entry.visibility:
        msgid = (
            "“%(title)s” can now be read by everybody in the room."
            if entry.visibility is Visibility.ROOM
            else "“%(title)s” can now be read by the buyer only."
        )
        yield Change(msgid, {"title": entry.title})
    if (was.abstract, was.topics) != (entry.abstract, entry.topics):
        yield Change("What “%(title)s” is about has been rewritten.", {"title": entry.title})


def _moved(entry: Entry, previous: Entry | None) -> Change:
    if previous is None:
        return Change("“%(title)s” now comes first.", {"title": entry.title})
    return Change("“%(title)s” now comes after “%(after)s”.", {"title": entry.title, "after": previous.title})


def _shifted(entry: Entry, by: int) -> Change:
    msgid = (
        "“%(title)s” begins %(minutes)s minutes later." if by > 0 else "“%(title)s” begins %(minutes)s minutes earlier."
    )
    return Change(msgid, {"title": entry.title, "minutes": abs(by)})


def _said(entry: Entry) -> dict[str, object]:
    return {"title": entry.title, "minutes": entry.minutes}


def _in_order(old: Sequence[Key], new: Sequence[Key]) -> set[Key]:
    """A longest run of entries that stand in the same order in both; all others have been moved."""
    place = {key: at for at, key in enumerate(new)}
    best: list[list[Key]] = []
    for key in old:
        before = [run for run in best if place[run[-1]] < place[key]]
        best.append([*_longest(before), key])
    return set(_longest(best))


def _longest(runs: Sequence[list[Key]]) -> list[Key]:
    return max(runs, key=len, default=[])
