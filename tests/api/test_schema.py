"""The API as its own description says it is: schemathesis writes the calls, good and bad, and judges the answers."""

from collections.abc import Mapping
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import AT_TWO, House, later
from tests.conftest import SCALE
from vendorhub.api.calls import CALLS

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
EXAMPLES = 2 * SCALE
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def known(house: House) -> dict[str, list[str]]:
    """What there is to call upon, in all states: values for the addresses' variables."""
    meeting = house.agreed()
    _, offer = house.offered()
    codes = [meeting["request"], house.accepted(), *(house.asked(topic=f"Topic {number}") for number in range(4))]
    house["Kim"].post(f"/meeting-requests/{codes[1]}/offers", {"slots": [AT_TWO]})
    house["Kim"].post(f"/meeting-requests/{codes[2]}/question", {"question": "What does a seat cost?"})
    house["Kim"].post(f"/meeting-requests/{codes[3]}/refusal", {"kind": "in_writing"})
    with later():
        paper = house["Vera"].post(f"/meeting-requests/{codes[3]}/paper", {"text": "# Backups"}).json["request"]
    briefing = house.briefing()
    block = house["Kim"].post("/blocks", {"company": "cloudio"}).json["id"]
    return {
        "meeting-requests": codes,
        "paper": [paper],
        "offers": [offer["id"]],
        "blocks": [block],
        "briefings": [briefing],
        "buyers": ["norden", "harbour"],
        "companies": ["fastprint", "cloudio"],
        "meetings": [meeting["uid"]],
    }


# Every side, and both databases; on SQLite the two sides share the operations. All of them on both in longer runs.
USUAL = [
    ("postgresql", "Kim", slice(0, None, 2)),
    ("sqlite", "Vera", slice(0, None, 2)),
    ("sqlite", "Alex", slice(1, None, 2)),
]
WHOLE = [(database, who, slice(None)) for database in ("sqlite", "postgresql") for who in ("Kim", "Alex", "Vera")]


@pytest.mark.parametrize(("database", "who", "share"), WHOLE if SCALE > 1 else USUAL, indirect=["database"])
def test_the_api_is_as_described(house: House, who: str, share: slice) -> None:
    there = known(house)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", house.app)
    operations = [operation.ok() for operation in schema.get_all_operations()]
    assert len(operations) == len(CALLS)
    for operation in operations[share]:
        _try(operation, house[who].token, there)


def _try(operation: Any, token: str | None, there: Mapping[str, list[str]]) -> None:
    for mode in MODES:

        @settings(max_examples=EXAMPLES, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode), pick=st.integers(0, 7))
        def judged(case: Case, pick: int) -> None:
            _meet_what_is_there(case, pick, there)
            case.headers.pop("Authorization", None)
            answer = case.call(headers={"Authorization": f"Bearer {token}"})
            checks = [*CHECKS, negative_data_rejection] if _is_negative(case) else CHECKS
            case.validate_response(answer, checks=checks)

        judged()


def _meet_what_is_there(case: Case, pick: int, there: Mapping[str, list[str]]) -> None:
    """Most addresses name something that exists, or all answers would be 404."""
    steps = case.path.split("/")
    found = there.get(steps[-1], there.get(steps[3]))
    for name in ("code", "uid", "slug"):
        if found and pick and name in (case.path_parameters or {}):
            case.path_parameters[name] = found[pick % len(found)]


def _is_negative(case: Case) -> bool:
    """Whether the body goes against the description. (Of a bad query, what is empty is not sent at all.)"""
    body = case.meta.components.get(ParameterLocation.BODY) if case.meta else None
    return body is not None and body.mode is GenerationMode.NEGATIVE


def test_every_call_is_described_and_nothing_else(house: House) -> None:
    described = house.nobody().get("/openapi.json").json
    told = {
        (method.upper(), path.replace("{", "<").replace("}", ">"))
        for path, methods in described["paths"].items()
        for method in methods
    }
    served = {
        (method, rule.rule)
        for rule in house.app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert told == served
    assert described["openapi"] == "3.1.0"
    assert described["servers"] == [{"url": "/"}]
