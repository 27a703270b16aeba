"""What does the HTML of a mail say in plain words? They are all that is kept of it: nobody is ever shown the page.

Read by a few expressions, each of which passes over the page once: `html.parser` takes a minute for some pages that
somebody made to keep us busy.
"""

import html
import re
from collections.abc import Iterator
from typing import Final

LONGEST: Final = 200_000  # characters that are looked at

_SILENT: Final = frozenset({"head", "script", "style", "template", "title", "noscript", "svg", "object"})
# fmt: off
_LINES: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tr", "ul",
})
# fmt: on
_PARAGRAPHS: Final = frozenset({"p", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"})
_VOID: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_UNSEEN: Final = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|\shidden(?=[\s=/]|$)")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][\w:.-]*)([^<>]*)>|<[!?][^<>]*>|([^<]+|<)")


def words_of(page: str) -> str:
    """The page's words: one line for each line that a reader sees, cells of a row beside each other. Never raises."""
    lines = (" ".join(line.split()) for line in "".join(_said(page[:LONGEST])).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _said(page: str) -> Iterator[str]:
    hidden: list[str] = []  # the open elements from the outermost hidden one on: it hides all that is in it
    for tag in _TAG.finditer("".join(_uncommented(page))):
        ends, name, attributes, text = tag[1], (tag[2] or "").lower(), tag[3] or "", tag[4]
        if text is not None:
            yield "" if hidden else re.sub(r"\s+", " ", html.unescape(text))
        elif ends and name in hidden:
            del hidden[_last(hidden, name) :]
        elif not ends and name not in _VOID and (hidden or name in _SILENT or _UNSEEN.search(attributes)):
            hidden.append(name)
        elif not hidden and name in _LINES:
            yield "\n\n" if name in _PARAGRAPHS else "\n"
        elif not hidden and name in ("td", "th"):
            yield " "


def _last(names: list[str], name: str) -> int:
    return len(names) - 1 - names[::-1].index(name)


def _uncommented(page: str) -> Iterator[str]:
    at = 0
    while (begin := page.find("<!--", at)) >= 0:
        yield page[at:begin]
        end = page.find("-->", begin)
        if end < 0:
            return
        at = end + len("-->")
    yield page[at:]
