import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorhub.domain.codes import ALPHABET, meant, new_code, normal, plain


def test_a_new_code_is_seven_crockford_characters():
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert {len(code) for code in codes} == {7}
    assert set("".join(codes)) == set(ALPHABET)
    assert len(ALPHABET) == 32


def test_a_code_may_be_longer_and_never_shorter():
    assert len(new_code(12)) == 12
    with pytest.raises(ValueError, match="^a code has at least seven characters$"):
        new_code(6)


@pytest.mark.parametrize("code", ["K7Q2M4X", "k7q2m4x", "K7Q-2M4X", " k7q2 m4x ", "K-7-Q-2-M-4-X"])
def test_a_code_is_read_forgivingly(code: str):
    assert normal(code) == "K7Q2M4X"


def test_letters_that_look_like_digits_are_those():
    assert normal("oOiIlL0") == "0011110"


@pytest.mark.parametrize(
    "code", ["", "K7Q2M4", "-------", "K7Q2M4U", "K7Q2M4X/", "K7Q2M4\n1", "K7Q2M4ı", "Ｋ7Q2M4X", "%K7Q2M4X"]
)
def test_what_is_no_code_is_refused(code: str):
    with pytest.raises(ValueError, match=r"^Please look at the code again: it has seven or more letters and digits\.$"):
        normal(code)


@given(st.text(ALPHABET, min_size=7, max_size=12), st.integers(0, 7))
def test_a_code_read_aloud_comes_back(code: str, dash: int):
    said = f"{code[:dash]}-{code[dash:]}".lower().replace("0", "o").replace("1", "l")
    assert normal(said) == code


def test_what_is_looked_for_is_a_code_or_nothing():
    assert [meant(typed) for typed in ("k7q2-m4xO", "", "short", "\x00" * 9, "\ud800", "K7Q2M4X")] == [
        "K7Q2M4X0",
        *("", "", "", ""),
        "K7Q2M4X",
    ]


def test_what_is_looked_for_is_a_name_that_can_be_seen_or_nothing():
    names = ("norden", "0b0b-1", "a@b.example", "Größe", "a\nb", "\x00", "\ud800", "")
    assert [plain(name) for name in names] == [*names[:3], "", "", "", "", ""]
