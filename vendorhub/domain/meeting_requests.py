"""What may happen to a meeting request, and what each side sees of it while an answer is held."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from vendorhub.domain import texts
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Side
from vendorhub.domain.refusals import Unfit, WrongState
from vendorhub.domain.terms import Guest

MINUTES = (15, 30, 45, 60)
BRIEFING_MINUTES = range(30, 481)
TOPIC_AT_MOST = 120
ASKS_A_DAY = 500  # of one company, to whomever: more than any asks, fewer than would flood
SENTENCE_AT_MOST = 1000
GUESTS_AT_MOST = 12


class State(StrEnum):
    """Where a meeting request stands (DESIGN.md, States)."""

    UNVERIFIED = "unverified"
    PENDING = "pending"
    ASKED_BACK = "asked_back"
    ACCEPTED = "accepted"
    AMENDED = "amended"
    DECLINED = "declined"
    BLOCKED = "blocked"
    REDIRECTED = "redirected"
    ATTACHED = "attached"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    REVOKED = "revoked"


class Kind(StrEnum):
    """What kind of meeting is asked for."""

    INTRO = "intro"
    QUARTERLY = "quarterly"
    GOVERNANCE = "governance"
    TOPIC = "topic"
    BRIEFING = "briefing"


ASKED_FOR = frozenset(Kind) - {Kind.BRIEFING}  # a briefing is proposed by a door of its own


class Refused(StrEnum):
    """The ways to say anything but yes."""

    IN_WRITING = "in_writing"
    NOT_NOW = "not_now"
    NO = "no"
    NEVER = "never"


_ANSWERS = {
    Deed.ACCEPT: State.ACCEPTED,
    Deed.STAND: State.ACCEPTED,
    Deed.DECLINE: State.DECLINED,
    Deed.BLOCK: State.BLOCKED,
}

# The table is the rule: whatever is not in it can't be done (it draws the buttons and is printed in the docs).
TRANSITIONS: dict[State, dict[Deed, State]] = {
    State.UNVERIFIED: {Deed.VERIFY: State.PENDING, Deed.WITHDRAW: State.WITHDRAWN, Deed.LAPSE: State.LAPSED},
    State.PENDING: {
        **_ANSWERS,
        Deed.AMEND: State.AMENDED,
        Deed.REDIRECT: State.REDIRECTED,
        Deed.ASK_BACK: State.ASKED_BACK,
        Deed.ATTACH: State.ATTACHED,
        Deed.WITHDRAW: State.WITHDRAWN,
        Deed.LAPSE: State.LAPSED,
    },
    State.ASKED_BACK: {
        **_ANSWERS,
        Deed.AMEND: State.AMENDED,
        Deed.REDIRECT: State.REDIRECTED,
        Deed.ANSWER_BACK: State.PENDING,
        Deed.WITHDRAW: State.WITHDRAWN,
        Deed.LAPSE: State.LAPSED,
    },
    State.AMENDED: {
        Deed.AGREE: State.ACCEPTED,
        Deed.DECLINE: State.DECLINED,
        Deed.BLOCK: State.BLOCKED,
        Deed.UNDO: State.PENDING,
        Deed.WITHDRAW: State.WITHDRAWN,
        Deed.LAPSE: State.LAPSED,
    },
    State.ACCEPTED: {
        Deed.UNDO: State.PENDING,
        Deed.WITHDRAW: State.WITHDRAWN,
        Deed.REVOKE: State.REVOKED,
    },
    State.DECLINED: {Deed.UNDO: State.PENDING, Deed.REOPEN: State.PENDING, Deed.WITHDRAW: State.WITHDRAWN},
    State.BLOCKED: {Deed.UNDO: State.PENDING, Deed.WITHDRAW: State.WITHDRAWN},
    State.REDIRECTED: {Deed.UNDO: State.PENDING, Deed.WITHDRAW: State.WITHDRAWN},
    State.LAPSED: {Deed.REOPEN: State.PENDING},
    State.ATTACHED: {Deed.REOPEN: State.PENDING},
    State.WITHDRAWN: {},
    State.REVOKED: {},
}

# Answers wait for the hold, so these deeds only make sense while the answer is still held (an asker may withdraw
# against a held answer: to them it is still pending, and their word wins).
WHILE_HELD = frozenset(
    {
        (State.ACCEPTED, Deed.UNDO),
        (State.AMENDED, Deed.UNDO),
        (State.DECLINED, Deed.UNDO),
        (State.BLOCKED, Deed.UNDO),
        (State.REDIRECTED, Deed.UNDO),
        (State.DECLINED, Deed.WITHDRAW),
        (State.BLOCKED, Deed.WITHDRAW),
        (State.REDIRECTED, Deed.WITHDRAW),
    }
)
# A yes is called off, a yes, but answered anew, and a no opened again, only once the other side has heard of it; until
# then it is taken back first.
ONCE_HEARD = frozenset(
    {
        *((State.ACCEPTED, Deed.REVOKE), (State.DECLINED, Deed.REOPEN)),
        *((State.AMENDED, Deed.DECLINE), (State.AMENDED, Deed.BLOCK)),
    }
)
AWAITING = frozenset({State.PENDING, State.ASKED_BACK})
# What time alone closes: a name nobody gave, an ask or a question nobody answered, terms nobody agreed to.
CLOSED_BY_TIME = AWAITING | {State.UNVERIFIED, State.AMENDED}


def after(state: State, deed: Deed, *, held: bool = False) -> State:
    """The state a deed leads to. Raises WrongState, in words for the person, where the table has no such row."""
    to = TRANSITIONS[state].get(deed)
    if to is None or not _in_its_time(state, deed, held):
        raise WrongState(_why_not(state, deed))
    return to


def possible(state: State, *, held: bool = False) -> frozenset[Deed]:
    """The deeds that the table allows from here: what buttons are drawn from."""
    return frozenset(deed for deed in TRANSITIONS[state] if _in_its_time(state, deed, held))


def true_state(state: State, *, answer_by: datetime, now: datetime) -> State:
    """The state as time has made it: what waits and whose window is over has lapsed, swept or not (law 7).

    `answer_by` ends the window that is running: the vendor's to give its name, the buyer's, the pause for a question,
    or the one to agree.
    """
    return State.LAPSED if state in CLOSED_BY_TIME and now >= answer_by else state


def is_held(held_until: datetime | None, now: datetime) -> bool:
    """Whether the latest answer can still be taken back: nobody but the buyer's side knows it yet."""
    return held_until is not None and now < held_until


def seen_state(
    state: State,
    *,
    side: Side,
    before_answer: State,
    held_until: datetime | None,
    answer_by: datetime,
    now: datetime,
) -> State:
    """What this side sees: until an answer is effective the other side sees what was before it (DESIGN.md, Held)."""
    if side is not Side.BUYER and is_held(held_until, now):
        return before_answer
    return true_state(state, answer_by=answer_by, now=now)


def check_minutes(minutes: int, kind: str = Kind.TOPIC) -> int:
    """The minutes asked for. Raises Unfit unless 15, 30, 45 or 60 (M5: few questions); a briefing has half an hour to
    eight hours."""
    if kind == Kind.BRIEFING:
        if minutes not in BRIEFING_MINUTES:
            raise Unfit("minutes", "Please give a briefing between 30 and 480 minutes.")
    elif minutes not in MINUTES:
        raise Unfit("minutes", "Please choose 15, 30, 45 or 60 minutes.")
    return minutes


def check_guests(attendees: Sequence[tuple[str, str, str]]) -> tuple[Guest, ...]:
    """The people named, cleaned. Raises Unfit on none, too many, the same address twice, or an unfit name."""
    if not attendees:
        raise Unfit("attendees", "Please name at least one person who would come.")
    if len(attendees) > GUESTS_AT_MOST:
        raise Unfit("attendees", "Please name at most %(most)s people.", most=GUESTS_AT_MOST)
    people = tuple(
        Guest(
            email=texts.email(address, what="attendees"),
            name=texts.line(name, at_most=120, what="attendees"),
            role=texts.line(role, at_most=80, what="attendees") if role.strip() else "",
        )
        for name, address, role in attendees
    )
    if len({guest.email for guest in people}) < len(people):
        raise Unfit("attendees", "The same address is there twice.")
    return people


def check_again_on(again_on: date | None, *, today: date) -> date:
    """The date from which a "not now" may be asked again. Raises Unfit if missing, past, or over two years away."""
    if again_on is None:
        raise Unfit("again_on", "Please say from which date they may ask again.")
    if again_on <= today:
        raise Unfit("again_on", "Please choose a date after today.")
    if (again_on - today).days > 731:
        raise Unfit("again_on", "Please choose a date within two years, or answer No.")
    return again_on


def check_question(text: str, *, what: str) -> str:
    """A question, or what it is answered with, cleaned. Raises Unfit, naming the field `what`."""
    clean = texts.text(text, at_most=SENTENCE_AT_MOST, what=what)
    if not clean:
        raise Unfit(what, "Please fill this in.")
    return clean


def suggested_again_on(today: date) -> date:
    """The date that stands in the form beside "not now" until somebody changes it: a quarter on, on a Monday."""
    return today + timedelta(days=91 - today.weekday())


def _in_its_time(state: State, deed: Deed, held: bool) -> bool:
    return (state, deed) not in (ONCE_HEARD if held else WHILE_HELD)


def _why_not(state: State, deed: Deed) -> str:
    if deed is Deed.VERIFY:
        return "This has been settled already; here is how things stand now."
    if state is State.LAPSED and deed in _ANSWERING:
        return "The time to answer this is over, so it was closed without an answer."
    if state is State.LAPSED and deed in (Deed.AGREE, Deed.ANSWER_BACK):
        return "The time for this is over, so the ask was closed."
    if (state, deed) == (State.ACCEPTED, Deed.REVOKE):
        return "They have not heard of this yes yet, so it can simply be taken back."
    if state is State.DECLINED and deed is Deed.REOPEN:
        return "Nobody has heard of this answer yet: take it back instead."
    if deed is Deed.UNDO:
        return "This answer is already with the other side, so it can't be taken back any more."
    if state is State.WITHDRAWN and deed is Deed.WITHDRAW:
        return "This ask has already been taken back."
    if state is State.WITHDRAWN:
        return "They have taken this ask back, so there is nothing left to answer."
    if state is State.ASKED_BACK and deed is Deed.ASK_BACK:
        return "A question is with them already; you will hear as soon as they answer it."
    if deed in _ANSWERING:
        return "This ask has already been answered."
    return "That is not possible any more; here is how things stand now."


_ANSWERING = (Deed.ACCEPT, Deed.AMEND, Deed.DECLINE, Deed.BLOCK, Deed.REDIRECT, Deed.ASK_BACK)
