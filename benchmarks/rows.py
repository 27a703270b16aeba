"""The rows of a filled database, by table: who there is, and what each deed leaves behind."""

import os
import random
import secrets
from collections import defaultdict
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import DeclarativeBase

from vendorhub.domain.decisions import GENESIS, LedgerLine
from vendorhub.domain.terms import Terms, terms_hash
from vendorhub.store import (
    AgendaEntry,
    AgreedSlot,
    AgreedTerms,
    Attendance,
    Attendee,
    Decision,
    Domain,
    Goal,
    Guest,
    HistoryLine,
    Invitation,
    Letter,
    Meeting,
    MeetingRequest,
    Membership,
    Offer,
    Organisation,
    Person,
    Slot,
)

BUYERS = 4
MANAGERS = 4  # report to the buyer's CIO, who reports to the boss
COMPANIES = 100
GOALS = ("Backups that restore", "Fewer suppliers", "Print less")
A_DAY = timedelta(days=1)
LETTER_BYTES = 7000

Row = dict[str, Any]


class Rows:
    """All rows by table, in the order in which they refer to each other."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.dice = random.Random(now.year)
        self.made: dict[type[DeclarativeBase], list[Row]] = {
            table: []
            for table in (
                *(Organisation, Domain, Goal, Person, Membership, MeetingRequest, Guest, AgreedTerms, Decision),
                *(Offer, Slot, AgreedSlot, Meeting, Attendee, Attendance, AgendaEntry, Invitation, Letter, HistoryLine),
            )
        }
        self.deciders: dict[int, list[int]] = {}
        self.sellers: dict[int, list[int]] = {}
        self.chain: dict[int, tuple[int, str]] = defaultdict(lambda: (0, GENESIS))

    def add(self, table: type[DeclarativeBase], **values: Any) -> int:
        """One more row; its id."""
        number = len(self.made[table]) + 1
        if "id" in table.__table__.c:
            values["id"] = number
        self.made[table].append(values)
        return number

    def people(self) -> None:
        """Buyers with boss, CIO, managers and assistant; companies with two people each."""
        for at in range(1, BUYERS + 1):
            buyer = self._organisation("buyer", f"buyer{at}", f"Buyer {at} Insurance", "Europe/Berlin")
            for position, goal in enumerate(GOALS, start=1):
                self.add(Goal, buyer_id=buyer, name=goal, position=position)
            boss = self._person(buyer, f"boss{at}", "decider", None)
            cio = self._person(buyer, f"cio{at}", "decider", boss)
            managers = [self._person(buyer, f"manager{at}-{one}", "decider", cio) for one in range(MANAGERS)]
            self._person(buyer, f"assistant{at}", "assistant", cio)
            self.deciders[buyer] = [cio, boss, *managers]
        for at in range(1, COMPANIES + 1):
            company = self._organisation("vendor", f"vendor{at}", f"Vendor {at} Systems", "Europe/London")
            self.sellers[company] = [self._person(company, f"{name}{at}", "member", None) for name in ("a", "b")]
        for at in range(1, BUYERS + 1):  # who has asked nobody yet, and so met no answer
            company = self._organisation("vendor", f"newcomer{at}", f"Newcomer {at}", "Europe/London")
            self._person(company, "first", "member", None)

    def _organisation(self, kind: str, slug: str, name: str, zone: str) -> int:
        made = self.add(Organisation, kind=kind, slug=slug, name=name, zone=zone, created_at=self.now - 900 * A_DAY)
        self.add(Domain, name=f"{slug}.example", organisation_id=made)
        return made

    def _person(self, home: int, name: str, role: str, boss: int | None) -> int:
        slug = self.made[Organisation][home - 1]["slug"]
        person = self.add(
            Person,
            email=f"{name}@{slug}.example",
            name=name.title(),
            fs_uniquifier=f"{name}-{home}",
            created_at=self.now - 900 * A_DAY,
        )
        given = "accept decline offer move cancel" if role == "assistant" else ""
        self.add(Membership, person_id=person, organisation_id=home, role=role, reports_to=boss, given=given)
        return person

    def decide(self, buyer: int, request: int, by: int, at: datetime, terms: Terms | None) -> int:
        """The next line of the buyer's chain: a yes to these terms, else a no; its id."""
        named = None
        if terms:
            salt, body = secrets.token_hex(16), terms.body()
            named = terms_hash(body, salt)
            self.add(AgreedTerms, buyer_id=buyer, hash=named, request_id=request, salt=salt, body=body, created_at=at)
        position, previous = self.chain[buyer]
        line = LedgerLine(
            buyer=buyer,
            position=position + 1,
            request=request,
            kind="accept" if terms else "no",
            terms_hash=named or "",
            by=by,
            on_behalf_of=None,
            door="page",
            made_at=at,
            effective_at=at,
            undoes=None,
            previous=previous,
        )
        self.chain[buyer] = (position + 1, line.digest())
        return self.add(
            Decision,
            buyer_id=buyer,
            position=line.position,
            request_id=request,
            kind=line.kind,
            terms_hash=named,
            times=1 if terms else 0,
            valid_until=terms.valid_until if terms else None,
            by=by,
            on_behalf_of=None,
            door="page",
            made_at=at,
            effective_at=at,
            undoes=None,
            previous=previous,
            hash=line.digest(),
        )

    def letter(self, at: datetime, kind: str, to: int, buyer: int, **calendar: Any) -> None:
        """A letter that was sent; its bytes are still there for thirty days."""
        kept = at > self.now - 30 * A_DAY
        self.add(
            Letter,
            buyer_id=buyer,
            **{"invitation_id": None, "uid": "", "method": ""} | calendar,
            decision_id=None,
            kind=kind,
            recipient=self.made[Person][to - 1]["email"],
            sender="vendorhub@localhost",
            message_id=f"<{len(self.made[Letter])}@localhost>",
            sequence=0,
            sealed=os.urandom(LETTER_BYTES) if kept else None,
            digest=sha256(str(len(self.made[Letter])).encode()).hexdigest(),
            state="sent",
            due_at=at,
            attempts=1,
            lease_until=None,
            created_at=at,
            sent_at=at,
        )

    def line(self, buyer: int, company: int, request: int, deed: str, at: datetime, *, by: int, door: str) -> None:
        """A line of history that both sides read."""
        self.add(
            HistoryLine,
            buyer_id=buyer,
            company_id=company,
            request_id=request,
            decision_id=None,
            deed=deed,
            by=by,
            on_behalf_of=None,
            door=door,
            audience="both",
            made_at=at,
            visible_at=at,
        )

    def guest(self, buyer: int, request: int, guest: Row) -> None:
        """Somebody whom an ask names."""
        self.add(
            Guest,
            buyer_id=buyer,
            request_id=request,
            side="vendor",
            email=guest["email"],
            name=guest["name"],
            role="Engineer",
        )
