"""The outbox's app and world."""

from tests.outbox.conftest import app, here

__all__ = ["app", "here"]
