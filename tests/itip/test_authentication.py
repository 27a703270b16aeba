import pytest

from vendorhub.itip.authentication import believed

US = "mx.norden.example"
PASS = f"{US}; spf=pass smtp.mailfrom=norden.example; dmarc=pass (p=REJECT) header.from=norden.example"


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([PASS], True),
        (
            [f"{US} 1;\r\n dkim=pass header.d=norden.example;\r\n DMARC=pass policy.p=none Header.From=Norden.example"],
            True,
        ),
        ([f"{US}; dmarc=pass"], True),
        (["other.example; dmarc=fail header.from=norden.example", PASS], True),
        ([f'{US}; dmarc=pass header.from="norden.example"'], True),
        ([], False),
        ([f"{US}; none"], False),
        (["evil.example; dmarc=pass header.from=norden.example"], False),
        ([f"{US}; dmarc=fail header.from=norden.example", PASS], False),  # the topmost of ours is the one that counts
        ([f"{US}; dmarc=pass header.from=evil.example"], False),
        ([f'{US}; dmarc=pass header.from="evil.example"'], False),
        ([f"{US}; dmarc=pass header.from=norden.example; dmarc=fail header.from=norden.example"], False),
        ([f"{US}; spf=pass (dmarc=pass (header.from=norden.example)); dkim=none"], False),
        ([f'{US}; spf=fail reason="x; dmarc=pass header.from=norden.example"'], False),
        ([f'{US}; spf=fail (a " b) smtp.mailfrom=x; dmarc=fail (") header.from=norden.example'], False),
        ([f"{US}; dmarc=passed header.from=norden.example"], False),
        ([f"x.{US}; dmarc=pass header.from=norden.example"], False),
    ],
)
def test_only_our_own_servers_last_word_about_this_domain_is_believed(results, expected):
    assert believed(results, authserv_id=US, domain="norden.example") is expected


def test_without_a_server_to_believe_or_a_domain_nothing_is_believed():
    assert not believed([PASS], authserv_id=None, domain="norden.example")
    assert not believed([f"{US}; dmarc=pass"], authserv_id=US, domain="")
