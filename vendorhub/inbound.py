"""The door by which mail comes in: octets and the address they came to, told to the use-case that keeps them."""

import re

from vendorhub.domain import mails as rules
from vendorhub.domain.mails import Why
from vendorhub.domain.refusals import NotThere
from vendorhub.itip.asks import Incoming, incoming
from vendorhub.usecases import mails

_HEAD_AT_MOST = 64_000  # octets in which addresses are looked for where nothing else can be read


class Refused(Exception):
    """A mail that is not taken in; str() says why, for whoever sent it and their server."""


def receive(raw: bytes, *, to: str | None, domain: str, authserv_id: str | None) -> Why:
    """Takes in one mail; `to` is the address it came to, where the one who hands it over knows it.

    Else that is what its head tells: Delivered-To, X-Original-To, To, Cc. `domain` is that of our mailboxes,
    `authserv_id` the server whose word about a sender is believed. Raises Refused for what is no mail, is too large,
    or is for nobody here; the same mail again is no other mail.
    """
    if len(raw) > rules.LARGEST:
        raise Refused(f"This mail is larger than {rules.LARGEST // 1_000_000} MB.")
    mail = incoming(raw, authserv_id=authserv_id)
    if mail is None:
        raise Refused("This is no mail.")
    for mailbox in _mailboxes(raw, mail, to=to, domain=domain):
        try:
            return mails.take(raw, mail, mailbox=mailbox)
        except NotThere:
            continue
    raise Refused(f"There is no such mailbox here: {to}." if to else "This mail is for no mailbox here.")


def _mailboxes(raw: bytes, mail: Incoming, *, to: str | None, domain: str) -> list[str]:
    """The mailboxes at our domain that it may be for, the likeliest first."""
    told: tuple[str, ...]
    if to is not None:
        told = (to,)
    elif mail.readable:
        told = (*mail.delivered, *mail.addressed)
    else:
        told = tuple(re.findall(r"[\w.+-]+@[\w.-]+", raw[:_HEAD_AT_MOST].decode("latin-1")))
    found = (rules.mailbox_of(address, domain=domain) for address in told)
    return list(dict.fromkeys(filter(None, found)))
