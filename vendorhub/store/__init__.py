"""Tables, constraints, triggers, the one way to write, and the migrations."""

from vendorhub.store.adoptions import AdoptedMeeting, AdoptedSeries
from vendorhub.store.agendas import AgendaEntry, AgendaVersion
from vendorhub.store.amendments import Amendment
from vendorhub.store.base import Base, db
from vendorhub.store.briefings import Availability, Briefing, Join, Participation
from vendorhub.store.briefs import BriefSent
from vendorhub.store.decisions import LEDGER, AgreedTerms, Block, Decision, Lifting
from vendorhub.store.drafts import Draft, UnverifiedAsk
from vendorhub.store.feeds import Feed, WeeklyLetter
from vendorhub.store.history import HistoryLine
from vendorhub.store.imports import WaitingImport
from vendorhub.store.items import Item, Presenter
from vendorhub.store.joinings import Claim, JoinedAnswer, Joining, Remark
from vendorhub.store.letters import Letter
from vendorhub.store.mails import Mail, MailAsk
from vendorhub.store.materials import Material, MaterialChunk
from vendorhub.store.meeting_requests import Guest, MeetingRequest
from vendorhub.store.meetings import Attendance, Attendee, Invitation, Meeting, Proposal
from vendorhub.store.minutes import MinuteLine, MinuteRemark, Minutes, RunningStep, Thanks, Worth
from vendorhub.store.not_vendors import NotVendor
from vendorhub.store.notes import Note
from vendorhub.store.offers import AgreedSlot, Offer, Slot
from vendorhub.store.outcomes import NextMeeting, Outcome
from vendorhub.store.overlaps import Overlap
from vendorhub.store.papers import Paper, Writing
from vendorhub.store.people import Domain, Goal, Membership, Organisation, Person, WorkingHours
from vendorhub.store.piles import PileHours, Sorting
from vendorhub.store.plans import QuarterPlan
from vendorhub.store.promises import Action, PromiseLink
from vendorhub.store.records import Doubt, FactAnswer
from vendorhub.store.relationships import (
    CadencePause,
    CadenceRule,
    InCircle,
    LoggedMeeting,
    Relationship,
    RelationshipDetails,
    RelationshipGoal,
    Waiver,
)
from vendorhub.store.tokens import ApiToken, ConfirmationLink, DecisionLink, IdempotencyKey, SignInAsk, VisitLink

__all__ = [
    "LEDGER",
    "Action",
    "AdoptedMeeting",
    "AdoptedSeries",
    "AgendaEntry",
    "AgendaVersion",
    "AgreedSlot",
    "AgreedTerms",
    "Amendment",
    "ApiToken",
    "Attendance",
    "Attendee",
    "Availability",
    "Base",
    "Block",
    "BriefSent",
    "Briefing",
    "CadencePause",
    "CadenceRule",
    "Claim",
    "ConfirmationLink",
    "Decision",
    "DecisionLink",
    "Domain",
    "Doubt",
    "Draft",
    "FactAnswer",
    "Feed",
    "Goal",
    "Guest",
    "HistoryLine",
    "IdempotencyKey",
    "InCircle",
    "Invitation",
    "Item",
    "Join",
    "JoinedAnswer",
    "Joining",
    "Letter",
    "Lifting",
    "LoggedMeeting",
    "Mail",
    "MailAsk",
    "Material",
    "MaterialChunk",
    "Meeting",
    "MeetingRequest",
    "Membership",
    "MinuteLine",
    "MinuteRemark",
    "Minutes",
    "NextMeeting",
    "NotVendor",
    "Note",
    "Offer",
    "Organisation",
    "Outcome",
    "Overlap",
    "Paper",
    "Participation",
    "Person",
    "PileHours",
    "Presenter",
    "PromiseLink",
    "Proposal",
    "QuarterPlan",
    "Relationship",
    "RelationshipDetails",
    "RelationshipGoal",
    "Remark",
    "RunningStep",
    "SignInAsk",
    "Slot",
    "Sorting",
    "Thanks",
    "UnverifiedAsk",
    "VisitLink",
    "WaitingImport",
    "Waiver",
    "WeeklyLetter",
    "WorkingHours",
    "Worth",
    "Writing",
    "db",
]
