"""A joint briefing in any order: no invitation without the yes, every named vendor's word and the chosen time."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import SCALE
from tests.machine.gathering import Gathering
from tests.machine.room import WHO


@pytest.mark.parametrize("_volume", range(SCALE))  # each in a database of its own, or all would be looked through
def test_nobody_is_invited_before_everybody_has_said_so(app: Flask, _volume: int) -> None:
    played = type("Gathering", (Gathering,), {"app": app, "invited": set()})
    run_state_machine_as_test(
        played, settings=settings(max_examples=2, stateful_step_count=30, suppress_health_check=list(HealthCheck))
    )
    assert played.invited & WHO.keys()  # or nothing was tried
