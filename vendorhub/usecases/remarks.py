"""Saying how an ask came although there was an answer: by a person of the buyer alone, and theirs to change (M4)."""

from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import WrongState
from vendorhub.domain.remarks import check_remark
from vendorhub.queries.beside import met_an_answer
from vendorhub.store import Remark
from vendorhub.store.history import record
from vendorhub.store.write import write
from vendorhub.usecases.judged import judged


def remark(actor: Actor, code: str, *, said: str) -> None:
    """Notes "went around us", "was told to" or "invited by us" on an ask that met an answer. The other side never
    sees it. Raises WrongState where there was no answer before, Unfit for anything else.
    """
    with write(actor) as work:
        request, _ = judged(work, actor, code, Deed.REMARK)
        if not met_an_answer(request):
            raise WrongState("There was no answer before this ask, so nothing is to be said of how it came.")
        what = check_remark(said)
        row = work.session.get(Remark, request.id)
        if row is None:
            row = Remark(request_id=request.id, buyer_id=request.buyer_id)
            work.session.add(row)
        row.remark, row.by, row.made_at = what, actor.person, work.now
        record(work, Deed.REMARK, request=request, audience="buyer", words=what)
        work.result = code
