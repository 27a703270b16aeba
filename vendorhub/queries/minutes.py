"""The day of a briefing and its minutes, to each reader as they may see them (law 10)."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain import minutes as rules
from vendorhub.domain.agenda_versions import unpacked
from vendorhub.domain.agendas import Say, Segment, in_english
from vendorhub.domain.briefings import BriefingState, Part
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.minutes import ActionState
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.rights import may
from vendorhub.domain.running import Now, Step, may_begin, now_at
from vendorhub.queries import agendas, briefings, overlaps, promises
from vendorhub.queries.agendas import AgendaView
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.queries.minute_views import ActionView, MinutesView, NoteView, RemarkView, VendorView, Written
from vendorhub.queries.scope import decider
from vendorhub.store import (
    Action,
    AgendaVersion,
    Attendee,
    Meeting,
    MeetingRequest,
    MinuteLine,
    MinuteRemark,
    Minutes,
    Organisation,
    Participation,
    Person,
    RunningStep,
    Thanks,
    Worth,
    db,
)
from vendorhub.store.briefings import comes

_Seen = TypeVar("_Seen", NoteView, ActionView)
RUNS = frozenset({BriefingState.CONFIRMED, BriefingState.FIXED, BriefingState.LIVE, BriefingState.CLOSED})
_DEEDS = (Deed.CONFIRM_MINUTES, Deed.ADD_REMARK, Deed.WEIGH, Deed.THANK, Deed.AGAIN)
_BY, _CHANGED = aliased(Person, name="by_person"), aliased(Person, name="changed_by_person")


def see(actor: Actor, code: str, *, say: Say = in_english) -> MinutesView:
    """The day of a briefing and its minutes. A vendor that was there reads them once it is over: of the entries that
    the published agenda shows it. Raises NotThere if the briefing isn't theirs to see."""
    _, request, _ = briefings.find(actor, code)
    briefing = briefings.see(actor, code)
    agenda = agendas.of(actor, briefing, say=say)
    vendor = actor.side is Side.VENDOR
    sealed = vendor and not (_was_there(briefing) and rules.is_over(briefing.state, briefing.start))
    deeds = _deeds(actor, request, briefing)
    confirmed = None if sealed else _confirmed(request)
    if confirmed is not None:
        deeds -= {Deed.KEEP_MINUTES, Deed.CONFIRM_MINUTES}
    readable = {line.id for line in agenda.lines if not line.entry.reserved}
    notes = () if sealed else _notes(request, readable if vendor else None)
    actions = () if sealed else _actions(actor, request, readable, over=rules.is_over(briefing.state, briefing.start))
    pairs = {} if sealed or not rules.have_met(briefing.state, briefing.start) else _pairs(actor, code, agenda)
    known = {line.id for line in agenda.lines}
    return MinutesView(
        briefing=briefing,
        agenda=agenda,
        now=_now(request, briefing, agenda),
        entries=tuple(
            Written(line, _at(notes, line.id), _at(actions, line.id), pairs.get(line.id)) for line in agenda.lines
        ),
        whole=Written(None, _at(notes, ""), tuple(each for each in actions if _elsewhere(each, known, vendor=vendor))),
        lost=Written(None)
        if vendor
        else Written(
            None,
            tuple(one for one in notes if one.entry and one.entry not in known),
            tuple(one for one in actions if one.entry and one.entry not in known),
        ),
        attendees=_attendees(request) if Deed.KEEP_MINUTES in deeds else (),
        vendors=_vendors(actor, request, briefing),
        remarks=() if sealed else _remarks(actor, request),
        confirmed_by=confirmed.name if confirmed else None,
        confirmed_at=confirmed.Minutes.confirmed_at if confirmed else None,
        sealed=sealed,
        may=deeds,
        may_begin=_may_begin(actor, request, briefing),
    )


def note(actor: Actor, code: str, line: str) -> NoteView:
    """One line. Raises NotThere if there is none, or none for this actor."""
    return _one(see(actor, code).notes, line)


def action(actor: Actor, code: str, promise: str) -> ActionView:
    """One promise. Raises NotThere likewise."""
    return _one(see(actor, code).actions, promise)


def vendor(actor: Actor, code: str, slug: str) -> VendorView:
    """What is said of a vendor that was there, to this actor. Raises NotThere."""
    found = next((each for each in see(actor, code).vendors if each.slug == slug), None)
    if found is None:
        raise NotThere
    return found


def refs_of(request: MeetingRequest, number: int) -> list[tuple[str, int]]:
    """Ref and minutes of every entry of a published version, whoever may read it."""
    body = db.session.scalar(
        select(AgendaVersion.body).where(
            AgendaVersion.buyer_id == request.buyer_id,
            AgendaVersion.request_id == request.id,
            AgendaVersion.number == number,
        )
    )
    return [(each.ref, each.minutes) for each in unpacked(body["entries"])] if body else []


def _deeds(actor: Actor, request: MeetingRequest, briefing: BriefingView) -> frozenset[Deed]:
    stands = briefings.relations(actor, request)
    possible: set[Deed] = set()
    if rules.have_met(briefing.state, briefing.start):
        possible.add(Deed.KEEP_MINUTES)
    if rules.is_over(briefing.state, briefing.start) and (actor.side is not Side.VENDOR or _was_there(briefing)):
        possible |= set(_DEEDS)
    return frozenset(deed for deed in possible if may(actor, deed, stands, decider=decider(request)))


def _may_begin(actor: Actor, request: MeetingRequest, briefing: BriefingView) -> bool:
    """Whether the actor can say now what is on."""
    if briefing.start is None or briefing.end is None or briefing.state not in RUNS:
        return False
    stands = briefings.relations(actor, request)
    return may(actor, Deed.KEEP_MINUTES, stands, decider=decider(request)) and may_begin(
        start=briefing.start, end=briefing.end, now=clock.now()
    )


def _was_there(briefing: BriefingView) -> bool:
    return briefing.own is not None and briefing.own.state == Part.JOINED


def _now(request: MeetingRequest, briefing: BriefingView, agenda: AgendaView) -> Now | None:
    if briefing.start is None or briefing.end is None or not agenda.lines:
        return None
    row = db.session.execute(
        _of(request, RunningStep, RunningStep.entry, RunningStep.began_at).order_by(RunningStep.id.desc()).limit(1)
    ).first()
    entries = refs_of(request, agenda.number)
    step = Step(row.entry, row.began_at) if row else None
    return now_at(entries, start=briefing.start, end=briefing.end, step=step, now=clock.now())


def _notes(request: MeetingRequest, readable: Collection[str] | None) -> tuple[NoteView, ...]:
    """The lines; `readable` are the entries that the reader may read, None: all."""
    rows = db.session.execute(
        _of(request, MinuteLine, MinuteLine, _BY.name, _CHANGED.name)
        .join(_BY, _BY.id == MinuteLine.by)
        .outerjoin(_CHANGED, _CHANGED.id == MinuteLine.changed_by)
        .order_by(MinuteLine.id)
        .execution_options(populate_existing=True)
    )
    return tuple(
        NoteView(line.code, line.entry, line.kind, line.text, by, line.made_at, changed, line.revision)
        for line, by, changed in rows
        if readable is None or rules.is_for(line.entry, readable)
    )


def _actions(actor: Actor, request: MeetingRequest, readable: Collection[str], *, over: bool) -> tuple[ActionView, ...]:
    rows = db.session.execute(
        _of(request, Action, Action, Organisation.slug, Organisation.name)
        .join(Organisation, Organisation.id == Action.company_id)
        .order_by(Action.due, Action.id)
        .execution_options(populate_existing=True)
    )
    vendor, hosts = actor.side is Side.VENDOR, (request.buyer_id, request.company_id)
    found = []
    for row, slug, name in rows:
        own = row.company_id == actor.organisation
        if vendor and not rules.promise_is_for(
            owner=row.company_id, entry=row.entry, reader=actor.organisation, hosts=hosts, readable=readable
        ):
            continue
        entry = row.entry if not vendor or rules.is_for(row.entry, readable) else ""
        email = row.owner_email if own or not vendor else ""
        state = ActionState(row.state)
        theirs = over and (own or not vendor or not row.entry)
        can = promises.deeds(actor, state, owner=row.company_id, buyer=row.buyer_id) if theirs else frozenset()
        view = ActionView(row.code, entry, row.text, slug, name, row.owner_name, email, row.due, state, own, can)
        found.append(view)
    return tuple(found)


def _pairs(actor: Actor, code: str, agenda: AgendaView) -> dict[str, Any]:
    """What was found in the room by two vendors that talked, where the reader may read it."""
    if not any(line.entry.segment is Segment.OVERLAP and not line.entry.reserved for line in agenda.lines):
        return {}
    return {pair.code: pair for pair in overlaps.see(actor, code).pairs}


def _confirmed(request: MeetingRequest) -> Row[Any] | None:
    return db.session.execute(
        _of(request, Minutes, Minutes, Person.name).join(Person, Person.id == Minutes.confirmed_by)
    ).first()


def _attendees(request: MeetingRequest) -> tuple[tuple[str, str, str], ...]:
    """Whoever was invited and still comes: address, name, company."""
    rows = db.session.execute(
        _of(request, Meeting, Attendee.email, Attendee.name, Organisation.name)
        .join(Attendee, and_(Attendee.buyer_id == Meeting.buyer_id, Attendee.meeting_id == Meeting.id))
        .join(Organisation, Organisation.id == Attendee.company_id)
        .where(Meeting.state == MeetingState.CONFIRMED, comes(request.id))
        .order_by(Attendee.id)
    )
    return tuple((email, name, company) for email, name, company in rows)


def _vendors(actor: Actor, request: MeetingRequest, briefing: BriefingView) -> tuple[VendorView, ...]:
    """Those who came; to a vendor itself alone."""
    if not rules.is_over(briefing.state, briefing.start):
        return ()
    of_it = Participation.buyer_id, Participation.request_id, Participation.company_id
    rows = db.session.execute(
        _of(request, Participation, Participation.company_id, Organisation.slug, Organisation.name, Worth.worth, Thanks)
        .join(Organisation, Organisation.id == Participation.company_id)
        .outerjoin(Worth, and_(*(getattr(Worth, column.key) == column for column in of_it)))
        .outerjoin(Thanks, and_(*(getattr(Thanks, column.key) == column for column in of_it)))
        .where(Participation.state == Part.JOINED)
        .order_by(Participation.position)
        .execution_options(populate_existing=True)
    )
    found = []
    for company, slug, name, worth, thanks in rows:
        if actor.side is Side.VENDOR and company != actor.organisation:
            continue
        told = thanks if actor.side is Side.BUYER or company == actor.organisation else None
        found.append(
            VendorView(
                slug,
                name,
                worth if actor.side is Side.BUYER else None,
                told.text if told else "",
                told.quotable if told else False,
            )
        )
    return tuple(found)


def _remarks(actor: Actor, request: MeetingRequest) -> tuple[RemarkView, ...]:
    """What was said of the minutes: a vendor reads its own remarks, the buyer and who organises it all."""
    query = (
        _of(request, MinuteRemark, Organisation.name, Person.name, MinuteRemark.text, MinuteRemark.made_at)
        .join(Organisation, Organisation.id == MinuteRemark.company_id)
        .join(Person, Person.id == MinuteRemark.by)
        .order_by(MinuteRemark.id)
    )
    if actor.side is Side.VENDOR:
        query = query.where(MinuteRemark.company_id == actor.organisation)
    return tuple(RemarkView(*row) for row in db.session.execute(query))


def _of(request: MeetingRequest, table: Any, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Of one briefing, from a table of its own."""
    return select(*columns).select_from(table).where(table.buyer_id == request.buyer_id, table.request_id == request.id)


def _at(some: Iterable[Any], entry: str) -> tuple[Any, ...]:
    return tuple(one for one in some if one.entry == entry)


def _elsewhere(one: ActionView, known: Collection[str], *, vendor: bool) -> bool:
    """A promise of the whole; to a vendor also one of an entry that the agenda has no more."""
    return one.entry == "" or (vendor and one.entry not in known)


def _one(some: Sequence[_Seen], code: str) -> _Seen:
    found = next((one for one in some if one.code == meant(code)), None)
    if found is None:
        raise NotThere
    return found
