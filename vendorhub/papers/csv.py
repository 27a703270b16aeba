"""Answers a table as comma-separated values that a spreadsheet opens and does not calculate with (RFC 4180)."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

TYPE: Final = "text/csv; charset=utf-8; header=present"
# A cell that begins so is taken for a formula, and may call whatever its author wanted (CWE-1236).
_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table, its head first, in UTF-8; what a spreadsheet would calculate stands behind an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([[_defused(cell) for cell in row] for row in (head, *rows)])
    return out.getvalue().encode()


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_BEGINS_A_FORMULA) else cell
