"""Relationships, their rhythm, and meetings held elsewhere; whoever has met already has one from the start."""

import sqlalchemy as sa
from alembic import op

from vendorhub import clock
from vendorhub.domain.codes import new_code
from vendorhub.domain.wall_times import in_zone
from vendorhub.store.base import Id, Instant

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "relationships",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_relationships_buyer_id")),
        sa.ForeignKeyConstraint(["company_id"], ["organisations.id"], name=op.f("fk_relationships_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relationships")),
        sa.UniqueConstraint("buyer_id", "company_id", name=op.f("uq_relationships_buyer_id_company_id")),
        sa.UniqueConstraint("buyer_id", "id", name=op.f("uq_relationships_buyer_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_relationships_code")),
    )
    op.create_index("ix_relationships_company_id", "relationships", ["company_id"])
    op.create_table(
        "cadence_rules",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("relationship_id", Id, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("every", sa.String(length=12), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("soft", sa.Integer(), nullable=False),
        sa.Column("hard", sa.Integer(), nullable=False),
        sa.Column("by", Id, nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint("minutes > 0 AND soft >= 0 AND hard >= 0", name=op.f("ck_cadence_rules_positive")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "relationship_id"],
            ["relationships.buyer_id", "relationships.id"],
            name=op.f("fk_cadence_rules_buyer_id_relationship_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_cadence_rules_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_cadence_rules_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cadence_rules")),
    )
    op.create_index("ix_cadence_rules_buyer_id_relationship_id", "cadence_rules", ["buyer_id", "relationship_id"])
    op.create_table(
        "cadence_pauses",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("relationship_id", Id, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_cadence_pauses_days")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "relationship_id"],
            ["relationships.buyer_id", "relationships.id"],
            name=op.f("fk_cadence_pauses_buyer_id_relationship_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_cadence_pauses_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_cadence_pauses_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cadence_pauses")),
    )
    op.create_index("ix_cadence_pauses_buyer_id_relationship_id", "cadence_pauses", ["buyer_id", "relationship_id"])
    op.create_table(
        "waivers",
        sa.Column("buyer_id", Id, autoincrement=False, nullable=False),
        sa.Column("relationship_id", Id, autoincrement=False, nullable=False),
        sa.Column("quarter", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id", "relationship_id"],
            ["relationships.buyer_id", "relationships.id"],
            name=op.f("fk_waivers_buyer_id_relationship_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_waivers_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_waivers_by")),
        sa.PrimaryKeyConstraint("buyer_id", "relationship_id", "quarter", name=op.f("pk_waivers")),
    )
    op.create_table(
        "logged_meetings",
        sa.Column("id", Id, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("relationship_id", Id, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_logged_meetings_minutes")),
        sa.ForeignKeyConstraint(
            ["buyer_id", "relationship_id"],
            ["relationships.buyer_id", "relationships.id"],
            name=op.f("fk_logged_meetings_buyer_id_relationship_id"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["organisations.id"], name=op.f("fk_logged_meetings_buyer_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_logged_meetings_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logged_meetings")),
        sa.UniqueConstraint("code", name=op.f("uq_logged_meetings_code")),
    )
    op.create_index(
        "ix_logged_meetings_buyer_id_relationship_id_day", "logged_meetings", ["buyer_id", "relationship_id", "day"]
    )
    _keep_who_has_met()


def _keep_who_has_met() -> None:
    """A relationship, with a meeting a quarter from today on, to every company with which a meeting was agreed."""
    bind, now = op.get_bind(), clock.now()
    there = sa.MetaData()
    meetings, asks, parts, organisations, kept, rules = (
        sa.Table(name, there, autoload_with=bind)
        for name in (
            "meetings",
            "meeting_requests",
            "participations",
            "organisations",
            "relationships",
            "cadence_rules",
        )
    )
    its = sa.and_(asks.c.buyer_id == meetings.c.buyer_id, asks.c.id == meetings.c.request_id)
    confirmed, briefing = meetings.c.state == "confirmed", asks.c.kind == "briefing"
    asked = sa.select(asks.c.buyer_id, sa.func.coalesce(asks.c.vendor_id, asks.c.company_id)).join(meetings, its)
    joined = sa.select(parts.c.buyer_id, parts.c.company_id).join(
        meetings, sa.and_(meetings.c.buyer_id == parts.c.buyer_id, meetings.c.request_id == parts.c.request_id)
    )
    met = sa.union(asked.where(confirmed, ~briefing), joined.where(confirmed, parts.c.state == "joined"))
    for buyer, company in sorted(map(tuple, bind.execute(met))):
        zone = bind.execute(sa.select(organisations.c.zone).where(organisations.c.id == buyer)).scalar_one()
        made_at = sa.literal(now, Instant())
        bind.execute(kept.insert().values(buyer_id=buyer, code=new_code(10), company_id=company, made_at=made_at))
        number = bind.scalar(sa.select(kept.c.id).where(kept.c.buyer_id == buyer, kept.c.company_id == company))
        rule = {"every": "quarter", "minutes": 60, "kind": "quarterly", "soft": 14, "hard": 14, "made_at": made_at}
        today = in_zone(now, zone).date()
        bind.execute(rules.insert().values(buyer_id=buyer, relationship_id=number, since=today, **rule))
