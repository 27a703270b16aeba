"""Answers whether an address that a form or a query names is a page of ours: nobody is sent anywhere else."""

from urllib.parse import urlsplit


def own_path(address: str) -> str:
    """The address if it is a path of ours and nothing else, "" otherwise."""
    plain = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if plain and not any(urlsplit(address)[:2]) else ""
