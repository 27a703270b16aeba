"""Answers by which calendar a company counts: when its years begin, and on which days it does not work."""

from babel.dates import get_day_names, get_month_names
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from wtforms import StringField

from vendorhub.domain import days_off as rules
from vendorhub.domain.refusals import Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import days_off as seen
from vendorhub.usecases import days_off as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import Fits, Form, typed_number
from vendorhub.web.words import say

pages = Blueprint("days_off", __name__, url_prefix="/front-door/calendar")


class CalendarForm(Form):
    """The calendar, and the version of it that was seen."""

    fiscal_year_start = StringField()
    fiscal_weekday = StringField()
    place = StringField(validators=[Fits(rules.check_place)])
    days_off = StringField(validators=[Fits(rules.check_own)])
    version = StringField()


@pages.route("", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def show() -> ResponseReturnValue:
    """What is set, and the form that changes it."""
    form = CalendarForm(request.form)
    actor = visitors.actor(if_match=form.version.data or "")
    own = seen.own(actor)
    if request.method != "POST":
        form.fiscal_year_start.data = str(own.start)
        form.fiscal_weekday.data = "" if own.weekday is None else str(own.weekday)
        form.place.data, form.days_off.data = own.place, rules.as_text(own.own)
        form.version.data = own.version
        return _page(form)
    if not form.validate():
        return _page(form), 422
    weekday = form.fiscal_weekday.data or ""
    try:
        deeds.keep(
            actor,
            start=typed_number(form.fiscal_year_start.data or "", "fiscal_year_start"),
            weekday=typed_number(weekday, "fiscal_weekday") if weekday else None,
            place=form.place.data or "",
            own=form.days_off.data or "",
        )
    except Unfit as refusal:
        form.take(refusal)
        return _page(form), 422
    except Refusal as refusal:
        return _page(form, alert=say(refusal)), refusal.status
    flash(_("Saved. Quarters and due days are counted by it from now on."), "success")
    return redirect(url_for("days_off.show"), 303)


def _page(form: CalendarForm, *, alert: str = "") -> str:
    locale = get_locale() or "en"
    months = [(str(number), name) for number, name in get_month_names("wide", "stand-alone", locale).items()]
    weekdays = [(str(number), name) for number, name in get_day_names("wide", "stand-alone", locale).items()]
    return render_template(
        "front_doors/calendar.html", form=form, alert=alert, months=months, weekdays=sorted(weekdays)
    )
