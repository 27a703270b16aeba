"""Scenes of an agenda: what the vendors of a briefing and the buyer have sent, and what is built of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from tests.stage import Stage
from tests.usecases.briefings import joined
from vendorhub.domain.codes import new_code
from vendorhub.store import MeetingRequest, Organisation, Overlap, db
from vendorhub.usecases import agenda_building as building
from vendorhub.usecases import items
from vendorhub.usecases.agenda_building import Given

NEWS = Given(segment="buyer", title="What is new with us", minutes=40)
BREAK = Given(segment="break", title="Coffee", minutes=5)


def sent(
    stage: Stage,
    code: str,
    name: str,
    title: str,
    minutes: int = 20,
    *,
    presenters: Sequence[tuple[str, str, str]] | None = None,
    visibility: str = "room",
    **changes: Any,
) -> str:
    """An item that this person has sent, by its code; it is presented by somebody else of their side."""
    given = items.Given(
        title,
        minutes,
        presenters=[(name, f"{name.lower()}@presents.example", "Engineer")] if presenters is None else presenters,
        visibility=visibility,
        **changes,
    )
    return items.send(stage[name], code, given)


def marked(code: str, one: str, other: str, kind: str = "synergy") -> str:
    """A pair of vendors, by slug, that somebody has marked; the code of the overlap."""
    db.session.rollback()
    request = db.session.scalars(select(MeetingRequest).where(MeetingRequest.code == code)).one()
    low, high = sorted(db.session.scalars(select(Organisation.id).where(Organisation.slug.in_((one, other)))))
    row = Overlap(buyer_id=request.buyer_id, request_id=request.id, code=new_code(10), one_id=low, other_id=high)
    row.kind = kind
    db.session.add(row)
    db.session.commit()
    return row.code


def laid(stage: Stage) -> tuple[str, str, str]:
    """A briefing that everybody has joined, and the items of Fastprint and Cloudio."""
    code = joined(stage)
    return code, sent(stage, code, "Vera", "Printing less"), sent(stage, code, "Carl", "Backups that restore")


def built(stage: Stage) -> tuple[str, str, str]:
    """The same with an agenda that nothing is wrong with."""
    code, print_, backup = laid(stage)
    building.put(stage["Rita"], code, entries=[Given(ref=print_), NEWS, Given(ref=backup)])
    stage.go(timedelta(seconds=1))
    return code, print_, backup
