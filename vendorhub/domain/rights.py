"""Who may do what: the one table of deed x side x role x relation, for use-cases, doors and buttons."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from vendorhub.domain.assistants import AT_FIRST, Alone, gives
from vendorhub.domain.deeds import ANSWER_DEEDS, Deed
from vendorhub.domain.people import Actor, Role, Side
from vendorhub.domain.refusals import NotAllowed


class Relation(StrEnum):
    """How a person stands to a meeting request, an offer or a meeting."""

    ANY = "any"  # of that side; nothing more is asked
    ASKED = "asked"  # who was asked, be it a decider or a colleague; any decider where nobody was named
    SERVES = "serves"  # an assistant of the decider who was asked
    LINE = "line"  # above or below the decider who was asked
    COMPANY = "company"  # of the organisation that asked, or of the vendor for whom a VAR asks
    NAMED = "named"  # of the vendor in whose name a VAR asks
    ATTENDS = "attends"  # on the list of the meeting
    NOTED = "noted"  # noted it down, for it came elsewhere
    ANSWERED = "answered"  # the decider whose answer from before holds for it
    PARTY = "party"  # of a vendor that is named in the briefing
    OPEN = "open"  # nobody was named, so any decider might have answered, or their assistant
    OWES = "owes"  # of the company that promised something
    OWED = "owed"  # of one that it was promised to


@dataclass(frozen=True)
class Grant:
    """One row of the table: people of `side` with `role` (any, if None) who stand in `relation` may do it."""

    side: Side
    relation: Relation
    role: Role | None = None


DECIDER = Grant(Side.BUYER, Relation.ASKED, Role.DECIDER)
COLLEAGUE = Grant(Side.BUYER, Relation.ASKED, Role.COLLEAGUE)  # to whom an ask was passed
ASSISTANT = Grant(Side.BUYER, Relation.SERVES, Role.ASSISTANT)
LINE = Grant(Side.BUYER, Relation.LINE, Role.DECIDER)
ANY_DECIDER = Grant(Side.BUYER, Relation.OPEN, Role.DECIDER)
ANY_ASSISTANT = Grant(Side.BUYER, Relation.OPEN, Role.ASSISTANT)
OPEN = (ANY_DECIDER, ANY_ASSISTANT)
BUYER_ADMIN = Grant(Side.BUYER, Relation.ANY, Role.ADMIN)
BUYER_ATTENDS = Grant(Side.BUYER, Relation.ATTENDS)
NOTER = Grant(Side.BUYER, Relation.NOTED)
VENDOR = Grant(Side.VENDOR, Relation.COMPANY)
VAR = Grant(Side.VAR, Relation.COMPANY)
NAMED = Grant(Side.VENDOR, Relation.NAMED)
ANSWERED = Grant(Side.BUYER, Relation.ANSWERED, Role.DECIDER)
ANSWERING = (DECIDER, COLLEAGUE, ASSISTANT)
ASKING = (VENDOR, VAR)
ATTENDING = tuple(Grant(side, Relation.ATTENDS) for side in (Side.BUYER, Side.VENDOR, Side.VAR))
PARTY = Grant(Side.VENDOR, Relation.PARTY)
ORGANISING = (*ANSWERING, VAR)
OWING, OWED = (
    tuple(Grant(side, relation) for side in (Side.BUYER, Side.VENDOR, Side.VAR))
    for relation in (Relation.OWES, Relation.OWED)
)
BUYERS_OWN = tuple(Grant(Side.BUYER, Relation.ANY, role) for role in (Role.DECIDER, Role.ASSISTANT, Role.COLLEAGUE))
NOTING = (*BUYERS_OWN, Grant(Side.VENDOR, Relation.ANY), Grant(Side.VAR, Relation.ANY))
KEEPING = (Grant(Side.BUYER, Relation.ANY, Role.DECIDER), Grant(Side.BUYER, Relation.ANY, Role.ASSISTANT))

RIGHTS: dict[Deed, tuple[Grant, ...]] = {
    Deed.SEE: (*ANSWERING, LINE, *OPEN, BUYER_ADMIN, NOTER, *ASKING),
    Deed.ASK: (Grant(Side.VENDOR, Relation.ANY), Grant(Side.VAR, Relation.ANY)),
    Deed.VERIFY: (NAMED,),
    Deed.LOG: (Grant(Side.BUYER, Relation.ANY),),
    Deed.CORRECT: (*ANSWERING, *OPEN, NOTER),
    Deed.ATTACH: (),
    Deed.ACCEPT: (*ANSWERING, *OPEN),
    Deed.STAND: (DECIDER, ANY_DECIDER),
    Deed.AMEND: (*ANSWERING, *OPEN),
    Deed.AGREE: ASKING,
    Deed.DECLINE: (*ANSWERING, *OPEN),
    Deed.BLOCK: (DECIDER, ANY_DECIDER),
    Deed.REDIRECT: (*ANSWERING, *OPEN),
    Deed.ASK_BACK: (*ANSWERING, *OPEN),
    Deed.ANSWER_BACK: ASKING,
    Deed.UNDO: ANSWERING,
    Deed.WITHDRAW: ASKING,
    Deed.REVOKE: ANSWERING,
    Deed.REOPEN: (*ANSWERING, *OPEN, ANSWERED),
    Deed.LAPSE: (),
    Deed.REMARK: (*ANSWERING, *OPEN, ANSWERED),
    Deed.SETTLE: (*ANSWERING, *OPEN),
    Deed.HAND_IN: ASKING,
    Deed.ENOUGH: (*ANSWERING, *OPEN),
    Deed.OFFER: ANSWERING,
    Deed.COUNTER: (*ANSWERING, *ASKING),
    Deed.CHOOSE: (*ANSWERING, *ASKING),
    Deed.RETRACT: (*ANSWERING, *ASKING),
    Deed.SEE_MEETING: (*ANSWERING, LINE, *OPEN, BUYER_ADMIN, BUYER_ATTENDS, *ASKING, PARTY),
    Deed.MOVE: ANSWERING,
    Deed.PROPOSE_MOVE: ASKING,
    Deed.ACCEPT_MOVE: ANSWERING,
    Deed.REFUSE_MOVE: ANSWERING,
    Deed.CANCEL: (*ANSWERING, *ASKING),
    Deed.SET_PLACE: (*ANSWERING, *ASKING),
    Deed.SET_AGENDA: (*ANSWERING, BUYER_ATTENDS, *ASKING),
    Deed.CANNOT_COME: ATTENDING,
    Deed.COME: ATTENDING,
    Deed.REPLACE: (*ANSWERING, BUYER_ATTENDS, *ASKING, PARTY),
    Deed.INVITE: ORGANISING,
    Deed.SAY_OUTCOME: (*ANSWERING, BUYER_ATTENDS),
    Deed.CORRECT_OUTCOME: (),  # put right by whoever may say it
    Deed.PROPOSE: (*BUYERS_OWN, Grant(Side.VAR, Relation.ANY)),
    Deed.NAME: (),
    Deed.SET_LINE_UP: ORGANISING,
    Deed.WIDEN: (DECIDER, COLLEAGUE),
    Deed.SET_FRAME: ORGANISING,
    Deed.TAKE_PART: (PARTY,),
    Deed.STAY_OUT: (PARTY,),
    Deed.LEAVE: (PARTY,),
    Deed.DROP: (),
    Deed.WRITE_ITEM: (*ANSWERING, LINE, *OPEN, PARTY),
    Deed.ITEMS_IN: (),
    Deed.ITEMS_MISSING: (),
    Deed.ITEM_BACK: (),
    Deed.MARK: ORGANISING,
    Deed.BUILD: ORGANISING,
    Deed.PUBLISH: ORGANISING,
    Deed.POLL: ORGANISING,
    Deed.SAY_WHEN: (*ORGANISING, PARTY),
    Deed.SET_TIME: ANSWERING,
    Deed.KEEP_MINUTES: ORGANISING,
    Deed.KEEP_PROMISE: OWING,
    Deed.CONFIRM_PROMISE: OWED,
    Deed.REOPEN_PROMISE: (*OWING, *OWED),
    Deed.SAY_WHY: OWING,
    Deed.TELL_MISSED: (*BUYERS_OWN, Grant(Side.VENDOR, Relation.ANY), Grant(Side.VAR, Relation.ANY)),
    Deed.CONFIRM_MINUTES: ANSWERING,
    Deed.ADD_REMARK: (VAR, PARTY),
    Deed.WEIGH: ANSWERING,
    Deed.THANK: ANSWERING,
    Deed.AGAIN: ORGANISING,
    Deed.SEE_RELATIONSHIP: (*BUYERS_OWN, BUYER_ADMIN, Grant(Side.VENDOR, Relation.ANY), Grant(Side.VAR, Relation.ANY)),
    Deed.SET_CADENCE: KEEPING,
    Deed.PAUSE: KEEPING,
    Deed.LET_GO: KEEPING,
    Deed.SET_DETAILS: KEEPING,
    Deed.LOG_MEETING: BUYERS_OWN,
    Deed.ADOPT: BUYERS_OWN,
    Deed.TAKE_OUT: BUYERS_OWN,
    Deed.ANSWER_FACT: (Grant(Side.VENDOR, Relation.ANY), Grant(Side.VAR, Relation.ANY)),
    Deed.DOUBT: (Grant(Side.VENDOR, Relation.ANY), Grant(Side.VAR, Relation.ANY)),
    Deed.HEAR_DOUBT: KEEPING,
    Deed.BRING_IN: KEEPING,
    Deed.WRITE_NOTE: NOTING,
    Deed.TAKE_OUT_NOTE: NOTING,
    Deed.PLAN: BUYERS_OWN,
    Deed.SET_HOURS: KEEPING,
    Deed.SORT: (ASSISTANT, ANY_ASSISTANT),
    Deed.DELEGATE: (Grant(Side.BUYER, Relation.ANY, Role.DECIDER),),
    Deed.SET_DOOR: (Grant(Side.BUYER, Relation.ANY, Role.DECIDER), BUYER_ADMIN),
    Deed.SEE_BLOCKS: (
        Grant(Side.BUYER, Relation.ANY, Role.DECIDER),
        Grant(Side.BUYER, Relation.ANY, Role.ASSISTANT),
        BUYER_ADMIN,
    ),
    Deed.LIFT: (Grant(Side.BUYER, Relation.ANY, Role.DECIDER),),
    Deed.SEE_COMPANIES: (Grant(Side.BUYER, Relation.ANY, Role.DECIDER), BUYER_ADMIN),
    Deed.JOIN: (Grant(Side.BUYER, Relation.ANY, Role.DECIDER), BUYER_ADMIN),
    Deed.PART: (Grant(Side.BUYER, Relation.ANY, Role.DECIDER), BUYER_ADMIN),
}

# What an assistant does whatever was given: it decides nothing.
_UNASKED = frozenset({Deed.SEE, Deed.SEE_MEETING, Deed.SORT, Deed.CORRECT})
# What a new assistant has until their decider says otherwise: the ways to decline, and all that follows an answer.
GIVEN_AT_FIRST: frozenset[str] = AT_FIRST | {
    str(deed)
    for deed, grants in RIGHTS.items()
    if ASSISTANT in grants and deed not in _UNASKED | {Deed.DECLINE} and str(deed) not in list(Alone)
}


def may(actor: Actor, deed: Deed, relations: Set[Relation], *, decider: int | None = None, answer: str = "") -> bool:
    """Whether this person may do this deed, standing in these relations to the thing.

    `decider` is the person asked; an assistant acts only within the deeds that this decider gave (law 4). `answer`
    is the way in which they would decline; without it: in any way at all.
    """
    for grant in RIGHTS[deed]:  # a page asks this a thousand times, so it is put plainly
        if grant.side is not actor.side or (grant.role is not None and grant.role not in actor.roles):
            continue
        if grant.relation is not Relation.ANY and grant.relation not in relations:
            continue
        if grant not in (ASSISTANT, ANY_ASSISTANT) or deed in _UNASKED:
            return True
        whose = decider if grant is ASSISTANT else None
        if any(gives(given, deed, answer) for who, given in actor.serves.items() if whose in (None, who)):
            return True
    return False


def relations_to_request(
    actor: Actor,
    *,
    buyer: int,
    company: int,
    vendor: int | None,
    asked: int | None,
    named: bool,
    noted_by: int | None = None,
    answered: int | None = None,
    attending: Set[int] = frozenset(),
) -> frozenset[Relation]:
    """How a person stands to a meeting request (or to the meeting it led to).

    `vendor` is the company for whom a VAR asks, None where nobody does; `noted_by` who noted it down, where it came
    elsewhere; `asked` the decider who was asked or who has answered, None while any decider of the buyer may answer;
    `named` says whether the ask named them; `answered` is the decider whose answer from before holds for it;
    `attending` are the people on the meeting's list.
    """
    found: set[Relation] = set()
    if actor.organisation == buyer:
        if actor.person == asked or (asked is None and Role.DECIDER in actor.roles):
            found.add(Relation.ASKED)
        if asked in actor.serves or (asked is None and actor.serves):
            found.add(Relation.SERVES)
        if asked is not None and asked in actor.above | actor.below:
            found.add(Relation.LINE)
        if actor.person == answered:
            found.add(Relation.ANSWERED)
        if not named and (Role.DECIDER in actor.roles or actor.serves):
            found.add(Relation.OPEN)
        if actor.person == noted_by:
            found.add(Relation.NOTED)
    if actor.organisation in (company, vendor):
        found.add(Relation.COMPANY)
    if actor.organisation == vendor:
        found.add(Relation.NAMED)
    if actor.person in attending:
        found.add(Relation.ATTENDS)
    return frozenset(found)


def require(
    actor: Actor, deed: Deed, relations: Set[Relation], *, decider: int | None = None, answer: str = ""
) -> None:
    """Raises NotAllowed, with a sentence that says whose it is, unless this person may do this deed (see `may`)."""
    if not may(actor, deed, relations, decider=decider, answer=answer):
        theirs = RIGHTS[deed]
        if actor.side is Side.BUYER and deed is Deed.SET_DOOR:
            raise NotAllowed("Those who decide in your company, and its admins, can do this.")
        if actor.serves and deed in ANSWER_DEEDS and not relations.isdisjoint({Relation.SERVES, Relation.OPEN}):
            raise NotAllowed("This answer is kept for the person you answer for; put it on their pile instead.")
        if actor.side is Side.BUYER and any(grant.side is Side.BUYER for grant in theirs):
            raise NotAllowed("Only the person who was asked, or somebody acting for them, can do this.")
        raise NotAllowed("This is for the other side to do.")


def answers_for(actor: Actor, asked: int | None, deed: Deed, answer: str = "") -> int:
    """Whose deed it is: of the decider asked; else of the decider who presses, or of one who gave an assistant it."""
    if asked is not None:
        return asked
    if Role.DECIDER in actor.roles:
        return actor.person
    return min((who for who, given in actor.serves.items() if gives(given, deed, answer)), default=actor.person)


def on_behalf_of(actor: Actor, asked: int | None, deed: Deed, answer: str = "") -> int | None:
    """The decider for whom somebody else presses; None where they press for themselves."""
    whose = answers_for(actor, asked, deed, answer)
    return whose if whose != actor.person else None
