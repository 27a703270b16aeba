import pytest

from vendorhub.domain.newcomers import domains_of, is_free_mail, slug_of


@pytest.mark.parametrize(
    ("domain", "free"),
    [
        ("gmail.com", True),
        ("yahoo.co.uk", True),
        ("gmx.de", True),
        ("localhost", True),
        ("gmail.example", False),
        ("mail.acme.example", False),
        ("live.acme.co.uk", False),
    ],
)
def test_where_anybody_gets_an_address(domain: str, free: bool) -> None:
    assert is_free_mail(domain) is free


def test_by_which_domains_a_company_may_be_known() -> None:
    assert list(domains_of("a@eu.mail.acme.example")) == ["eu.mail.acme.example", "mail.acme.example", "acme.example"]
    assert list(domains_of("a@acme.example")) == ["acme.example"]
    assert list(domains_of("a@localhost")) == ["localhost"]


def test_a_name_as_a_slug() -> None:
    assert [slug_of(name) for name in ("Größe & Söhne", "  A.B.  C ", "株式会社", "x" * 90)] == [
        "groe-sohne",
        "a-b-c",
        "company",
        "x" * 48,
    ]
