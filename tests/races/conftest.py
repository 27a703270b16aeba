"""The arena, with the cast in it."""

import pytest
from flask import Flask

from tests.people import Cast
from tests.races.arena import Arena


@pytest.fixture
def arena(app: Flask, cast: Cast) -> Arena:
    return Arena(app, cast)
