"""How like the texts of several companies are, two companies at a time."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from vendorhub.solvers.common_words import COMMON_WORDS

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
# Any two texts of one language are alike to this share, letter for letter; it counts as nothing.
_BY_CHANCE: Final = 40.0


def of_each_pair(texts: Sequence[Sequence[str]]) -> dict[tuple[int, int], int]:
    """For each two companies, by their places in `texts`, how like their two most alike texts are: 0 to 100.

    Letter by letter over the words that say something, so *restore* and *restoring* are nearly the same, and a German
    compound is like its parts. The same whichever company comes first; who has written nothing is like nobody.
    """
    from rapidfuzz import fuzz, process

    said = [[words for words in map(_telling_words, of_one) if words] for of_one in texts]
    found: dict[tuple[int, int], int] = {}
    for one, other in combinations(range(len(said)), 2):
        likest = _BY_CHANCE
        for words in said[one]:
            # Nothing below what was found already is looked at to its end.
            best = process.extractOne(words, said[other], scorer=fuzz.ratio, score_cutoff=likest)
            likest = best[1] if best else likest
        found[one, other] = round((likest - _BY_CHANCE) / (100 - _BY_CHANCE) * 100)
    return found


def _telling_words(text: str) -> str:
    """The words of a text that say what it is about, each once, in order, so that texts can be laid side by side."""
    return " ".join(sorted(set(_WORD.findall(text.casefold())) - COMMON_WORDS))
