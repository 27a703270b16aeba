"""Has our own mail server seen that a mail is from the domain it says it is from (RFC 8601, RFC 7489)?"""

import re
from collections.abc import Iterable
from typing import Final

_SIGNS: Final = re.compile(r"\\.|.", re.DOTALL)
_VERSION: Final = re.compile(r"\s+\d+$")
_PASS: Final = re.compile(r"dmarc(?:\s*/\s*\d+)?\s*=\s*pass(?=\s|$)")
_DMARC: Final = re.compile(r"dmarc(?:\s*/\s*\d+)?\s*=")
_HEADER_FROM: Final = re.compile(r"header\.from\s*=\s*(\S+)")


def believed(results: Iterable[str], *, authserv_id: str | None, domain: str) -> bool:
    """Whether the topmost of these Authentication-Results that is our server's own says dmarc=pass for `domain`.

    Anybody can write such a header: only those of `authserv_id` count, and of these the one that was put on last.
    Without an `authserv_id` nothing is believed.
    """
    if not authserv_id or not domain:
        return False
    for value in results:
        server, *found = _parts(value)
        if _VERSION.sub("", server) == authserv_id.lower():
            told = [one for one in found if _DMARC.match(one)]
            return bool(told) and all(_PASS.match(one) and _is_about(one, domain) for one in told)
    return False


def _is_about(result: str, domain: str) -> bool:
    named = _HEADER_FROM.search(result)
    return named is None or named[1].rpartition("@")[2] == domain.lower()


def _parts(value: str) -> list[str]:
    """What stands between the semicolons, in small letters, without comments; what is quoted is one word."""
    kept: list[str] = []
    depth, quoted = 0, False
    for sign in _SIGNS.findall(value):
        if depth or (sign == "(" and not quoted):  # comments may stand in comments (RFC 5322 3.2.2)
            depth += {"(": 1, ")": -1}.get(sign, 0)
        elif sign == '"':
            quoted = not quoted
        elif not quoted or sign.isalnum() or sign in "._-@":
            kept.append(sign)
    return [" ".join(part.split()).lower() for part in "".join(kept).split(";")]
