"""Answers how an ask that came elsewhere is noted down, in one typed line or by its parts, and put right."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import StringField

from vendorhub import keys
from vendorhub.domain import logged as rules
from vendorhub.domain import typed_lines
from vendorhub.domain.heard import Channel
from vendorhub.domain.meeting_requests import MINUTES, State, check_minutes
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import logged as seen
from vendorhub.queries import meeting_requests as asks
from vendorhub.queries.request_views import RequestView
from vendorhub.usecases import logged as deeds
from vendorhub.usecases.once import once
from vendorhub.web import visitors
from vendorhub.web.forms import Fits, Form
from vendorhub.web.words import say
from vendorhub.wording import way

pages = Blueprint("logged", __name__, url_prefix="/meeting-requests")


def _minutes(typed: str) -> int:
    return check_minutes(int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 0)


class LoggedForm(Form):
    """Who asked, what about and how it came; `line` is all of it as one line."""

    line = StringField()
    channel = StringField(validators=[Fits(rules.check_channel)])
    name = StringField(validators=[Fits(rules.check_name)])
    company = StringField(validators=[Fits(lambda typed: rules.check_name(typed, what="company"))])
    email = StringField(validators=[Fits(rules.check_email)])
    topic = StringField(validators=[Fits(rules.check_topic)])
    once = StringField()  # the same for every press of the form, new for every form

    def read_line(self) -> None:
        """Takes the line apart into the other fields, where one was typed. Raises Unfit for what is no line."""
        if self.line.data:
            said = typed_lines.parse(self.line.data)
            for name in ("channel", "name", "company", "email", "topic"):
                self[name].data = getattr(said, name)

    def said(self) -> dict[str, str]:
        """Who and what, as the use-case takes them."""
        return {name: self[name].data or "" for name in ("name", "company", "email", "topic")}


class CorrectionForm(LoggedForm):
    """The same for an ask that is there, and how long it is about."""

    channel = None
    minutes = StringField(validators=[Fits(_minutes)])
    version = StringField()


@pages.route("/logged", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def log() -> ResponseReturnValue:
    """Notes an ask down; what a line does not say is asked beside its field."""
    form = LoggedForm(request.form)
    actor = visitors.actor(once=form.once.data or "")
    companies = seen.companies(actor)
    if request.method == "GET":
        return _page(companies, LoggedForm())
    try:
        form.read_line()
        if not form.validate():
            return _page(companies, form), 422
        code = once(lambda: deeds.log(actor, channel=form.channel.data, **form.said()))
    except Unfit as refusal:
        form.validate()
        form.take(refusal)
        return _page(companies, form), 422
    _say_what_became_of_it(actor, code)
    return redirect(url_for("home.show"), 303)


@pages.route("/<code>/correction", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def correct(code: str) -> ResponseReturnValue:
    """Puts right who asked, what about and how long."""
    form = CorrectionForm(request.form)
    actor = visitors.actor(if_match=form.version.data or "")
    sender = seen.sender(actor, code)
    ask, companies = asks.see(actor, code), seen.companies(actor)
    if request.method == "GET":
        now = {"name": sender.name, "email": sender.email, "company": ask.company, "topic": ask.topic}
        form = CorrectionForm(data={**now, "minutes": str(ask.minutes), "version": ask.version})
        return _correction(ask, companies, form)
    if not form.validate():
        return _correction(ask, companies, form), 422
    try:
        deeds.correct(actor, code, minutes=_minutes(form.minutes.data or ""), **form.said())
    except NotThere:
        raise
    except Unfit as refusal:
        form.take(refusal)
        return _correction(ask, companies, form), 422
    except Refusal as refusal:
        return _correction(ask, companies, form, alert=say(refusal)), refusal.status
    _say_what_became_of_it(actor, code)
    return redirect(url_for("meeting_requests.show", code=code), 303)


def _say_what_became_of_it(actor: Actor, code: str) -> None:
    ask = asks.see(actor, code)
    if ask.state == State.BLOCKED:
        flash(_("Remembered. %(company)s is not to ask again, so nobody has to answer this.", company=ask.company))
    elif ask.state == State.ATTACHED:
        flash(_("Remembered. %(company)s has had an answer, and it holds for this one too.", company=ask.company))
    else:
        flash(_("Noted: %(company)s, “%(topic)s”. They hear nothing of it.", company=ask.company, topic=ask.topic))


def _page(companies: tuple[str, ...], form: LoggedForm) -> str:
    form.once.data = form.once.data or keys.new_secret()
    ways = [(channel.value, way(channel)) for channel in Channel]
    return render_template("logged/new.html", form=form, channels=ways, companies=companies)


def _correction(ask: RequestView, companies: tuple[str, ...], form: CorrectionForm, *, alert: str = "") -> str:
    return render_template(
        "logged/correction.html", ask=ask, form=form, alert=alert, companies=companies, choices=MINUTES
    )
