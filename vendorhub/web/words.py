"""Answers what things are called on a screen: how an ask stands, what was done, where a meeting is (UX.md)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from flask_babel import format_decimal, lazy_gettext, ngettext
from flask_babel import gettext as _

from vendorhub import clock
from vendorhub.domain import papers
from vendorhub.domain.meeting_requests import MINUTES
from vendorhub.domain.papers import Stage
from vendorhub.domain.places import How
from vendorhub.domain.refusals import Refusal
from vendorhub.domain.wall_times import in_zone, zone_name
from vendorhub.papers.markdown import as_html
from vendorhub.queries.history import LineView
from vendorhub.queries.meetings import MeetingView
from vendorhub.queries.relationships import Between
from vendorhub.queries.request_views import RequestView
from vendorhub.wording import brief_day, clock_time, day, distance

HOWS: Final = {
    How.VIDEO_BUYER: lazy_gettext("By video, the buyer’s link"),
    How.VIDEO_VENDOR: lazy_gettext("By video, the vendor’s link"),
    How.ROOM_BUYER: lazy_gettext("In a room of the buyer"),
    How.ROOM_VENDOR: lazy_gettext("In a room of the vendor"),
    How.PHONE: lazy_gettext("By phone"),
}
KINDS: Final = {
    "intro": lazy_gettext("to get to know each other"),
    "quarterly": lazy_gettext("the quarterly talk"),
    "governance": lazy_gettext("governance"),
    "topic": lazy_gettext("one topic"),
}
_PARTSTATS: Final = {
    "ACCEPTED": lazy_gettext("comes"),
    "DECLINED": lazy_gettext("does not come"),
    "TENTATIVE": lazy_gettext("comes perhaps"),
    "NEEDS-ACTION": lazy_gettext("has not answered yet"),
}
# How an ask stands, in one or two words.
_STANDS: Final = {
    "unverified": lazy_gettext("waiting for the vendor’s word"),
    "pending": lazy_gettext("waiting for an answer"),
    "asked_back": lazy_gettext("a question was asked first"),
    "accepted": lazy_gettext("yes"),
    "amended": lazy_gettext("yes, with changes"),
    "declined": lazy_gettext("no"),
    "blocked": lazy_gettext("no"),
    "redirected": lazy_gettext("passed to somebody else"),
    "attached": lazy_gettext("answered before"),
    "withdrawn": lazy_gettext("taken back"),
    "lapsed": lazy_gettext("closed without an answer"),
    "revoked": lazy_gettext("the yes was taken back"),
}
# How far an answer in writing has come.
_WRITTEN: Final = {
    Stage.ASKED: lazy_gettext("in writing, by %(day)s"),
    Stage.HERE: lazy_gettext("in writing, and the paper is here"),
    Stage.ENOUGH: lazy_gettext("in writing, and the paper was enough"),
    Stage.MISSED: lazy_gettext("in writing, but no paper came by %(day)s"),
}
# Answers that the state alone does not tell.
_ANSWERED: Final = {
    "remember": lazy_gettext("remembered, without a reply"),
    "front_door": lazy_gettext("shown the front door"),
}
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
    "sort": lazy_gettext("%(by)s sorted it"),
    "set_place": lazy_gettext("%(by)s said where to meet"),
    "write_item": lazy_gettext("%(by)s sent an item of ours for the briefing"),
    "items_in": lazy_gettext("%(by)s sent what %(words)s brings to the briefing"),
    "items_missing": lazy_gettext("%(by)s took back all that %(words)s had brought"),
    "item_back": lazy_gettext("%(by)s took an item back"),
    "set_agenda": lazy_gettext("%(by)s changed their half of the agenda"),
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
    "delegate": lazy_gettext("%(by)s said anew what %(company)s may answer alone"),
    "set_door": lazy_gettext("%(by)s changed the front door: %(parts)s"),
}
_FRONT_DOOR: Final = {
    "name": lazy_gettext("the name"),
    "brief": lazy_gettext("the brief"),
    "open_to": lazy_gettext("what you are open to"),
    "not_open_to": lazy_gettext("what you are not open to"),
    "goals": lazy_gettext("the goals"),
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


def say(refusal: Refusal) -> str:
    """A refusal's sentence in the reader's language."""
    return str(_(refusal.msgid, **refusal.values))


def stands(state: str) -> str:
    """How an ask stands, never the state's own name."""
    return str(_STANDS[state])


def standing(ask: RequestView) -> str:
    """How an ask stands, as a sentence: the answer, who gave it, and from when they may ask again."""
    if ask.state == "lapsed" and ask.vendor and not ask.confirmed_by:
        return str(_("Closed: %(vendor)s did not confirm it in time.", vendor=ask.vendor))
    sentence = str(_("%(said)s.", said=ended(ask)))
    return sentence[:1].upper() + sentence[1:]


def headline(ask: RequestView) -> str:
    """What an ask is, as the buyer's side reads it; who asked elsewhere did not say for how long."""
    said = {"company": asking(ask), "minutes": ask.minutes, "topic": ask.topic}
    if ask.channel:
        return str(_("%(company)s asks about “%(topic)s”", **said))
    return str(_("%(company)s asks for %(minutes)s minutes about “%(topic)s”", **said))


def ended(story: RequestView | Between) -> str:
    """How an ask stands or has ended, to go within a sentence: "not now; again from Monday, 22 February 2027"."""
    said = str(_ANSWERED.get(story.answered_as) or stands(story.state or ""))
    if story.state == "attached" and not story.decided_by:
        return str(_("not taken up now"))  # of an answer that was not theirs they hear nothing
    if isinstance(story, RequestView) and story.standing and story.state == "accepted":
        said = _("a standing yes: a meeting a quarter until it is called off")
    if isinstance(story, RequestView) and story.passed_to:
        return str(_("passed to %(name)s", name=story.passed_to.to))
    if story.state == "lapsed" and isinstance(story, RequestView):
        if story.changes:
            return str(_("closed, for nobody agreed to the changes"))
        if story.question and not story.question_answer:
            return str(_("closed, for the question stayed unanswered"))
    if isinstance(story, RequestView) and story.writing is not None:
        said = str(_WRITTEN[story.writing.stage]) % {"day": day(story.writing.due)}
    if story.again_on is not None and story.answered_as not in _ANSWERED:
        said = _("not now") if story.state == "declined" else said
        return str(_("%(said)s; again from %(day)s", said=said, day=day(story.again_on)))
    return str(_("%(said)s (%(name)s)", said=said, name=story.decided_by)) if story.decided_by else said


def asking(ask: RequestView | MeetingView) -> str:
    """Who asks: the company, or the VAR and the vendor in whose name it does: "Bridgeworks for Fastprint"."""
    if not ask.vendor:
        return ask.company
    return str(_("%(company)s for %(vendor)s", company=ask.company, vendor=ask.vendor))


def answers(partstat: str) -> str:
    """What an attendee has answered (RFC 5545, 3.2.12)."""
    return str(_PARTSTATS[partstat])


def done(line: LineView) -> str:
    """Who did what, as one sentence without its full stop; the clock's deeds name nobody."""
    sentence = _WORDED.get(line.words) if line.deed in ("decline", "block", "lapse", "remark", "settle") else None
    if line.deed in ("attach", "reopen") and line.words:
        sentence = _WITH_WORDS[line.deed]
    if line.words in ("name", "unverified"):
        sentence = _ABOUT_A_NAME.get(line.deed)
    elif line.deed == "lapse":
        sentence = _LAPSED.get(line.words, sentence)
    if not line.about:
        sentence = _ABOUT_NO_ASK[line.deed]
    parts = ", ".join(str(_FRONT_DOOR[part]) for part in line.words.split()) if line.deed == "set_door" else ""
    told = {"by": line.by or "VendorHub", "company": line.words, "words": line.words, "parts": parts}
    told["reason"] = line.words.removesuffix(".")  # the sentence that it stands in gets its full stop
    said = str(sentence or _DEEDS[line.deed]) % told
    if line.on_behalf_of:
        said = _("%(said)s for %(whom)s", said=said, whom=line.on_behalf_of)
    # What follows from an answer that stands is nobody's deed, by whichever door the ask came.
    door = None if line.deed == "attach" else _DOORS.get(line.door)
    return _("%(said)s, %(door)s", said=said, door=door) if door else said


def moment(at: datetime, zone: str) -> str:
    """An instant as the clocks of `zone` show it: today only the time, else weekday and date before it."""
    local = in_zone(at, zone)
    said = {"time": clock_time(local), "zone": zone_name(at, zone), "day": day(local.date())}
    if local.date() == in_zone(clock.now(), zone).date():
        return str(_("%(time)s (%(zone)s)", **said))
    return str(_("%(day)s, %(time)s (%(zone)s)", **said))


def date_in(at: datetime, zone: str) -> str:
    """The day of an instant as the calendars of `zone` show it, short, for lists: "Wed, 13 Jan 2027"."""
    return brief_day(in_zone(at, zone).date())


def hours(minutes: int) -> str:
    """A length of time in hours: "4.5 hours"."""
    number = minutes / 60
    return str(ngettext("%(hours)s hour", "%(hours)s hours", number, hours=format_decimal(round(number, 1))))


def away(at: datetime) -> str:
    """How far an instant is from now: "in 3 days", "2 hours ago"."""
    return distance(at, clock.now())


def paper_due(zone: str) -> date:
    """The day by which a paper is asked for until somebody says another, as the calendars of `zone` go."""
    return papers.suggested_due(in_zone(clock.now(), zone).date())


def each_choices(asked: int) -> list[tuple[str, str]]:
    """How long a meeting may be where so many minutes were asked for: what was asked first, then less."""
    return [
        (str(one), str(_("%(minutes)s minutes", minutes=one))) for one in sorted(MINUTES, reverse=True) if one <= asked
    ]


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "standing": standing,
    "asking": asking,
    "answers": answers,
    "done": done,
    "moment": moment,
    "away": away,
    "brief_day": brief_day,
    "date_in": date_in,
    "ended": ended,
    "headline": headline,
    "hours": hours,
    "paper_due": paper_due,
    "markdown": as_html,
}
