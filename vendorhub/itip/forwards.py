"""Which mail was put into this one, as words, by somebody who forwarded it?

Mail programs write the head of what they forward in lines of their own language. No word before it counts: only
those lines, one after the other, of which one says from whom.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LINES_AT_MOST: Final = 2_000
LONGEST_LINE: Final = 1_000  # of a head
HEAD_AT_MOST: Final = 24  # lines of one head: those who got it too may fill some
LONG_LINE: Final = 60


class _Says(StrEnum):
    FROM = "from"
    SUBJECT = "subject"
    OTHER = "other"


# English, German, French, Spanish, Portuguese, Italian, Dutch, the Nordic ones, Polish, Czech, Japanese.
_LABELS: Final = {
    _Says.FROM: "from|von|de|da|van|från|fra|lähettäjä|od|nadawca|差出人|送信者|from address",
    _Says.SUBJECT: "subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|件名",
    _Says.OTHER: (
        "sent|date|to|cc|bcc|reply-to|importance|when|where|required attendees|optional attendees|organizer"
        "|gesendet|datum|an|kopie|antwort an|wichtigkeit|wann|wo"
        "|envoyé|à|copie à|répondre à|enviado|enviado el|enviado em|enviada em|enviada|fecha|data|para|responder a"
        "|inviato|a|rispondi a|verzonden|aan|antwoord aan|skickat|till|kopia|svar till|sendt|dato|til|kopi|svar til"
        "|lähetetty|päivämäärä|päiväys|vastaanottaja|kopio|wysłano|wysłane|do|dw|odpowiedz do|odesláno|komu|kopie"
        "|送信日時|日付|日時|宛先|返信先"
    ),
}
_SAYS: Final = {label: says for says, labels in _LABELS.items() for label in labels.split("|")}

# A line of a head: quoted or not, its label in bold or not, the colon of any writing.
_HEAD_LINE: Final = re.compile(r"\s*[*_]{0,2}\s*([^\W\d_][^:：*_]{0,24}?)\s*[*_]{0,2}\s*[:：]\s*[*_]{0,2}\s*(.*?)\s*")
_QUOTES: Final = re.compile(r"(?:\s{0,2}>)*")
# "On Monday ... Vera <vera@...> wrote:", in whatever language: it ends with a colon and names an address.
_WROTE: Final = re.compile(r"[^<>]{0,200}<[^<>@\s]+@[^<>\s]+>[^<>]{0,60}[:：]\s*")
_BEFORE_NAME: Final = re.compile(
    r"[,:\d]|\b(?:[ap]\.?m\.?|uhr|schrieb|schreef|skrev|on|am|le|el|il|op|den)\b", re.IGNORECASE
)
_RULE: Final = re.compile(r"\s*(?:[-_=*]{5,}|-{2,}\s*[^-]{3,60}\s*-{2,})\s*")
_NO_WORDS: Final = re.compile(
    r"\[(?:cid|image|bild|inline image)[^\]]{0,300}\]|<(?:https?|mailto|tel):[^<>\s]{0,2000}>", re.IGNORECASE
)

_ADDRESS: Final = re.compile(r"[^\s<>()\[\]\"',;:*]+@[^\s<>()\[\]\"',;:*]+")
_BEHALF: Final = re.compile(r"\b(?:on behalf of|im auftrag von|de la part de|en nombre de|namens)\b", re.IGNORECASE)
_FIRM_ENDING: Final = re.compile(r"\b(?:inc|ltd|llc|gmbh|ag|sa|srl|bv|ab|as|oy|corp|co)\.?$", re.IGNORECASE)


@dataclass(frozen=True)
class Forwarded:
    """A mail that was put into another: who wrote it, what about, and its words. "" is what could not be told."""

    sender_name: str
    sender_email: str
    subject: str
    words: str


def forwarded(words: str, *, own: str = "") -> Forwarded | None:
    """The newest mail put into these words that is not of the domain `own`; None if there is no other mail in them."""
    found = list(_mails(words))
    outside = [mail for mail in found if not own or mail.sender_email.rpartition("@")[2].lower() != own]
    told = [mail for mail in outside if mail.sender_email]
    return next(iter([*told, *outside, *found]), None)


def named(value: str) -> tuple[str, str]:
    """The name and the address that stand behind "From:", however they are put; "" for one that does not."""
    said = _BEHALF.split(_NO_WORDS.sub("", value[:LONGEST_LINE]))[-1]
    address = _ADDRESS.search(said)
    name = re.split(r"[<\[(]", said, maxsplit=1)[0] if address is None or address.start() else ""
    name = name.replace(address[0], "") if address else name
    name = " ".join(name.strip(" \t*\"'“”„«»").split())
    last, comma, first = name.partition(", ")
    if comma and first and "," not in first and not _FIRM_ENDING.search(first):
        name = f"{first} {last}"
    return name, address[0].strip(".") if address else ""


def cleaned(words: str) -> str:
    """Words without pictures' places and bare links, from which nobody reads anything."""
    return _NO_WORDS.sub("", words)


def _mails(words: str) -> Iterator[Forwarded]:
    """Every mail in these words, the newest first: that is how they are put into each other."""
    lines = words.splitlines()[:LINES_AT_MOST]
    heads = list(_heads(lines))
    ends = [begin for begin, *_ in heads[1:]] + [len(lines)]
    for (begin, after, said), following in zip(heads, ends, strict=False):
        depth = _depth(lines[begin])
        name, address = named(said.get(_Says.FROM, ""))
        yield Forwarded(name, address, said.get(_Says.SUBJECT, ""), _body(lines[after:following], depth))


def _heads(lines: list[str]) -> Iterator[tuple[int, int, dict[_Says, str]]]:
    """Where each head begins, where it is over, and what it says."""
    at = 0
    while at < len(lines):
        head = _head(lines, at) or _wrote(lines, at)
        if head is None:
            at += 1
        else:
            yield at, *head
            at = head[0]


def _head(lines: list[str], begin: int) -> tuple[int, dict[_Says, str]] | None:
    """The line after the head that begins here, and what it says: from whom, and one thing more at least."""
    said: dict[_Says, str] = {}
    number, over, last = 0, begin, _Says.OTHER
    for at in range(begin, min(begin + HEAD_AT_MOST, len(lines))):
        line = _unquoted(lines[at])
        told = _told(line)
        if told is not None:
            last, value = told
            if last in said:  # the head of another mail
                break
            if last is not _Says.OTHER:
                said[last] = value
            number, over = number + 1, at + 1
        elif not number or (over < at):  # no head, or words after a pause
            break
        elif line.strip():
            if not _goes_on(lines[at - 1], line):
                break
            if last in said:
                said[last] = f"{said[last]} {line.strip()}".strip()
            over = at + 1
    return (over, said) if number > 1 and re.match(r"[^\d\W]|[\"'“<]", said.get(_Says.FROM, "")) else None


def _goes_on(before: str, line: str) -> bool:
    """Whether a line of a head is too long for one, or says on the next what it has to say."""
    return len(before) >= LONG_LINE or before.rstrip().endswith((":", "：")) or line[:1] in " \t"


def _told(line: str) -> tuple[_Says, str] | None:
    found = _HEAD_LINE.fullmatch(line[:LONGEST_LINE])
    says = _SAYS.get(" ".join(found[1].casefold().split())) if found else None
    return (says, found[2].strip("*_ ")) if found and says else None


def _wrote(lines: list[str], begin: int) -> tuple[int, dict[_Says, str]] | None:
    """The same for the words above what somebody answered to, which may run over two lines."""
    for over in (begin + 1, begin + 2):
        line = " ".join(_unquoted(one[:LONGEST_LINE]).strip() for one in lines[begin:over])
        if over <= len(lines) and _WROTE.fullmatch(line):
            before, _, rest = line.partition("<")
            if re.search(r"\d", before) or any(map(_depth, lines[over : over + 2])):
                return over, {_Says.FROM: f"{_BEFORE_NAME.split(before)[-1].strip()} <{rest}"}
    return None


def _body(lines: list[str], depth: int) -> str:
    """The words below a head, as deep in quotes as it was, without the rules around them."""
    kept = []
    for line in lines:
        if depth and line.strip() and _depth(line) < depth:
            break
        plain = _unquoted(line, depth + 1)  # what was answered to is one deeper than its head
        kept.append("" if _RULE.fullmatch(plain) else plain)
    return cleaned("\n".join(kept)).strip()


def _depth(line: str) -> int:
    return _quotes(line).count(">")


def _quotes(line: str) -> str:
    found = _QUOTES.match(line)
    return found[0] if found else ""


def _unquoted(line: str, depth: int | None = None) -> str:
    """The line without its quoting marks, or without `depth` of them."""
    if depth is None:
        return line[len(_quotes(line)) :]
    return re.sub(rf"^(?:\s{{0,2}}>){{1,{depth}}} ?", "", line)
