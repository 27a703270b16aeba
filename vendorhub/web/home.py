"""Answers what waits for me: the first page of each side."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from vendorhub import clock, keys
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.wall_times import month_of
from vendorhub.policy import Policy, policy
from vendorhub.queries import desk as desks
from vendorhub.queries import doubts, drafts, my_asks, next_meetings, offers, outcomes, people, promises, relationships
from vendorhub.queries import meeting_requests as seen
from vendorhub.web import answers, visitors
from vendorhub.web.several import each_chosen

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
        desk = desks.Desk((), tuple(waiting), (), (), (), more)
    else:
        desk = desks.desk(actor)
    zone = visitors.reads_in()
    since, until = month_of(clock.now(), zone)
    return render_template(
        "home/buyer.html",
        desk=desk,
        later=after is not None,
        alone={str(name) for ask in desk.waiting for name in (*ask.may, *ask.ways)},
        lying=offers.on_the_table(actor) if desk.arranging else {},
        due=promises.due_for(actor),
        given=relationships.given(actor, since=since, until=until, companies=relationships.whose(*desk.waiting)),
        again_on=answers.suggested(zone),
        once=keys.new_secret(),
        unsaid=outcomes.unsaid(actor),
        doubts=doubts.unheard(actor),
    )


@pages.post("/several")
@policy(Policy.SIGNED_IN)
def several() -> ResponseReturnValue:
    """Gives the same answer to each ask that was chosen: each is an answer of its own, held and told like any other."""
    actor, form = visitors.actor(), answers.read_form()
    return each_chosen(
        lambda code: answers.give(actor, code, form),
        done=lambda number: ngettext("%(num)s ask is answered.", "%(num)s asks are answered.", number),
        nothing=_("Nothing was chosen, so nothing was answered."),
    )


def _asks(actor: Actor) -> ResponseReturnValue:
    pile, after = request.args.get("pile", ""), request.args.get("after")
    if after:
        later = my_asks.one_pile(actor, pile, cursor=after)
        return render_template("home/asker.html", piles=[later], lying=offers.on_the_table(actor), later=True)
    return render_template(
        "home/asker.html",
        piles=my_asks.piles(actor),
        lying=offers.on_the_table(actor),
        drafts=drafts.listing(actor),
        prepared=next_meetings.prepared(actor),
        due=promises.due_for(actor),
        buyers=people.buyers(),
        later=False,
    )
