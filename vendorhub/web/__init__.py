"""Answers people: the pages, each a GET that changes nothing and forms that post to sub-resources (law 12)."""

from flask import Flask

from vendorhub.policy import Policy
from vendorhub.web import (
    accounts,
    adoptions,
    agenda_builder,
    agenda_papers,
    assistants,
    attendees,
    beside,
    boards,
    briefings,
    briefs,
    companies,
    confirmations,
    day,
    days_off,
    decisions,
    details,
    drafts,
    errors,
    feeds,
    files,
    front_door_settings,
    front_doors,
    guards,
    history,
    home,
    items,
    kept_mail,
    logged,
    look,
    materials,
    meeting_requests,
    meetings,
    minutes,
    moves,
    newcomers,
    not_vendors,
    notes,
    offers,
    outcomes,
    overlaps,
    packing,
    papers,
    planning,
    polls,
    promises,
    relationships,
    revocations,
    sign_in,
    sortings,
    standing_consents,
    themes,
    visits,
    wordings,
)

_NOUNS = (
    briefings,
    home,
    agenda_builder,
    sign_in,
    front_doors,
    front_door_settings,
    days_off,
    not_vendors,
    assistants,
    drafts,
    newcomers,
    logged,
    meeting_requests,
    papers,
    materials,
    polls,
    agenda_papers,
    revocations,
    sortings,
    beside,
    decisions,
    confirmations,
    visits,
    companies,
    promises,
    relationships,
    details,
    boards,
    planning,
    feeds,
    notes,
    adoptions,
    standing_consents,
    offers,
    overlaps,
    items,
    day,
    minutes,
    outcomes,
    meetings,
    attendees,
    briefs,
    moves,
    history,
    kept_mail,
    themes,
    wordings,
)
# What libraries' own views ask for; ours say it themselves.
POLICIES = {
    "static": Policy.PUBLIC,
    "bootstrap.static": Policy.PUBLIC,
    "security.static": Policy.PUBLIC,
    "security.login": Policy.PUBLIC,
    "security.logout": Policy.PUBLIC,
    "security.forgot_password": Policy.PUBLIC,
    "security.reset_password": Policy.PUBLIC,
    "security.verify": Policy.PUBLIC,  # closed by guards: nothing here asks for a password twice
}


def init_app(app: Flask) -> None:
    """Puts the pages on the app, behind their guards."""
    packing.init_app(app)  # before the others: the last to see an answer
    files.init_app(app)
    guards.init_app(app)
    look.init_app(app)
    accounts.init_app(app)
    errors.init_app(app)
    for noun in _NOUNS:
        app.register_blueprint(noun.pages)
