"""Answers what the letters look like about answers in writing and yeses that are called off: for the gallery."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from flask_babel import lazy_gettext as _

from vendorhub.demo import cast
from vendorhub.demo.sample_world import ASK, ASKER, BY_ASKER, BY_CIO, BY_NOBODY, CIO, PLACE, plain, row
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.office import office
from vendorhub.outbox.readers import Recipient
from vendorhub.outbox.signatures import Signature

Told = tuple[str, LetterKind, Any, Callable[[LetterKind], bytes]]

_WRITING: Final = row(
    what="What a rehearsal on one branch’s data needs of us, and what it has shown elsewhere.",
    due=date(2027, 1, 22),
    reader=cast.CIO.name,
)


def _letter(to: Recipient, signed: Signature, **facts: Any) -> Callable[[LetterKind], bytes]:
    return lambda kind: plain(
        kind, to, signed, writing=_WRITING, link=office().links.meeting_request(ASK.code), **facts
    )


def told() -> Iterator[Told]:
    """Each by name and kind, with who gets it and when."""
    kind = LetterKind
    request = row(**{**vars(ASK), "note": "Meetings are scarce until spring."})
    written = _letter(ASKER, BY_CIO, request=request, place=PLACE, minutes=30)
    yield "in_writing", kind.IN_WRITING, _("In writing instead of a meeting"), written
    here = _letter(CIO, BY_ASKER, answers=True, decider=cast.CIO.name)
    yield "paper_here", kind.PAPER_HERE, _("To who may answer, when the paper is here"), here
    enough = _letter(ASKER, BY_CIO, note="Clear, and short. Thank you.")
    yield "paper_enough", kind.PAPER_ENOUGH, _("To who asked: the paper was enough"), enough
    yield "paper_missed", kind.PAPER_MISSED, _("When the paper did not come in time"), _letter(ASKER, BY_NOBODY)
    off = _letter(
        ASKER, BY_CIO, note="We merge with the Baltic house in May, and this waits until then.", called_off=True
    )
    yield "revoked", kind.REVOKED, _("When a yes is called off"), off
