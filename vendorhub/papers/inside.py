"""Answers what is inside the PDF on stdin, as JSON on stdout. A program of its own: it may be stopped at any moment.

Its arguments are the seconds that it may take, and how many objects it may have to look at.
"""

import io
import json
import resource
import sys
from typing import Any, Final

_MEMORY: Final = 1 << 30
_PAGES_READ: Final = 2
# What a reader could open, run or play; a paper has no need of it.
_CARRIED: Final = frozenset(
    {"/3D", "/AA", "/AF", "/EF", "/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment", "/ImportData", "/JS"}
    | {"/JavaScript", "/Launch", "/Movie", "/RichMedia", "/Screen", "/Sound", "/SubmitForm", "/XFA"}
)


def told(raw: bytes, objects_at_most: int) -> dict[str, Any]:
    """`pages`, the `text` of the first two, and whether it `carries` more than pages or is locked."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(raw))
    if reader.is_encrypted or _carries(reader.trailer, objects_at_most):
        return {"pages": 0, "text": "", "carries": True}
    pages = reader.pages
    return {
        "pages": len(pages),
        "text": "\n".join(page.extract_text() for page in pages[:_PAGES_READ]),
        "carries": False,
    }


def _carries(start: Any, objects_at_most: int) -> bool:
    """Whether anything that can be reached from `start` is named in the list above, or there is no end to it."""
    waiting, seen = [start], set()
    while waiting:
        found = waiting.pop()
        if hasattr(found, "idnum"):
            if (found.idnum, found.generation) in seen:
                continue
            seen.add((found.idnum, found.generation))
            found = found.get_object()
        if len(seen) > objects_at_most:
            return True
        if isinstance(found, dict):
            if _CARRIED & found.keys():
                return True
            waiting.extend(dict.values(found))
        elif isinstance(found, list):
            waiting.extend(list.__iter__(found))
        elif isinstance(found, str) and found in _CARRIED:
            return True
    return False


if __name__ == "__main__":
    seconds, objects = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sys.stdout.write(json.dumps(told(sys.stdin.buffer.read(), objects)))
