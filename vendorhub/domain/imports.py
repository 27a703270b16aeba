"""What a buyer brings in as a table (CSV): vendors, people there, relationships and past meetings, a row at a time.

A row is taken whole or not at all, with its reason; the same table again changes nothing. Cells are text: what a
spreadsheet would calculate with is kept as it is written.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vendorhub.domain import details, texts
from vendorhub.domain.cadence import Every, every
from vendorhub.domain.items import check_topics
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.relationships import check_day, check_minutes, check_note

OCTETS_AT_MOST: Final = 5_000_000
ROWS_AT_MOST: Final = 10_000
COMPANY_AT_MOST: Final = 120
USUAL_MINUTES: Final = 60

COLUMNS: Final = (
    *("company", "domain", "person", "email", "every", "owner", "goals", "topics"),
    *("contract_end", "notice_by", "spend", "currency", "met_on", "minutes", "note"),
)
_BETWEEN: Final = ("\t", ";", ",")  # what stands between cells: whatever the first line has most of
_WITHIN: Final = "|"  # between goals, and between topics


@dataclass(frozen=True)
class Row:
    """A row that fits by itself. What is "" or None is not said; `line` is where it begins in the file."""

    line: int
    company: str
    domain: str = ""
    person: str = ""
    email: str = ""
    every: Every | None = None
    owner: str = ""
    goals: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    contract_end: date | None = None
    notice_by: date | None = None
    spend: int | None = None
    currency: str = ""
    met_on: date | None = None
    minutes: int = USUAL_MINUTES
    note: str = ""


@dataclass(frozen=True)
class Bad:
    """A row that is not taken: where it begins, in which column, and why, before translation."""

    line: int
    column: str
    why: Unfit


@dataclass
class Counts:
    """What a table brought that was not here before."""

    companies: int = 0
    relationships: int = 0
    meetings: int = 0


def read(raw: bytes, *, today: date) -> tuple[list[Row], list[Bad]]:
    """The rows that fit and those that don't, in order. Raises Unfit, naming `file`, for what is no such table."""
    rows, bad = [], []
    for line, cells in _lines(raw):
        try:
            rows.append(_row(line, cells, today))
        except Unfit as refusal:
            bad.append(Bad(line, {"date": "met_on"}.get(refusal.field, refusal.field), refusal))
    return rows, bad


def _lines(raw: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row's first line in the file, and its cells by the name of their column."""
    if not raw.strip():
        raise Unfit("file", "This file is empty.")
    if len(raw) > OCTETS_AT_MOST:
        raise Unfit("file", "This file is larger than %(most)s megabytes.", most=OCTETS_AT_MOST // 1_000_000)
    try:
        told = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit("file", "This file is not in UTF-8; please save it as “CSV UTF-8”.") from None
    head = told.lstrip().split("\n", 1)[0]
    reader = csv.reader(io.StringIO(told, newline=""), delimiter=max(_BETWEEN, key=head.count), strict=True)
    columns: list[str] | None = None
    begins, count = 1, 0
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _columns(cells)
                continue
            count += 1
            if count > ROWS_AT_MOST:
                raise Unfit("file", "There are more than %(most)s rows; please take them in parts.", most=ROWS_AT_MOST)
            filled = [*cells, *[""] * (len(columns) - len(cells))]
            yield line, dict(zip(columns, filled, strict=False)) | {"": "".join(filled[len(columns) :])}
    except csv.Error:
        raise Unfit(
            "file", "This table can't be read from line %(line)s on; is a quotation mark open?", line=begins
        ) from None
    if columns is None or not count:
        raise Unfit("file", "There is no row in this table.")


def _columns(cells: Sequence[str]) -> list[str]:
    named = [cell.strip().lower().replace(" ", "_") for cell in cells]
    for name in named:
        if name not in COLUMNS:
            raise Unfit(
                "file", "There is no column “%(name)s”; those are: %(all)s.", name=name[:40], all=", ".join(COLUMNS)
            )
        if named.count(name) > 1:
            raise Unfit("file", "The column “%(name)s” is there twice.", name=name)
    if "company" not in named:
        raise Unfit("file", "The column “company” is missing: whose row is it?")
    return named


def _row(line: int, cells: dict[str, str], today: date) -> Row:
    said = {name: cell.strip() for name, cell in cells.items()}
    if said.pop(""):
        raise Unfit("company", "This row has more cells than the head has columns.")
    cell = said.get
    contract_end, notice_by = _day(cell("contract_end"), "contract_end"), _day(cell("notice_by"), "notice_by")
    details.check_contract(contract_end, notice_by)
    spend, currency = details.check_spend(_number(cell("spend"), "spend"), cell("currency") or "")
    met_on = _day(cell("met_on"), "met_on")
    minutes = _number(cell("minutes"), "minutes")
    return Row(
        line=line,
        company=texts.line(said["company"], at_most=COMPANY_AT_MOST, what="company"),
        domain=_domain(cell("domain") or ""),
        person=texts.line(cell("person") or "", at_most=COMPANY_AT_MOST, what="person") if cell("person") else "",
        email=texts.email(cell("email") or "") if cell("email") else "",
        every=every(cell("every") or "") if cell("every") else None,
        owner=texts.email(cell("owner") or "", what="owner") if cell("owner") else "",
        goals=details.check_goals((cell("goals") or "").split(_WITHIN)),
        topics=check_topics((cell("topics") or "").split(_WITHIN)),
        contract_end=contract_end,
        notice_by=notice_by,
        spend=spend,
        currency=currency,
        met_on=check_day(met_on, today=today) if met_on else None,
        minutes=USUAL_MINUTES if minutes is None else check_minutes(minutes),
        note=check_note(cell("note") or ""),
    )


def _day(typed: str | None, column: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Unfit(column, "Please write the date like this: 2027-01-13.") from None


def _number(typed: str | None, column: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 13):
        raise Unfit(column, "Please write a whole number, without points or commas.")
    return int(typed)


def _domain(typed: str) -> str:
    """A domain as mail addresses have it, in whatever way it is written."""
    bare = typed.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").partition("/")[0]
    return texts.email(f"somebody@{bare}", what="domain").partition("@")[2] if bare else ""
