"""Answers whom it is time to meet: the quarter board, as a page and as a table; and, to who asks, its own days."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from vendorhub.domain.people import Actor
from vendorhub.domain.quarters import Quarter
from vendorhub.domain.rhythms import State
from vendorhub.papers import csv
from vendorhub.policy import Policy, policy
from vendorhub.queries import boards as seen
from vendorhub.queries import meeting_days
from vendorhub.queries.boards import Board, Line, Wanted
from vendorhub.queries.cadence import AHEAD, BACK
from vendorhub.web import visitors
from vendorhub.web.rhythm_words import LETTERS, STATES
from vendorhub.wording import because, brief_day

pages = Blueprint("boards", __name__, url_prefix="/relationships")

_AGO: Final = 3  # quarters that a phone leaves out
_CLASSES: Final = [' class="long-ago"'] * _AGO + [""] * (BACK - _AGO) + [' class="now"'] + [""] * AHEAD


@pages.get("/board.csv")
@policy(Policy.SIGNED_IN)
def table() -> Response:
    """The board as it is shown, for a spreadsheet: a row for each quarter of a relationship."""
    board = seen.see(visitors.actor(), _wanted())
    head = [_("Company"), _("Quarter"), _("State"), _("Why"), _("Next due"), _("Owner"), _("Goals"), _("Topics")]
    response = Response(csv.table(head, _rows(board)), content_type=csv.TYPE)
    response.headers["Content-Disposition"] = "attachment; filename=quarters.csv"
    return response


def page(actor: Actor) -> str:
    """The board of a buyer's own people; the days on which they meet for everybody else who has any."""
    if actor.asks:
        return render_template("relationships/days.html", days=meeting_days.of_company(actor))
    wanted = _wanted()
    board = seen.see(actor, wanted)
    return render_template(
        "relationships/board.html",
        board=board,
        body=_drawn(board),
        fields=_fields(board),
        asked={name: value for name, value in vars(wanted).items() if value},
        ago=_AGO,
        states=STATES,
        letters=LETTERS,
    )


def _wanted() -> Wanted:
    asked = {name: request.args.get(name, "")[:254] for name in ("state", "topic", "goal", "owner")}
    return Wanted(**asked)


def _fields(board: Board) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What can be looked for: the name in the address, its label, and the values with how they are said."""
    of = board.choices
    return [
        ("state", _("This quarter is"), [(state, str(said)) for state, said in STATES.items()]),
        ("topic", _("Topic"), [(topic, topic) for topic in of.topics]),
        ("goal", _("Goal"), [(goal, goal) for goal in of.goals]),
        ("owner", _("Owner"), [(email, name) for name, email in of.owners]),
    ]


def _drawn(board: Board) -> Markup:
    """The rows of the board. Two thousand cells stand on a full one: what they share is put together once, and only
    what people wrote is escaped."""
    at = _before_the_code("relationships.show")
    heads = {
        quarter.first: (f'<td{kind}><a href="{at}', f"#q-{quarter}")
        for quarter, kind in zip(board.quarters, _CLASSES, strict=True)
    }
    empty = [f"<td{kind}></td>" for kind in _CLASSES]
    tails = {
        state: f'" class="letter of-{state}" aria-label="{escape(STATES[state])}">{LETTERS[state]}</a></td>'
        for state in State
    }
    steps = _steps()
    days: dict[date | None, str] = {None: str(escape(_("nothing asked")))}
    drawn: list[str] = []
    for line in board.lines:
        it = line.it
        drawn.append(f'<tr><th scope="row"><a href="{at}{it.code}">{escape(it.name)}</a></th>')
        told = {cell.quarter.first: cell.state for cell in it.cells}
        for (first, (head, anchor)), nothing in zip(heads.items(), empty, strict=True):
            state = told.get(first)
            drawn.append(f"{head}{it.code}{anchor}{tails[state]}" if state else nothing)
        if it.next_due not in days:
            days[it.next_due] = str(escape(brief_day(it.next_due))) if it.next_due else ""
        drawn.append(f'<td class="day-due">{days[it.next_due]}{_step(line, steps)}</td></tr>')
    return Markup("".join(drawn))  # noqa: S704 - see above


def _steps() -> tuple[str, str]:
    """How the links of the next step begin: to an ask that waits, and to the times of a standing yes."""
    return (
        f'<a class="next-step" href="{_before_the_code("meeting_requests.show")}',
        f'<a class="next-step" href="{_before_the_code("offers.times").removesuffix("/times")}',
    )


def _step(line: Line, steps: tuple[str, str]) -> str:
    """What there is to do next that is one press away."""
    to_ask, to_times = steps
    if line.waits:
        return f'{to_ask}{line.waits}">{escape(_("Answer them"))}</a>'
    if line.stands and not line.it.meets:
        return f'{to_times}{line.stands}/times">{escape(_("Offer times"))}</a>'
    return ""


def _before_the_code(endpoint: str) -> str:
    return url_for(endpoint, code="CODE").partition("CODE")[0]


def _rows(board: Board) -> Iterator[Sequence[str]]:
    for line in board.lines:
        it, of = line.it, line.it.details
        due = it.next_due.isoformat() if it.next_due else ""
        held = (
            of.owner[0] if of and of.owner else "",
            ", ".join(of.goals) if of else "",
            ", ".join(of.topics) if of else "",
        )
        for cell in it.cells:
            yield (it.name, _named(cell.quarter), str(STATES[cell.state]), because(cell.why), due, *held)
        if not it.cells:
            yield (it.name, "", str(_("nothing asked")), "", due, *held)


def _named(quarter: Quarter) -> str:
    return f"Q{quarter.number} {quarter.year}"
