"""Who an address belongs to, however it is written, and which domain only looks like one that is known."""

import unicodedata
from collections.abc import Iterable
from typing import Final

# Several names of one provider, whose addresses are the same mailbox under each.
_ONE_PROVIDER: Final = {
    "googlemail.com": "gmail.com",
    "protonmail.com": "proton.me",
    "pm.me": "proton.me",
    "me.com": "icloud.com",
    "mac.com": "icloud.com",
}
_IGNORE_DOTS: Final = frozenset({"gmail.com", "proton.me"})

# Letters that pass for others at a glance, as in Unicode's confusables (UTS #39) but for the scripts that domains are
# forged with; accents fall by themselves. I and l pass for each other, as do the digits that are put for letters.
_PASSES_FOR: Final = str.maketrans(
    "авсԁеһіјкӏмноԛргѕтцѵԝхуз" + "αβεηικνορστυχωγ" + "ıłøđɡħŧ" + "0135" + "i",
    "abcdehijklmhoqprstuvwxye" + "abenikvopotuxwy" + "ilodght" + "oles" + "l",
)
_PAIRS: Final = (("rn", "m"), ("vv", "w"))


def identity(email: str) -> str:
    """The mailbox behind a canonical address (texts.email): without its tag, and without the dots that its provider
    ignores; two addresses of one mailbox have one identity."""
    local, _, domain = email.lower().partition("@")
    domain = _ONE_PROVIDER.get(domain, domain)
    local = local[:1] + local[1:].partition("+")[0]  # RFC 5233; what begins with a plus has no tag
    if domain in _IGNORE_DOTS:
        local = local.replace(".", "")
    return f"{local}@{domain}"


def skeleton(domain: str) -> str:
    """What is left of a domain when letters that pass for each other are the same: alike to the eye, alike here."""
    shown = ".".join(_shown(label) for label in domain.lower().split("."))
    bare = "".join(each for each in unicodedata.normalize("NFKD", shown) if not unicodedata.combining(each))
    alike = bare.casefold().translate(_PASSES_FOR).translate(_PASSES_FOR).replace("-", "")
    for pair, one in _PAIRS:
        alike = alike.replace(pair, one)
    return alike


def looks_like(domain: str, known: Iterable[str]) -> str | None:
    """The first of the known domains that this one passes for without being it; None if it is one, or like none."""
    known = list(known)
    if domain in known:
        return None
    sought = skeleton(domain)
    return next((each for each in known if skeleton(each) == sought), None)


def _shown(label: str) -> str:
    """A label as people see it: an A-label (RFC 5890) is decoded, one that can't be stays as it is."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
