"""The laws as SQLite triggers: append-only ledger, no invitation without a live consent, no double booking."""

from collections.abc import Mapping

_SAME_ROW = {
    "decisions": "t.id = NEW.id OR t.hash = NEW.hash OR (t.buyer_id = NEW.buyer_id AND t.position = NEW.position)",
    "blocks": "t.id = NEW.id OR t.decision_id = NEW.decision_id OR t.code = NEW.code",
    "liftings": "t.id = NEW.id OR (t.buyer_id = NEW.buyer_id AND t.block_id = NEW.block_id)",
    "agreed_slots": "t.id = NEW.id OR (t.buyer_id = NEW.buyer_id AND t.slot_id = NEW.slot_id)",
    "invitations": "t.id = NEW.id OR (t.attendee_id = NEW.attendee_id AND t.sequence = NEW.sequence)",
}
_JOINS = {"joins": "t.id = NEW.id"}

_TAKEN_BACK = """EXISTS (SELECT 1 FROM decisions u WHERE u.buyer_id = NEW.buyer_id AND u.undoes = {consent})"""
_SHUT_OUT = """EXISTS (SELECT 1 FROM blocks b LEFT JOIN liftings l ON l.buyer_id = b.buyer_id AND l.block_id = b.id
    WHERE b.buyer_id = NEW.buyer_id AND l.id IS NULL
    AND (b.person_id IS NULL AND b.company_id IN (m.company_id, r.vendor_id)
    OR EXISTS (SELECT 1 FROM people p JOIN people q ON q.identity = p.identity
    WHERE p.id = b.person_id AND q.id IN (r.asked_by, r.confirmed_by))){when})"""


def append_only() -> dict[str, str]:
    """No UPDATE, no DELETE, and no INSERT OR REPLACE over any unique key (law 3); terms keep their words."""
    made = _only_added_to(_SAME_ROW)
    made["terms_no_update"] = (
        "CREATE TRIGGER terms_no_update BEFORE UPDATE ON terms "
        "WHEN NEW.buyer_id <> OLD.buyer_id OR NEW.hash <> OLD.hash OR NEW.request_id <> OLD.request_id "
        "OR (NEW.body <> OLD.body AND NEW.body <> '') OR (NEW.salt <> OLD.salt AND NEW.salt <> '') "
        "BEGIN SELECT RAISE(ABORT, 'terms are immutable'); END"
    )
    made["terms_no_delete"] = (
        "CREATE TRIGGER terms_no_delete BEFORE DELETE ON terms BEGIN SELECT RAISE(ABORT, 'terms are immutable'); END"
    )
    return made


def consent_first() -> dict[str, str]:
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
    return {
        "decisions_by_the_buyer": f"""CREATE TRIGGER decisions_by_the_buyer BEFORE INSERT ON decisions
            WHEN {_not_of_the_buyer("by")} BEGIN SELECT RAISE(ABORT, 'only the buyer decides'); END""",
        "agreed_by_the_buyer": f"""CREATE TRIGGER agreed_by_the_buyer BEFORE INSERT ON agreed_slots
            WHEN {_not_of_the_buyer("agreed_by")} BEGIN SELECT RAISE(ABORT, 'only the buyer agrees to a time'); END""",
        "meetings_at_agreed_slot": f"""CREATE TRIGGER meetings_at_agreed_slot BEFORE INSERT ON meetings
            WHEN NOT EXISTS ({at_slot}) BEGIN SELECT RAISE(ABORT, 'a meeting is at its agreed slot'); END""",
        "meetings_stay_at_agreed_slot": f"""CREATE TRIGGER meetings_stay_at_agreed_slot BEFORE UPDATE ON meetings
            WHEN NOT EXISTS ({at_slot}) OR NEW.buyer_id <> OLD.buyer_id OR NEW.uid <> OLD.uid
            OR NEW.request_id <> OLD.request_id OR NEW.company_id <> OLD.company_id
            OR NEW.consent_id <> OLD.consent_id OR NEW.terms_hash <> OLD.terms_hash OR NEW.sequence < OLD.sequence
            BEGIN SELECT RAISE(ABORT, 'a meeting keeps its consent and its agreed slot'); END""",
        "invitations_need_consent": f"""CREATE TRIGGER invitations_need_consent BEFORE INSERT ON invitations
            WHEN NOT EXISTS ({live}) BEGIN SELECT RAISE(ABORT, 'no invitation without a live consent'); END""",
        "letters_claim_needs_consent": f"""CREATE TRIGGER letters_claim_needs_consent BEFORE UPDATE ON letters
            WHEN NEW.state = 'leased' AND NEW.method = 'REQUEST' AND NOT EXISTS ({claimable})
            BEGIN SELECT RAISE(ABORT, 'no invitation leaves without a live consent'); END""",
        "letters_one_face": """CREATE TRIGGER letters_one_face BEFORE UPDATE ON letters
            WHEN NEW.digest <> OLD.digest OR NEW.message_id <> OLD.message_id OR NEW.recipient <> OLD.recipient
            OR NEW.uid <> OLD.uid OR NEW.method <> OLD.method OR NEW.sequence <> OLD.sequence
            OR NEW.invitation_id IS NOT OLD.invitation_id
            OR (NEW.sealed IS NOT NULL AND NEW.sealed IS NOT OLD.sealed)
            BEGIN SELECT RAISE(ABORT, 'a letter keeps its face'); END""",
    }


def one_place_at_a_time() -> dict[str, str]:
    """Live attendance of one person never overlaps (law 8)."""
    return {
        f"attendance_no_overlap_{deed.lower()}": f"""CREATE TRIGGER attendance_no_overlap_{deed.lower()}
            BEFORE {deed} ON attendance WHEN NEW.live AND EXISTS (SELECT 1 FROM attendance t
            WHERE t.person_id = NEW.person_id AND t.live AND t.id IS NOT NEW.id
            AND t.start_at < NEW.end_at AND t.end_at > NEW.start_at)
            BEGIN SELECT RAISE(ABORT, 'attendance overlaps'); END"""
        for deed in ("INSERT", "UPDATE")
    }


def of_briefings() -> dict[str, str]:
    """A briefing's invitations wait for every vendor that is named, and a join is its vendor's own word (law 1, 3)."""
    return {
        **_only_added_to(_JOINS),
        "joins_by_the_vendor": """CREATE TRIGGER joins_by_the_vendor BEFORE INSERT ON joins
            WHEN NOT EXISTS (SELECT 1 FROM memberships k WHERE k.person_id = NEW.by
            AND k.organisation_id = NEW.company_id) BEGIN SELECT RAISE(ABORT, 'only the vendor joins'); END""",
        "invitations_need_joins": f"""CREATE TRIGGER invitations_need_joins BEFORE INSERT ON invitations
            WHEN EXISTS ({not_joined()}) OR EXISTS ({not_coming()})
            BEGIN SELECT RAISE(ABORT, 'no invitation before every named vendor has joined'); END""",
        "letters_claim_needs_join": f"""CREATE TRIGGER letters_claim_needs_join BEFORE UPDATE ON letters
            WHEN NEW.state = 'leased' AND NEW.method = 'REQUEST' AND EXISTS ({turned_away()})
            BEGIN SELECT RAISE(ABORT, 'no invitation leaves to a vendor that does not come'); END""",
    }


def not_joined() -> str:
    """A named vendor of the briefing whose join is missing, or was to another line-up."""
    return """SELECT 1 FROM meetings m
        JOIN briefings b ON b.buyer_id = m.buyer_id AND b.request_id = m.request_id
        JOIN participations p ON p.buyer_id = b.buyer_id AND p.request_id = b.request_id
        LEFT JOIN joins j ON j.buyer_id = p.buyer_id AND j.id = p.join_id AND j.request_id = p.request_id
        AND j.company_id = p.company_id AND j.line_up = b.line_up
        WHERE m.buyer_id = NEW.buyer_id AND m.id = NEW.meeting_id
        AND (p.state IN ('asked', 'declined') OR p.state = 'joined' AND j.id IS NULL)"""


def not_coming() -> str:
    """The attendee's own company is named in the briefing, and does not come."""
    return """SELECT 1 FROM attendees a JOIN meetings m ON m.buyer_id = a.buyer_id AND m.id = a.meeting_id
        JOIN participations p ON p.buyer_id = m.buyer_id AND p.request_id = m.request_id
        AND p.company_id = a.company_id
        WHERE a.buyer_id = NEW.buyer_id AND a.id = NEW.attendee_id AND p.state <> 'joined'"""


def turned_away() -> str:
    """The same at the last moment, and a never to that company or to that person of it."""
    return """SELECT 1 FROM invitations i JOIN attendees a ON a.buyer_id = i.buyer_id AND a.id = i.attendee_id
        JOIN meetings m ON m.buyer_id = i.buyer_id AND m.id = i.meeting_id
        JOIN participations p ON p.buyer_id = m.buyer_id AND p.request_id = m.request_id
        AND p.company_id = a.company_id
        WHERE i.buyer_id = NEW.buyer_id AND i.id = NEW.invitation_id AND (p.state <> 'joined'
        OR EXISTS (SELECT 1 FROM blocks b LEFT JOIN liftings l ON l.buyer_id = b.buyer_id AND l.block_id = b.id
        WHERE b.buyer_id = i.buyer_id AND l.id IS NULL AND (b.person_id IS NULL AND b.company_id = p.company_id
        OR EXISTS (SELECT 1 FROM people s JOIN people q ON q.identity = s.identity
        WHERE s.id = b.person_id AND q.id = a.person_id))))"""


def first() -> dict[str, str]:
    """Those of the first schema, by name."""
    return {**append_only(), **consent_first(), **one_place_at_a_time()}


def triggers() -> dict[str, str]:
    """All of them by name."""
    return {**first(), **of_briefings()}


def _only_added_to(tables: Mapping[str, str]) -> dict[str, str]:
    made = {}
    for table, same in tables.items():
        for deed in ("update", "delete"):
            made[f"{table}_no_{deed}"] = (
                f"CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        made[f"{table}_no_replace"] = (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} t WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    return made


def _not_of_the_buyer(column: str) -> str:
    return (
        f"NOT EXISTS (SELECT 1 FROM memberships k WHERE k.person_id = NEW.{column} "
        "AND k.organisation_id = NEW.buyer_id)"
    )
