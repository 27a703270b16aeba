"""Answers what goes out compressed: pages, each time anew, and files, once.

The API's answers don't: callers send their tags back with If-Match, which is about the very bytes (RFC 9110, 13.1.1).
"""

import gzip
from typing import Final

from flask import Flask, Response, request

from vendorhub.web import files

_PAGE: Final = "text/html"
_OF_FILES: Final = frozenset({"text/css", "text/javascript", "application/javascript", "image/svg+xml"})
_WORTH_IT: Final = 500  # bytes; less goes in one packet anyway
_QUICK, _BEST = 4, 9

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
            _files[tag] = gzip.compress(plain, _BEST)
        response.set_data(_files[tag])
    else:
        response.set_data(gzip.compress(plain, _QUICK))
    response.headers["Content-Encoding"] = "gzip"
    return response
