"""Answers what the short code of a thing is, and which code somebody means who types one (law 12)."""

import secrets
from typing import Final

# Crockford's base 32: no I, L and O, which look like digits, and no U.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHORTEST: Final = 7

_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def new_code(length: int = SHORTEST) -> str:
    """A random code of `length` characters, not unique by itself. Raises ValueError below seven (law 12)."""
    if length < SHORTEST:
        raise ValueError("a code has at least seven characters")
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def normal(code: str) -> str:
    """The code that was meant: either case, O for 0, I and L for 1, dashes and spaces anywhere.

    Raises ValueError for what is no code, then.
    """
    meant = code.upper().translate(_MISREAD) if code.isascii() else ""
    if len(meant) < SHORTEST or not set(meant) <= set(ALPHABET):
        raise ValueError("Please look at the code again: it has seven or more letters and digits.")
    return meant


def meant(typed: str) -> str:
    """The code to look for when somebody gives this one; "" where it can be none, which nothing is called."""
    try:
        return normal(typed)
    except ValueError:
        return ""


def plain(name: str) -> str:
    """The slug, UID or address to look for: as given, or "" where it can be none, which nothing is called.

    Those are ASCII that can be seen; a database refuses some of the rest (NUL, half characters) with an error.
    """
    return name if name.isascii() and name.isprintable() else ""
