"""Answers what a company says at its own front door, and lets those who may change it see what a vendor would see."""

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import FieldList, StringField

from vendorhub.domain import front_doors as rules
from vendorhub.domain import texts, wall_times
from vendorhub.domain.refusals import Refusal, SomebodyWasFaster, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import front_doors as seen
from vendorhub.queries.front_doors import OwnDoor
from vendorhub.usecases import front_doors as deeds
from vendorhub.web import visitors
from vendorhub.web.forms import Fits, Form
from vendorhub.web.words import say

pages = Blueprint("front_door", __name__, url_prefix="/front-door")


def _line(at_most: int, what: str, *, optional: bool = False) -> Fits:
    return Fits(lambda typed: texts.line(typed, at_most=at_most, what=what), optional=optional)


def _text(at_most: int, what: str) -> Fits:
    return Fits(lambda typed: texts.text(typed, at_most=at_most, what=what))


def _days(typed: str) -> int:
    given = typed.strip()
    return rules.check_days(int(given) if given.isascii() and given.isdecimal() and len(given) < 4 else 0)


class DoorForm(Form):
    """What stands at the door, and the version of it that was seen."""

    name = StringField(validators=[_line(rules.NAME_AT_MOST, "name")])
    brief = StringField(validators=[_text(rules.BRIEF_AT_MOST, "brief")])
    open_to = StringField(validators=[_text(rules.OPEN_AT_MOST, "open_to")])
    not_open_to = StringField(validators=[_text(rules.OPEN_AT_MOST, "not_open_to")])
    goals = FieldList(StringField(validators=[_line(rules.GOAL_AT_MOST, "goals", optional=True)]))
    response_days = StringField(validators=[Fits(_days)])
    zone = StringField(validators=[Fits(rules.check_zone)])
    version = StringField()

    def named(self) -> list[str]:
        """The goals as they are typed, empty lines too."""
        return [field.data or "" for field in self.goals]

    def name_goals(self, names: list[str]) -> None:
        """Puts these goals into the form, with an empty line after them."""
        while self.goals.entries:
            self.goals.pop_entry()
        for name in [*names, *([""] if len(names) < rules.GOALS_AT_MOST and "" not in names else [])]:
            self.goals.append_entry(name)

    def given(self) -> dict[str, Any]:
        """What the use-case takes."""
        words = {name: self[name].data or "" for name in ("name", "zone", "brief", "open_to", "not_open_to")}
        return {**words, "goals": self.named(), "response_days": _days(self.response_days.data or "")}


def _up(names: list[str], at: int) -> list[str]:
    return [*names[: at - 1], names[at], names[at - 1], *names[at + 1 :]] if at > 0 else names


def _off(names: list[str], at: int) -> list[str]:
    return [*names[:at], *names[at + 1 :]]


# The buttons beside a goal change the form only; nothing is kept before it is saved.
_ON_A_GOAL: Final[dict[str, Callable[[list[str], int], list[str]]]] = {"up": _up, "off": _off}


@pages.route("", methods=["GET", "POST"])
@policy(Policy.SIGNED_IN)
def show() -> ResponseReturnValue:
    """The door as it stands, the form that changes it, and what a vendor sees."""
    form = DoorForm(request.form)
    actor = visitors.actor(if_match=form.version.data or "")
    door = seen.own(actor)
    if request.method != "POST":
        form = DoorForm(obj=door.seen, data={"version": door.version})
        form.response_days.data = str(door.seen.response_days)
        form.name_goals([name for _id, name in door.seen.goals])
        return _page(door, form)
    if (names := _rearranged(form)) is not None:
        form.name_goals(names)
        return _page(door, form)
    if not form.validate():
        return _page(door, form), 422
    try:
        if "look" in request.form:
            rules.said(**form.given())
            return _page(door, form, looked=True)
        deeds.set_up(actor, **form.given())
    except Unfit as refusal:
        form.take(refusal)
        return _page(door, form), 422
    except SomebodyWasFaster as refusal:
        now = seen.own(actor)
        form.version.data = now.version
        why = _(
            "Somebody has changed this since you opened it. What you typed is still here; what it says now is below. "
            "Save again to put yours in its place."
        )
        return _page(now, form, alert=why), refusal.status
    except Refusal as refusal:
        return _page(door, form, alert=say(refusal)), refusal.status
    flash(_("Saved. This is what vendors see from now on."), "success")
    return redirect(url_for("front_door.show"), 303)


def _rearranged(form: DoorForm) -> list[str] | None:
    """The goals after a press on one of the buttons beside them; None where none was pressed."""
    for button, change in _ON_A_GOAL.items():
        at = request.form.get(button, "")
        if at.isascii() and at.isdecimal() and int(at[:3]) < len(form.goals):
            return change(form.named(), int(at[:3]))
    return None


def _page(door: OwnDoor, form: DoorForm, *, alert: str = "", looked: bool = False) -> str:
    """The page; the preview shows what is typed where somebody wanted to look first, else what is kept."""
    preview = rules.said(**form.given()) if looked else None
    if "" not in form.named():
        form.name_goals(form.named())
    return render_template(
        "front_doors/settings.html",
        door=door.seen,
        form=form,
        alert=alert,
        looked=looked,
        shown=preview or door.seen,
        goals=preview.goals if preview else [name for _id, name in door.seen.goals],
        zones=sorted(wall_times.zones()),
    )
