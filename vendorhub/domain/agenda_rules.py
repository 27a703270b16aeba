"""What is wrong with an agenda, as sentences: what stops its publication, and what may be overruled with a reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from vendorhub.domain.agendas import (
    Entry,
    Segment,
    minutes_by_vendor,
    minutes_of,
    share_of_buyer,
)
from vendorhub.domain.refusals import WrongState

SHARE_TOLERANCE = 10  # points of per cent by which the buyer's share may be off
FAIR_WITHIN = Fraction(1, 4)  # of what a vendor has on average

Pair = tuple[int, int]  # two companies, the smaller id first


@dataclass(frozen=True)
class Vendor:
    """A vendor named in the briefing: whether it has joined, and whether an item of it has been sent."""

    name: str
    joined: bool
    sent: bool = False


@dataclass(frozen=True)
class Frame:
    """What an agenda is held against.

    `minutes` are those there are, `buyer_share` the per cent of them that the buyer wants, `vendors` those named, by
    id; `synergies` the pairs that somebody has marked as working together; `late` says that items were due before now.
    """

    minutes: int
    buyer_share: int
    vendors: Mapping[int, Vendor]
    synergies: Sequence[Pair] = ()
    late: bool = False


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `msgid` and `values` are its sentence, before and beside translation."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)
    stops: bool = True

    @property
    def sentence(self) -> str:
        """What is wrong, in English."""
        return self.msgid % self.values


def problems(entries: Sequence[Entry], frame: Frame) -> tuple[Problem, ...]:
    """All that is wrong with an agenda: what stops its publication first, then what may be overruled."""
    if not entries:
        return (Problem("Nothing stands in the agenda yet."),)
    found = (
        *_too_long(entries, frame),
        *_withdrawn(entries),
        *_not_joined(entries, frame),
        *_in_two_places(entries),
        *_nothing_of(entries, frame),
        *_share(entries, frame),
        *_fairness(entries, frame),
        *_synergies(entries, frame),
    )
    return tuple(found)


def stops(found: Iterable[Problem], *, overruled: bool) -> tuple[Problem, ...]:
    """Those of the problems that stop a publication; with a reason (`overruled`) only what no reason can mend."""
    return tuple(problem for problem in found if problem.stops or not overruled)


def _too_long(entries: Sequence[Entry], frame: Frame) -> Iterator[Problem]:
    taken = minutes_of(entries)
    if taken > frame.minutes:
        yield Problem(
            "All of it takes %(taken)s minutes, and there are %(frame)s: %(over)s too many.",
            {"taken": taken, "frame": frame.minutes, "over": taken - frame.minutes},
        )


def _withdrawn(entries: Sequence[Entry]) -> Iterator[Problem]:
    for each in entries:
        if each.withdrawn:
            yield Problem("“%(title)s” has been taken back by those whose it was.", {"title": each.title})


def _not_joined(entries: Sequence[Entry], frame: Frame) -> Iterator[Problem]:
    for each in entries:
        for company in each.companies:
            vendor = frame.vendors.get(company)
            if vendor is not None and not vendor.joined:
                yield Problem(
                    "“%(title)s” needs %(company)s, who has not joined.",
                    {"title": each.title, "company": vendor.name},
                )


def _in_two_places(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Nobody presents for two companies: all that somebody presents has at least one company in common."""
    common: dict[str, set[int]] = {}
    names: dict[str, str] = {}
    for each in entries:
        for presenter in each.presenters:
            if presenter.email and each.companies:
                names.setdefault(presenter.email, presenter.name)
                common.setdefault(presenter.email, set(each.companies)).intersection_update(each.companies)
    for email, companies in common.items():
        if not companies:
            yield Problem("%(name)s is to present for two different companies.", {"name": names[email]})


def _nothing_of(entries: Sequence[Entry], frame: Frame) -> Iterator[Problem]:
    if frame.late:
        return
    present = {company for each in entries for company in each.companies if each.segment is Segment.VENDOR}
    for company, vendor in frame.vendors.items():
        if vendor.joined and not vendor.sent:
            yield Problem("Nothing has come from %(company)s yet, and there is still time.", {"company": vendor.name})
        elif vendor.joined and company not in present:
            yield Problem("Nothing of %(company)s stands in the agenda yet.", {"company": vendor.name})


def _share(entries: Sequence[Entry], frame: Frame) -> Iterator[Problem]:
    share = share_of_buyer(entries)
    if share is not None and abs(share - frame.buyer_share) > SHARE_TOLERANCE:
        yield Problem(
            "The buyer has %(share)s %% of what is shared out, and %(wanted)s %% were wanted.",
            {"share": share, "wanted": frame.buyer_share},
            stops=False,
        )


def _fairness(entries: Sequence[Entry], frame: Frame) -> Iterator[Problem]:
    counted = [one for one, vendor in frame.vendors.items() if vendor.joined and (vendor.sent or not frame.late)]
    minutes = minutes_by_vendor(entries, counted)
    total = sum(minutes.values())
    if not total:
        return
    average = Fraction(total, len(minutes))
    for company, taken in minutes.items():
        if abs(taken - average) > average * FAIR_WITHIN:
            yield Problem(
                "%(company)s has %(taken)s minutes, where a vendor has %(average)s on average.",
                {"company": frame.vendors[company].name, "taken": taken, "average": round(average)},
                stops=False,
            )


def _synergies(entries: Sequence[Entry], frame: Frame) -> Iterator[Problem]:
    talked_over = [set(each.companies) for each in entries if each.segment is Segment.OVERLAP]
    for one, other in frame.synergies:
        if not any({one, other} <= companies for companies in talked_over):
            yield Problem(
                "How %(one)s and %(other)s work together has no time of its own.",
                {"one": _name(frame, one), "other": _name(frame, other)},
                stops=False,
            )


def _name(frame: Frame, company: int) -> str:
    return frame.vendors[company].name


class NotReady(WrongState):
    """An agenda that can't be published as it is: `problems` say why."""

    title = "Not ready to be published"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].msgid, **problems[0].values)
        self.problems = tuple(problems)
