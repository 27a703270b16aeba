"""A standing yes, given and called off from the relationship that it is about: a meeting a quarter (M8)."""

from dataclasses import replace

from vendorhub.domain.people import Actor
from vendorhub.queries import cadence, standing_consents
from vendorhub.store.write import Work, write
from vendorhub.usecases.decisions import say_yes
from vendorhub.usecases.revoking import call_off


def give(actor: Actor, code: str, *, ask: str = "", minutes: int | None = None, note: str = "") -> str:
    """Answers the ask of this company that waits, or the one of this code, with a standing yes; it is held like any
    answer. Answers the ask's code. Raises NotAllowed to all but who decides, WrongState where there is none."""
    with write(actor) as work:
        which = standing_consents.to_give(actor, code, ask=ask)
        say_yes(work, _matched(work, actor, code), which, note=note, minutes=minutes, each_quarter=True)
        work.result = which
        return which


def revoke(actor: Actor, code: str, *, ask: str = "", note: str = "") -> str:
    """Calls off the standing yes to this company at once, or the one to the ask of this code; answers the ask's code.
    Raises WrongState where there is none, or while it can still be taken back unheard."""
    with write(actor) as work:
        which = standing_consents.to_revoke(actor, code, ask=ask)
        call_off(work, _matched(work, actor, code), which, note=note)
        work.result = which
        return which


def _matched(work: Work, actor: Actor, code: str) -> Actor:
    """The actor, once what they saw is what there is: they saw the relationship, not the ask."""
    work.match(lambda: cadence.see(actor, code).version)
    work.actor = actor.by(replace(actor.door, if_match=""))
    return work.actor
