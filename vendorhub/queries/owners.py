"""Which relationships are somebody's own to keep an eye on, of those that exist for them."""

from dataclasses import dataclass

from vendorhub.domain.people import Actor, Role, Side
from vendorhub.domain.rhythms import Cell
from vendorhub.queries import cadence, rhythms
from vendorhub.queries.cadence import Told
from vendorhub.queries.people import me


@dataclass(frozen=True)
class Own:
    """A relationship with its company's name, what the board shows of it, and whether it is time to ask if meeting is
    still worth it."""

    code: str
    name: str
    told: Told
    asks_whether_it_is_worth_it: bool

    @property
    def asked(self) -> tuple[Cell, ...]:
        """The quarters in which a meeting is still to be found, the present one and later."""
        return tuple(cell for cell in self.told.cells if cell.state in ("overdue", "due", "upcoming"))


def of_person(actor: Actor) -> list[Own]:
    """The relationships that the actor owns; and, for those who decide, the ones that nobody owns."""
    if actor.side is not Side.BUYER:
        return []
    email, decides, span = me(actor).email, Role.DECIDER in actor.roles, cadence.span_of(actor)
    return [
        Own(kept.code, kept.name, cadence.told(kept.rhythm, span), kept.asks_whether_it_is_worth_it(span.today))
        for kept in rhythms.of_buyer(actor)
        if (kept.details.owner[1] == email if kept.details.owner else decides)
    ]
