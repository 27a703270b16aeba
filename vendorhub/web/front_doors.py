"""Answers how a buyer is asked: its front door, and the five questions. There is no time field anywhere (M1)."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import FieldList, FormField, StringField

from vendorhub import clock, keys
from vendorhub.domain import meeting_requests as rules
from vendorhub.domain import texts
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.domain.refusals import Refusal, Unfit
from vendorhub.domain.rights import Relation, may, require
from vendorhub.domain.windows import window_ends
from vendorhub.policy import Policy, policy
from vendorhub.queries import people
from vendorhub.queries.people import BuyerView
from vendorhub.usecases import meeting_requests as deeds
from vendorhub.usecases.once import once
from vendorhub.web import visitors
from vendorhub.web.forms import Fits, Form
from vendorhub.web.words import say

pages = Blueprint("front_doors", __name__, url_prefix="/b")

_ROWS_AT_FIRST = 3


def _sentences(typed: str) -> str:
    if not (clean := texts.text(typed, at_most=rules.SENTENCE_AT_MOST, what="text")):
        raise Unfit("text", "Please fill this in.")
    return clean


class GuestForm(Form):
    """One of those who would come; an empty row is nobody."""

    name = StringField(validators=[Fits(lambda typed: texts.line(typed, at_most=120, what="name"), optional=True)])
    email = StringField(validators=[Fits(texts.email, optional=True)])
    role = StringField(validators=[Fits(lambda typed: texts.line(typed, at_most=80, what="role"), optional=True)])

    def validate(self, extra_validators: object = None) -> bool:
        """A person has a name and an address."""
        fits = bool(super().validate(extra_validators))
        if self.somebody():
            for field in (self.name, self.email):
                if not (field.data or "").strip():
                    field.errors = [say(Unfit("", "Please fill this in."))]
                    fits = False
        return fits

    def somebody(self) -> bool:
        """Whether anything is typed in this row."""
        return any((field.data or "").strip() for field in (self.name, self.email, self.role))


class AskForm(Form):
    """The five questions (M5)."""

    topic = StringField(validators=[Fits(lambda typed: texts.line(typed, at_most=rules.TOPIC_AT_MOST, what="topic"))])
    kind = StringField(default="topic")
    goal = StringField()
    outcome = StringField(validators=[Fits(_sentences)])
    learned = StringField(validators=[Fits(_sentences)])
    minutes = StringField()
    attendees = FieldList(FormField(GuestForm), min_entries=_ROWS_AT_FIRST, max_entries=rules.GUESTS_AT_MOST)
    to = StringField()
    once = StringField()  # the same for every press of the form, new for every form

    def guests(self) -> list[tuple[str, str, str]]:
        """Who is named, as the use-case takes them."""
        rows = [row.form for row in self.attendees if row.form.somebody()]
        return [(row.name.data or "", row.email.data or "", row.role.data or "") for row in rows]


@pages.get("/<slug>")
@policy(Policy.PUBLIC)
def show(slug: str) -> ResponseReturnValue:
    """The front door: who they are and how to ask; goals and what they are open to for those signed in only (M6)."""
    buyer, who = people.buyer(slug), visitors.me()
    return render_template(
        "front_doors/show.html",
        buyer=buyer,
        goals=[name for _id, name in buyer.goals],
        by=window_ends(clock.now(), working_days=buyer.response_days, zone=buyer.zone),
        zone=who.zone if who else buyer.zone,
        theirs=who is not None and who.slug == slug and may(visitors.actor(), Deed.SET_DOOR, {Relation.ANY}),
    )


@pages.after_request
def _for_people_only(response: Response) -> Response:
    """What a company says to those who would ask it is no matter for a search engine."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@pages.route("/<slug>/ask", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def ask(slug: str) -> ResponseReturnValue:
    """The five questions, with the buyer's brief beside them."""
    form = AskForm(request.form)
    actor, buyer = visitors.actor(once=form.once.data or ""), people.buyer(slug)
    require(actor, Deed.ASK, frozenset({Relation.ANY}))
    if request.method != "POST":
        who = visitors.me()
        form.once.data = keys.new_secret()
        form.attendees[0].form.process(name=who.name if who else "", email=who.email if who else "")
        return _form(buyer, form)
    if "more" in request.form:
        if len(form.attendees) < rules.GUESTS_AT_MOST:
            form.attendees.append_entry()
        return _form(buyer, form)
    if not form.validate():
        return _form(buyer, form), 422
    try:
        code = once(lambda: _ask(actor, slug, form))
    except Unfit as refusal:
        form.take(refusal)
        return _form(buyer, form), 422
    except Refusal as refusal:
        return _form(buyer, form, alert=say(refusal)), refusal.status
    flash(_("Your ask is with them."), "success")
    return redirect(url_for("meeting_requests.show", code=code), 303)


def _ask(actor: Actor, slug: str, form: AskForm) -> str:
    return deeds.ask(
        actor,
        buyer=slug,
        topic=form.topic.data,
        outcome=form.outcome.data,
        learned=form.learned.data,
        minutes=_minutes(form.minutes.data or ""),
        attendees=form.guests(),
        goal=form.goal.data or None,
        kind=form.kind.data,
        to=form.to.data or None,
    )


def _minutes(typed: str) -> int:
    return rules.check_minutes(int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 0)


def _form(buyer: BuyerView, form: AskForm, *, alert: str = "") -> str:
    return render_template("front_doors/ask.html", buyer=buyer, form=form, alert=alert, choices=rules.MINUTES)
