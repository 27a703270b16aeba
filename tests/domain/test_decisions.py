import hashlib
import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from vendorhub.domain.decisions import GENESIS, ConsentFacts, LedgerLine, effective_at, why_not_live

NOW = datetime(2027, 1, 4, 11, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LINE = LedgerLine(
    buyer=1,
    position=1,
    request=5,
    kind="accept",
    terms_hash="ab" * 32,
    by=10,
    on_behalf_of=None,
    door="page",
    made_at=NOW,
    effective_at=NOW + 60 * SECOND,
    undoes=None,
    previous=GENESIS,
)
CONSENT = ConsentFacts(effective_at=NOW, valid_until=NOW + timedelta(days=180), times=1, used=0)


def test_a_line_is_hashed_whole():
    told = [1, 1, 5, "accept", "ab" * 32, 10, None, "page", "2027-01-04T11:00:00+00:00", "2027-01-04T11:01:00+00:00"]
    text = json.dumps([*told, None, "0" * 64], separators=(",", ":"))
    assert LINE.digest() == hashlib.sha256(text.encode()).hexdigest()


def test_every_field_of_a_line_is_in_its_digest():
    other = LedgerLine(2, 2, 6, "no", "", 11, 10, "api", NOW + SECOND, NOW + 61 * SECOND, 1, "f" * 64)
    digests = {replace(LINE, **{field.name: getattr(other, field.name)}).digest() for field in fields(LINE)}
    assert len(digests | {LINE.digest()}) == len(fields(LINE)) + 1


@pytest.mark.parametrize(
    ("hold", "first_by_link", "seconds"),
    [(60, False, 60), (60, True, 600), (0, False, 0), (0, True, 0), (601, True, 601)],
)
def test_an_answer_is_held_and_a_first_one_by_link_ten_minutes(hold: int, first_by_link: bool, seconds: int):
    assert effective_at(NOW, hold_seconds=hold, first_by_link=first_by_link) == NOW + seconds * SECOND


def test_an_answer_is_no_first_one_by_link_unless_said():
    assert effective_at(NOW, hold_seconds=60) == NOW + 60 * SECOND


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, None),
        ({"taken_back": True}, "The yes was taken back."),
        ({"blocked": True}, "This company has been asked not to ask again."),
        ({"effective_at": NOW + SECOND}, "The yes is not effective yet."),
        ({"valid_until": NOW}, None),
        ({"valid_until": NOW - SECOND}, "The yes was given too long ago; please ask again."),
        ({"used": 1}, "The yes has been used: the meeting it was for was agreed."),
        ({"used": 1, "times": 2}, None),
        ({"used": 2, "times": 2}, "The yes has been used: the meeting it was for was agreed."),
        ({"taken_back": True, "blocked": True, "used": 9}, "The yes was taken back."),
    ],
)
def test_a_consent_is_live_or_it_is_said_why_not(change: dict[str, object], why: str | None):
    assert why_not_live(replace(CONSENT, **change), NOW) == why  # type: ignore[arg-type]
