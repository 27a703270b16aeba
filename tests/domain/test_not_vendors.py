import pytest

from vendorhub.domain.not_vendors import entries_for, entry
from vendorhub.domain.refusals import Unfit


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Bank.example", "bank.example"),
        (" @bank.example ", "bank.example"),
        ("Ann@Bank.Example", "ann@bank.example"),
        ("ann@gmail.com", "ann@gmail.com"),
        ("bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_an_entry_is_an_address_or_a_domain(typed: str, kept: str) -> None:
    assert entry(typed) == kept


@pytest.mark.parametrize("typed", ["", " ", "@", "our bank", "bank", "ann@", "gmail.com", "a@b@bank.example"])
def test_what_is_neither_is_refused(typed: str) -> None:
    with pytest.raises(Unfit) as refusal:
        entry(typed)
    assert refusal.value.field == "entry"


def test_a_domain_covers_those_below_it_and_no_other() -> None:
    assert entries_for("ann@mail.bank.example") == ("ann@mail.bank.example", "mail.bank.example", "bank.example")
    assert "bank.example" not in entries_for("ann@mybank.example")
