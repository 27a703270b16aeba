"""What an agenda starts with from a template, and what that does to what stands."""

from collections.abc import Sequence

from vendorhub.domain.agenda_templates import (
    FOR_ONE_VENDOR,
    NOTHING_OWED,
    Buyer,
    Outcome,
    Part,
    Record,
    Template,
    outcome,
    start,
)
from vendorhub.domain.agendas import Entry, Half, Say, Segment, in_english, is_own
from vendorhub.domain.briefings import Part as State
from vendorhub.queries.agenda_building import Bench
from vendorhub.queries.occasions import Occasion


def begin(
    bench: Bench, occasion: Occasion, template: Template, *, record: Record = NOTHING_OWED, say: Say = in_english
) -> list[Entry]:
    """The entries that a template makes of what has come in and of what is owed; `say` words what it writes."""
    circle = bench.circle
    come = [each for each in circle.companies.values() if each.state in (State.ASKED, State.JOINED)]
    vendors = {each.id: Part(each.name, _items_of(bench, each.id)) for each in come}
    buyer = Buyer(circle.buyer_id, occasion.buyer_share, _items_of(bench, circle.buyer_id))
    return start(template, occasion.minutes, vendors, buyer, talks=_talks(bench), record=record, say=say)


def outcomes(
    bench: Bench, occasion: Occasion, half: Half | None, *, record: Record = NOTHING_OWED, say: Say
) -> dict[Template, Outcome]:
    """What each template that can be chosen does to what stands, for who has this half of a single meeting's."""
    stands = [each for each in bench.entries if is_own(each.segment, half)]
    asked = {each.ref: each.minutes for each in (*bench.items.values(), *bench.talks.values())}
    return {
        template: outcome(begin(bench, occasion, template, record=record, say=say), stands, asked)
        for template in (FOR_ONE_VENDOR if half else Template)
    }


def _items_of(bench: Bench, company: int) -> list[Entry]:
    return [item for item in bench.items.values() if item.companies[0] == company and not item.withdrawn]


def _talks(bench: Bench) -> Sequence[Entry]:
    """What two have to talk over: what stands already as it stands, and then what waits."""
    standing = {each.ref: each for each in bench.entries if each.segment is Segment.OVERLAP}
    return list(({each.ref: each for each in bench.talks.values()} | standing).values())
