from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorhub.links import Links

LINKS = Links("https://hub.example.com")


def test_every_address():
    assert LINKS.home() == "https://hub.example.com/"
    assert LINKS.meeting_request("K7Q2M4X") == "https://hub.example.com/meeting-requests/K7Q2M4X"
    assert LINKS.offers("K7Q2M4X") == "https://hub.example.com/meeting-requests/K7Q2M4X/times"
    assert LINKS.decision("s3-cr_t") == "https://hub.example.com/d/s3-cr_t"
    assert LINKS.sign_in("s3-cr_t") == "https://hub.example.com/sign-in/s3-cr_t"
    assert LINKS.meeting("0b5e-4d") == "https://hub.example.com/meetings/0b5e-4d"
    assert LINKS.meeting_ics("0b5e-4d") == "https://hub.example.com/meetings/0b5e-4d.ics"
    assert LINKS.front_door("acme") == "https://hub.example.com/b/acme"
    assert LINKS.ask("acme") == "https://hub.example.com/b/acme/ask"


def test_a_port_stays_and_a_slash_is_not_doubled():
    assert Links("http://127.0.0.1:5000").ask("acme") == "http://127.0.0.1:5000/b/acme/ask"
    assert Links("http://127.0.0.1:5000/").home() == "http://127.0.0.1:5000/"


@given(st.text(st.characters(codec="utf-8")))
def test_whatever_is_put_in_stays_one_step(step: str):
    address = urlsplit(LINKS.front_door(step))
    assert (address.scheme, address.netloc, address.query, address.fragment) == (
        "https",
        "hub.example.com",
        "",
        "",
    )
    assert address.path.count("/") == 2
    assert unquote(address.path.removeprefix("/b/")) == step


def test_links_stay_as_configured():
    with pytest.raises(AttributeError):
        LINKS.base_url = "https://evil.example"  # type: ignore[misc]
