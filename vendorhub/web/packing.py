"""Answers what goes out compressed: pages, each time anew, and files, once.

The API's answers don't: callers send their tags back with If-Match, which is about the very bytes (RFC 9110, 13.1.1).
"""

import gzip
import secrets
from io import BytesIO
from typing import Final

from flask import Flask, Response, request

from vendorhub.web import files

_PAGE: Final = "text/html"
_OF_FILES: Final = frozenset({"text/css", "text/javascript", "application/javascript", "image/svg+xml"})
_WORTH_IT: Final = 500  # bytes; less goes in one packet anyway
_QUICK, _BEST = 4, 9
_BLUR: Final = 96  # bytes by which a page's length is made to differ; ARCHITECTURE.md says why

_files: dict[str, bytes] = {}  # by tag, which names file and content: a handful


def init_app(app: Flask) -> None:
    """Compresses what leaves, for those who can read it."""
    app.after_request(_packed)


def _packed(response: Response) -> Response:
    is_file = request.endpoint in files.ENDPOINTS
    if response.mimetype not in (_OF_FILES if is_file else {_PAGE}) or response.status_code in (206, 304):
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"]:
        return response
    response.direct_passthrough = False
    plain = response.get_data()
    if len(plain) < _WORTH_IT:
        return response
    if is_file:
        tag = response.get_etag()[0] or ""
        response.set_etag(tag, weak=True)  # the same to read, in other bytes
        if tag not in _files:
            _files[tag] = _zipped(plain, _BEST)
        response.set_data(_files[tag])
    else:
        response.set_data(_zipped(plain, _QUICK, name="-" * secrets.randbelow(_BLUR)))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _zipped(plain: bytes, level: int, *, name: str = "") -> bytes:
    """As gzip; the name of a file, which nobody reads, makes it longer."""
    packed = BytesIO()
    with gzip.GzipFile(name, "wb", level, packed, mtime=0) as into:
        into.write(plain)
    return packed.getvalue()
