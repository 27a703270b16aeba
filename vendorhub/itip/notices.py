"""Is this mail a machine's word of somebody: a networking site's notice, a voicemail; and of whom?"""

import re
from dataclasses import dataclass
from typing import Final

from vendorhub.domain.heard import Channel

# Where people write to each other without addresses of their own.
_SITES: Final = (
    "linkedin.com",
    "xing.com",
    "viadeo.com",
    "wellfound.com",
    "lunchclub.com",
    "polywork.com",
    "yammer.com",
)
_MACHINE: Final = re.compile(
    r"(no|do[._-]?not|kein)[._-]?reply|noreply|notif|messages?-|invitations?\b|mailrobot|mailer|updates?\b",
    re.IGNORECASE,
)
_MESSAGE: Final = r"(?:message|mail|nachricht|mensaje|messaggio|bericht|meddelande|besked|melding|invitation|einladung)"
# What such notices are called, and whose name stands in it.
_NEW: Final = r"(?:you have (?:an?|1|one) )?(?:new |neue |nouveau |nuevo |nuovo |nieuw )?"
_OF: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?P<who>.{2,60}?) (?:just )?(?:sent you|messaged you|has sent you|wrote you|replied to you)\b",
        r"^(?P<who>.{2,60}?) (?:wants|would like) to (?:connect|link up|add you|join your network)",
        r"^(?P<who>.{2,60}?) (?:hat (?:Ihnen|dir)|möchte) .{0,40}(?:schickt|sendet|schrieben|vernetzen|hinzufügen)",
        r"^(?P<who>.{2,60}?) (?:vous a|t[’']a) (?:envoyé|écrit)",
        r"^(?P<who>.{2,60}?) (?:te|le) ha (?:enviado|escrito)",
        r"^(?P<who>.{2,60}?) (?:ti|le) ha (?:inviato|scritto)",
        r"^(?P<who>.{2,60}?) heeft (?:je|u) een",
        rf"^{_NEW}{_MESSAGE} (?:from|von|de|da|van|från|fra|by)\s*:?\s*(?P<who>[^:|]{{2,60}})",
    )
)
_VIA: Final = re.compile(r"^(?P<who>.{2,60}?)\s+(?:via|on|über|par|su)\s+(?P<site>\S.{1,40})$", re.IGNORECASE)
_VOICE: Final = re.compile(
    r"voice\s?mail|voice message|missed call|sprachnachricht|mailbox-nachricht|anrufbeantworter|verpasster anruf|"
    r"message vocal|messagerie vocale|appel manqué|buzón de voz|mensaje de voz|llamada perdida|segreteria telefonica|"
    r"messaggio vocale|gemiste oproep|röstmeddelande|telefonsvar|poczta głosowa|留守番電話|ボイスメール",
    re.IGNORECASE,
)
_CALLER: Final = re.compile(r"(?i)\b(?:from|von|de|da|van|från|fra|od|caller|anrufer)\b\s*:?\s*(?P<who>[^,;|\n]{2,80})")
_NUMBER: Final = re.compile(r"\+?\(?\d[\d ()/.-]{5,20}\d")
_WORKS_AT: Final = re.compile(
    r"^.{2,80}?\s(?:at|bei|chez|en|presso|bij|hos|@)\s+(?P<firm>[^\W\d_][\w&.,’' -]{1,60}?)\s*$", re.IGNORECASE
)
_FOOTER: Final = re.compile(
    r"^\s*(?:©|unsubscribe|abmelden|abbestellen|se désabonner|darse de baja|you are receiving|sie erhalten diese"
    r"|this (?:e-?mail|message) was (?:sent|intended)|view (?:message|profile)|help\s*[:|·]"
    r"|(?:reply|antworten|accept|ignore)\s*$)",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Notice:
    """By which way somebody was heard, who it is and of which company, and what they said; "" for what is not told."""

    channel: Channel
    name: str
    company: str
    words: str


def notice(*, name: str, email: str, subject: str, words: str, files: tuple[str, ...] = ()) -> Notice | None:
    """What a mail of this sender tells of somebody else; None if it is their own word. `files` hang on it."""
    if _VOICE.search(subject) or (_VOICE.search(name) and not _is_person(email)):
        return Notice(Channel.VOICEMAIL, _caller(subject, words), "", _said(words))
    return _of_a_site(name, email, subject, words)


def _of_a_site(name: str, email: str, subject: str, words: str) -> Notice | None:
    local, _, domain = email.lower().rpartition("@")
    via = _VIA.match(name)
    told = next((found for pattern in _OF if (found := pattern.search(subject))), None)
    known = any(domain == site or domain.endswith(f".{site}") for site in _SITES)
    if not known and not (_MACHINE.search(local) and (via or told)):
        return None
    who = via["who"] if via else told["who"] if told else ("" if _MACHINE.search(name) else name)
    who = who.strip(" \t\"'“”*")
    return Notice(Channel.SITE, who, _employer(who, words), _said(words))


def _is_person(email: str) -> bool:
    return bool(email) and not _MACHINE.search(email)


def _caller(subject: str, words: str) -> str:
    """The caller's name or number, from the subject or the first lines."""
    for text in (subject, "\n".join(words.splitlines()[:8])):
        if found := _CALLER.search(text):
            who = re.split(r"\s+(?:on|at|am|um|le|à|el|il|alle|op)\s+(?=\S*\d)", found["who"], maxsplit=1)[0]
            return who.strip(" .\"'<>")
        if number := _NUMBER.search(text):
            return number[0].strip()
    return ""


def _employer(who: str, words: str) -> str:
    """What stands under a name as people put their place: "Account Executive at Acme"."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    for at, line in enumerate(lines[:60]):
        if who and who.casefold() in line.casefold():
            for beside in lines[at : at + 2]:
                if len(beside) < 120 and not beside.endswith((".", "!", "?")) and (found := _WORKS_AT.match(beside)):
                    return found["firm"]
    return ""


def _said(words: str) -> str:
    footer = _FOOTER.search(words)
    return words[: footer.start()].strip() if footer and footer.start() else words
