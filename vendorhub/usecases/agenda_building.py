"""Building an agenda, of a briefing or a single meeting: put in order, given minutes, started from a template."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from vendorhub.domain import agendas as rules
from vendorhub.domain import texts
from vendorhub.domain.agenda_templates import FOR_ONE_VENDOR, NOTHING_OWED, STEP, Template, opening
from vendorhub.domain.agendas import NOT_YOURS, Entry, Half, Presenter, Say, Segment, Single, in_english
from vendorhub.domain.briefings import NAMED
from vendorhub.domain.codes import meant
from vendorhub.domain.meetings import half_of
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Unfit
from vendorhub.queries import agenda_templates, owed_promises
from vendorhub.store import MeetingRequest
from vendorhub.store.briefings import briefing_of
from vendorhub.store.write import Work
from vendorhub.usecases.agenda_table import Row, Table, building, keep, row_of, rows_of
from vendorhub.usecases.speakers import speakers

HALF_AT_MOST = 12  # points of one side


@dataclass(frozen=True)
class Given:
    """One entry as somebody gives it: `ref`, the id of an item (with its own minutes, where none are given) or of what
    stands there already; or an entry of its own. `vendors` are slugs."""

    ref: str = ""
    segment: str = ""
    title: str = ""
    minutes: int | None = None
    vendors: Sequence[str] = ()
    presenters: Sequence[tuple[str, str, str]] = ()  # name, address, role


def put(actor: Actor, code: str, *, entries: Sequence[Given]) -> None:
    """Replaces the whole working agenda by these entries, in running order. Raises Unfit for what can't stand there."""
    with building(actor, code) as table:
        rules.check_number(entries)
        known = dict(zip((entry.ref for entry in table.bench.entries), table.rows, strict=True))
        free = [row for row in table.rows if row.item_id is None and row.overlap_id is None]
        kept = [row for row in table.rows if not rules.is_own(row.segment, table.half)]
        table.rows = [_given(table, each, known, free) for each in entries]
        if any(row not in table.rows for row in kept):
            raise Unfit("entries", NOT_YOURS)
        _check_once(table.rows)


def add(actor: Actor, code: str, *, given: Given, at: int | None = None, revision: int | None = None) -> None:
    """Puts an item, or an entry of its own, to position `at` (from 0), else at the end."""
    with building(actor, code, revision) as table:
        table.rows.insert(len(table.rows) if at is None else max(0, at), _given(table, given, {}, []))
        rules.check_number(table.rows)
        _check_once(table.rows)


def change(
    actor: Actor,
    code: str,
    *,
    minutes: Mapping[str, int] | None = None,
    move: tuple[str, int] | None = None,
    remove: str = "",
    revision: int | None = None,
) -> None:
    """Gives entries other minutes, moves one to a position (from 0; past either end: to that end), takes one out."""
    with building(actor, code, revision) as table:
        for entry, given in (minutes or {}).items():
            at = table.find(entry)
            rules.check_own(table.rows[at].segment, table.half)
            table.rows[at] = replace(table.rows[at], minutes=rules.check_minutes(given))
        if move is not None:
            table.rows = rules.moved(table.rows, table.find(move[0]), move[1])
        if remove:
            rules.check_own(table.rows[table.find(remove)].segment, table.half)
            del table.rows[table.find(remove)]


def set_half(actor: Actor, uid: str, *, items: Sequence[tuple[str, int]]) -> None:
    """Replaces the actor's side's half of a single meeting's agenda with these (title, minutes), in this order.

    What is owed opens an agenda that is begun by it, where there is time. Raises Unfit on a title or minutes that won't
    do, or if all of it no longer fits the meeting.
    """
    with building(actor, Single(uid)) as table:
        half = half_of(actor.side)
        if len(items) > HALF_AT_MOST:
            raise Unfit("entries", "Please keep to %(most)s points.", most=HALF_AT_MOST)
        company = _company(table, half)
        own = [row_of(rules.entry(half, title, minutes, companies=(company,))) for title, minutes in items]
        frame = table.briefing.minutes
        record = NOTHING_OWED if table.rows else owed_promises.record_of(actor, table.briefing)
        if record.owed and sum(row.minutes for row in own) + STEP <= frame:
            table.rows = [row_of(opening(record, alone=True, say=in_english))]
        table.rows = _with_half(table.rows, own, half)
        if sum(row.minutes for row in table.rows) > frame:
            raise Unfit("entries", "Together the points take longer than the %(frame)s minutes there are.", frame=frame)


def start_from(
    actor: Actor, code: str, template: Template, *, say: Say = in_english, revision: int | None = None
) -> None:
    """Begins anew from a template; what it has no place for waits again. `say` words what it writes."""
    with building(actor, code, revision) as table:
        if table.half and template not in FOR_ONE_VENDOR:
            raise Unfit("template", "This template is for several vendors.")
        record = owed_promises.record_of(actor, table.briefing)
        made = agenda_templates.begin(table.bench, table.briefing, template, record=record, say=say)
        standing = dict(zip((each.ref for each in table.bench.entries), table.rows, strict=True))
        rows = [_begun(table, each, standing) for each in made]
        for half in Half:  # what the other side has written stays; where it has written nothing, its time is kept
            theirs = [row for row in table.rows if row.segment == half]
            if theirs and not rules.is_own(half, table.half):
                rows = _with_half(rows, theirs, half)
        table.rows = rows


def add_entry(
    work: Work,
    request: MeetingRequest,
    *,
    segment: str,
    title: str,
    minutes: int,
    companies: Iterable[int],
    presenters: Iterable[Presenter] = (),
    item_id: int | None = None,
    overlap_id: int | None = None,
) -> str:
    """Adds one entry at the end of the working agenda, within a deed that has been judged; answers its code.

    Raises Unfit for a title or minutes that won't do.
    """
    briefing = briefing_of(work.session, request)
    rows = rows_of(work, briefing)
    entry = rules.entry(segment, title, minutes, companies=companies, presenters=presenters)
    made = row_of(entry, item_id=item_id, overlap_id=overlap_id)
    rules.check_number([*rows, made])
    keep(work, briefing, [*rows, made])
    return made.code


def _company(table: Table, half: Half) -> int:
    buyer, vendor = table.bench.circle.companies
    return buyer if half is Half.BUYER else vendor


def _with_half(rows: Sequence[Row], half: Sequence[Row], segment: Half) -> list[Row]:
    """The rows with these in place of those of a half: where it stood, else the asking side's at the beginning, after
    what was promised before, and the buyer's after it."""
    at = next((at for at, row in enumerate(rows) if row.segment == segment), None)
    if at is None:
        theirs = [at for at, row in enumerate(rows, start=1) if row.segment == Half.VENDOR]
        opened = 1 if rows and rows[0].segment == Segment.ACTIONS else 0
        at = max(theirs, default=opened) if segment is Half.BUYER else opened
    before, behind = ([row for row in some if row.segment != segment] for some in (rows[:at], rows[at:]))
    return [*before, *half, *behind]


def _begun(table: Table, entry: Entry, standing: Mapping[str, Row]) -> Row:
    """The row that an entry of a template becomes; what stands there already keeps its code and who presents it."""
    if entry.ref in standing:
        return replace(standing[entry.ref], minutes=entry.minutes)
    return _waiting(table, entry.ref, entry.minutes) or row_of(entry)


def _waiting(table: Table, ref: str, minutes: int | None) -> Row | None:
    """The row that an item, or what two vendors talk over, becomes; None where there is none of this code."""
    for number, item in table.bench.items.items():
        if item.ref == ref and not item.withdrawn:
            return row_of(replace(item, minutes=item.minutes if minutes is None else minutes), item_id=number)
    for number, talk in table.bench.talks.items():
        if talk.ref == ref:
            presenters = tuple(speakers(table.work, table.request, talk.companies))
            given = replace(talk, minutes=talk.minutes if minutes is None else minutes, presenters=presenters)
            return row_of(given, overlap_id=number)
    return None


def _given(table: Table, given: Given, known: Mapping[str, Row], free: list[Row]) -> Row:
    """The row that an entry becomes; what stands there already keeps its code."""
    if given.ref:
        return _named(table, given, known)
    rules.check_own(given.segment, table.half)
    companies = _companies(table, given)
    presenters = [_presenter(each) for each in given.presenters]
    entry = rules.entry(given.segment, given.title, given.minutes or 0, companies=companies, presenters=presenters)
    same = next((row for row in free if (row.segment, row.title) == (entry.segment, entry.title)), None)
    if same is None:
        return row_of(entry)
    free.remove(same)
    return replace(row_of(entry), code=same.code)


def _named(table: Table, given: Given, known: Mapping[str, Row]) -> Row:
    ref = meant(given.ref)
    stands = known.get(ref)
    if stands is not None:
        item = table.bench.items.get(stands.item_id) if stands.item_id is not None else None
        own = item.minutes if item is not None else stands.minutes
        if given.minutes not in (None, own):
            rules.check_own(stands.segment, table.half)
        return replace(stands, minutes=rules.check_minutes(own if given.minutes is None else given.minutes))
    row = _waiting(table, ref, None if given.minutes is None else rules.check_minutes(given.minutes))
    if row is not None:
        return row
    raise Unfit("entries", "There is no such item here, or it can't be read yet.")


def _companies(table: Table, given: Given) -> tuple[int, ...]:
    """Of which companies an entry is. Raises Unfit for a vendor that is not named, or a segment that needs another."""
    circle = table.bench.circle
    slugs = {each.slug: each.id for each in circle.companies.values() if each.state in NAMED}
    if unknown := [slug for slug in given.vendors if slug not in slugs]:
        raise Unfit("entries", "There is no vendor %(vendor)s in this briefing.", vendor=unknown[0])
    vendors = tuple(dict.fromkeys(slugs[slug] for slug in given.vendors))
    if given.segment == Segment.VENDOR and not vendors and len(slugs) == 1:
        vendors = tuple(slugs.values())
    if given.segment == Segment.VENDOR and len(vendors) != 1:
        raise Unfit("entries", "Please say of which vendor “%(title)s” is.", title=given.title)
    if given.segment == Segment.OVERLAP:
        if len(vendors) == 1:
            raise Unfit("entries", "Please say between which vendors “%(title)s” is.", title=given.title)
        return vendors or tuple(slugs.values())
    return (circle.buyer_id, *vendors) if given.segment == Segment.BUYER else vendors


def _presenter(given: tuple[str, str, str]) -> Presenter:
    name, email, role = given
    return Presenter(
        texts.line(name, at_most=120, what="entries"),
        texts.email(email, what="entries"),
        texts.line(role, at_most=80, what="entries") if role.strip() else "",
    )


def _check_once(rows: Sequence[Row]) -> None:
    items = [row.item_id for row in rows if row.item_id is not None]
    codes = [row.code for row in rows]
    if len(set(items)) < len(items) or len(set(codes)) < len(codes):
        raise Unfit("entries", "The same item stands there twice.")
