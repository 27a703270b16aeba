"""Answers where the time goes: twelve months of hours given to vendors, as pictures, tables and a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_decimal
from flask_babel import gettext as _

from vendorhub.domain.hours import MONTHS, NOTHING, Spent
from vendorhub.domain.quarters import months_on
from vendorhub.domain.refusals import Unfit
from vendorhub.papers import csv
from vendorhub.policy import Policy, policy
from vendorhub.queries import hours as seen
from vendorhub.queries.hours import HoursView
from vendorhub.web import visitors
from vendorhub.web.words import say

pages = Blueprint("hours", __name__, url_prefix="/time")

WIDE: Final = 720  # the chart, in its own units
HIGH: Final = 150
_SLOT: Final = WIDE / MONTHS
_BAR: Final = 34


@dataclass(frozen=True)
class Bar:
    """A month of the chart: joint talks below, the others on top of them."""

    name: str
    long_name: str
    spent: Spent
    x: float
    joint_y: float
    joint_height: float
    alone_y: float
    alone_height: float

    @property
    def middle(self) -> float:
        """Where its name stands."""
        return round(self.x + _BAR / 2, 1)


@pages.get("")
@policy(Policy.SIGNED_IN)
def show() -> ResponseReturnValue:
    """The twelve months until `?until=`, a month like 2026-11, else the present one."""
    actor, until = visitors.actor(), request.args.get("until", "")
    try:
        return _page(seen.see(actor, until))
    except Unfit as refusal:
        return _page(seen.see(actor), alert=say(refusal)), refusal.status


@pages.get("/hours.csv")
@policy(Policy.SIGNED_IN)
def table() -> Response:
    """The same for a spreadsheet: a row for each company's part of each meeting."""
    head = (_("Day"), _("Company"), _("Alone or together"), _("Minutes"), _("Goals"), _("Topics"))
    rows = [
        (
            share.day.isoformat(),
            kept.name,
            _("together") if share.joint else _("alone"),
            f"{share.minutes:.1f}",
            "; ".join(share.goals),
            "; ".join(share.topics),
        )
        for kept, share in seen.shares(visitors.actor(), request.args.get("until", ""))
    ]
    response = Response(csv.table(head, rows), content_type=csv.TYPE)
    response.headers["Content-Disposition"] = "attachment; filename=time.csv"
    return response


def amount(number: int, currency: str) -> str:
    """What is paid, as people write it: "120,000 EUR"."""
    return f"{format_decimal(number)} {currency}"


def _page(view: HoursView, *, alert: str = "") -> str:
    last, earlier = view.months[-1], months_on(view.months[0], -1)
    return render_template(
        "hours/show.html",
        it=view,
        bars=_bars(view.monthly),
        wide=WIDE,
        high=HIGH,
        bar=_BAR,
        most=max((spent.minutes for _month, spent in view.monthly), default=0),
        first_month=_named(view.months[0]),
        last_month=_named(last),
        earlier=f"{earlier:%Y-%m}",
        later=f"{min(months_on(last, MONTHS), view.latest):%Y-%m}" if last < view.latest else "",
        until=f"{last:%Y-%m}",
        nothing=NOTHING,
        amount=amount,
        alert=alert,
    )


def _bars(monthly: Sequence[tuple[date, Spent]]) -> list[Bar]:
    tallest = max((spent.minutes for _month, spent in monthly), default=0) or 1
    bars = []
    for at, (month, spent) in enumerate(monthly):
        joint, alone = (round(part / tallest * HIGH, 1) for part in (spent.joint, spent.alone))
        bars.append(
            Bar(
                name=str(format_date(month, "MMM")),
                long_name=_named(month),
                spent=spent,
                x=round(at * _SLOT + (_SLOT - _BAR) / 2, 1),
                joint_y=round(HIGH - joint, 1),
                joint_height=joint,
                alone_y=round(HIGH - joint - alone, 1),
                alone_height=alone,
            )
        )
    return bars


def _named(month: date) -> str:
    return str(format_date(month, "MMMM yyyy"))
