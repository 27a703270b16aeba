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
from vendorhub.queries.meetings import MeetingView
from vendorhub.queries.relationships import Between
from vendorhub.queries.request_views import RequestView
from vendorhub.web.deed_words import done
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


def say(refusal: Refusal) -> str:
    """A refusal's sentence in the reader's language."""
    return str(_(refusal.msgid, **refusal.values))


def put(msgid: str, values: Mapping[str, object]) -> str:
    """A sentence and its values in the reader's language, as rules are handed it."""
    return str(_(msgid, **values))


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
    if ask.room:
        return str(_("%(company)s would bring several vendors for %(minutes)s minutes: “%(topic)s”", **said))
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
