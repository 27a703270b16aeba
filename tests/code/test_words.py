"""Every word that a template shows goes through gettext."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.code.house import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
ATTRIBUTE = re.compile(r"""[\w-]+=("[^"]*"|'[^']*')""")  # a macro may hand attributes on
SAID_AS_IT_IS = {"VendorHub", "UTC"}  # these are the same in every language
SPOKEN = {"alt", "aria-label", "content", "placeholder", "title", "value"}


class Bare(HTMLParser):
    """Collects the words that stand in a page without gettext; styles, scripts and commands aren't words."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("style", "script", "code")
        if tag != "meta":
            self.words += [value for name, value in attrs if name in SPOKEN and value and name != "value"]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("style", "script", "code")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(ATTRIBUTE.sub(" ", data))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_word_stands_bare(template: Path) -> None:
    page = Bare()
    page.feed(JINJA.sub(" ", template.read_text()))
    page.close()
    bare = {word for said in page.words for word in re.findall(r"[^\W\d_]{2,}", said)}
    assert bare - SAID_AS_IT_IS == set()
