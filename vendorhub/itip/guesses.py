"""Who and what may be meant: a topic from a subject, a company from an address, words without the times in them."""

import re
from typing import Final

from vendorhub.domain.newcomers import is_free_mail

# What mail programs put before the subject of a forward or an answer, in their users' languages, and what gateways do.
_PREFIX: Final = re.compile(
    r"\s*(?:(?:re|aw|sv|vs|antw|ynt|fwd?|fw|wg|tr|rv|rif|r|i|vb|vl|enc|doorst|pd|odp|転送|返信|转发|回复)\s*(?:\[\d+\])?\s*[:：]"
    r"|\[(?:ext|extern|external|spam\??)\]|\((?:extern|external)\))\s*",
    re.IGNORECASE,
)
_INVITES: Final = re.compile(
    r"^\s*(?:updated )?(?:invitation|invite|einladung|invito|invitación|convite|uitnodiging|inbjudan)\s*:\s*",
    re.IGNORECASE,
)
_GREETING: Final = re.compile(
    r"^(?:hi|hello|hey|dear|good (?:morning|day)|hallo|guten|liebe|sehr|bonjour|hola|ciao)\b", re.IGNORECASE
)
_SHORT: Final = 40  # a line that greets, or only names somebody
_SENTENCE_END: Final = re.compile(r"(?<=[.!?。])\s")

_MONTH: Final = (
    r"(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|févr(?:ier)?|mar(?:ch|s)?|märz?|apr(?:il)?|avril|may|mai|june?|juni|juin"
    r"|july?|juli|juil(?:let)?|aug(?:ust)?|août|sep(?:t|tember|tembre)?|oct(?:ober|obre)?|okt(?:ober)?|nov(?:ember|embre)?"
    r"|dec(?:ember)?|dez(?:ember)?|déc(?:embre)?)"
)
_TIME: Final = (
    r"\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr|h)?|\b\d{1,2}\s?(?:[ap]\.?m\.?|uhr)\b|\b\d{4}-\d{2}-\d{2}|\b\d{8}T\d{4,6}Z?"
    rf"|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b|\b\d{{1,2}}\.?(?:st|nd|rd|th)?\s+{_MONTH}\b\.?(?:,?\s+\d{{4}})?"
    rf"|\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?"
)
_TIMES: Final = re.compile(_TIME, re.IGNORECASE)
_WHEN: Final = re.compile(
    r"^\W*(?:when|where|time|date|starts?|ends?|wann|wo|zeit|datum|quand|heure|où|cuándo|quando|dove|wanneer|när|hvornår"
    r"|meeting id|passcode|join|dial|click here to join|besprechungs-id|zoom|microsoft teams|google meet)\b.*$",
    re.IGNORECASE,
)
_BEFORE_TIME: Final = re.compile(
    r"[\s,;@|(–-]*(?:\b(?:mon|tues?|wed|thu|thurs|fri|sat|sun|wednes|satur)(?:day)?\b[.,]?"
    r"|\b(?:mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag)\b[.,]?|\b(?:at|on|um|am|den)\b)?[\s,;@|(–-]*$",
    re.IGNORECASE,
)

_SECOND_LEVEL: Final = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "gv", "or", "ne"})
# "von" and "de" are parts of names.
_PERSON_OF: Final = re.compile(
    r"^(?P<who>.{2,60}?)\s*(?:\||\s[–—-]\s|,?\s(?:from|at|bei|@)\s|\()\s*(?P<firm>[^|()]{2,60}?)\)?$",
    re.IGNORECASE,
)
_VIA: Final = re.compile(r"\s+(?:via|über)\s+\S.*$", re.IGNORECASE)


def subject(value: str) -> str:
    """A subject as its first writer wrote it."""
    while found := _PREFIX.match(value):
        value = value[found.end() :]
    return value.strip()


def topic(of: str, words: str) -> str:
    """The subject, or where it is empty the first thing that is said."""
    if told := subject(of):
        return told
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    said = [line for line in lines if not (_GREETING.match(line) and len(line) < _SHORT)]
    whole = (line for line in said if len(line) >= _SHORT or _SENTENCE_END.search(f"{line} "))
    return _SENTENCE_END.split(next(iter([*whole, *said]), ""), maxsplit=1)[0].rstrip(".")


def person(name: str, address: str, words: str) -> tuple[str, str]:
    """The person's name and their company's, as far as name, address and what they wrote under it tell."""
    name = _VIA.sub("", name).strip(" \"'")
    if "@" in name:
        name = ""
    if found := _PERSON_OF.match(name):
        return found["who"].strip(), found["firm"].strip()
    return name, company(address, words)


def company(address: str, words: str = "") -> str:
    """The name of the company that an address is of, as its people write it, or as its domain does; "" if nobody's."""
    domain = address.lower().rpartition("@")[2]
    if not domain or is_free_mail(domain):
        return ""
    labels = domain.split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels = labels[:-1]
    label = labels[-1]
    for line in map(str.strip, words.splitlines()):
        letters = re.sub(r"[\W_]", "", line.casefold())
        if len(label) > 2 and letters.startswith(label.replace("-", "")) and _is_a_name(line):
            return line
    return " ".join(part.capitalize() for part in re.split("[-_]", label))


def timeless(words: str) -> str:
    """Words without the lines that name a time, a place or a way to dial in: nobody has agreed to any of it."""
    kept = [line for line in words.splitlines() if not _TIMES.search(line) and not _WHEN.match(line)]
    return "\n".join(kept)


def timeless_line(value: str) -> str:
    """A title without "Invitation:" and without the time that some programs put behind it."""
    title = _INVITES.sub("", value)
    if found := _TIMES.search(title):
        before, after = title[: found.start()], _TIMES.sub("", title[found.end() :])
        before = _BEFORE_TIME.sub("", before)
        title = before if before.strip() else after.strip(" ,;:@|()–-")
    return title.strip()


def _is_a_name(line: str) -> bool:
    return len(line) <= 40 and not re.search(r"[@:/]|[.!?]$(?<!Inc\.)(?<!Ltd\.)|www\.", line) and line[:1].isalnum()
