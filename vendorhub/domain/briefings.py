"""What a joint briefing is made of, where it stands, and what may happen to a vendor's part in it (M9)."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from vendorhub.domain import texts
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import Kind, State
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.windows import reached

VENDORS_AT_LEAST, VENDORS_AT_MOST = 2, 20
SHARE = 50  # per cent of the time that is the buyer's, unless somebody says otherwise
FURTHEST = timedelta(days=366)
RULES_AT_MOST = 2000

HOUSE_RULES = (
    "Rivals share this room. Nobody speaks of prices, terms, customers or bids, and nobody agrees on anything with a "
    "rival. We talk about what each thing does, how the things work together and where they compete; everything else "
    "belongs in a talk of your own with the buyer."
)


class BriefingState(StrEnum):
    """Where a briefing stands, computed from its request, its meeting and its agenda (DESIGN.md, States)."""

    PROPOSED = "proposed"
    CONSENTED = "consented"
    CONFIRMED = "confirmed"  # a time is agreed and every named vendor has joined
    FIXED = "fixed"  # and the agenda is published
    LIVE = "live"
    CLOSED = "closed"
    CALLED_OFF = "called_off"


class Part(StrEnum):
    """Where a vendor's part in a briefing stands."""

    ASKED = "asked"
    JOINED = "joined"
    DECLINED = "declined"
    LEFT = "left"
    DROPPED = "dropped"


# The table is the rule. To be named again is to be asked again: everybody joins the line-up that is.
TRANSITIONS: dict[Part, dict[Deed, Part]] = {
    Part.ASKED: {
        Deed.TAKE_PART: Part.JOINED,
        Deed.STAY_OUT: Part.DECLINED,
        Deed.NAME: Part.ASKED,
        Deed.DROP: Part.DROPPED,
    },
    Part.JOINED: {Deed.LEAVE: Part.LEFT, Deed.NAME: Part.ASKED, Deed.DROP: Part.DROPPED},
    Part.DECLINED: {Deed.NAME: Part.ASKED, Deed.DROP: Part.DROPPED},
    Part.LEFT: {Deed.NAME: Part.ASKED},
    Part.DROPPED: {Deed.NAME: Part.ASKED},
}

NAMED = frozenset({Part.ASKED, Part.JOINED, Part.DECLINED})  # whose word the invitations wait for
SAY_WHEN = frozenset({Part.ASKED, Part.JOINED})  # who say which times suit them, and see them
PROPOSED = frozenset({State.UNVERIFIED, State.PENDING, State.ASKED_BACK, State.AMENDED})
GOES_ON = frozenset({BriefingState.CONSENTED, BriefingState.CONFIRMED, BriefingState.FIXED, BriefingState.LIVE})
BEFORE_THE_YES = frozenset({Deed.SET_FRAME})


def after(part: Part, deed: Deed) -> Part:
    """What a deed makes of a vendor's part. Raises WrongState where the table has no such row."""
    to = TRANSITIONS[part].get(deed)
    if to is None:
        raise WrongState(_WHY_NOT[part])
    return to


def state_of(
    seen: State,
    *,
    start: datetime | None,
    end: datetime | None,
    cancelled: bool,
    published: bool,
    now: datetime,
) -> BriefingState:
    """Where a briefing stands for somebody who sees its request in this state; `start` and `end` are those of its
    meeting, None while there is none, and `cancelled` says that it was called off."""
    if seen in PROPOSED:
        return BriefingState.PROPOSED
    if seen is State.REVOKED or (seen is State.ACCEPTED and cancelled):
        return BriefingState.CALLED_OFF
    if seen is not State.ACCEPTED:
        return BriefingState.CLOSED
    if start is None or end is None:
        return BriefingState.CONSENTED
    if now >= end:
        return BriefingState.CLOSED
    if now >= start:
        return BriefingState.LIVE
    return BriefingState.FIXED if published else BriefingState.CONFIRMED


def refuse_halves(kind: str) -> None:
    """Raises WrongState where an agenda half and half is meant for a meeting that is a joint briefing."""
    if kind == Kind.BRIEFING:
        raise WrongState("The agenda of a joint briefing is built on a page of its own.")


def may_know(company: int | None, reader: int | None, *, buyer: int, organiser: int) -> bool:
    """Whether people of the company `reader` may know who comes for `company`: of rivals they may not (law 10).

    Of a meeting that is no briefing, whose people are listed without a company, everybody knows everybody.
    """
    return company is None or reader in (buyer, organiser) or company in (buyer, organiser, reader)


def require_going_on(state: BriefingState, deed: Deed | None = None) -> None:
    """Raises WrongState unless the buyer has said yes and the briefing is not over; a deed that shapes the proposal
    may come before the yes."""
    if state is BriefingState.PROPOSED and deed in BEFORE_THE_YES:
        return
    if state is BriefingState.PROPOSED:
        raise WrongState("The buyer has not said yes to this briefing yet.")
    if state not in GOES_ON:
        raise WrongState("This briefing is over, so nothing can be changed any more.")


def line_up(vendors: Collection[int]) -> str:
    """The name of a line-up, 64 hex digits: who joined another one has not joined this."""
    return hashlib.sha256(",".join(map(str, sorted(vendors))).encode()).hexdigest()


def check_how_many(vendors: Sequence[str]) -> None:
    """Raises Unfit for fewer than two vendors, more than twenty, or one that is named twice."""
    if len(set(vendors)) < len(vendors):
        raise Unfit("vendors", "A vendor is named twice.")
    if len(vendors) < VENDORS_AT_LEAST:
        raise Unfit("vendors", "Please name at least two vendors; one alone is asked for by an ask of its own.")
    if len(vendors) > VENDORS_AT_MOST:
        raise Unfit("vendors", "Please name at most %(most)s vendors.", most=VENDORS_AT_MOST)


def check_share(share: int) -> int:
    """The buyer's share of the time, in per cent. Raises Unfit for what is none."""
    if not 0 <= share <= 100:
        raise Unfit("buyer_share", "Please give the buyer's share between 0 and 100 per cent.")
    return share


def check_items_due(due: date | None, *, today: date) -> date:
    """The last day on which items are sent. Raises Unfit if it is missing, past, or over a year away."""
    if due is None:
        raise Unfit("items_due", "Please say by when the items are due.")
    if due <= today:
        raise Unfit("items_due", "Please choose a day after today.")
    if due - today > FURTHEST:
        raise Unfit("items_due", "Please choose a day within a year.")
    return due


def check_days_before(days: int) -> int:
    """How many working days before it the agenda is published. Raises Unfit for what is no such number."""
    if not 0 <= days <= 30:
        raise Unfit("publish_days_before", "Please choose between 0 and 30 working days.")
    return days


def check_house_rules(rules: str) -> str:
    """The paragraph that everybody in the room keeps to; ours where none is given. Raises Unfit for one too long."""
    return texts.text(rules, at_most=RULES_AT_MOST, what="house_rules") or HOUSE_RULES


def deadline(items_due: date, zone: str) -> datetime:
    """The instant (UTC) at which the day is over by which items are due, in the buyer's zone."""
    return reached(datetime.combine(items_due + timedelta(days=1), time()), zone)


_WHY_NOT = {
    Part.ASKED: "You have not said yet whether you come.",
    Part.JOINED: "You have joined this briefing already.",
    Part.DECLINED: "You have said that you don't come; whoever organises it can ask you again.",
    Part.LEFT: "You have left this briefing; whoever organises it can ask you again.",
    Part.DROPPED: "This briefing goes on without you.",
}
