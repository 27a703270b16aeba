import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorhub.domain.terms import Guest, Terms, from_body, new_guests, terms_hash, widened

VERA = Guest("vera@fastprint.example", "Vera", "Sales")
VIC = Guest("vic@fastprint.example", "Vic Überall")
AGREED = Terms(
    company=3,
    guests=(VIC, VERA),
    topic="Backup costs",
    minutes=30,
    kind="topic",
    valid_until=datetime(2027, 7, 3, 11, tzinfo=UTC),
)
BODY = (
    '{"company":3,"guests":[["vera@fastprint.example","Vera","Sales"],["vic@fastprint.example","Vic Überall",""]],'
    '"kind":"topic","minutes":30,"times":1,"topic":"Backup costs","valid_until":"2027-07-03T11:00:00+00:00"}'
)


def test_terms_are_stored_as_one_canonical_text():
    assert AGREED.body() == BODY
    assert replace(AGREED, guests=(VERA, VIC)).body() == BODY
    assert from_body(BODY) == replace(AGREED, guests=(VERA, VIC))


def test_terms_are_named_by_a_salted_hash():
    assert terms_hash(BODY, "salt") == hashlib.sha256(f"salt\n{BODY}".encode()).hexdigest()
    assert terms_hash(BODY, "salt") != terms_hash(BODY, "other")


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, ()),
        ({"company": 4}, ("company",)),
        ({"guests": (VERA,)}, ()),
        ({"guests": ()}, ()),
        ({"guests": (VERA, VIC, Guest("x@fastprint.example", "X"))}, ("attendees",)),
        ({"guests": (Guest("vera@fastprint.example", "Vera Vendor", "Chief"),)}, ()),
        ({"topic": "Backup"}, ("topic",)),
        ({"minutes": 15}, ()),
        ({"minutes": 45}, ("minutes",)),
        ({"kind": "intro"}, ("kind",)),
        ({"valid_until": AGREED.valid_until - timedelta(seconds=1)}, ()),
        ({"valid_until": AGREED.valid_until + timedelta(seconds=1)}, ("valid_until",)),
        ({"times": 0}, ()),
        ({"times": 2}, ("times",)),
        (
            {"company": 4, "guests": (Guest("x@a.example", "X"),), "topic": "T", "minutes": 60, "kind": "intro"}
            | {"valid_until": AGREED.valid_until + timedelta(days=180), "times": 9},
            ("company", "attendees", "topic", "minutes", "kind", "valid_until", "times"),
        ),
    ],
)
def test_narrower_is_free_and_wider_is_named(change: dict[str, object], fields: tuple[str, ...]):
    assert widened(replace(AGREED, **change), AGREED) == fields  # type: ignore[arg-type]


def test_guests_are_known_by_their_address():
    stranger = Guest("x@fastprint.example", "Vera", "Sales")
    assert new_guests([VERA, stranger, VIC], [VIC, VERA]) == (stranger,)


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
guests = st.builds(Guest, names, names, names)
terms = st.builds(
    Terms,
    company=st.integers(1, 5),
    guests=st.lists(guests, max_size=3).map(lambda found: tuple(sorted(found))),
    topic=names,
    minutes=st.sampled_from([15, 30, 45, 60]),
    kind=st.sampled_from(["intro", "topic"]),
    valid_until=st.datetimes(timezones=st.just(UTC)),
    times=st.integers(1, 9),
)


@given(terms)
def test_terms_come_back_as_they_were(agreed: Terms):
    assert from_body(agreed.body()) == agreed
    assert widened(agreed, agreed) == ()


@given(terms, terms)
def test_other_terms_have_another_text(one: Terms, other: Terms):
    assert (one.body() == other.body()) == (one == other)
