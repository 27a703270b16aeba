"""Answers what the link in an ask's letter opens: one page, whose form answers; opening it changes nothing.

The secret in the address is the proof: it is known to the letter's reader alone, stands in no page and no log, and
no other site can send a form to it without knowing it. So these forms need no session, no cookie and no CSRF token,
and work in the bare browser of a mail program.
"""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vendorhub import keys
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.domain.refusals import NotThere, Refusal, Unfit
from vendorhub.policy import Policy, policy
from vendorhub.queries import links, people, relationships
from vendorhub.queries import meeting_requests as seen
from vendorhub.web import answers, papers, ways
from vendorhub.web.answers import AnswerForm
from vendorhub.web.guards import csrf, limiter
from vendorhub.web.words import say

pages = Blueprint("decisions", __name__, url_prefix="/d")


def _the_link() -> str:
    """Each link is counted by itself: a whole company reads its letters from behind one address."""
    return keys.hash_secret((request.view_args or {}).get("secret", ""))


@pages.get("/<secret>")
@policy(Policy.LINK)
@limiter.limit("120 per minute", key_func=_the_link)
def show(secret: str) -> ResponseReturnValue:
    """The ask and the form that answers it."""
    actor, code = _opened(secret)
    return _page(secret, actor, code, AnswerForm())


@pages.get("/<secret>/never")
@policy(Policy.LINK)
@limiter.limit("120 per minute", key_func=_the_link)
def never(secret: str) -> ResponseReturnValue:
    """The lasting answer asks once more: only this person, or the whole company."""
    actor, code = _opened(secret)
    view = seen.see(actor, code)
    there = url_for("decisions.show", secret=secret)
    if Deed.BLOCK not in view.may:
        return redirect(there, 303)
    own = people.me(actor).wordings
    return render_template("meeting_requests/never.html", ask=view, base=there, csrf=False, own=own)


@pages.post("/<secret>", defaults={"deed": ""})
@pages.post("/<secret>/acceptance", defaults={"deed": "acceptance"})
@pages.post("/<secret>/refusal", defaults={"deed": "refusal"})
@pages.post("/<secret>/undo", defaults={"deed": "undo"})
@pages.post("/<secret>/enough", defaults={"deed": "enough"})
@policy(Policy.LINK)
@csrf.exempt  # type: ignore[untyped-decorator]
@limiter.limit("60 per minute", key_func=_the_link)
def answer(secret: str, deed: str) -> ResponseReturnValue:
    """Answers for the person the letter went to. The form sent as it came, without a press, answers nothing (law 4)."""
    actor, code = _opened(secret)
    form = answers.read_form()
    try:
        if not deed:
            raise Unfit("answer", "Please press one of the answers.")
        answers.DEEDS[deed](actor, code, form)
    except NotThere:
        raise
    except Unfit as refusal:
        if refusal.field:
            form.take(refusal)
        return _page(secret, actor, code, form), 422
    except Refusal as refusal:
        return _page(secret, actor, code, form, alert=say(refusal)), refusal.status
    return redirect(url_for("decisions.show", secret=secret), 303)


@pages.get("/<secret>/paper/<name>.pdf")
@policy(Policy.LINK)
@limiter.limit("60 per minute", key_func=_the_link)
def file(secret: str, name: str) -> Response:
    """The PDF of the paper, to keep."""
    actor, code = _opened(secret)
    return papers.as_file(actor, code, name)


@pages.get("/<secret>/yes-but", defaults={"way": "yes-but"})
@pages.get("/<secret>/question", defaults={"way": "question"})
@pages.get("/<secret>/passing", defaults={"way": "passing"})
@policy(Policy.LINK)
@limiter.limit("120 per minute", key_func=_the_link)
def other_way(secret: str, way: str) -> ResponseReturnValue:
    """Yes with changes, a question first, or to a colleague: each asks for a few words more."""
    actor, code = _opened(secret)
    return ways.show(way, actor, code, base=url_for("decisions.show", secret=secret), csrf=False)


@pages.post("/<secret>/yes-but", defaults={"way": "yes-but"})
@pages.post("/<secret>/question", defaults={"way": "question"})
@pages.post("/<secret>/passing", defaults={"way": "passing"})
@policy(Policy.LINK)
@csrf.exempt  # type: ignore[untyped-decorator]
@limiter.limit("60 per minute", key_func=_the_link)
def go_another_way(secret: str, way: str) -> ResponseReturnValue:
    """The same, done. The form sent as it came, without a press, does nothing (law 4)."""
    actor, code = _opened(secret)
    there = url_for("decisions.show", secret=secret)
    try:
        return ways.give(way, actor, code, base=there, done=there, csrf=False)
    except NotThere:
        raise
    except Refusal as refusal:
        return _page(secret, actor, code, AnswerForm(), alert=say(refusal)), refusal.status


def _opened(secret: str) -> tuple[Actor, str]:
    """Who answers by this link and what. Raises NotThere if it opens nothing, or nothing any more."""
    if (opened := links.decision_link(secret)) is None:
        raise NotThere
    person, code = opened
    if (actor := people.actor(person, Door(DoorName.LINK, link=keys.hash_secret(secret)))) is None:
        raise NotThere
    return actor, code


def _page(secret: str, actor: Actor, code: str, form: AnswerForm, *, alert: str = "") -> str:
    who = people.me(actor)
    view = seen.see(actor, code)
    return render_template(
        "decisions/show.html",
        ask=view,
        form=form,
        alert=alert,
        secret=secret,
        reader=who,
        zone=who.zone,
        again_on=answers.suggested(who.zone),
        stories=relationships.beside(actor, view) if view.answerable else {},
    )
