"""The pages of the house, each with who looks at it: a new page is one line here."""

from dataclasses import dataclass

from tests.journeys.hall import ARJUN, JONAS, KATRIN, MAYA, PAT, ROSA


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
    # the buyer's side
    Place("waiting", KATRIN, "/"),
    Place("waiting-assistant", JONAS, "/"),
    Place("ask-waiting", KATRIN, "/meeting-requests/{pending}", sheets=2),
    Place("ask-with-times", KATRIN, "/meeting-requests/{mine}"),
    Place("times-put-up", KATRIN, "/meeting-requests/{mine}/times"),
    Place("meetings-buyer", KATRIN, "/meetings"),
    Place("meeting-wished-elsewhere", KATRIN, "/meetings/{wish}", sheets=2),
    Place("meeting-behind", KATRIN, "/meetings/{past_meeting}", sheets=2),
    Place("meeting-to-move", KATRIN, "/meetings/{wish}/times"),
    Place("history-buyer", KATRIN, "/history"),
    Place("front-door-settings", KATRIN, "/front-door"),
    Place("not-there", KATRIN, "/meeting-requests/0000000", 404),
    # those who ask
    Place("asks", MAYA, "/"),
    Place("asks-var", ROSA, "/"),
    Place("front-door", MAYA, "/b/havelmark"),
    Place("ask-form", MAYA, "/b/havelmark/ask"),
    Place("own-ask-waiting", MAYA, "/meeting-requests/{pending}", sheets=2),
    Place("own-ask-with-times", ARJUN, "/meeting-requests/{theirs}"),
    Place("times-to-choose-from", ARJUN, "/meeting-requests/{theirs}/times"),
    Place("times-suggested", ARJUN, "/meeting-requests/{theirs}/times?others=1&hours=all"),
    Place("meetings-vendor", ARJUN, "/meetings"),
    Place("meeting", ARJUN, "/meetings/{meeting}", sheets=2),
    Place("history-vendor", ARJUN, "/history"),
    # the operator
    Place("operator", PAT, "/"),
    # what is there while trying things out
    Place("mailbox", None, "/dev/mailbox"),
    Place("mailbox-letter", None, "/dev/mailbox/{letter}"),
    Place("letters", None, "/dev/letters"),
    Place("letters-invitation", None, "/dev/letters/invitation"),
)
