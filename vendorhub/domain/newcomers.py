"""How somebody without a place here asks: their address first, then the ask; and which domains are a company's own."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

GOOD_FOR: Final = timedelta(days=3)  # then what was typed is thrown away, and nobody hears of it
LETTERS_A_DAY: Final = 3  # to one address, whoever types it
DOOR_LETTERS_A_DAY: Final = 200  # from one buyer's front door, to whomever
COMPANY_AT_MOST: Final = 120

# Where anybody gets an address: such a domain is never one company's own.
# fmt: off
_FREE_MAIL: Final = frozenset({
    "163.com", "126.com", "alice.it", "att.net", "bellsouth.net", "bigpond.com", "bluewin.ch", "btinternet.com",
    "comcast.net", "cox.net", "daum.net", "fastmail.com", "free.fr", "freenet.de", "gmail.com",
    "googlemail.com", "hanmail.net", "hey.com", "laposte.net", "libero.it", "mac.com", "mail.com", "mail.de",
    "mail.ru", "mailbox.org", "me.com", "msn.com", "naver.com", "o2.pl", "onet.pl", "orange.fr", "pm.me",
    "posteo.de", "proton.me", "protonmail.com", "qq.com", "rediffmail.com", "seznam.cz", "sfr.fr", "sina.com",
    "sky.com", "t-online.de", "telenet.be", "tiscali.it", "tuta.com", "tutanota.com", "verizon.net",
    "virgilio.it", "virginmedia.com", "wanadoo.fr", "web.de", "wp.pl", "xtra.co.nz", "ziggo.nl", "zoho.com",
})
# in any country
_FREE_EVERYWHERE: Final = frozenset({"aol", "gmx", "hotmail", "icloud", "live", "outlook", "yahoo", "yandex", "ymail"})
# Networking sites write in other people's names; such an address is nobody's own.
_SITES: Final = frozenset({
    "facebook.com", "facebookmail.com", "instagram.com", "linkedin.com", "meetup.com", "sales-navigator.com",
    "slack.com", "telegram.org", "twitter.com", "whatsapp.com", "x.com", "xing.com",
})
# fmt: on


def is_site(domain: str) -> bool:
    """Whether a networking site writes from there, whoever it is for."""
    return any(above in _SITES for above in domains_of(f"@{domain}"))


def own_domain(email: str) -> str:
    """The domain of this (canonical) address; "" where it can't be one company's own, or there is no address."""
    domain = email.partition("@")[2]
    return "" if not domain or is_free_mail(domain) or is_site(domain) else domain


def is_free_mail(domain: str) -> bool:
    """Whether anybody can have an address there."""
    labels = domain.split(".")
    return domain in _FREE_MAIL or (len(labels) <= 3 and labels[0] in _FREE_EVERYWHERE) or len(labels) < 2


def domains_of(email: str) -> Iterator[str]:
    """The domains by which a company may be known that this address is of, the narrowest first."""
    labels = email.partition("@")[2].split(".")
    yield from (".".join(labels[at:]) for at in range(max(1, len(labels) - 1)))


def slug_of(name: str) -> str:
    """A company's name as a slug; "company" where it has no letter that a slug may have."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].strip("-") or "company"
