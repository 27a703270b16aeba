"""A time for all: what each party of a briefing says of each time, and the times in order, with the reason."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from vendorhub.domain.refusals import Unfit
from vendorhub.domain.windows import next_working_noon

REMINDED_AFTER: Final = 2  # working days, once
NO_WORD_YET: Final = "no word yet from %(names)s"


class Suits(StrEnum):
    """What a party says of a time."""

    YES = "yes"
    IF_NEED_BE = "if_need_be"
    NO = "no"


Parties = Mapping[str, str]  # the names of those who are asked by their slugs, in the order in which they are
Answers = Mapping[str, Mapping[str, Suits]]  # by slot: what each party says, by its slug


@dataclass(frozen=True)
class Clause:
    """A part of a reason, before and beside translation: doors say gettext(msgid) % values."""

    msgid: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        return self.msgid % dict(self.values)


@dataclass(frozen=True)
class Rank:
    """A time with whom it suits; the names of the parties, each in the order in which they are asked."""

    slot: str
    start: datetime
    yes: tuple[str, ...] = ()
    if_need_be: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    without_buyer: bool = False  # the buyer, who is not asked, has said nothing of any of them

    @property
    def reason(self) -> tuple[Clause, ...]:
        """Why it stands where it stands: whom it suits and whom it doesn't, who has not said yet."""
        said = [_whom(self)]
        if self.if_need_be:
            said.append(Clause("%(names)s if need be", {"names": ", ".join(self.if_need_be)}))
        if self.silent and len(self.silent) < self._asked:
            said.append(Clause(NO_WORD_YET, {"names": ", ".join(self.silent)}))
        return tuple(said)

    @property
    def sentence(self) -> str:
        """The same in English: "Everyone but Cloudio; Fastprint if need be."."""
        return f"{'; '.join(map(str, self.reason))}."

    @property
    def _asked(self) -> int:
        return len(self.yes) + len(self.if_need_be) + len(self.no) + len(self.silent)


def ranked(
    slots: Iterable[tuple[str, datetime]], parties: Parties, answers: Answers, *, buyer: tuple[str, str]
) -> list[Rank]:
    """The times in order: most yes first, then fewest no, then the earliest. The buyer (slug, name), who chooses, is
    asked by nobody; where it has said something of any of them, its word counts as well."""
    spoken = any(buyer[0] in by for by in answers.values())
    counted = {buyer[0]: buyer[1], **parties} if spoken else parties
    found = [
        replace(_rank(slot, start, counted, answers.get(slot, {})), without_buyer=not spoken) for slot, start in slots
    ]
    return sorted(found, key=lambda rank: (-len(rank.yes), len(rank.no), rank.start))


def still_to_answer(slots: Collection[str], parties: Iterable[str], answers: Answers) -> list[str]:
    """Those of the parties that have not said of every one of these times whether it suits them."""
    return [party for party in parties if any(party not in answers.get(slot, {}) for slot in slots)]


def too_early(slots: Iterable[tuple[str, datetime]], items_due: datetime) -> frozenset[str]:
    """Those of the times that come before everybody has to have sent what they bring."""
    return frozenset(slot for slot, start in slots if start < items_due)


def check_answers(given: Mapping[str, str], *, slots: Collection[str]) -> dict[str, Suits]:
    """What a party says, by slot. Raises Unfit for nothing, for no such time, and for what is none of the three."""
    if not given:
        raise Unfit("slots", "Please say of at least one time whether it suits you.")
    if not set(given) <= set(slots):
        raise Unfit("slots", "One of these times is not up any more; here is what there is now.")
    try:
        return {slot: Suits(answer) for slot, answer in given.items()}
    except ValueError:
        raise Unfit("slots", "Please say yes, if_need_be or no of each time.") from None


def reminder_at(put_up_at: datetime, zone: str) -> datetime:
    """When those are reminded, once, who have not answered: noon (UTC) of the second working day after, by `zone`."""
    return next_working_noon(put_up_at, zone, days=REMINDED_AFTER)


def _rank(slot: str, start: datetime, parties: Parties, said: Mapping[str, Suits]) -> Rank:
    def those(answer: Suits | None) -> tuple[str, ...]:
        return tuple(name for slug, name in parties.items() if said.get(slug) is answer)

    return Rank(slot, start, those(Suits.YES), those(Suits.IF_NEED_BE), those(Suits.NO), those(None))


def _whom(rank: Rank) -> Clause:
    but = {"names": ", ".join(rank.no)}
    if rank.no and not rank.yes and not rank.if_need_be:
        return Clause("Not for %(names)s", but)
    if rank.no:
        return Clause("All who were asked but %(names)s" if rank.without_buyer else "Everyone but %(names)s", but)
    if not rank.yes and not rank.if_need_be:
        return Clause("Nobody has answered yet", {})
    if rank.silent:
        return Clause("Everyone who has answered", {})
    return Clause("All who were asked" if rank.without_buyer else "Everyone", {})
