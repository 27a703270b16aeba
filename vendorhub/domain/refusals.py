"""Why a deed is refused: each refusal is one class, and every door turns it into its own words and code."""


class Refusal(Exception):
    """A deed that may not be done. `sentence` says in plain words what happened and what to do next.

    `msgid` and `values` are the sentence before and beside translation: doors say gettext(msgid) % values.
    """

    status = 409
    title = "That can't be done now"

    def __init__(self, msgid: str, **values: object) -> None:
        super().__init__(msgid % values)
        self.msgid = msgid
        self.values = values

    @property
    def sentence(self) -> str:
        """What happened and what to do next, in English."""
        return str(self)


class NotThere(Refusal):
    """It doesn't exist, or not for this person: the two are the same (law 10)."""

    status = 404
    title = "Not found"

    def __init__(self, sentence: str = "There is nothing here for you.") -> None:
        super().__init__(sentence)


class NotAllowed(Refusal):
    """They may see it, but this deed is somebody else's."""

    status = 403
    title = "Not yours to do"


class WrongState(Refusal):
    """The thing has moved on: already answered, already chosen, too late."""


class SomebodyWasFaster(WrongState):
    """The thing was changed since it was seen."""

    title = "Somebody was faster"


class Clash(WrongState):
    """Somebody who has to be there is already taken at that time (law 8)."""

    title = "That time is taken"


class Unfit(Refusal):
    """What was given can't be taken as it is: `field` names where, the sentence says what would do."""

    status = 422
    title = "Something needs another look"

    def __init__(self, field: str, msgid: str, **values: object) -> None:
        super().__init__(msgid, **values)
        self.field = field
