"""Answers whether a PDF may be kept: it is what it says, short, and carries nothing but its pages (law 1)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from vendorhub.domain import materials, papers
from vendorhub.domain.refusals import Unfit
from vendorhub.itip.parse import reads_as_calendar

_LOOK: Final = Path(__file__).with_name("inside.py")
_SECONDS, _OBJECTS = 8, 20_000
_SECONDS_FOR_MANY, _OBJECTS_OF_MANY = 20, 150_000  # a long deck, tagged for readers
_SECONDS_TO_START: Final = 2


def check(raw: bytes) -> int:
    """How many pages it has. Raises Unfit, naming `pdf`, for anything that should not be kept.

    It is somebody else's file, so it is read in a process of its own, which may take some seconds and some memory.
    """
    papers.check_pdf(size=len(raw), begins=raw[:5])
    found = _inside(raw, seconds=_SECONDS, objects=_OBJECTS)
    if found is None:
        raise Unfit("pdf", "This file can't be read; please print it to PDF again, or type the paper in.")
    if found["carries"]:
        raise Unfit(
            "pdf", "This PDF carries more than its pages; please print it to PDF again, without anything in it."
        )
    pages = papers.check_pages(found["pages"])
    if any(map(reads_as_calendar, (found["text"], raw.decode("latin-1")))):
        raise Unfit("pdf", "Please leave calendar entries out of the paper; times are agreed here.")
    return pages


def look_inside(raw: bytes) -> None:
    """The same look into a PDF of any length, for files that are passed on. Raises Unfit, naming `file`."""
    found = _inside(raw, seconds=_SECONDS_FOR_MANY, objects=_OBJECTS_OF_MANY)
    if found is None:
        raise materials.broken()
    if found["carries"]:
        raise materials.carries()
    if reads_as_calendar(found["text"]):
        raise materials.calendar_inside()


def _inside(raw: bytes, *, seconds: int, objects: int) -> dict[str, Any] | None:
    """What the program says of it; None where it could not, in so many seconds, tell."""
    try:
        done = subprocess.run(  # the program is our own file, run by our own Python
            [sys.executable, *_paths(), str(_LOOK), str(seconds), str(objects)],
            input=raw,
            capture_output=True,
            timeout=seconds + _SECONDS_TO_START,
            check=True,
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return None
    return found


def _paths() -> list[str]:
    # Where we look for libraries is where it does, and nowhere else: not in the folder of the file, not at home.
    return ["-P", "-s"]
