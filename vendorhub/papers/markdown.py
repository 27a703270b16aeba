"""Answers how a paper that somebody typed is read: Markdown made into HTML that can hold nothing but words."""

from functools import cache, lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_TAGS: Final = frozenset(
    {"a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s", "strong"}
    | {"table", "tbody", "td", "th", "thead", "tr", "ul"}
)
_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_BELOW: Final = 2  # the page has its own first two levels of headings


@lru_cache(maxsize=512)  # an agenda is read by many, and made anew for each of them
def as_html(text: str) -> Markup:
    """`text` as HTML: no markup of the writer's own, no pictures, links without a trace of where they were read."""
    reader = _reader()
    tokens = reader.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + _BELOW)}"
    html = reader.renderer.render(tokens, reader.options, {})
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        url_schemes=set(_SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(clean)  # noqa: S704 - cleaned just now, by tags that are allowed


def as_text(text: str) -> str:
    """`text` as plain words, for paper: a line a paragraph, points with a bullet, links and emphasis by their words."""
    lines: list[str] = []
    mark = ""
    for token in _reader().parse(text):
        if token.type == "list_item_open":
            mark = f"{token.info}. " if token.info else "\u2022 "
        elif token.type in ("inline", "fence", "code_block"):
            words = _words(token) if token.type == "inline" else token.content.rstrip()
            lines.append(mark + words)
            mark = ""
    return "\n".join(line for line in lines if line.strip())


def _words(token: Token) -> str:
    breaks = ("softbreak", "hardbreak")
    return "".join(" " if one.type in breaks else one.content for one in token.children or ())


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
