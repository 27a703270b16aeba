"""Publishing an agenda, of a briefing or a single meeting: version after version, told to those whom it touches."""

from sqlalchemy import select

from vendorhub.domain import texts
from vendorhub.domain.agenda_rules import NotReady, stops
from vendorhub.domain.agenda_versions import packed, unpacked
from vendorhub.domain.agendas import REASON_AT_MOST, Entry
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import WrongState
from vendorhub.outbox import agendas as letters
from vendorhub.store import AgendaVersion, Briefing, Meeting, MeetingRequest
from vendorhub.store.agendas import owned, owner
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
        made = _put_out(work, table.row, entries, last, reason if table.bench.problems else "", actor.person)
        if isinstance(table.row, Meeting):
            letters.published_to_both(work, table.request, table.row, made)
        else:
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
    rows = rows_of(work, row)
    kept = [each for each in rows if company not in each.companies]
    if len(kept) < len(rows):
        keep(work, row, kept)
    last = _last(work, row)
    if last is None:
        return None
    before = unpacked(last.body["entries"])
    entries = tuple(each for each in before if company not in each.companies)
    if len(entries) == len(before):
        return None
    return _put_out(work, row, entries, last, "", work.actor.person if work.actor else last.by)


def _put_out(
    work: Work,
    holder: Briefing | Meeting,
    entries: tuple[Entry, ...],
    last: AgendaVersion | None,
    overruled: str,
    by: int,
) -> letters.Revised:
    made = AgendaVersion(
        **owner(holder)._asdict(),
        number=holder.agenda_version + 1,
        body={"entries": packed(entries)},
        overruled=overruled,
        by=by,
        made_at=work.now,
    )
    work.session.add(made)
    holder.agenda_version = made.number
    holder.changed_at = work.now
    work.session.flush()
    return letters.revised(work, holder.buyer_id, entries, unpacked(last.body["entries"]) if last is not None else None)


def _last(work: Work, holder: Briefing | Meeting) -> AgendaVersion | None:
    return work.session.scalar(
        select(AgendaVersion).where(owned(AgendaVersion, owner(holder)), AgendaVersion.number == holder.agenda_version)
    )
