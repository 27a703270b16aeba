"""Scenes of a joint briefing: Rita of the VAR brings Fastprint and Cloudio to Kim of Norden."""

from datetime import date
from typing import Any

from sqlalchemy import select

from tests.stage import HOLD, Stage
from vendorhub.store import Offer, Slot, db
from vendorhub.usecases import briefings, decisions, participations

THEME = "Backups and print, together"
DUE = date(2027, 1, 20)


def proposed(stage: Stage, by: str = "Rita", **changes: Any) -> str:
    """The code of a briefing of ninety minutes that waits for Kim."""
    given: dict[str, Any] = {
        "buyer": "norden",
        "theme": THEME,
        "outcome": "Whether one contract can do both.",
        "minutes": 90,
        "vendors": ["fastprint", "cloudio"],
        "items_due": DUE,
        "goal": "Fewer suppliers",
        "to": "kim@norden.example",
    }
    return briefings.propose(stage[by], **{**given, **changes})


def consented(stage: Stage, **changes: Any) -> str:
    """The same with Kim's yes, which counts."""
    code = proposed(stage, **changes)
    decisions.accept(stage["Kim"], code)
    stage.go(HOLD)
    return code


def joined(stage: Stage) -> str:
    """The same, and both vendors come."""
    code = consented(stage)
    for name in ("Vera", "Carl"):
        participations.take_part(stage[name], code)
    return code


def slots_of(offer: str) -> list[str]:
    """The codes of an offer's slots, in time order."""
    db.session.rollback()
    query = select(Slot.code).join(Offer, Slot.offer_id == Offer.id).where(Offer.code == offer)
    return list(db.session.scalars(query.order_by(Slot.start_at)))
