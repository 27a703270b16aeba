"""Who may knock at which route: every route declares it, or the app does not start (RELIABILITY.md).

A policy only says which proof a route asks for; what that person may see and do is for queries and use-cases.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask

View = TypeVar("View", bound=Callable[..., Any])
_NAME = "__vendorhub_policy__"


class Policy(StrEnum):
    """The proof that a route asks for."""

    PUBLIC = "public"  # nobody in particular
    SIGNED_IN = "signed_in"  # a session
    TOKEN_READ = "token_read"  # noqa: S105 - an API token of any scope
    TOKEN_WRITE = "token_write"  # noqa: S105 - an API token that may write
    LINK = "link"  # the secret in the address
    LOOPBACK = "loopback"  # from this machine, or with a token
    DEVELOPMENT = "development"  # demo and development only, on loopback


def policy(of: Policy) -> Callable[[View], View]:
    """Declares a view's policy."""

    def declare(view: View) -> View:
        setattr(view, _NAME, of)
        return view

    return declare


def policy_of(view: Callable[..., Any] | None) -> Policy | None:
    """What a view has declared; None if nothing."""
    return getattr(view, _NAME, None)


def undeclared(app: Flask, others: Mapping[str, Policy]) -> list[str]:
    """The endpoints without a policy; `others` names those of libraries, whose views we can't mark."""
    return sorted(
        {
            rule.endpoint
            for rule in app.url_map.iter_rules()
            if policy_of(app.view_functions[rule.endpoint]) is None and rule.endpoint not in others
        }
    )
