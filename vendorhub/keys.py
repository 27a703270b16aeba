"""Answers how secrets are made, hashed, compared, and derived or sealed with the instance's one key."""

import base64
import hashlib
import hmac
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SHORTEST_SECRET: Final = 16
_LONGEST_DERIVED: Final = 51  # whole base-32 characters in 256 bits
_NONCE: Final = 12
_FIRST_FORM: Final = b"\x01"  # goes before what is sealed, so that another way of sealing can be told apart


class Broken(Exception):
    """A sealed thing that cannot be opened: altered, another thing's, or sealed with another key."""


class Keys:
    """The instance's keys, each made from its secret under a label of its own (HKDF, RFC 5869)."""

    def __init__(self, secret: bytes) -> None:
        """Raises ValueError for a secret under 16 bytes."""
        if len(secret) < _SHORTEST_SECRET:
            raise ValueError("the secret key needs at least 16 bytes")
        self._deriving: Final = _subkey(secret, b"derive")
        self._sealing: Final = AESGCM(_subkey(secret, b"seal"))
        self.flask_key: Final = _subkey(secret, b"flask").hex()

    def __repr__(self) -> str:
        return "Keys(...)"

    def derive(self, purpose: str, *parts: str, length: int = 20) -> str:
        """The same `length` (1 to 51) lower-case base-32 characters for the same purpose and parts, for ever:
        HMAC-SHA256 (RFC 2104, 4648) over all, each after its size. Raises ValueError for other lengths.
        """
        if not 1 <= length <= _LONGEST_DERIVED:
            raise ValueError("a derived token has 1 to 51 characters")
        message = b"".join(
            len(part).to_bytes(8, "big") + part for part in (text.encode() for text in (purpose, *parts))
        )
        digest = hmac.digest(self._deriving, message, "sha256")
        return base64.b32encode(digest).decode().lower()[:length]

    def reply_token(self, buyer_id: int | str, person_id: int | str) -> str:
        """The lasting token of a person's reply address for a buyer: TOKEN of meet-TOKEN@..., 100 bits."""
        return self.derive("reply", str(buyer_id), str(person_id))

    def seal(self, plain: bytes, context: bytes) -> bytes:
        """`plain` sealed by AES-256-GCM (NIST SP 800-38D), random nonce; only the same `context` opens it.

        Nothing is compressed: the length of what is sealed would speak about what is in it.
        """
        nonce = secrets.token_bytes(_NONCE)
        return _FIRST_FORM + nonce + self._sealing.encrypt(nonce, plain, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """What was sealed with this `context`. Raises Broken."""
        form, nonce, rest = sealed[:1], sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        if form != _FIRST_FORM or len(nonce) < _NONCE:
            raise Broken("this was not sealed here")
        try:
            return self._sealing.decrypt(nonce, rest, context)
        except InvalidTag:
            raise Broken("this was altered, belongs elsewhere, or was sealed with another key") from None


def new_secret() -> str:
    """A new random secret for a link, feed or API token: 256 bits in 43 characters fit for an address."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """What is stored of a random secret: SHA-256 in 64 digits; unlike a password it needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def _subkey(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"vendorhub " + purpose).derive(secret)
