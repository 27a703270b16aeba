"""Publishing the agenda of a briefing: version after version, each told to those whom it touches."""

from sqlalchemy import select

from vendorhub.domain import texts
from vendorhub.domain.agenda_rules import NotReady, stops
from vendorhub.domain.agenda_versions import packed, unpacked
from vendorhub.domain.agendas import REASON_AT_MOST, Entry
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import WrongState
from vendorhub.outbox import agendas as letters
from vendorhub.store import AgendaVersion, Briefing, MeetingRequest
from vendorhub.store.briefings import briefing_of
from vendorhub.store.history import record
from vendorhub.store.write import Work, write
from vendorhub.usecases.agenda_table import keep, laid, rows_of


def publish(actor: Actor, code: str, *, overrule: str = "", revision: int | None = None) -> int:
    """Publishes the working agenda and answers the number of the version.

    Each party gets the first as it may see it; of a later one those hear who see a difference. `overrule` is the
    reason for which the shares may be off. Raises NotReady with what stops it, WrongState where nothing is new.
    """
    with write(actor) as work:
        table = laid(work, actor, code, Deed.PUBLISH, revision)
        reason = texts.text(overrule, at_most=REASON_AT_MOST, what="overrule")
        if stopping := stops(table.bench.problems, overruled=bool(reason)):
            raise NotReady(stopping)
        entries, last = table.bench.entries, _last(work, table.row)
        if last is not None and packed(entries) == last.body["entries"]:
            raise WrongState("Nothing has changed since the agenda was published.")
        made = _put_out(
            work, table.request, table.row, entries, last, reason if table.bench.problems else "", actor.person
        )
        letters.published(work, table.request, made)
        record(work, Deed.PUBLISH, request=table.request, words=str(table.row.agenda_version))
        work.result = str(table.row.agenda_version)
        return table.row.agenda_version


def close_gap(work: Work, request: MeetingRequest, company: int) -> letters.Revised | None:
    """Takes a vendor that comes no more out of the working agenda and, where one is published, out of the next version.

    Answers that version beside the one before, for whoever tells of it; None where nothing changes. Within a deed that
    has been judged.
    """
    row = briefing_of(work.session, request)
    rows = rows_of(work, request)
    kept = [each for each in rows if company not in each.companies]
    if len(kept) < len(rows):
        keep(work, request, row, kept)
    last = _last(work, row)
    if last is None:
        return None
    before = unpacked(last.body["entries"])
    entries = tuple(each for each in before if company not in each.companies)
    if len(entries) == len(before):
        return None
    return _put_out(work, request, row, entries, last, "", work.actor.person if work.actor else last.by)


def _put_out(
    work: Work,
    request: MeetingRequest,
    briefing: Briefing,
    entries: tuple[Entry, ...],
    last: AgendaVersion | None,
    overruled: str,
    by: int,
) -> letters.Revised:
    made = AgendaVersion(
        buyer_id=request.buyer_id,
        request_id=request.id,
        number=briefing.agenda_version + 1,
        body={"entries": packed(entries)},
        overruled=overruled,
        by=by,
        made_at=work.now,
    )
    work.session.add(made)
    briefing.agenda_version = made.number
    briefing.changed_at = work.now
    work.session.flush()
    return letters.revised(work, request, entries, unpacked(last.body["entries"]) if last is not None else None)


def _last(work: Work, briefing: Briefing) -> AgendaVersion | None:
    return work.session.scalar(
        select(AgendaVersion).where(
            AgendaVersion.buyer_id == briefing.buyer_id,
            AgendaVersion.request_id == briefing.request_id,
            AgendaVersion.number == briefing.agenda_version,
        )
    )
