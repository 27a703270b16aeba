"""Answers what the database's self-test breaks its laws with: a small world, made by bare SQL and never kept."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table

from vendorhub.domain.decisions import GENESIS
from vendorhub.store.base import Base

NOW = datetime(2000, 1, 3, 9, tzinfo=UTC)  # nobody's time: whatever the test writes is gone when it ends


class World:
    """A throw-away buyer and vendor with an ask, a no, a yes that was taken back, and what was agreed on it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.buyer = self.organisation("buyer")
        self.vendor = self.organisation("vendor")
        self.person = self.add(
            "people",
            email=f"{secrets.token_hex(8)}@self-test.invalid",
            name="self-test",
            fs_uniquifier=secrets.token_hex(16),
            created_at=NOW,
        )
        self.add("memberships", person_id=self.person, organisation_id=self.buyer, role="decider")
        self.request = self.ask()
        self.terms = secrets.token_hex(32)
        self.connection.execute(
            table_of("terms")
            .insert()
            .values(
                buyer_id=self.buyer,
                hash=self.terms,
                request_id=self.request,
                salt="self-test",
                body="{}",
                created_at=NOW,
            )
        )
        self.no = self.decision(1, kind="no")
        self.yes = self.decision(2, kind="accept", terms_hash=self.terms, times=2)
        self.block = self.add(
            "blocks",
            buyer_id=self.buyer,
            code=secrets.token_hex(8),
            decision_id=self.no,
            company_id=self.vendor,
            by=self.person,
            made_at=NOW,
            effective_at=NOW,
        )
        self.lifting = self.add("liftings", buyer_id=self.buyer, block_id=self.block, by=self.person, made_at=NOW)
        self.agreed, self.meeting = self.agree(1)
        _, self.other_meeting = self.agree(2)
        self.attendee = self.attends(self.meeting)
        self.add("attendance", meeting_id=self.meeting, **self.taken())
        self.decision(3, kind="undo", undoes=self.yes)

    def briefing(self) -> tuple[int, int, int, int]:
        """The request, its yes, the meeting and the agreed slot."""
        request = self.ask(kind="briefing")
        yes = self.decision(4, kind="accept", request_id=request, terms_hash=self.terms, times=2)
        self.add(
            "briefings",
            buyer_id=self.buyer,
            request_id=request,
            buyer_share=50,
            items_due=NOW.date(),
            line_up="0" * 64,
            house_rules="",
            publish_days_before=3,
            agenda_revision=0,
            agenda_version=0,
            changed_at=NOW,
        )
        agreed, meeting = self.agree(1, request=request, yes=yes)
        return request, yes, meeting, agreed

    def organisation(self, kind: str) -> int:
        """A company."""
        slug = f"self-test-{secrets.token_hex(8)}"
        return self.add("organisations", kind=kind, slug=slug, name="self-test", zone="UTC", created_at=NOW)

    def ask(self, *, kind: str = "topic") -> int:
        """A request with a yes."""
        return self.add(
            "meeting_requests",
            buyer_id=self.buyer,
            code=secrets.token_hex(8),
            kind=kind,
            company_id=self.vendor,
            asked_by=self.person,
            topic="self-test",
            outcome="",
            learned="",
            minutes=30,
            state="accepted",
            before_answer="pending",
            answer_by=NOW,
            created_at=NOW,
            visible_at=NOW,
        )

    def attends(self, meeting: int) -> int:
        """Somebody of the buyer on the list of a meeting."""
        return self.add(
            "attendees",
            buyer_id=self.buyer,
            meeting_id=meeting,
            person_id=self.person,
            side="buyer",
            email="somebody@self-test.invalid",
            name="self-test",
            partstat="ACCEPTED",
        )

    def decision(self, position: int, *, kind: str, **values: object) -> int:
        """A line of the ledger."""
        return self.add("decisions", **self.decided(position, kind=kind, **values))

    def decided(self, position: int, *, kind: str, **values: object) -> dict[str, Any]:
        """What a line of the ledger says."""
        return {
            "buyer_id": self.buyer,
            "position": position,
            "request_id": self.request,
            "kind": kind,
            "times": 0,
            "valid_until": NOW + timedelta(days=1),
            "by": self.person,
            "door": "page",
            "made_at": NOW,
            "effective_at": NOW,
            "previous": GENESIS,
            "hash": secrets.token_hex(32),
            **values,
        }

    def agree(self, use_no: int, *, request: int | None = None, yes: int | None = None) -> tuple[int, int]:
        """A slot of half an hour that was agreed, and the meeting at it."""
        slot = self.add(
            "slots",
            buyer_id=self.buyer,
            code=secrets.token_hex(8),
            request_id=request or self.request,
            side="buyer",
            by=self.person,
            start_at=NOW,
            end_at=NOW + timedelta(minutes=30),
            wall="2000-01-03T09:00:00",
            zone="UTC",
        )
        consent = {"buyer_id": self.buyer, "consent_id": yes or self.yes, "terms_hash": self.terms, "times": 2}
        agreed = self.add(
            "agreed_slots", slot_id=slot, agreed_by=self.person, consent_kind="accept", made_at=NOW, **consent
        )
        meeting = self.add(
            "meetings",
            uid=secrets.token_hex(16),
            request_id=request or self.request,
            company_id=self.vendor,
            consent_kind="accept",
            use_no=use_no,
            agreed_slot_id=agreed,
            kind="topic",
            topic="self-test",
            state="confirmed",
            start_at=NOW,
            end_at=NOW + timedelta(minutes=30),
            zone="UTC",
            created_at=NOW,
            changed_at=NOW,
            **consent,
        )
        return agreed, meeting

    def taken(self) -> dict[str, Any]:
        """Half an hour of the person's time."""
        return {"person_id": self.person, "start_at": NOW, "end_at": NOW + timedelta(minutes=30)}

    def invited(self, consent: int) -> dict[str, Any]:
        """What an invitation on this consent says."""
        return {
            "buyer_id": self.buyer,
            "meeting_id": self.meeting,
            "attendee_id": self.attendee,
            "consent_id": consent,
            "terms_hash": self.terms,
            "agreed_slot_id": self.agreed,
            "sequence": 0,
            "made_at": NOW,
        }

    def add(self, table: str, **values: object) -> int:
        """One row; answers its number."""
        key = self.connection.execute(table_of(table).insert().values(**values)).inserted_primary_key
        assert key is not None  # noqa: S101 - every table here has a key of its own
        return int(key[0])


def table_of(name: str) -> Table:
    """A table by its name."""
    return Base.metadata.tables[name]
