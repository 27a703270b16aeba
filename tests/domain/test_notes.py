"""How a note is found again: by its words, however they are typed, and which of them are shown."""

from hypothesis import given
from hypothesis import strategies as st

from vendorhub.domain.notes import WORDS_AT_MOST, Piece, kept_under, looked_for, snippet, words_of


def told(text: str, query: str) -> str:
    return "".join(f"[{each.text}]" if each.found else each.text for each in snippet(text, query))


def test_words_are_without_case_accents_and_marks():
    assert list(words_of("Übergröße, *café*: O'Neill_3 naïve\u0301 E\u0301te 🙂 --")) == [
        *("ubergrosse", "cafe", "o", "neill", "3", "naive", "ete")
    ]
    assert list(words_of("'\"*():-^~ \n🙂")) == []


def test_a_word_is_kept_under_each_who_may_read_it_and_once():
    assert kept_under("Tape, tape!", readers={12, 3}) == "k3ktape k12ktape"
    assert looked_for("Ta TA pe", reader=1) == ("k1kta", "k1kpe")
    assert looked_for("2027", reader=1) == ("k1k2027",)  # and no word of reader 12


def test_ten_thousand_letters_are_a_few_words():
    many = " ".join(f"w{number}" for number in range(2500))
    assert len(looked_for(many, reader=1)) == WORDS_AT_MOST
    assert looked_for("x" * 10_000, reader=1) == ("k1k" + "x" * 40,)


def test_what_was_found_is_marked_in_its_own_spelling():
    assert told("He says: Größe matters.", "grosse") == "He says: [Größe] matters."
    assert told("Tape restores. Taper.", "tape") == "[Tape] restores. [Taper]."
    assert told("Nothing of it", "tape") == "Nothing of it"
    long = "word " * 60 + "<b>tape</b> " + "more " * 60
    shown = told(long, "tape")
    assert shown.startswith("… word")
    assert "<b>[tape]</b>" in shown
    assert shown.endswith("more …")
    assert len(shown) < 280


@given(st.text(max_size=400), st.text(max_size=40))
def test_a_snippet_is_a_stretch_of_the_text(text: str, query: str):
    pieces = [each for each in snippet(text, query) if each != Piece("… ")]
    shown = "".join(each.text for each in pieces).removesuffix(" …")
    assert shown in text
    words = looked_for(query, reader=1)
    if words and all(any(kept.startswith(word) for kept in kept_under(text, readers={1}).split()) for word in words):
        assert any(each.found for each in pieces)
