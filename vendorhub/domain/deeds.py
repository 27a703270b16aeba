"""What people can do, by name: the one vocabulary that rights, transitions, history lines and buttons share."""

from enum import StrEnum


class Deed(StrEnum):
    """A deed on a meeting request, on an offer of times, on a meeting, at the front door, or on a block."""

    # the meeting request
    SEE = "see"
    ASK = "ask"
    VERIFY = "verify"
    ATTACH = "attach"
    ACCEPT = "accept"
    STAND = "stand"
    AMEND = "amend"
    AGREE = "agree"
    DECLINE = "decline"
    BLOCK = "block"
    REDIRECT = "redirect"
    ASK_BACK = "ask_back"
    ANSWER_BACK = "answer_back"
    UNDO = "undo"
    WITHDRAW = "withdraw"
    REVOKE = "revoke"
    REOPEN = "reopen"
    LAPSE = "lapse"
    # an ask that came elsewhere
    LOG = "log"
    CORRECT = "correct"
    # beside it: how it came, and who asks
    REMARK = "remark"
    SETTLE = "settle"
    # the paper that is asked for instead of a meeting
    HAND_IN = "hand_in"
    ENOUGH = "enough"
    # offers of times
    OFFER = "offer"
    COUNTER = "counter"
    CHOOSE = "choose"
    RETRACT = "retract"
    # the meeting
    SEE_MEETING = "see_meeting"
    MOVE = "move"
    PROPOSE_MOVE = "propose_move"
    ACCEPT_MOVE = "accept_move"
    REFUSE_MOVE = "refuse_move"
    CANCEL = "cancel"
    SET_PLACE = "set_place"
    SET_AGENDA = "set_agenda"
    CANNOT_COME = "cannot_come"
    COME = "come"
    REPLACE = "replace"
    INVITE = "invite"  # who presents at a briefing and was named once the invitations had left
    SAY_OUTCOME = "say_outcome"
    CORRECT_OUTCOME = "correct_outcome"
    # the assistant's tray
    SORT = "sort"
    DELEGATE = "delegate"
    # the front door
    SET_DOOR = "set_door"
    # blocks
    SEE_BLOCKS = "see_blocks"
    LIFT = "lift"
    # a joint briefing
    PROPOSE = "propose"
    NAME = "name"
    SET_LINE_UP = "set_line_up"
    WIDEN = "widen"
    SET_FRAME = "set_frame"
    TAKE_PART = "take_part"
    STAY_OUT = "stay_out"
    LEAVE = "leave"
    DROP = "drop"
    # what is brought to it, and what is made of that
    WRITE_ITEM = "write_item"
    ITEMS_IN = "items_in"
    ITEMS_MISSING = "items_missing"
    ITEM_BACK = "item_back"
    MARK = "mark"
    BUILD = "build"
    PUBLISH = "publish"
    # a time for all
    POLL = "poll"
    SAY_WHEN = "say_when"
    SET_TIME = "set_time"
    # the day and afterwards
    KEEP_MINUTES = "keep_minutes"
    KEEP_PROMISE = "keep_promise"
    CONFIRM_PROMISE = "confirm_promise"
    REOPEN_PROMISE = "reopen_promise"
    SAY_WHY = "say_why"
    TELL_MISSED = "tell_missed"
    CONFIRM_MINUTES = "confirm_minutes"
    ADD_REMARK = "add_remark"
    WEIGH = "weigh"
    THANK = "thank"
    AGAIN = "again"
    # the rhythm of a relationship
    SEE_RELATIONSHIP = "see_relationship"
    SET_CADENCE = "set_cadence"
    PAUSE = "pause"
    LET_GO = "let_go"
    SET_DETAILS = "set_details"
    LOG_MEETING = "log_meeting"
    ADOPT = "adopt"
    TAKE_OUT = "take_out"
    ANSWER_FACT = "answer_fact"
    DOUBT = "doubt"
    HEAR_DOUBT = "hear_doubt"
    BRING_IN = "bring_in"
    WRITE_NOTE = "write_note"
    TAKE_OUT_NOTE = "take_out_note"
    PLAN = "plan"
    SET_HOURS = "set_hours"
    # companies
    SEE_COMPANIES = "see_companies"
    JOIN = "join"
    PART = "part"


REQUEST_DEEDS = (
    Deed.VERIFY,
    Deed.ATTACH,
    Deed.ACCEPT,
    Deed.STAND,
    Deed.AMEND,
    Deed.AGREE,
    Deed.DECLINE,
    Deed.BLOCK,
    Deed.REDIRECT,
    Deed.ASK_BACK,
    Deed.ANSWER_BACK,
    Deed.UNDO,
    Deed.WITHDRAW,
    Deed.REVOKE,
    Deed.REOPEN,
    Deed.LAPSE,
)
ANSWER_DEEDS = frozenset({Deed.ACCEPT, Deed.AMEND, Deed.DECLINE, Deed.BLOCK, Deed.REDIRECT, Deed.ASK_BACK})
BRIEFING_DEEDS = (
    Deed.SET_LINE_UP,
    Deed.WIDEN,
    Deed.SET_FRAME,
    Deed.TAKE_PART,
    Deed.STAY_OUT,
    Deed.LEAVE,
    Deed.WRITE_ITEM,
    Deed.MARK,
    Deed.BUILD,
    Deed.PUBLISH,
    Deed.POLL,
    Deed.SAY_WHEN,
    Deed.SET_TIME,
)
OFFER_DEEDS = (Deed.COUNTER, Deed.CHOOSE, Deed.RETRACT, Deed.LAPSE)
MEETING_DEEDS = (
    Deed.MOVE,
    Deed.PROPOSE_MOVE,
    Deed.ACCEPT_MOVE,
    Deed.REFUSE_MOVE,
    Deed.CANCEL,
    Deed.SET_PLACE,
    Deed.SET_AGENDA,
    Deed.REPLACE,
    Deed.INVITE,
    Deed.SAY_OUTCOME,
)
