import pytest

from vendorhub.domain.confirmations import VendorNamed, check_company, check_domain, check_named, is_of
from vendorhub.domain.refusals import Unfit


@pytest.mark.parametrize(
    "typed",
    [
        "newtape.example",
        " NewTape.Example ",
        "@newtape.example",
        "nina@newtape.example",
        "https://www.newtape.example/en/",
        "www.newtape.example",
    ],
)
def test_a_domain_is_taken_from_whatever_is_pasted(typed: str) -> None:
    assert check_domain(typed) == "newtape.example"


@pytest.mark.parametrize(
    "typed", ["newtape", "new tape.example", "", "newtape.example\r\nBcc: x@y.example", "gmail.com"]
)
def test_what_is_no_companys_own_domain_is_refused(typed: str) -> None:
    with pytest.raises(Unfit) as refusal:
        check_domain(typed)
    assert refusal.value.field == "vendor_domain"


def test_a_vendor_is_named_by_its_slug_or_in_one_line() -> None:
    assert check_named(VendorNamed(slug="fastprint")) == VendorNamed(slug="fastprint")
    assert check_named(VendorNamed(name="  New   Tape ", domain=" ")) == VendorNamed(name="New Tape")
    for name in ("", "New\nTape", "x" * 121):
        with pytest.raises(Unfit) as refusal:
            check_named(VendorNamed(name=name, domain="newtape.example"))
        assert refusal.value.field == "vendor"


def test_only_a_vendor_is_asked_for() -> None:
    check_company("vendor", own=False)
    said = []
    for kind, own in (("var", True), ("buyer", False), ("var", False)):
        with pytest.raises(Unfit) as refusal:
            check_company(kind, own=own)
        said.append(refusal.value.sentence)
    assert said == [
        "That is your own company; leave this empty to ask for yourselves.",
        "That company is asked here; it can’t be the one you ask for.",
        "That company asks for vendors itself; please name the vendor.",
    ]


def test_an_address_is_of_a_domain_or_of_one_above_its_own() -> None:
    assert [is_of(email, "newtape.example") for email in ("a@newtape.example", "a@eu.newtape.example")] == [True, True]
    assert [is_of(email, "newtape.example") for email in ("a@oldnewtape.example", "a@example")] == [False, False]
