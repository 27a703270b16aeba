"""How a letter's words are put: lines that read well, no holes, and the colours of the pages."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from jinja2 import UndefinedError

from tests.code.house import ROOT
from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.readers import Recipient
from vendorhub.outbox.signatures import OURS
from vendorhub.outbox.words import tidy, worded

LONG = "Whether tape pays again for what nobody reads, and who would carry it to the bank every Friday."
LINK = "https://hub.example/d/" + "x" * 60


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n one  \n\n\n\ntwo\n", "one\n\ntwo"),
        (LONG, "Whether tape pays again for what nobody reads, and who would carry it to\nthe bank every Friday."),
        (
            f"> {LONG}",
            "> Whether tape pays again for what nobody reads, and who would carry it\n> to the bank every Friday.",
        ),
        (
            f"- {LONG}",
            "- Whether tape pays again for what nobody reads, and who would carry it\n  to the bank every Friday.",
        ),
        (LINK, LINK),
    ],
)
def test_lines_are_as_long_as_one_reads(text: str, said: str) -> None:
    assert tidy(text) == said


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_letter_has_no_holes(app: Flask) -> None:
    to = Recipient(None, "vera@acme.example", "Vera Vendor", "Europe/London")
    with app.test_request_context("/"), pytest.raises(UndefinedError, match="'minutes' is undefined"):
        worded(LetterKind.SIGN_IN, to, OURS, now=datetime(2027, 1, 4, tzinfo=UTC), context={"link": LINK, "code": "1"})


def test_letters_wear_the_colours_of_the_pages() -> None:
    files = [ROOT / "templates" / "mail" / name for name in ("_layout.html", "_parts.html")]
    worn = re.findall(r"#[0-9a-f]{6}\b", "".join(file.read_text() for file in files))
    assert len(set(worn)) > 10
    assert (
        set(worn) - set(re.findall(r"#[0-9a-f]{6}\b", (ROOT / "vendorhub/static/vendorhub.css").read_text())) == set()
    )
