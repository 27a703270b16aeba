"""Answers which letters may be claimed now, and which never again: as conditions, for both databases."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from vendorhub.domain.briefings import Part
from vendorhub.domain.letters import LetterState
from vendorhub.store import Attendee, Block, Decision, Invitation, Letter, Meeting, MeetingRequest, Participation
from vendorhub.store.blocks import concerns, lifted, meets

_UNSETTLED = (LetterState.WAITING.value, LetterState.LEASED.value)
_Earlier = aliased(Letter)
_ITS_VENDOR = (
    Participation.buyer_id == Meeting.buyer_id,
    Participation.request_id == Meeting.request_id,
    Participation.company_id == Attendee.company_id,
)


def due(*, now: datetime, database_now: datetime) -> ColumnElement[bool]:
    """A letter waits and its time has come by our clock, or its worker's lease ran out by the database's."""
    return or_(
        and_(Letter.state == LetterState.WAITING.value, Letter.due_at <= now),
        and_(Letter.state == LetterState.LEASED.value, Letter.lease_until <= database_now),
    )


def in_turn() -> ColumnElement[bool]:
    """No earlier letter about the same UID to the same reader is still on its way (ITIP 63)."""
    return or_(
        Letter.uid == "",
        ~exists().where(
            _Earlier.uid == Letter.uid,
            _Earlier.recipient == Letter.recipient,
            _Earlier.id < Letter.id,
            _Earlier.state.in_(_UNSETTLED),
        ),
    )


def consent_stands() -> ColumnElement[bool]:
    """Nothing of an invitation's, or one whose consent was not taken back and whose company is not shut out (law 5).

    The same condition as the trigger's that guards the claim.
    """
    return or_(Letter.method != "REQUEST", exists().where(*_rests_on(), ~_taken_back(), ~_shut_out(), ~_stays_away()))


def may_stand_again(now: datetime) -> ColumnElement[bool]:
    """Only a block that is still held stands against it, which can be undone yet; until then the letter waits."""
    return and_(
        Letter.method == "REQUEST",
        exists().where(
            *_rests_on(),
            ~_taken_back(),
            ~_stays_away(),
            _shut_out(Block.effective_at > now),
            ~_shut_out(Block.effective_at <= now),
        ),
    )


def _rests_on() -> tuple[ColumnElement[bool], ...]:
    return (
        Invitation.buyer_id == Letter.buyer_id,
        Invitation.id == Letter.invitation_id,
        Meeting.buyer_id == Invitation.buyer_id,
        Meeting.id == Invitation.meeting_id,
        Attendee.buyer_id == Invitation.buyer_id,
        Attendee.id == Invitation.attendee_id,
        MeetingRequest.buyer_id == Meeting.buyer_id,
        MeetingRequest.id == Meeting.request_id,
    )


def _taken_back() -> ColumnElement[bool]:
    return exists().where(Decision.buyer_id == Invitation.buyer_id, Decision.undoes == Invitation.consent_id)


def _shut_out(*when: ColumnElement[bool]) -> ColumnElement[bool]:
    """Who asked, or at a briefing the vendor for which this attendee comes, or that person of it."""
    of_a_vendor = meets((Participation.company_id,), (Attendee.person_id,))
    a_vendor_is = exists().where(*_ITS_VENDOR, of_a_vendor).correlate_except(Participation)
    return exists().where(
        Block.buyer_id == Meeting.buyer_id, or_(concerns(MeetingRequest), a_vendor_is), ~lifted(), *when
    )


def _stays_away() -> ColumnElement[bool]:
    """The attendee's vendor does not come to the briefing, or not any more."""
    return exists().where(*_ITS_VENDOR, Participation.state != Part.JOINED)
