"""One mailbox is one identity however it is written; a domain that passes for another is seen through."""

import pytest

from vendorhub.domain.identities import identity, looks_like

NORTHWIND = ("fastprint.example", "northwind.example")


@pytest.mark.parametrize(
    ("written", "mailbox"),
    [
        ("vera@fastprint.example", "vera@fastprint.example"),
        ("vera+q3@fastprint.example", "vera@fastprint.example"),
        ("Vera@fastprint.example", "vera@fastprint.example"),
        ("v.era@fastprint.example", "v.era@fastprint.example"),  # a company's dots are its own
        ("ve.ra+a+b@gmail.com", "vera@gmail.com"),
        ("v.e.r.a@googlemail.com", "vera@gmail.com"),
        ("ve.ra@pm.me", "vera@proton.me"),
        ("vera@mac.com", "vera@icloud.com"),
        ("ve.ra@outlook.com", "ve.ra@outlook.com"),
        ("+49171@gmx.de", "+49171@gmx.de"),
        ("vera@xn--bcher-kva.example", "vera@xn--bcher-kva.example"),
    ],
)
def test_an_identity(written, mailbox):
    assert identity(written) == mailbox


@pytest.mark.parametrize(
    "forged",
    [
        "northwlnd.example",
        "n0rthwind.example",
        "north-wind.example",
        "northvvind.example",
        "xn--nrthwind-nbh.example",  # a Cyrillic o
        "nórthwínd.example",
    ],
)
def test_a_domain_that_passes_for_a_known_one(forged):
    assert looks_like(forged, NORTHWIND) == "northwind.example"


@pytest.mark.parametrize("own", ["northwind.example", "northwind.test", "southwind.example", "fastprints.example"])
def test_a_domain_that_is_its_own(own):
    assert looks_like(own, NORTHWIND) is None
