"""Writing down what either side of a relationship wants to remember, for itself or for both (M7)."""

from sqlalchemy import select

from vendorhub.domain import notes as rules
from vendorhub.domain.codes import meant, new_code
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotAllowed, Unfit
from vendorhub.domain.rights import Relation, require
from vendorhub.outbox.readers import organisation
from vendorhub.queries import acquaintances
from vendorhub.queries import notes as seen
from vendorhub.store import Note, Relationship
from vendorhub.store.history import record_note
from vendorhub.store.write import Work, write

CODE_LENGTH = 10


def note(
    actor: Actor,
    code: str,
    *,
    text: str,
    shared: bool = False,
    person: str = "",
    meeting: str = "",
    remember: bool = False,
) -> str:
    """Writes a note about a relationship, or about a `person` (an address) or a `meeting` (a UID) of it; answers its
    code. With `remember` it is the one line that the actor's side keeps of that person, in the place of the one before.
    Raises Unfit for what needs another look.
    """
    with write(actor) as work:
        of = judge_writing(actor, code)
        work.lock_buyer(of.buyer_id)
        rules.check_about(person=bool(person), meeting=bool(meeting), remember=remember, shared=shared)
        said = rules.check_text(text, remember=remember)
        about, at = _person(actor, of, person), _meeting(actor, of, meeting)
        row = _line(work, actor, of, about) if remember else None
        if row is None:
            row = Note(
                buyer_id=of.buyer_id,
                relationship_id=of.id,
                code=new_code(CODE_LENGTH),
                owner_id=actor.organisation,
                person_id=about,
                meeting_id=at,
                remembered=remember,
                by=actor.person,
                made_at=work.now,
            )
            work.session.add(row)
        else:
            row.changed_by, row.changed_at = actor.person, work.now
        _put(row, of, said, shared=shared)
        _record(work, actor, Deed.WRITE_NOTE, of)
        work.result = row.code
        return row.code


def change(actor: Actor, code: str, *, text: str, shared: bool | None = None) -> None:
    """Writes a note of the actor's own side anew; without `shared` it stays for whom it was. Raises Unfit."""
    with write(actor) as work:
        row, of = _own(work, actor, code, Deed.WRITE_NOTE)
        for_both = row.shared if shared is None else shared
        rules.check_about(
            person=row.person_id is not None,
            meeting=row.meeting_id is not None,
            remember=row.remembered,
            shared=for_both,
        )
        row.changed_by, row.changed_at = actor.person, work.now
        _put(row, of, rules.check_text(text, remember=row.remembered), shared=for_both)
        _record(work, actor, Deed.WRITE_NOTE, of)
        work.result = code


def take_out(actor: Actor, code: str) -> None:
    """Takes a note of the actor's own side out, with all its words."""
    with write(actor) as work:
        row, of = _own(work, actor, code, Deed.TAKE_OUT_NOTE)
        work.session.delete(row)
        _record(work, actor, Deed.TAKE_OUT_NOTE, of)
        work.result = code


def judge_writing(actor: Actor, code: str) -> Relationship:
    """The relationship of which the actor could write down something. Raises NotThere and NotAllowed."""
    of = seen.relationship(actor, code)
    require(actor, Deed.WRITE_NOTE, frozenset({Relation.ANY}))
    return of


def judge(actor: Actor, code: str, deed: Deed) -> None:
    """Whether the actor could do this to a note. Raises NotThere; NotAllowed for one of the other side."""
    view = seen.see(actor, code)
    require(actor, deed, frozenset({Relation.ANY}))
    if not view.own:
        raise NotAllowed("Only the side that wrote a note changes it.")


def _own(work: Work, actor: Actor, code: str, deed: Deed) -> tuple[Note, Relationship]:
    judge(actor, code, deed)
    of = work.session.scalars(
        select(Relationship)
        .join(Note, (Note.buyer_id == Relationship.buyer_id) & (Note.relationship_id == Relationship.id))
        .where(Note.code == meant(code))
    ).one()
    work.lock_buyer(of.buyer_id)
    work.match(lambda: seen.see(actor, code).version)
    return work.session.scalars(select(Note).where(Note.code == meant(code))).one(), of


def _person(actor: Actor, of: Relationship, address: str) -> int | None:
    """The number of somebody of the other side whom the actor knows."""
    if not address:
        return None
    wanted = address.strip().casefold()
    found = next((each.person for each in acquaintances.of(actor, of) if each.email == wanted), None)
    if found is None:
        raise Unfit("person", "Please choose somebody of theirs who was or will be at a meeting with you.")
    return found


def _meeting(actor: Actor, of: Relationship, uid: str) -> int | None:
    if not uid:
        return None
    found = seen.meeting_of(actor, of, uid)
    if found is None:
        raise Unfit("meeting", "Please choose one of your meetings with them.")
    return found


def _line(work: Work, actor: Actor, of: Relationship, person: int | None) -> Note | None:
    return work.session.scalar(
        select(Note).where(
            Note.relationship_id == of.id,
            Note.owner_id == actor.organisation,
            Note.person_id == person,
            Note.remembered,
        )
    )


def _put(row: Note, of: Relationship, text: str, *, shared: bool) -> None:
    readers = {of.buyer_id, of.company_id} if shared else {row.owner_id}
    row.text, row.shared, row.words = text, shared, rules.kept_under(text, readers=readers)


def _record(work: Work, actor: Actor, deed: Deed, of: Relationship) -> None:
    record_note(
        work,
        deed,
        buyer=organisation(work, of.buyer_id),
        company=organisation(work, of.company_id),
        own=organisation(work, actor.organisation),
    )
