"""What is owed between those who meet: an agenda begins with it, and a governance review is made of it."""

from datetime import date

from vendorhub import clock
from vendorhub.domain.agenda_templates import Owed, Record
from vendorhub.domain.agendas import Say, in_english
from vendorhub.domain.drafts import DraftWords
from vendorhub.domain.meeting_requests import GUESTS_AT_MOST, Kind
from vendorhub.domain.minutes import ActionState
from vendorhub.domain.people import Actor
from vendorhub.domain.wall_times import in_zone
from vendorhub.queries import promises
from vendorhub.queries.occasions import Occasion, SingleView
from vendorhub.queries.promises import PromiseView
from vendorhub.store import Person, db


def record_of(actor: Actor, occasion: Occasion) -> Record:
    """What is not done of what was promised between the buyer and whom it meets, and due by then, the earliest first;
    at a single meeting also how many promises the vendor has kept within a year. Two statements."""
    by = in_zone(occasion.start or clock.now(), occasion.buyer_zone).date()
    vendors = {part.slug for part in occasion.vendors}
    if isinstance(occasion, SingleView):
        (vendor,) = vendors
        found = unsettled(actor, occasion.buyer if actor.asks else vendor, by=by)
        return Record(promises.kept_by(actor, vendor, buyer=occasion.buyer), _owed(found))
    theirs = [view for view in unsettled(actor, "", by=by) if view.buyer == occasion.buyer and view.company in vendors]
    return Record(owed=_owed(theirs))


def unsettled(actor: Actor, company: str, *, by: date) -> list[PromiseView]:
    """What is open and due by a day; between the actor's company and another alone, by its slug, where that is said."""
    waiting = promises.waiting(actor, with_company=company)
    return [view for view in waiting if view.state is ActionState.OPEN and view.due <= by]


def _owed(views: list[PromiseView]) -> list[Owed]:
    return [Owed(view.text, view.company_id, view.days > 0, view.why) for view in views]


def review(actor: Actor, buyer: str, *, say: Say = in_english) -> DraftWords:
    """How the ask for a governance review with a buyer, by its slug, begins: what is late, and beside whoever asks
    those whose promises are, for delivery. The rest is theirs to write; `say` words it."""
    today = in_zone(clock.now(), actor.zone).date()
    late = [view for view in unsettled(actor, buyer, by=today) if view.days]
    what = "; ".join(view.text for view in late)
    me = db.session.get_one(Person, actor.person)
    owners = {view.email: view.owner for view in late if view.own and view.email not in ("", me.email)}
    return DraftWords(
        topic=say("Governance review: what was promised, and what changes", {}),
        outcome=say("Why this is late, and what changes by when: %(what)s.", {"what": what}) if late else "",
        minutes="45",
        kind=Kind.GOVERNANCE,
        attendees=[
            (me.name, me.email, ""),
            *((name, email, say("delivery", {})) for email, name in owners.items()),
        ][:GUESTS_AT_MOST],
    )
