"""What does a mail that came ask for, and may it be believed? Pure: what follows from it is a use-case's to say."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from hashlib import sha256
from typing import Final

from vendorhub.domain.heard import WORDS_AT_MOST, Channel, Heard, clean_email, clean_line, clean_text
from vendorhub.domain.mails import CARDS_AT_MOST, Nature
from vendorhub.domain.newcomers import is_free_mail
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.typed_lines import parse
from vendorhub.itip import guesses, mails
from vendorhub.itip.authentication import believed
from vendorhub.itip.forwards import cleaned, forwarded, named
from vendorhub.itip.mails import Contents
from vendorhub.itip.notices import notice
from vendorhub.itip.unasked import Invitation

SUBJECT_AT_MOST: Final = 200

# What each server on the way adds for itself: the same mail has others when it comes by another way.
_TRACE: Final = re.compile(rb"(?:return-path|received|delivered-to|x-original-to|envelope-to):", re.IGNORECASE)
_ASKS: Final = frozenset({"", "REQUEST", "PUBLISH"})
_SIGNATURE: Final = re.compile(r"^(?:-- ?|__)$", re.MULTILINE)


@dataclass(frozen=True)
class Incoming:
    """A mail as far as one must know it to say what becomes of it. Addresses are canonical, "" for none.

    `believed`: our own server has seen that it is from the sender's domain. `delivered` and `addressed` are who it
    came to, by the envelope and by its head. `method` is its calendar object's, "" without one; `organiser` and
    `invited` are whom that names. `straight` is the ask it makes when it comes straight from outside, `forwarded`
    those it brings when one of the buyer's people sends it, `more` how many beyond them. Not `readable`: all but
    `digest` is empty.
    """

    digest: str
    readable: bool = False
    sender_name: str = ""
    sender: str = ""
    subject: str = ""
    believed: bool = False
    delivered: tuple[str, ...] = ()
    addressed: tuple[str, ...] = ()
    nature: Nature = Nature.PERSONAL
    resent: bool = False
    method: str = ""
    organiser: str = ""
    invited: tuple[str, ...] = ()
    words: str = ""
    forwarded: tuple[Heard, ...] = ()
    more: int = 0
    straight: Heard | None = None


def incoming(raw: bytes, *, authserv_id: str | None = None) -> Incoming | None:
    """The mail in these octets; None if they are no mail. `authserv_id` is the server whose word about the sender is
    believed. Never raises: what can't be read is not `readable`."""
    try:
        mail = mails.parsed(raw)
        if not mails.is_mail(mail):
            return None
        return _read(mail, digest_of(raw), authserv_id)
    except Exception:
        return Incoming(digest_of(raw))


def digest_of(raw: bytes) -> str:
    """The same for the same mail, whichever servers it came by and however its lines end."""
    head, blank, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    fields = re.split(rb"\n(?![ \t])", head)
    return sha256(b"\n".join(one for one in fields if not _TRACE.match(one)) + blank + body).hexdigest()


def _read(mail: Message, digest: str, authserv_id: str | None) -> Incoming:
    senders = mails.mailboxes(mail, "From")
    name, address = senders[0] if senders else ("", "")
    sender = clean_email(address)
    own = "" if is_free_mail(sender.rpartition("@")[2]) else sender.rpartition("@")[2]
    alone = len(senders) == 1 and len(list(mails.raw_headers(mail, "From"))) == 1
    contents = mails.contents(mail)
    heard, more = _forwarded(mail, contents, own)
    asked = _asking(contents.invitations)
    invitation = asked or next(iter(contents.invitations), None)
    subject, words = mails.header(mail, "Subject"), cleaned(contents.words)
    if invitation is not None:
        subject, words = guesses.timeless_line(subject), guesses.timeless(words)
    return Incoming(
        digest=digest,
        readable=True,
        sender_name=clean_line(name, at_most=120),
        sender=sender,
        subject=clean_line(subject, at_most=SUBJECT_AT_MOST),
        believed=alone
        and believed(
            mails.raw_headers(mail, "Authentication-Results"),
            authserv_id=authserv_id,
            domain=sender.rpartition("@")[2],
        ),
        delivered=_addresses(mail, "Delivered-To", "X-Original-To", "Envelope-To"),
        addressed=_addresses(mail, "To", "Cc", "Resent-To"),
        nature=_nature(mail, address),
        resent="Resent-From" in mail,
        method=(invitation.method or "PUBLISH") if invitation else "",
        organiser=clean_email(invitation.organiser) if invitation else "",
        invited=tuple(filter(None, map(clean_email, invitation.invited if invitation else ()))),
        words=clean_text(words, at_most=WORDS_AT_MOST),
        forwarded=heard,
        more=more,
        straight=_straight(name, sender, subject, contents, asked) if asked else None,
    )


def _forwarded(mail: Message, contents: Contents, own: str) -> tuple[tuple[Heard, ...], int]:
    """What somebody of the domain `own` brings: the mails that hang on theirs, or else the one within its words."""
    if contents.attached and forwarded(contents.words, own=own) is None:
        inside = contents.attached
        return tuple(_attached(one, own) for one in inside[:CARDS_AT_MOST]), max(0, len(inside) - CARDS_AT_MOST)
    heard = _heard("", "", mails.header(mail, "Subject"), contents, own)
    return ((heard,) if _says_something(heard) else ()), 0


def _attached(mail: Message, own: str) -> Heard:
    name, address = next(iter(mails.mailboxes(mail, "From")), ("", ""))
    subject = mails.header(mail, "Subject")
    return _heard(name, address, subject, mails.contents(mail), own)


def _says_something(heard: Heard) -> bool:
    return bool(heard.topic or heard.words or heard.sender_email or heard.unreadable)


def _heard(name: str, address: str, subject: str, contents: Contents, own: str) -> Heard:
    """One ask: of who sent it, unless there is another mail within the words and they are the buyer's own people."""
    words, files = contents.words, tuple(contents.unreadable)
    inner = forwarded(words, own=own)
    if inner is not None and (not address or _of(address, own)):
        name, address, words = inner.sender_name, inner.sender_email, inner.words
        subject = inner.subject or subject
    invitation = _asking(contents.invitations)
    if invitation is not None:
        if invitation.organiser and not _of(invitation.organiser, own):
            name, address = invitation.organiser_name or name, invitation.organiser
        return _invitation(name, address, subject, words, invitation, files)
    words = cleaned(words)
    if not address and inner is None and (typed := _typed(subject, words, files)):
        return typed
    if told := notice(name=name, email=address, subject=guesses.subject(subject), words=words):
        topic = guesses.topic("" if told.channel is Channel.SITE else subject, told.words)
        return Heard.guessed(
            told.channel,
            topic=topic,
            sender_name=told.name,
            company=told.company,
            words=told.words,
            unreadable=files,
        )
    person, company = guesses.person(name, address, words)
    return Heard.guessed(
        Channel.MAIL,
        topic=guesses.topic(subject, words),
        sender_name=person,
        sender_email=address,
        company=company,
        words=_SIGNATURE.split(words, maxsplit=1)[0],
        unreadable=files,
    )


def _typed(subject: str, words: str, files: Iterable[str]) -> Heard | None:
    """What somebody wrote by themselves: "phone: who, company, what", as the subject or as the first line."""
    first, _, rest = words.strip().partition("\n")
    for line, beside in ((subject, words), (first, rest)):
        with suppress(Unfit):
            if (said := parse(guesses.subject(line))).whole:
                return Heard.guessed(
                    Channel(said.channel),
                    topic=said.topic,
                    sender_name=said.name,
                    sender_email=said.email,
                    company=said.company,
                    words=_SIGNATURE.split(beside, maxsplit=1)[0],
                    unreadable=files,
                )
    return None


def _straight(name: str, sender: str, subject: str, contents: Contents, invitation: Invitation) -> Heard:
    """The ask of somebody outside who just sent an invitation. The organiser it names is believed where it is of the
    same domain, if that is one company's own: anybody can name anybody."""
    domain = sender.rpartition("@")[2]
    if not is_free_mail(domain) and _of(invitation.organiser, domain):
        name, sender = invitation.organiser_name or name, invitation.organiser
    return _invitation(name, sender, subject, contents.words, invitation, tuple(contents.unreadable))


def _invitation(
    name: str, address: str, subject: str, words: str, invitation: Invitation, files: Iterable[str]
) -> Heard:
    person, company = guesses.person(named(f"{name} <{address}>")[0], address, words)
    return Heard.guessed(
        Channel.INVITATION,
        topic=guesses.timeless_line(invitation.summary) or guesses.timeless_line(guesses.subject(subject)),
        sender_name=person,
        sender_email=address,
        company=company,
        words=guesses.timeless(cleaned(invitation.description or words)),
        unreadable=files,
    )


def _asking(invitations: Iterable[Invitation]) -> Invitation | None:
    """The calendar object that asks for something, REQUEST before those that only tell."""
    asking = [one for one in invitations if one.method in _ASKS]
    return next((one for one in asking if one.method == "REQUEST"), next(iter(asking), None))


def _of(address: str, domain: str) -> bool:
    return bool(domain) and address.lower().rpartition("@")[2] == domain


def _addresses(mail: Message, *names: str) -> tuple[str, ...]:
    return tuple(filter(None, (clean_email(address) for _, address in mails.mailboxes(mail, *names))))


def _nature(mail: Message, sender: str) -> Nature:
    """Which sort of machine sent it, if one did (RFC 3834, 3464, 2919)."""
    submitted = mails.header(mail, "Auto-Submitted").lower().partition(";")[0].partition("(")[0].strip()
    precedence = mails.header(mail, "Precedence").lower()
    local = sender.lower().rpartition("@")[0]
    if mail.get_content_type() == "multipart/report" or local in ("mailer-daemon", "postmaster"):
        return Nature.BOUNCE
    if submitted in ("auto-replied", "auto-notified") or precedence == "auto_reply":
        return Nature.AUTO_REPLY
    if any(name in mail for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoresponder")):
        return Nature.AUTO_REPLY
    if any(name.lower().startswith("list-") for name in mail.keys()) or precedence in ("list", "bulk", "junk"):  # noqa: SIM118
        return Nature.LIST
    null_path = mails.header(mail, "Return-Path").replace(" ", "") == "<>"
    suppressed = any(name.lower().startswith("x-auto") for name in mail.keys())  # noqa: SIM118
    return Nature.AUTOMATIC if submitted not in ("", "no") or null_path or suppressed else Nature.PERSONAL
