"""Tables, constraints, triggers, the one way to write, and the migrations."""

from vendorhub.store.amendments import Amendment
from vendorhub.store.base import Base, db
from vendorhub.store.decisions import LEDGER, AgreedTerms, Block, Decision, Lifting
from vendorhub.store.drafts import Draft, UnverifiedAsk
from vendorhub.store.history import HistoryLine
from vendorhub.store.joinings import Claim, JoinedAnswer, Joining, Remark
from vendorhub.store.letters import Letter
from vendorhub.store.mails import Mail, MailAsk
from vendorhub.store.meeting_requests import Guest, MeetingRequest
from vendorhub.store.meetings import AgendaItem, Attendance, Attendee, Invitation, Meeting, Proposal
from vendorhub.store.not_vendors import NotVendor
from vendorhub.store.offers import AgreedSlot, Offer, Slot
from vendorhub.store.papers import Paper, Writing
from vendorhub.store.people import Domain, Goal, Membership, Organisation, Person, WorkingHours
from vendorhub.store.piles import PileHours, Sorting
from vendorhub.store.tokens import ApiToken, ConfirmationLink, DecisionLink, IdempotencyKey, SignInAsk

__all__ = [
    "LEDGER",
    "AgendaItem",
    "AgreedSlot",
    "AgreedTerms",
    "Amendment",
    "ApiToken",
    "Attendance",
    "Attendee",
    "Base",
    "Block",
    "Claim",
    "ConfirmationLink",
    "Decision",
    "DecisionLink",
    "Domain",
    "Draft",
    "Goal",
    "Guest",
    "HistoryLine",
    "IdempotencyKey",
    "Invitation",
    "JoinedAnswer",
    "Joining",
    "Letter",
    "Lifting",
    "Mail",
    "MailAsk",
    "Meeting",
    "MeetingRequest",
    "Membership",
    "NotVendor",
    "Offer",
    "Organisation",
    "Paper",
    "Person",
    "PileHours",
    "Proposal",
    "Remark",
    "SignInAsk",
    "Slot",
    "Sorting",
    "UnverifiedAsk",
    "WorkingHours",
    "Writing",
    "db",
]
