"""Answers under which public address a thing is found; pages, letters and iCalendar use the same."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class Links:
    """Absolute addresses below the base URL of the settings, never a request's Host; all parts are quoted."""

    base_url: str

    def home(self) -> str:
        """The first page: what waits for whoever signs in."""
        return self._to("")

    def meeting_request(self, code: str) -> str:
        """A meeting request."""
        return self._to("meeting-requests", code)

    def offers(self, code: str) -> str:
        """The times on the table for a meeting request."""
        return self._to("meeting-requests", code, "times")

    def briefing(self, code: str) -> str:
        """A joint briefing."""
        return self._to("briefings", code)

    def items(self, code: str) -> str:
        """What is brought to a joint briefing."""
        return self._to("briefings", code, "items")

    def times_for_all(self, code: str) -> str:
        """The times that are up for all at a briefing."""
        return self._to("briefings", code, "times")

    def agenda(self, code: str) -> str:
        """The agenda of a briefing."""
        return self._to("briefings", code, "agenda")

    def agenda_of_meeting(self, uid: str) -> str:
        """The agenda of a single meeting."""
        return self._to("meetings", uid, "agenda")

    def minutes(self, code: str) -> str:
        """The minutes of a briefing."""
        return self._to("briefings", code, "minutes")

    def move(self, uid: str) -> str:
        """The page on which another time is found for a meeting."""
        return self._to("meetings", uid, "times")

    def decision(self, secret: str) -> str:
        """The decision page of a letter's link; opening it changes nothing."""
        return self._to("d", secret)

    def sign_in(self, secret: str) -> str:
        """The page whose form signs in; opening it changes nothing."""
        return self._to("sign-in", secret)

    def meeting(self, uid: str) -> str:
        """A meeting's page."""
        return self._to("meetings", uid)

    def brief(self, uid: str) -> str:
        """The brief of a meeting."""
        return self._to("meetings", uid, "brief")

    def meeting_ics(self, uid: str) -> str:
        """A meeting's entry for a calendar."""
        return self._to("meetings", f"{uid}.ics")

    def front_door(self, slug: str) -> str:
        """A buyer's front door: how to ask."""
        return self._to("b", slug)

    def ask(self, slug: str) -> str:
        """The form that asks a buyer."""
        return self._to("b", slug, "ask")

    def review(self, slug: str) -> str:
        """The form that asks a buyer for a governance review."""
        return f"{self.ask(slug)}?kind=governance"

    def confirmation(self, secret: str) -> str:
        """The page on which a vendor gives or refuses its name for a VAR's ask; opening it changes nothing."""
        return self._to("in-your-name", secret)

    def hand_over(self, secret: str) -> str:
        """The page behind which an ask waits for its sender's press; opening it changes nothing."""
        return self._to("hand-over", secret)

    def visit(self, secret: str) -> str:
        """The page of a meeting for somebody who has no account; opening it changes nothing."""
        return self._to("visit", secret)

    def relationship(self, code: str) -> str:
        """The page of a relationship, for the buyer's own people."""
        return self._to("relationships", code)

    def board(self) -> str:
        """The quarter board."""
        return self._to("relationships")

    def feed(self, secret: str) -> str:
        """The feed of somebody's due days, for their calendar's program."""
        return self._to("feeds", f"{secret}.ics")

    def promise(self, secret: str) -> str:
        """The page of one promise for whoever it is of; opening it changes nothing."""
        return self._to("promise", secret)

    def promises(self) -> str:
        """One's promises and those made to one."""
        return self._to("promises")

    def brief_of_visit(self, visit: str) -> str:
        """The brief of a meeting for somebody who has no account, by the address of their page of it."""
        return f"{visit}/brief"

    def mailbox(self) -> str:
        """Everybody's mail, in demo and development only."""
        return self._to("dev", "mailbox")

    def _to(self, *steps: str) -> str:
        return "/".join((self.base_url.rstrip("/"), *(quote(step, safe="") for step in steps)))
