"""Answers what went wrong, as RFC 9457 says it: every error under `/api/` is application/problem+json."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final, NotRequired

from flask import Response, request
from flask_babel import gettext as _
from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from vendorhub.domain.agenda_rules import NotReady
from vendorhub.domain.refusals import NotThere, Refusal, Unfit

MEDIA_TYPE: Final = "application/problem+json"
PREFIX: Final = "/api/"

# What the framework's own refusal told in its headers and the problem tells too.
_KEPT: Final = ("Allow", "Retry-After", "WWW-Authenticate")


@with_config(ConfigDict(extra="forbid"))
class Problem(TypedDict):
    """What went wrong and what to do next; `errors` names the fields where it is about what was sent.

    `again_on` is there where an ask was refused: the date from which its sender may ask again, null for none;
    `problems` where an agenda can't be published: a sentence each.
    """

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[dict[str, list[str]]]
    again_on: NotRequired[str | None]
    problems: NotRequired[list[str]]


class Trouble(Exception):
    """A call that ends with a problem: `detail` is a sentence for the person, `errors` are sentences by field."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        title: str = "",
        kind: str = "about:blank",
        errors: Mapping[str, list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = dict(headers or {})
        self.body = Problem(type=kind, title=title or HTTPStatus(status).phrase, status=status, detail=detail)
        if errors is not None:
            self.body["errors"] = dict(errors)


def of_refusal(refusal: Refusal) -> Trouble:
    """The problem that a refusal is: its status and its sentence, beside the field where it has one."""
    sentence = str(_(refusal.msgid, **refusal.values))
    trouble = Trouble(
        refusal.status,
        sentence,
        title=_(refusal.title),
        kind=f"urn:vendorhub:problem:{_name(type(refusal))}",
        errors={refusal.field: [sentence]} if isinstance(refusal, Unfit) else None,
    )
    if isinstance(refusal, NotReady):
        trouble.body["problems"] = [str(_(problem.msgid, **problem.values)) for problem in refusal.problems]
    return trouble


def answer(trouble: Trouble) -> Response:
    """The response that tells of it."""
    body = json.dumps(trouble.body, ensure_ascii=False, separators=(",", ":"))
    response = Response(body, status=trouble.status, content_type=MEDIA_TYPE)
    response.headers.update({"Cache-Control": "no-store", **trouble.headers})
    return response


def only_problems(response: Response) -> Response:
    """An after-request hook: what the framework or a page would have said under `/api/` becomes a problem too."""
    if not request.path.startswith(PREFIX) or response.status_code < 400 or response.mimetype == MEDIA_TYPE:
        return response
    if response.status_code == HTTPStatus.NOT_FOUND:
        return answer(of_refusal(NotThere()))
    kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
    return answer(Trouble(response.status_code, _sentence(response.status_code), headers=kept))


def _sentence(status: int) -> str:
    match status:
        case 400:
            told = _("This could not be read.")
        case 405:
            told = _("This address takes other methods; the Allow header names them.")
        case 413:
            told = _("This is too long; a call takes at most one mebibyte, and a file 25 MB.")
        case 429:
            told = _("Too many calls; the Retry-After header says when to go on.")
        case 503:
            told = _("VendorHub can't answer just now; please try again in a while.")
        case _ if status >= 500:
            told = _("Something went wrong on our side and nothing was changed; please try again.")
        case _:
            told = _("This can't be done.")
    return str(told)


def _name(refusal: type[Refusal]) -> str:
    """A refusal's class as a word with hyphens; a special case of Unfit is an Unfit to programs."""
    named = Unfit if issubclass(refusal, Unfit) else refusal
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in named.__name__).lstrip("-")
