"""Answers how our files are served: under an address that names their content, and kept for a year."""

import hashlib
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, current_app, request

ENDPOINTS: Final = frozenset({"static", "bootstrap.static"})
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
_TO_BE_ASKED: Final = "no-cache"


def init_app(app: Flask) -> None:
    """Puts the content's name on every address of a file, and says how long each answer keeps."""
    app.url_defaults(_named)
    app.after_request(_kept)


def content(endpoint: str, filename: str) -> Path | None:
    """The file that is served there; None if there is none."""
    owner = current_app.blueprints.get(endpoint.rpartition(".")[0], current_app)
    file = Path(owner.static_folder or "", filename)
    return file if file.is_file() else None


def _named(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint in ENDPOINTS and (name := _name(endpoint, values.get("filename", ""))):
        values["v"] = name


def _name(endpoint: str, filename: str) -> str:
    with suppress(OSError):
        if file := content(endpoint, filename):
            return _digest(file, file.stat().st_mtime_ns)
    return ""


@lru_cache(maxsize=64)
def _digest(file: Path, _changed_at: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]


def _kept(response: Response) -> Response:
    if request.endpoint in ENDPOINTS and response.status_code in (200, 304):
        asked_for = request.args.get("v", "")
        same = asked_for and asked_for == _name(request.endpoint, (request.view_args or {}).get("filename", ""))
        response.headers["Cache-Control"] = _FOR_GOOD if same else _TO_BE_ASKED
    return response
