"""Answers what waits for me: the first page of each side."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vendorhub.domain.people import Actor, Side
from vendorhub.policy import Policy, policy
from vendorhub.queries import desk as desks
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries import offers, people
from vendorhub.web import visitors
from vendorhub.web.answers import AnswerForm

pages = Blueprint("home", __name__)


@pages.get("/")
@policy(Policy.SIGNED_IN)
def show() -> ResponseReturnValue:
    """The desk of the buyer's side, or the asks of the other side."""
    actor = visitors.actor()
    if actor.side is Side.BUYER:
        return _desk(actor)
    if actor.asks:
        return _asks(actor)
    return render_template("home/operator.html")


def _desk(actor: Actor) -> ResponseReturnValue:
    after = request.args.get("after")
    if after:
        waiting, more = seen.waiting(actor, cursor=after)
        desk = desks.Desk((), tuple(waiting), (), more)
    else:
        desk = desks.desk(actor)
    forms = {view.code: AnswerForm(prefix=view.code) for view in desk.waiting}
    lying = offers.on_the_table(actor) if desk.arranging else {}
    return render_template("home/buyer.html", desk=desk, forms=forms, lying=lying, later=after is not None)


def _asks(actor: Actor) -> ResponseReturnValue:
    asks, more = seen.listing(actor, limit=20, cursor=request.args.get("after"))
    lying = offers.on_the_table(actor) if asks else {}
    buyers = people.buyers() if not request.args.get("after") else ()
    return render_template("home/asker.html", asks=asks, more=more, lying=lying, buyers=buyers)
