"""Any people, any deeds, any order, at any time: the app does what DESIGN.md says, and nothing beside it."""

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import SCALE
from tests.machine.arranging import Story


def test_every_story_ends_as_the_model_says(app: Flask) -> None:
    played = type("Story", (Story,), {"app": app})
    run_state_machine_as_test(
        played,
        settings=settings(max_examples=10 * SCALE, stateful_step_count=40, suppress_health_check=list(HealthCheck)),
    )
