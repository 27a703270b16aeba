"""The laws as PostgreSQL triggers and one exclusion constraint; the twins of guards_sqlite.py."""

from collections.abc import Mapping

from vendorhub.store.migrations import guards_sqlite

_APPEND_ONLY = ("decisions", "blocks", "liftings", "agreed_slots", "invitations")

_TAKEN_BACK = "EXISTS (SELECT 1 FROM decisions u WHERE u.buyer_id = NEW.buyer_id AND u.undoes = {consent})"
_SHUT_OUT = """EXISTS (SELECT 1 FROM blocks b LEFT JOIN liftings l ON l.buyer_id = b.buyer_id AND l.block_id = b.id
    WHERE b.buyer_id = NEW.buyer_id AND l.id IS NULL
    AND (b.person_id IS NULL AND b.company_id IN (m.company_id, r.vendor_id)
    OR EXISTS (SELECT 1 FROM people p JOIN people q ON q.identity = p.identity
    WHERE p.id = b.person_id AND q.id IN (r.asked_by, r.confirmed_by))){when})"""


def append_only() -> dict[str, tuple[str, str]]:
    """No UPDATE, DELETE or TRUNCATE (law 3); ON CONFLICT DO UPDATE is an UPDATE here."""
    made = _only_added_to(*_APPEND_ONLY)
    made["terms_no_change"] = (
        _function(
            "terms_immutable",
            """IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'terms are immutable'; END IF;
            IF NEW.buyer_id <> OLD.buyer_id OR NEW.hash <> OLD.hash OR NEW.request_id <> OLD.request_id
            OR (NEW.body <> OLD.body AND NEW.body <> '') OR (NEW.salt <> OLD.salt AND NEW.salt <> '')
            THEN RAISE EXCEPTION 'terms are immutable'; END IF; RETURN NEW;""",
        ),
        _row("terms_no_change", "terms", "UPDATE OR DELETE", "terms_immutable"),
    )
    return made


def consent_first() -> dict[str, tuple[str, str]]:
    """Who decides, what a meeting rests on, and that an invitation has a live consent (laws 1, 4, 5)."""
    live = f"""SELECT 1 FROM decisions d JOIN meetings m ON m.buyer_id = NEW.buyer_id AND m.id = NEW.meeting_id
        JOIN meeting_requests r ON r.buyer_id = m.buyer_id AND r.id = m.request_id AND r.state = 'accepted'
        WHERE d.buyer_id = NEW.buyer_id AND d.id = NEW.consent_id AND d.kind = 'accept'
        AND d.terms_hash = NEW.terms_hash AND d.effective_at <= NEW.made_at AND m.end_at <= d.valid_until
        AND m.state = 'confirmed' AND m.agreed_slot_id = NEW.agreed_slot_id
        AND NOT {_TAKEN_BACK.format(consent="d.id")}
        AND NOT {_SHUT_OUT.format(when=" AND b.effective_at <= NEW.made_at")}"""
    claimable = f"""SELECT 1 FROM invitations i JOIN meetings m ON m.buyer_id = i.buyer_id AND m.id = i.meeting_id
        JOIN meeting_requests r ON r.buyer_id = m.buyer_id AND r.id = m.request_id
        WHERE i.buyer_id = NEW.buyer_id AND i.id = NEW.invitation_id
        AND NOT {_TAKEN_BACK.format(consent="i.consent_id")} AND NOT {_SHUT_OUT.format(when="")}"""
    at_slot = """SELECT 1 FROM agreed_slots a JOIN slots s ON s.buyer_id = a.buyer_id AND s.id = a.slot_id
        WHERE a.buyer_id = NEW.buyer_id AND a.id = NEW.agreed_slot_id AND s.request_id = NEW.request_id
        AND s.start_at = NEW.start_at AND s.end_at = NEW.end_at"""
    return _guards(
        {
            "decisions_by_the_buyer": ("decisions", "INSERT", _not_of_the_buyer("by"), "only the buyer decides"),
            "agreed_by_the_buyer": (
                "agreed_slots",
                "INSERT",
                _not_of_the_buyer("agreed_by"),
                "only the buyer agrees to a time",
            ),
            "meetings_at_agreed_slot": (
                "meetings",
                "INSERT",
                f"NOT EXISTS ({at_slot})",
                "a meeting is at its agreed slot",
            ),
            "meetings_stay_at_agreed_slot": (
                "meetings",
                "UPDATE",
                f"""NOT EXISTS ({at_slot}) OR NEW.buyer_id <> OLD.buyer_id OR NEW.uid <> OLD.uid
            OR NEW.request_id <> OLD.request_id OR NEW.company_id <> OLD.company_id
            OR NEW.consent_id <> OLD.consent_id OR NEW.terms_hash <> OLD.terms_hash OR NEW.sequence < OLD.sequence""",
                "a meeting keeps its consent and its agreed slot",
            ),
            "invitations_need_consent": (
                "invitations",
                "INSERT",
                f"NOT EXISTS ({live})",
                "no invitation without a live consent",
            ),
            "letters_claim_needs_consent": (
                "letters",
                "UPDATE",
                f"NEW.state = 'leased' AND NEW.method = 'REQUEST' AND NOT EXISTS ({claimable})",
                "no invitation leaves without a live consent",
            ),
            "letters_one_face": (
                "letters",
                "UPDATE",
                """NEW.digest <> OLD.digest OR NEW.message_id <> OLD.message_id OR NEW.recipient <> OLD.recipient
            OR NEW.uid <> OLD.uid OR NEW.method <> OLD.method OR NEW.sequence <> OLD.sequence
            OR NEW.invitation_id IS DISTINCT FROM OLD.invitation_id
            OR (NEW.sealed IS NOT NULL AND NEW.sealed IS DISTINCT FROM OLD.sealed)""",
                "a letter keeps its face",
            ),
        }
    )


# int8range(p, p, '[]') needs no btree_gist, so a PostgreSQL without contrib will do (law 8)
ONE_PLACE_AT_A_TIME = """ALTER TABLE attendance ADD CONSTRAINT attendance_no_overlap EXCLUDE USING gist
    (int8range(person_id, person_id, '[]') WITH &&, tstzrange(start_at, end_at) WITH &&) WHERE (live)"""


def of_briefings() -> dict[str, tuple[str, str]]:
    """A briefing's invitations wait for every vendor that is named, and a join is its vendor's own word (law 1, 3)."""
    return {
        **_only_added_to("joins"),
        **_guards(
            {
                "joins_by_the_vendor": (
                    "joins",
                    "INSERT",
                    'NOT EXISTS (SELECT 1 FROM memberships k WHERE k.person_id = NEW."by" '
                    "AND k.organisation_id = NEW.company_id)",
                    "only the vendor joins",
                ),
                "invitations_need_joins": (
                    "invitations",
                    "INSERT",
                    f"EXISTS ({guards_sqlite.not_joined()}) OR EXISTS ({guards_sqlite.not_coming()})",
                    "no invitation before every named vendor has joined",
                ),
                "letters_claim_needs_join": (
                    "letters",
                    "UPDATE",
                    f"NEW.state = 'leased' AND NEW.method = 'REQUEST' AND EXISTS ({guards_sqlite.turned_away()})",
                    "no invitation leaves to a vendor that does not come",
                ),
            }
        ),
    }


def first() -> dict[str, tuple[str, str]]:
    """Those of the first schema, by name: the function (empty where shared) and the trigger."""
    return {**append_only(), **consent_first()}


def triggers() -> dict[str, tuple[str, str]]:
    """All of them by name, likewise."""
    return {**first(), **of_briefings()}


def _only_added_to(*tables: str) -> dict[str, tuple[str, str]]:
    made = {}
    for table in tables:
        refuse = _function(f"{table}_append_only", f"RAISE EXCEPTION '{table} is append-only';")
        made[f"{table}_no_change"] = (
            refuse,
            _row(f"{table}_no_change", table, "UPDATE OR DELETE", f"{table}_append_only"),
        )
        made[f"{table}_no_truncate"] = (
            "",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
        )
    return made


def _guards(guards: Mapping[str, tuple[str, str, str, str]]) -> dict[str, tuple[str, str]]:
    """By name: the table, the deed, what must not be, and what is said then."""
    return {
        name: (
            _function(name, f"IF {condition} THEN RAISE EXCEPTION '{said}'; END IF; RETURN NEW;"),
            _row(name, table, deed, name),
        )
        for name, (table, deed, condition, said) in guards.items()
    }


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def _row(name: str, table: str, deed: str, function: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"


def _not_of_the_buyer(column: str) -> str:
    # quoted: a word of PL/pgSQL's own, such as "by", is no field to it otherwise
    return (
        f'NOT EXISTS (SELECT 1 FROM memberships k WHERE k.person_id = NEW."{column}" '
        "AND k.organisation_id = NEW.buyer_id)"
    )
