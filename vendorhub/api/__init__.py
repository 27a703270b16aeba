"""Answers programs: the JSON API under `/api/v1`."""

from functools import cache
from typing import Any

from apiflask import APIFlask
from flask import jsonify

from vendorhub.api import (
    adoptions,
    afterwards,
    agenda_papers,
    agendas,
    answers,
    assistants,
    beside,
    blocks,
    briefing_agendas,
    briefings,
    briefs,
    companies,
    details,
    exports,
    history,
    items,
    logged,
    mails,
    materials,
    meeting_requests,
    meetings,
    minutes,
    notes,
    offers,
    outcomes,
    overlaps,
    papers,
    participations,
    people,
    planning,
    polls,
    promises,
    records,
    relationships,
    sortings,
    standing_consents,
    to_and_fro,
    wordings,
)
from vendorhub.api.calls import CALLS, api
from vendorhub.api.door import EXTENSION, Rate
from vendorhub.api.openapi import describe
from vendorhub.api.problems import only_problems
from vendorhub.policy import Policy

NOUNS = (
    *(agendas, answers, assistants, beside, blocks, companies, history, logged, mails, meeting_requests, meetings),
    *(agenda_papers, briefings, briefing_agendas, items, materials, participations),
    *(offers, papers, people, polls, sortings, to_and_fro, wordings),
    overlaps,
    minutes,
    afterwards,
    outcomes,
    promises,
    records,
    relationships,
    details,
    adoptions,
    standing_consents,
    notes,
    planning,
    exports,
    briefs,
)
POLICIES = {"openapi.spec": Policy.PUBLIC, "static": Policy.PUBLIC}


def init_app(app: APIFlask) -> None:
    """Puts the API on the app; after the pages, whose CSRF check is not for calls that no cookie can make."""
    app.extensions[EXTENSION] = Rate(app.config["REDIS_URL"] or "memory://") if app.config["MODE"] != "test" else None
    app.register_blueprint(api)
    if (csrf := app.extensions.get("csrf")) is not None:
        csrf.exempt(api)
    app.after_request(only_problems)

    @cache  # when somebody asks: most never do
    def description() -> dict[str, Any]:
        return describe(CALLS, title=app.title, version=str(app.version), prefix="/api/v1")

    # APIFlask describes what it finds in every route of the app; ours describes the calls, and all of them.
    app.view_functions["openapi.spec"] = lambda: jsonify(description())
