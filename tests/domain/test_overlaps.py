import pytest

from vendorhub.domain.overlaps import (
    Kind,
    Said,
    at_once,
    check_found,
    check_kind,
    check_sentence,
    digest,
    score,
    shared_topics,
)
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.texts import TextRefused


def test_topics_are_the_same_whatever_letters_are_capitals():
    assert shared_topics(["Backup", "zero  TRUST", "Straße"], ["BACKUP", "Zero trust", "STRASSE", "Print"]) == (
        *("BACKUP", "STRASSE"),
        "Zero trust",
    )
    assert shared_topics(["Backup"], ["Print"]) == ()
    assert shared_topics([], ["Print"]) == ()


def test_shared_topics_are_the_same_for_both():
    ours, theirs = ["backup", "Print", "Cloud costs"], ["cloud Costs", "Backup"]
    assert shared_topics(ours, theirs) == shared_topics(theirs, ours) == ("Backup", "Cloud costs")


@pytest.mark.parametrize(
    ("likeness", "ours", "theirs", "scored"),
    [
        (30, [], [], 30),
        (30, ["Backup"], [], 30),
        (30, ["Backup"], ["Print"], 30),
        (30, ["Backup"], ["BACKUP"], 65),
        (30, ["Backup", "Print"], ["backup"], 65),
        (30, ["Backup", "Print"], ["backup", "Cloud"], 48),
        (0, ["Backup"], ["Backup"], 50),
        (100, ["Backup"], ["Backup"], 100),
    ],
)
def test_topics_in_common_lift_the_score(likeness: int, ours: list[str], theirs: list[str], scored: int):
    assert score(likeness, ours, theirs) == score(likeness, theirs, ours) == scored


def test_a_digest_is_of_the_pair_and_changes_with_what_was_said():
    one, other = Said(("Restore", "Copies"), ("Backup",)), Said(("Snapshots",), ())
    assert digest(one, other) == digest(other, one) == digest(Said(("Copies", "Restore"), ("BACKUP",)), other)
    changed = [Said(("Restore", "Copies!"), ("Backup",)), Said(("Restore",), ("Backup",)), Said(one.texts, ("Print",))]
    assert len({digest(one, other), *(digest(each, other) for each in changed)}) == 4


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_is_one_of_three(kind: Kind):
    assert check_kind(str(kind)) is kind


@pytest.mark.parametrize("given", ["", "friends", "Synergy"])
def test_anything_else_is_no_kind(given: str):
    with pytest.raises(Unfit) as refused:
        check_kind(given)
    assert refused.value.field == "kind"


def test_a_sentence_is_one_clean_line_or_none():
    assert check_sentence("  Snapshots feed \t the vault. ") == "Snapshots feed the vault."
    assert check_sentence(" ") == ""
    for given in ("one\ntwo", "x" * 301):
        with pytest.raises(TextRefused) as refused:
            check_sentence(given)
        assert refused.value.field == "sentence"


def test_what_was_found_may_be_several_lines():
    assert check_found("They share one API. \n\nNobody had tried it.") == "They share one API.\n\nNobody had tried it."
    assert check_found(" \n ") == ""
    with pytest.raises(TextRefused) as refused:
        check_found("x" * 1001)
    assert refused.value.field == "found"


def test_twenty_vendors_with_ten_texts_each_are_likened_at_once_and_no_more():
    assert at_once([Said(("text",) * 10, ())] * 20)
    assert not at_once([Said((), ())] * 21)
    assert not at_once([Said(("text",) * 201, ())])
