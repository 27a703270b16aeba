"""Answers what was done, as a sentence of the history: who did what, and by which door."""

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from vendorhub.queries.history import LineView

_DEEDS: Final = {
    "ask": lazy_gettext("%(by)s asked"),
    "verify": lazy_gettext("%(by)s showed that the address is theirs"),
    "accept": lazy_gettext("%(by)s said yes"),
    "stand": lazy_gettext("%(by)s gave a standing yes: a meeting a quarter"),
    "decline": lazy_gettext("%(by)s said no"),
    "block": lazy_gettext("%(by)s said no"),
    "hand_in": lazy_gettext("%(by)s handed in a paper"),
    "enough": lazy_gettext("%(by)s found that the paper is enough"),
    "amend": lazy_gettext("%(by)s said yes, with changes"),
    "agree": lazy_gettext("%(by)s agreed to the changes"),
    "redirect": lazy_gettext("%(by)s passed the ask to %(words)s"),
    "ask_back": lazy_gettext("%(by)s asked first: “%(words)s”"),
    "answer_back": lazy_gettext("%(by)s answered: “%(words)s”"),
    "undo": lazy_gettext("%(by)s took the answer back before anybody heard of it"),
    "withdraw": lazy_gettext("%(by)s took the ask back"),
    "revoke": lazy_gettext("%(by)s took the yes back"),
    "reopen": lazy_gettext("%(by)s opened it again"),
    "log": lazy_gettext("%(by)s noted this ask"),
    "correct": lazy_gettext("%(by)s put right who asked"),
    "remark": lazy_gettext("%(by)s noted how this ask came"),
    "settle": lazy_gettext("%(by)s said who asks"),
    "lapse": lazy_gettext("The time to answer was over, so it was closed without an answer"),
    "attach": lazy_gettext("It is not taken up now"),
    "offer": lazy_gettext("%(by)s put up times"),
    "counter": lazy_gettext("%(by)s suggested other times"),
    "retract": lazy_gettext("%(by)s took the times back"),
    "choose": lazy_gettext("%(by)s chose a time; the invitations went out"),
    "move": lazy_gettext("%(by)s moved the meeting"),
    "propose_move": lazy_gettext("%(by)s wished for another time"),
    "accept_move": lazy_gettext("%(by)s agreed to the other time"),
    "refuse_move": lazy_gettext("%(by)s kept the agreed time"),
    "cancel": lazy_gettext("%(by)s called the meeting off"),
    "cannot_come": lazy_gettext("%(by)s can’t come"),
    "come": lazy_gettext("%(by)s comes after all"),
    "replace": lazy_gettext("%(by)s had somebody else of %(words)s come instead"),
    "invite": lazy_gettext("%(by)s invited those of %(words)s who present, too"),
    "set_cadence": lazy_gettext("%(by)s said how often to meet %(words)s"),
    "pause": lazy_gettext("%(by)s paused the meetings with %(words)s"),
    "let_go": lazy_gettext("%(by)s let a quarter go with %(words)s"),
    "set_details": lazy_gettext("%(by)s said what you hold of %(words)s"),
    "log_meeting": lazy_gettext("%(by)s noted a meeting with %(words)s that was held elsewhere"),
    "adopt": lazy_gettext("%(by)s adopted meetings with %(words)s that were agreed elsewhere"),
    "bring_in": lazy_gettext("%(by)s brought in a table of vendors: rows that were taken: %(words)s"),
    "take_out": lazy_gettext("%(by)s took out meetings with %(words)s that had been adopted"),
    "write_note": lazy_gettext("%(by)s wrote a note about %(words)s"),
    "take_out_note": lazy_gettext("%(by)s took out a note about %(words)s"),
    "plan": lazy_gettext("%(by)s asked for a plan of %(words)s"),
    "set_hours": lazy_gettext("%(by)s said how many hours a month vendors may take"),
    "sort": lazy_gettext("%(by)s sorted it"),
    "set_place": lazy_gettext("%(by)s said where to meet"),
    "set_agenda": lazy_gettext("%(by)s worked on the agenda"),
    "write_item": lazy_gettext("%(by)s sent an item of ours for the briefing"),
    "items_in": lazy_gettext("%(by)s sent what %(words)s brings to the briefing"),
    "items_missing": lazy_gettext("%(by)s took back all that %(words)s had brought"),
    "item_back": lazy_gettext("%(by)s took an item back"),
    "mark": lazy_gettext("%(by)s said what there is between two of them: %(words)s"),
    "build": lazy_gettext("%(by)s built the agenda of the briefing"),
    "publish": lazy_gettext("%(by)s published the agenda, version %(words)s"),
    "propose": lazy_gettext("%(by)s proposed a joint briefing"),
    "name": lazy_gettext("%(words)s was asked to come"),
    "set_line_up": lazy_gettext("%(by)s changed who comes, and everybody was asked again"),
    "widen": lazy_gettext("%(by)s said yes to the change"),
    "set_frame": lazy_gettext("%(by)s changed the frame of the briefing"),
    "take_part": lazy_gettext("%(by)s joined for %(words)s"),
    "stay_out": lazy_gettext("%(by)s said that %(words)s does not come"),
    "leave": lazy_gettext("%(by)s said that %(words)s does not come after all"),
    "poll": lazy_gettext("%(by)s put up times for all"),
    "say_when": lazy_gettext("%(by)s said which times suit %(words)s"),
    "set_time": lazy_gettext("%(by)s chose the time for all"),
    "say_outcome": lazy_gettext("%(by)s said what came of the meeting"),
    "correct_outcome": lazy_gettext("%(by)s put right what was said of the meeting"),
    "keep_minutes": lazy_gettext("%(by)s wrote in the minutes of the briefing"),
    "keep_promise": lazy_gettext("%(by)s said that a promise is done: %(words)s"),
    "confirm_promise": lazy_gettext("%(by)s said that a promise is kept: %(words)s"),
    "reopen_promise": lazy_gettext("%(by)s opened a promise again: %(words)s"),
    "say_why": lazy_gettext("%(by)s said why a promise is not in time: %(words)s"),
    "tell_missed": lazy_gettext("%(by)s told that a delivery was missed: %(words)s"),
    "confirm_minutes": lazy_gettext("%(by)s confirmed the minutes; everybody who attended has them"),
    "add_remark": lazy_gettext("%(by)s added a remark to the minutes for %(words)s"),
    "weigh": lazy_gettext("%(by)s said whether %(words)s was worth the time"),
    "thank": lazy_gettext("%(by)s thanked %(words)s"),
    "again": lazy_gettext("%(by)s proposed the same again: %(words)s"),
    "drop": lazy_gettext("%(words)s is not part of it any more"),
}
_WORDED: Final = {
    "in_writing": lazy_gettext("%(by)s would rather have it in writing"),
    "not_now": lazy_gettext("%(by)s said not now"),
    "no": lazy_gettext("%(by)s said no"),
    "never": lazy_gettext("%(by)s said no, and not to ask again"),
    "paper": lazy_gettext("The day for the paper was over, and none had come"),
    "remember": lazy_gettext("%(by)s remembered it, without a reply"),
    "front_door": lazy_gettext("%(by)s showed them the front door"),
    "went_around": lazy_gettext("%(by)s noted: went around us"),
    "told_to": lazy_gettext("%(by)s noted: was told to"),
    "invited": lazy_gettext("%(by)s noted: invited by us"),
    "them": lazy_gettext("%(by)s said that it is them"),
    "other": lazy_gettext("%(by)s said that it is somebody else"),
}
_LINE_UP: Final = {
    "wished": lazy_gettext("%(by)s would have more vendors in the room"),
    "terms": lazy_gettext("%(by)s would have another theme or other minutes"),
    "refused": lazy_gettext("%(by)s kept it as it was"),
}
_WITH_WORDS: Final = {
    "attach": lazy_gettext("There was an answer to an earlier ask of this company, and it holds"),
    "reopen": lazy_gettext("%(by)s opened it again: “%(reason)s”"),
}
# What a vendor does about its name, and what time does.
_ABOUT_A_NAME: Final = {
    "verify": lazy_gettext("%(by)s confirmed that it is asked in their company’s name"),
    "withdraw": lazy_gettext("%(by)s did not leave their company’s name to it"),
    "lapse": lazy_gettext("Nobody confirmed in time that it is asked in their name"),
}
_LAPSED: Final = {
    "asked_back": lazy_gettext("Nobody answered the question in time, so the ask was closed"),
    "amended": lazy_gettext("Nobody agreed to the changes in time, so the ask was closed"),
}
_ABOUT_NO_ASK: Final = {
    "join": lazy_gettext("%(by)s said that these are one company: %(company)s"),
    "part": lazy_gettext("%(by)s said that these are two companies: %(company)s"),
    "block": lazy_gettext("%(by)s asked %(company)s not to ask again"),
    "lift": lazy_gettext("%(by)s let %(company)s ask again"),
    "answer_fact": lazy_gettext("%(by)s of %(company)s answered a fact of how it has gone"),
    "doubt": lazy_gettext("%(by)s of %(company)s said why a goal will fail"),
    "hear_doubt": lazy_gettext("%(by)s has read why %(company)s thinks that a goal will fail"),
    "delegate": lazy_gettext("%(by)s said anew what %(company)s may answer alone"),
    "set_door": lazy_gettext("%(by)s changed the front door: %(parts)s"),
}
_FRONT_DOOR: Final = {
    "name": lazy_gettext("the name"),
    "brief": lazy_gettext("the brief"),
    "open_to": lazy_gettext("what you are open to"),
    "not_open_to": lazy_gettext("what you are not open to"),
    "goals": lazy_gettext("the goals"),
    "calendar": lazy_gettext("the calendar"),
    "response_days": lazy_gettext("the days to answer"),
    "zone": lazy_gettext("the time zone"),
    "not_vendors": lazy_gettext("whose mail is no ask"),
    "wordings": lazy_gettext("how answers are told"),
}
_DOORS: Final = {
    "api": lazy_gettext("through the API"),
    "link": lazy_gettext("by the link in the letter"),
    "command": lazy_gettext("by an operator’s command"),
    "mail": lazy_gettext("by mail"),
}


def done(line: LineView) -> str:
    """Who did what, as one sentence without its full stop; the clock's deeds name nobody."""
    if line.deed == "choose" and line.words:  # nobody's deed, but that the last word that was missing came
        return str(_("A time is agreed and everybody has joined; the invitations went out"))
    sentence = _WORDED.get(line.words) if line.deed in ("decline", "block", "lapse", "remark", "settle") else None
    if line.deed in ("attach", "reopen") and line.words:
        sentence = _WITH_WORDS[line.deed]
    if line.deed in ("set_line_up", "widen"):
        sentence = _LINE_UP.get(line.words)
    if line.words in ("name", "unverified"):
        sentence = _ABOUT_A_NAME.get(line.deed)
    elif line.deed == "lapse":
        sentence = _LAPSED.get(line.words, sentence)
    if not line.about:
        sentence = _ABOUT_NO_ASK.get(line.deed)
    parts = ", ".join(str(_FRONT_DOOR[part]) for part in line.words.split()) if line.deed == "set_door" else ""
    told = {"by": line.by or "VendorHub", "company": line.words, "words": line.words, "parts": parts}
    told["reason"] = line.words.removesuffix(".")  # the sentence that it stands in gets its full stop
    said = str(sentence or _DEEDS[line.deed]) % told
    if line.on_behalf_of:
        said = _("%(said)s for %(whom)s", said=said, whom=line.on_behalf_of)
    # What follows from an answer that stands is nobody's deed, by whichever door the ask came.
    door = None if line.deed == "attach" else _DOORS.get(line.door)
    return _("%(said)s, %(door)s", said=said, door=door) if door else said
