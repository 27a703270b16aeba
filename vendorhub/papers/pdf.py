"""Answers whether a PDF may be kept: it is what it says, short, and carries nothing but its pages (law 1)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from vendorhub.domain import papers
from vendorhub.domain.refusals import Unfit
from vendorhub.itip.parse import reads_as_calendar

_LOOK: Final = Path(__file__).with_name("inside.py")
_SECONDS: Final = 10


def check(raw: bytes) -> int:
    """How many pages it has. Raises Unfit, naming `pdf`, for anything that should not be kept.

    It is somebody else's file, so it is read in a process of its own, which may take some seconds and some memory.
    """
    papers.check_pdf(size=len(raw), begins=raw[:5])
    try:
        done = subprocess.run(  # the program is our own file, run by our own Python
            [sys.executable, *_paths(), str(_LOOK)], input=raw, capture_output=True, timeout=_SECONDS, check=True
        )
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise Unfit("pdf", "This file can't be read; please print it to PDF again, or type the paper in.") from None
    if found["carries"]:
        raise Unfit(
            "pdf", "This PDF carries more than its pages; please print it to PDF again, without anything in it."
        )
    pages = papers.check_pages(found["pages"])
    if any(map(reads_as_calendar, (found["text"], raw.decode("latin-1")))):
        raise Unfit("pdf", "Please leave calendar entries out of the paper; times are agreed here.")
    return pages


def _paths() -> list[str]:
    # Where we look for libraries is where it does, and nowhere else: not in the folder of the file, not at home.
    return ["-P", "-s"]
