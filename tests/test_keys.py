import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorhub.keys import Broken, Keys, hash_secret, new_secret, same

KEYS = Keys(b"a secret of the tests alone, 1")
OTHERS = Keys(b"a secret of the tests alone, 2")


def test_a_derived_token_is_the_same_for_ever():
    assert KEYS.derive("reply", "7", "42") == Keys(b"a secret of the tests alone, 1").derive("reply", "7", "42")
    assert KEYS.derive("reply", "7", "42") == "wgqyvocmzp4s4ifkdiun"


def test_a_derived_token_speaks_of_its_secret_purpose_and_parts():
    tokens = {
        KEYS.derive("reply", "7", "42"),
        OTHERS.derive("reply", "7", "42"),
        KEYS.derive("bounce", "7", "42"),
        KEYS.derive("reply", "74", "2"),
        KEYS.derive("reply", "742"),
        KEYS.derive("reply", "", "742"),
        KEYS.derive("reply", "42", "7"),
        KEYS.derive("reply7", "42"),
        KEYS.derive("reply"),
        KEYS.derive("reply", ""),
    }
    assert len(tokens) == 10
    assert {len(token) for token in tokens} == {20}
    assert set("".join(tokens)) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_a_derived_token_is_as_long_as_wanted():
    assert len(KEYS.derive("feed", "1", length=51)) == 51
    assert KEYS.derive("feed", "1", length=51)[:20] == KEYS.derive("feed", "1")
    for length in (0, -1, 52):
        with pytest.raises(ValueError, match="^a derived token has 1 to 51 characters$"):
            KEYS.derive("feed", "1", length=length)


def test_a_reply_token_is_of_one_person_and_one_buyer():
    assert KEYS.reply_token(7, 42) == KEYS.reply_token("7", "42") == KEYS.derive("reply", "7", "42")
    assert len({KEYS.reply_token(buyer, person) for buyer in range(30) for person in range(30)}) == 900


@given(st.binary(max_size=2000), st.binary(max_size=50))
def test_what_is_sealed_opens_in_its_context(plain: bytes, context: bytes):
    sealed = KEYS.seal(plain, context)
    assert KEYS.open(sealed, context) == plain
    assert len(sealed) == len(plain) + 29
    assert KEYS.seal(plain, context) != sealed


@given(st.binary(min_size=1, max_size=200), st.data())
def test_what_was_altered_does_not_open(plain: bytes, data: st.DataObject):
    sealed = bytearray(KEYS.seal(plain, b"letter 1"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Broken):
        KEYS.open(bytes(sealed), b"letter 1")


def test_what_is_cut_elsewhere_or_anothers_does_not_open():
    sealed = KEYS.seal(b"Dear Vera", b"letter 1")
    for length in range(len(sealed)):
        with pytest.raises(Broken):
            KEYS.open(sealed[:length], b"letter 1")
    for keys, context in [(KEYS, b"letter 2"), (KEYS, b""), (OTHERS, b"letter 1")]:
        with pytest.raises(Broken, match="^this was altered, belongs elsewhere, or was sealed with another key$"):
            keys.open(sealed, context)
    with pytest.raises(Broken, match="^this was not sealed here$"):
        KEYS.open(b"\x02" + sealed[1:], b"letter 1")


def test_each_purpose_has_a_key_of_its_own():
    assert len(KEYS.flask_key) == 64
    assert KEYS.flask_key == Keys(b"a secret of the tests alone, 1").flask_key
    assert KEYS.flask_key != OTHERS.flask_key
    with_the_flask_key = hmac.digest(bytes.fromhex(KEYS.flask_key), bytes(7) + b"\x04feed", "sha256")
    assert KEYS.derive("feed") != base64.b32encode(with_the_flask_key).decode().lower()[:20]


def test_keys_do_not_show_themselves():
    assert repr(KEYS) == str(KEYS) == "Keys(...)"


def test_a_short_secret_is_refused():
    Keys(bytes(16))
    with pytest.raises(ValueError, match="^the secret key needs at least 16 bytes$"):
        Keys(bytes(15))


def test_a_new_secret_is_new_and_fits_an_address():
    made = {new_secret() for _ in range(1000)}
    assert len(made) == 1000
    assert {len(secret) for secret in made} == {43}
    assert set("".join(made)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_a_hash_is_sha256():
    assert hash_secret("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_secret("ä") == hashlib.sha256("ä".encode()).hexdigest()
    assert len(hash_secret("\ud800")) == 64


def test_the_same_is_the_same_only():
    assert same("abc", "abc")
    assert same("ä\ud800", "ä\ud800")
    for other in ["abd", "ab", "abcd", "", "ABC", "äbc"]:
        assert not same("abc", other)
