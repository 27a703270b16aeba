"""Any people, any deeds, any order, at any time: the app does what DESIGN.md says, and nothing beside it."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import SCALE
from tests.machine.arranging import Story


@pytest.mark.parametrize("_volume", range(SCALE))  # each in a database of its own, or all would be looked through
def test_every_story_ends_as_the_model_says(app: Flask, _volume: int) -> None:
    played = type("Story", (Story,), {"app": app})
    run_state_machine_as_test(
        played,
        settings=settings(max_examples=8, stateful_step_count=40, suppress_health_check=list(HealthCheck)),
    )
