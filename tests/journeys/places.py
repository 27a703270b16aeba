"""The pages of the house, each with who looks at it: a new page is one line here."""

from dataclasses import dataclass

from tests.journeys.hall import ARJUN, BEAT, JONAS, KADRI, KATRIN, MAYA, PAT, ROSA
from vendorhub.demo.samples import SAMPLES


@dataclass(frozen=True)
class Place:
    """A page: its name among the photographs, who looks, its address with {things} of theirs, and its status."""

    name: str
    who: str | None
    path: str
    status: int = 200
    sheets: int = 0  # of paper at most, where it is for printing


PLACES = (
    # nobody in particular
    Place("sign-in", None, "/sign-in"),
    Place("sign-in-by-password", None, "/sign-in/password"),
    Place("sign-in-link", None, "/sign-in/{sign_in_link}"),
    Place("password-forgotten", None, "/password"),
    Place("front-door-from-outside", None, "/b/havelmark"),
    Place("ask-form-from-outside", None, "/b/havelmark/ask"),
    Place("link-of-old", None, "/d/nothing", 404),
    Place("letter-link", None, "/d/{decision_link}"),
    Place("letter-link-never", None, "/d/{decision_link}/never"),
    Place("in-your-name", None, "/in-your-name/{confirmation_link}"),
    Place("in-your-name-of-old", None, "/in-your-name/nothing", 404),
    Place("without-an-account", None, "/visit/{visit_link}"),
    Place("promise-by-link", None, "/promise/{promise_link}"),
    Place("promise-by-link-of-old", None, "/promise/nothing", 404),
    Place("brief-without-an-account", None, "/visit/{visit_link}/brief"),
    Place("without-an-account-of-old", None, "/visit/nothing", 404),
    Place("letter-link-yes-but", None, "/d/{decision_link}/yes-but"),
    Place("letter-link-question", None, "/d/{decision_link}/question"),
    Place("letter-link-passing", None, "/d/{decision_link}/passing"),
    Place("hand-over", None, "/hand-over/{hand_over_link}"),
    Place("hand-over-of-old", None, "/hand-over/nothing", 404),
    # the buyer's side
    Place("waiting", KATRIN, "/"),
    Place("waiting-assistant", JONAS, "/"),
    Place("ask-waiting", KATRIN, "/meeting-requests/{pending}", sheets=2),
    Place("ask-never", KATRIN, "/meeting-requests/{pending}/never"),
    Place("ask-yes-but", KATRIN, "/meeting-requests/{pending}/yes-but"),
    Place("ask-question", KATRIN, "/meeting-requests/{pending}/question"),
    Place("ask-passing", KATRIN, "/meeting-requests/{pending}/passing"),
    Place("ask-accepted", KATRIN, "/meeting-requests/{agreed_to_meet}"),
    Place("ask-call-off", KATRIN, "/meeting-requests/{agreed_to_meet}/revocation"),
    Place("ask-declined", KATRIN, "/meeting-requests/{declined}"),
    Place("ask-blocked", KATRIN, "/meeting-requests/{blocked}"),
    Place("ask-withdrawn", KATRIN, "/meeting-requests/{withdrawn}"),
    Place("ask-lapsed", KATRIN, "/meeting-requests/{lapsed}"),
    Place("ask-attached", KATRIN, "/meeting-requests/{attached}"),
    Place("ask-with-times", KATRIN, "/meeting-requests/{mine}"),
    Place("times-put-up", KATRIN, "/meeting-requests/{mine}/times"),
    Place("times-to-put-up", KATRIN, "/meeting-requests/{agreed_to_meet}/times"),
    Place("promises", KATRIN, "/promises"),
    Place("promises-of-a-vendor", ARJUN, "/promises"),
    Place("delivery-missed", KATRIN, "/promises/missed"),
    Place("quarter-board", KATRIN, "/relationships"),
    Place("quarter-board-of-one-state", JONAS, "/relationships?state=overdue"),
    Place("plan", KATRIN, "/plan"),
    Place("feed-of-due-days", KATRIN, "/relationships/feed"),
    Place("how-it-has-gone", KATRIN, "/relationships/{relationship}/record"),
    Place("where-the-time-goes", KATRIN, "/time"),
    Place("relationship", KATRIN, "/relationships/{relationship}"),
    Place("note-changed", KATRIN, "/notes/{note}"),
    Place("relationship-details", KATRIN, "/relationships/{relationship}/details"),
    Place("bring-in-a-table", KATRIN, "/imports"),
    Place("bring-in", KATRIN, "/adoptions"),
    Place("meeting-held-elsewhere", JONAS, "/relationships/logged"),
    Place("memory", KATRIN, "/notes"),
    Place("relationship-memory", KATRIN, "/relationships/{relationship}/memory"),
    Place("brief", KATRIN, "/meetings/{wish}/brief", sheets=2),
    Place("meetings-buyer", KATRIN, "/meetings"),
    Place("meetings-behind", KATRIN, "/meetings?past=1"),
    Place("meeting-with-a-wish", KATRIN, "/meetings/{wish}", sheets=2),
    Place("meeting-behind", KATRIN, "/meetings/{past_meeting}", sheets=2),
    Place("how-it-was", KATRIN, "/meetings/{own_past_meeting}/outcome"),
    Place("meeting-move", KATRIN, "/meetings/{wish}/times"),
    Place("history-buyer", KATRIN, "/history"),
    Place("kept-mail", KATRIN, "/kept-mail"),
    Place("front-door-settings", KATRIN, "/front-door"),
    Place("calendar-of-the-company", KATRIN, "/front-door/calendar"),
    Place("note-an-ask", KATRIN, "/meeting-requests/logged"),
    Place("ask-noted", KATRIN, "/meeting-requests/{noted}"),
    Place("put-right", KATRIN, "/meeting-requests/{noted}/correction"),
    Place("not-vendors", KATRIN, "/front-door/not-vendors"),
    Place("who-answers-for-me", KATRIN, "/my-assistants"),
    Place("companies", KATRIN, "/companies"),
    Place("company", KATRIN, "/companies/pebbledesk"),
    Place("companies-one", KATRIN, "/companies/pebbledesk/one-with?other=vantoro"),
    Place("wordings", KATRIN, "/front-door/wordings"),
    Place("not-there", KATRIN, "/meeting-requests/0000000", 404),
    Place("not-yours", KATRIN, "/b/havelmark/ask", 403),
    # those who ask
    Place("asks", MAYA, "/"),
    Place("asks-var", ROSA, "/"),
    Place("days-with-buyers", MAYA, "/relationships"),
    Place("front-door", MAYA, "/b/havelmark"),
    Place("ask-form", MAYA, "/b/havelmark/ask"),
    Place("own-ask-waiting", MAYA, "/meeting-requests/{pending}", sheets=2),
    Place("own-ask-with-times", ARJUN, "/meeting-requests/{theirs}"),
    Place("times-to-choose-from", ARJUN, "/meeting-requests/{theirs}/times"),
    Place("times-suggested", ARJUN, "/meeting-requests/{theirs}/times?others=1&hours=all"),
    Place("meetings-vendor", ARJUN, "/meetings"),
    Place("meeting-vendor", ARJUN, "/meetings/{meeting}", sheets=2),
    Place("agenda-of-a-meeting", ARJUN, "/meetings/{meeting}/agenda"),
    Place("meeting-vendor-move", ARJUN, "/meetings/{meeting}/times"),
    Place("history-vendor", ARJUN, "/history"),
    # several vendors in one room
    Place("briefings", KATRIN, "/briefings"),
    Place("briefing-consented", KATRIN, "/briefings/{briefing_consented}"),
    Place("briefing-fixed", ROSA, "/briefings/{briefing_fixed}"),
    Place("briefing-to-join", BEAT, "/briefings/{briefing_consented}"),
    Place("briefing-whom", ROSA, "/briefings/new"),
    Place("briefing-new", ROSA, "/briefings/new?buyer=havelmark"),
    Place("briefing-who-comes", ROSA, "/briefings/{briefing_consented}/line-up"),
    Place("briefing-frame", ROSA, "/briefings/{briefing_consented}/frame"),
    Place("times-for-all", KATRIN, "/briefings/{polled}/times"),
    Place("times-for-all-to-put-up", KATRIN, "/briefings/{briefing_consented}/times"),
    Place("times-for-all-own-word", KADRI, "/briefings/{polled}/times"),
    Place("meeting-of-a-briefing", MAYA, "/meetings/{joint_meeting}", sheets=2),
    Place("somebody-else-instead", MAYA, "/meetings/{joint_meeting}/stand-in"),
    Place("items-all-in", ROSA, "/briefings/{briefing_fixed}/items"),
    Place("items-of-a-buyer", KATRIN, "/briefings/{briefing_consented}/items"),
    Place("items-over", MAYA, "/briefings/{briefing_fixed}/items"),
    Place("item-to-write", KADRI, "/briefings/{briefing_consented}/items/new"),
    Place("item-sent", KADRI, "/briefings/{briefing_consented}/items/{item}"),
    Place("agenda-on-paper", MAYA, "/briefings/{briefing_fixed}/agenda/sheet", sheets=2),
    Place("files", MAYA, "/briefings/{briefing_fixed}/items/{own_item}/materials"),
    Place("where-they-meet", ROSA, "/briefings/{briefing_fixed}/overlaps"),
    Place("where-you-meet", MAYA, "/briefings/{briefing_fixed}/overlaps"),
    Place("agenda-building", ROSA, "/briefings/{briefing_fixed}/agenda"),
    Place("agenda-still-empty", ROSA, "/briefings/{briefing_consented}/agenda"),
    Place("agenda-read", MAYA, "/briefings/{briefing_fixed}/agenda", sheets=2),
    Place("agenda-version", KATRIN, "/briefings/{briefing_fixed}/agenda/versions/1", sheets=2),
    Place("day-ahead", ROSA, "/briefings/{briefing_fixed}/day"),
    Place("day-over", ROSA, "/briefings/{briefing_closed}/day"),
    Place("minutes-of-a-buyer", KATRIN, "/briefings/{briefing_closed}/minutes", sheets=3),
    Place("minutes-of-a-vendor", ARJUN, "/briefings/{briefing_closed}/minutes", sheets=2),
    # the operator
    Place("operator", PAT, "/"),
    # what is there while trying things out
    Place("mailbox", None, "/dev/mailbox"),
    Place("mailbox-letter", None, "/dev/mailbox/{letter}"),
    Place("mailbox-invitation", None, "/dev/mailbox/{invitation}"),
    Place("letters", None, "/dev/letters"),
    Place("letters-invitation", None, "/dev/letters/invitation"),
    Place("parts", None, "/dev/parts"),
)

# Letters as they are read: what is wrong with them is looked for elsewhere.
LETTERS = tuple(Place(f"letter-{name}", None, f"/dev/letters/{name}/html") for name in SAMPLES)

# The letter within its page, a file, and pages to which nobody comes without having typed something: test_bad_states.
ELSEWHERE = {"dev.letter_html", "materials.file", "sign_in.code", "security.reset_password", "security.verify"}
