"""Answers programs: the JSON API under `/api/v1`."""

from apiflask import APIFlask

from vendorhub.policy import Policy

POLICIES = {"openapi.spec": Policy.PUBLIC, "static": Policy.PUBLIC}


def init_app(app: APIFlask) -> None:
    """Puts the API on the app."""
