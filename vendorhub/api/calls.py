"""Answers how a call is made: one decorator that judges it in order and knows what the API's description says of it.

The order is 401, 429, 403 of the token's scope, then 404, 403 and 409 of the thing, and only then what was sent.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext as _

from vendorhub.api import problems
from vendorhub.api.bodies import Body, Nothing, Query, read_body, read_query
from vendorhub.api.door import caller, door_of, seen_by_sender, to_write
from vendorhub.api.files import read_form
from vendorhub.api.problems import Trouble
from vendorhub.domain.refusals import NotThere, Refusal
from vendorhub.policy import Policy, policy

JSON: Final = "application/json"
CALENDAR: Final = "text/calendar"
OF_ALL: Final = (401, 429, 500, 503)
OF_DEEDS: Final = (400, 403, 409, 413, 415, 422)

_CODE: Final = re.compile(r"[0-9A-Za-z._@-]{1,100}")

# We describe the calls ourselves (openapi.py): what is not a call of ours is not in the description.
api = APIBlueprint("api", __name__, url_prefix="/api/v1", enable_openapi=False)
api.register_error_handler(Trouble, problems.answer)
api.register_error_handler(Refusal, lambda refusal: problems.answer(problems.of_refusal(refusal)))

View = TypeVar("View", bound=Callable[..., Any])
Judge = Callable[..., object]


@dataclass(frozen=True)
class Answer:
    """What a call answers: the thing, its version as the caller sees it (its ETag), and a status of its own."""

    thing: Mapping[str, Any]
    version: str = ""
    status: int = 0


@dataclass(frozen=True)
class Call:
    """A call as its description tells it.

    `shape` is what it answers, None for a file, which is of one of `media`; `statuses` those with which it does,
    `refused` the others. `file` says that it takes one, as a form.
    """

    method: str
    rule: str
    view: Callable[..., Answer | Response]
    shape: Any
    statuses: tuple[int, ...]
    refused: tuple[int, ...]
    body: type[Body] | None = None
    query: type[Query] | None = None
    media: tuple[str, ...] = (CALENDAR,)
    file: bool = False


CALLS: list[Call] = []


def get(
    rule: str,
    shape: Any,
    *,
    query: type[Query] | None = None,
    refused: tuple[int, ...] = (),
    media: tuple[str, ...] = (CALENDAR,),
) -> Callable[[View], View]:
    """Makes a view a call that changes nothing: `view(actor, **path)`, and `query` where it takes one.

    `refused` are statuses that the call may end with besides those that follow from its address and query; `media`
    are the content types of a file, where it answers one.
    """

    def declare(view: View) -> View:
        @policy(Policy.TOKEN_READ)
        def serve(**path: str) -> Response:
            actor = caller().actor
            _known(path)
            asked = {"query": read_query(query, dict(request.args.lists()))} if query else {}
            return _told(view(actor, **path, **asked), 200)

        statuses = (*refused, *((404,) if "<" in rule else ()), *((422,) if query else ()))
        _add(Call("GET", rule, view, shape, (200,), (*OF_ALL, *statuses), query=query, media=media), serve)
        return view

    return declare


def post(
    rule: str, shape: Any, *, judge: Judge, body: type[Body] = Nothing, statuses: tuple[int, ...] = (200,)
) -> Callable[[View], View]:
    """Makes a view a deed: `view(actor, body, **path)`; the first of `statuses` is the usual one.

    `judge(actor, said, **path)` raises what the deed would raise whatever was sent; `said` is the JSON object, as
    far as there is one. It is asked only when what was sent won't do.
    """
    return _deed("POST", rule, shape, judge, body, statuses)


def put(rule: str, shape: Any, *, judge: Judge, body: type[Body]) -> Callable[[View], View]:
    """Makes a view a call that replaces something; the same as `post`."""
    return _deed("PUT", rule, shape, judge, body, (200,))


def delete(rule: str, shape: Any, *, judge: Judge) -> Callable[[View], View]:
    """Makes a view a call that takes something away, and tells it as it is then; the same as `post`."""
    return _deed("DELETE", rule, shape, judge, Nothing, (200,))


def upload(rule: str, shape: Any, *, judge: Judge) -> Callable[[View], View]:
    """Makes a view a deed that takes a file: `view(actor, sent, **path)`.

    The form (multipart/form-data) is read after the deed was judged, so that 404, 403 and 409 come
    before anything that is wrong with it.
    """

    def declare(view: View) -> View:
        @policy(Policy.TOKEN_WRITE)
        def serve(**path: str) -> Response:
            actor = to_write(caller())
            _known(path)
            judge(actor.by(replace(actor.door, if_match=seen_by_sender())), {}, **path)
            sent = read_form()
            door = door_of(b"\n".join((sent.digest, sent.name.encode(errors="replace"), repr(sent.said).encode())))
            return _told(view(actor.by(door), sent, **path), 201)

        refused = (*OF_ALL, *OF_DEEDS, *((404,) if "<" in rule else ()))
        _add(Call("POST", rule, view, shape, (201,), refused, file=True), serve)
        return view

    return declare


def _deed(
    method: str, rule: str, shape: Any, judge: Judge, body: type[Body], statuses: tuple[int, ...]
) -> Callable[[View], View]:
    def declare(view: View) -> View:
        @policy(Policy.TOKEN_WRITE)
        def serve(**path: str) -> Response:
            actor = to_write(caller())
            _known(path)
            sent = request.get_data()
            try:
                door, said = door_of(sent), read_body(body, _json(sent))
            except Trouble:
                judge(actor.by(replace(actor.door, if_match=seen_by_sender())), _said(sent), **path)
                raise
            return _told(view(actor.by(door), said, **path), statuses[0])

        refused = (*OF_ALL, *OF_DEEDS, 404)  # a whole room may be none to one side
        _add(Call(method, rule, view, shape, statuses, refused, body=body), serve)
        return view

    return declare


def _add(call: Call, serve: Callable[..., Response]) -> None:
    CALLS.append(call)
    noun = call.view.__module__.rpartition(".")[2]
    endpoint = f"{noun}_{call.view.__name__}"
    api.add_url_rule(call.rule, endpoint, serve, methods=[call.method], provide_automatic_options=False)


def _known(path: Mapping[str, str]) -> None:
    """What can't be a code of ours is not there; the store is not asked."""
    if not all(_CODE.fullmatch(value) for value in path.values()):
        raise NotThere


def _json(sent: bytes) -> bytes:
    if sent and request.mimetype != JSON:
        raise Trouble(415, _("Please send JSON, with Content-Type: application/json."))
    return sent


def _said(sent: bytes) -> Mapping[str, object]:
    try:
        said = json.loads(sent)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _told(answer: Answer | Response, usual: int) -> Response:
    if isinstance(answer, Answer):
        told = json.dumps(answer.thing, ensure_ascii=False, separators=(",", ":"))
        response = Response(told, status=answer.status or usual, content_type=JSON)
        response.set_etag(answer.version or hashlib.sha256(told.encode()).hexdigest()[:32])
    else:
        response = answer
        response.add_etag()
    response.headers.setdefault("Cache-Control", "private, no-cache")
    response.vary.add("Authorization")
    response.make_conditional(request)
    return response
