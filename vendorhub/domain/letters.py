"""How a letter gets out: its states, how often it is tried, and when its order matters."""

from datetime import timedelta
from enum import StrEnum

ATTEMPTS_AT_MOST = 8
KEPT_AFTER_SENDING = timedelta(days=30)  # then its bytes are erased (law 9)


class LetterState(StrEnum):
    """waiting -> leased -> sent | failed | stopped (DESIGN.md, States)."""

    WAITING = "waiting"
    LEASED = "leased"
    SENT = "sent"
    FAILED = "failed"
    STOPPED = "stopped"


TRANSITIONS: dict[LetterState, frozenset[LetterState]] = {
    LetterState.WAITING: frozenset({LetterState.LEASED, LetterState.STOPPED}),
    LetterState.LEASED: frozenset(
        {LetterState.SENT, LetterState.FAILED, LetterState.WAITING, LetterState.LEASED, LetterState.STOPPED}
    ),
    LetterState.FAILED: frozenset({LetterState.WAITING}),
    LetterState.STOPPED: frozenset({LetterState.WAITING}),
    LetterState.SENT: frozenset(),
}


class LetterKind(StrEnum):
    """Which letter it is: one name, one folder under templates/mail/."""

    ASK_RECEIVED = "ask_received"
    ASK_NOTED = "ask_noted"
    PILE = "pile"
    WEEK_AHEAD = "week_ahead"
    YES = "yes"
    IN_WRITING = "in_writing"
    YES_BUT = "yes_but"
    AGREED = "agreed"
    QUESTION = "question"
    QUESTION_ANSWERED = "question_answered"
    PASSED_ON = "passed_on"
    NOT_NOW = "not_now"
    NO = "no"
    NOT_TAKEN_UP = "not_taken_up"
    REOPENED = "reopened"
    INTRODUCED = "introduced"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    REVOKED = "revoked"
    PAPER_HERE = "paper_here"
    PAPER_ENOUGH = "paper_enough"
    PAPER_MISSED = "paper_missed"
    TIMES_OFFERED = "times_offered"
    TIMES_SUGGESTED = "times_suggested"
    TIMES_TAKEN_BACK = "times_taken_back"
    INVITATION = "invitation"
    UPDATE = "update"
    CANCELLATION = "cancellation"
    MOVE_WISHED = "move_wished"
    MOVE_REFUSED = "move_refused"
    NAME_ASKED = "name_asked"
    NAME_GIVEN = "name_given"
    NAME_REFUSED = "name_refused"
    NAME_LAPSED = "name_lapsed"
    BRIEFING_ASKED = "briefing_asked"
    BRIEFING_ANSWERED = "briefing_answered"
    BRIEFING_OFF = "briefing_off"
    LINE_UP_WISHED = "line_up_wished"
    LINE_UP_KEPT = "line_up_kept"
    ITEMS_REMINDER = "items_reminder"
    ITEMS_EXTENDED = "items_extended"
    ALL_IN = "all_in"
    TIMES_FOR_ALL = "times_for_all"
    TIMES_ANSWERED = "times_answered"
    TIME_CHOSEN = "time_chosen"
    TIME_LOST = "time_lost"
    VENDOR_GONE = "vendor_gone"
    WHO_COMES = "who_comes"
    AGENDA_MISSING = "agenda_missing"
    HAND_OVER = "hand_over"
    FRONT_DOOR = "front_door"
    AGENDA_PUBLISHED = "agenda_published"
    AGENDA_CHANGED = "agenda_changed"
    MINUTES = "minutes"
    THANKS = "thanks"
    BRIEF = "brief"
    PROMISE_REMINDER = "promise_reminder"
    PROMISE_REOPENED = "promise_reopened"
    PROMISE_MISSED = "promise_missed"
    SIGN_IN = "sign_in"
    PASSWORD = "password"  # noqa: S105 - the name of a letter


def wait_after(attempts: int) -> timedelta:
    """How long a letter rests after its n-th try failed for now: 30 s, doubling, at most four hours."""
    return min(timedelta(seconds=30 * 2 ** max(0, attempts - 1)), timedelta(hours=4))


def gives_up(attempts: int, *, permanent: bool) -> bool:
    """Whether a failed try was the last: refused for good, or tried often enough."""
    return permanent or attempts >= ATTEMPTS_AT_MOST
