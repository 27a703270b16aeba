"""Answers how each part of a page looks, all on one page: for whoever builds pages, and for the tests' photographs."""

from dataclasses import replace
from datetime import timedelta

from flask import render_template
from wtforms import Form, StringField

from vendorhub import clock
from vendorhub.demo.pages import pages
from vendorhub.domain.deeds import Deed
from vendorhub.domain.meeting_requests import MINUTES, suggested_again_on
from vendorhub.policy import Policy, policy
from vendorhub.queries.relationships import Between
from vendorhub.queries.request_views import RequestView

_COLOURS = (
    *("ground", "sheet", "ink", "quiet", "rule", "edge", "accent", "accent-ink", "accent-soft"),
    *("wrong", "wrong-soft", "soon", "soon-soft"),
)


class _Fields(Form):  # type: ignore[misc]
    """One field of each kind, and one with something to say."""

    line = StringField()
    wrong = StringField()
    lines = StringField()
    choice = StringField()
    day = StringField()


@pages.get("/parts")
@policy(Policy.DEVELOPMENT)
def parts() -> str:
    """Every part once, in each of its states."""
    form = _Fields(data={"line": "Restores in four hours", "wrong": "tomorrow", "day": "2027-01-13"})
    form.wrong.errors = ["Please write the date like this: 2027-01-13."]
    ask = _an_ask()
    held = replace(ask, state="declined", decided_by="Katrin Vogtländer", held_until=clock.now() + timedelta(minutes=1))
    return render_template(
        "dev/parts.html",
        colours=_COLOURS,
        form=form,
        ask=ask,
        held=held,
        stories={ask.company_slug: _a_story()},
        minutes=MINUTES,
        again_on=suggested_again_on(clock.now().date()),
    )


def _an_ask() -> RequestView:
    now = clock.now()
    return RequestView(
        code="K7Q2M4X",
        state="pending",
        kind="topic",
        topic="Restores in four hours",
        outcome="Which of the three causes of the nine-hour restore you want to tackle this year.",
        learned="Your auditors want four hours by the end of March.",
        minutes=30,
        guests=(("vendor", "Maya Adeyemi-Cole", "maya@keelsafe.example", "Regional manager"),),
        goal="Restore the claims system within four hours",
        buyer="havelmark",
        buyer_name="Havelmark Insurance",
        buyer_zone="Europe/Berlin",
        company="Keelsafe",
        company_slug="keelsafe",
        company_kind="vendor",
        asked_by="Maya Adeyemi-Cole",
        asked_of="Katrin Vogtländer",
        decided_by=None,
        created_at=now - timedelta(days=1),
        answer_by=now + timedelta(days=4),
        answered_at=None,
        held_until=None,
        again_on=None,
        note="",
        place_how="",
        place_detail="",
        meeting=None,
        may=frozenset({Deed.ACCEPT, Deed.DECLINE, Deed.BLOCK, Deed.UNDO}),
    )


def _a_story() -> Between:
    now = clock.now()
    return Between(
        asks=3,
        state="declined",
        decided_by="Katrin Vogtländer",
        last_at=now - timedelta(days=200),
        again_on=None,
        met=now - timedelta(days=40),
        meets=now + timedelta(days=9),
    )
