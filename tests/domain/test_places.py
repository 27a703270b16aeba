from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorhub.domain.people import Side
from vendorhub.domain.places import How, Place, location, may_change, may_set_detail, parse, place
from vendorhub.domain.texts import TextRefused

LINK = "https://meet.example.com/backup?pwd=1"


def problem_of(deed, *given: str) -> str:
    with pytest.raises(TextRefused) as refused:
        deed(*given)
    assert refused.value.field == "place"
    return refused.value.problem


def test_a_place_is_cleaned():
    assert place("room_buyer", "  Room  4 ") == Place(How.ROOM_BUYER, "Room 4")
    assert place("video_vendor", f" {LINK}") == Place(How.VIDEO_VENDOR, LINK)
    assert place("phone", " ") == Place(How.PHONE, "")
    assert place(How.VIDEO_BUYER) == Place(How.VIDEO_BUYER, "")


def test_how_is_one_of_five():
    assert [str(how) for how in How] == ["video_buyer", "video_vendor", "room_buyer", "room_vendor", "phone"]
    assert problem_of(place, "pub", "The Crown") == "how"
    assert problem_of(place, "", "") == "how"


def test_a_detail_is_one_readable_line_of_200():
    assert place("room_buyer", "x" * 200).detail == "x" * 200
    assert problem_of(place, "room_buyer", "x" * 201) == "too_long"
    assert problem_of(place, "room_buyer", "Room 4\nATTENDEE:mailto:all@example.com") == "line_break"
    assert problem_of(place, "phone", "+49 30\u202e 1234") == "bidi"
    assert problem_of(place, "video_buyer", "https://example.com/" + "x" * 181) == "too_long"


@pytest.mark.parametrize(
    "detail",
    [
        "http://meet.example.com/x",
        "javascript:alert(1)",
        "meet.example.com",
        "Room 4",
        "https://",
        "https:///x",
        "https://meet.example.com/x passcode 1",
        "https://bank.example@evil.example/",
        "https://[::1",
        "https:meet.example",
        'https://meet.example.com/"onload="',
        "https://meet.example.com/<b>",
        "ftp://meet.example.com",
        "HTTPS ://x.y",
    ],
)
def test_a_video_has_an_https_link_or_none(detail: str):
    assert problem_of(place, "video_vendor", detail) == "not_https"
    assert problem_of(place, "video_buyer", detail) == "not_https"


@pytest.mark.parametrize(
    ("value", "buyers", "vendors"),
    [
        (LINK, Place(How.VIDEO_BUYER, LINK), Place(How.VIDEO_VENDOR, LINK)),
        (f"video_vendor: {LINK}", Place(How.VIDEO_VENDOR, LINK), Place(How.VIDEO_VENDOR, LINK)),
        ("Video", Place(How.VIDEO_VENDOR), Place(How.VIDEO_VENDOR)),
        ("video_buyer", Place(How.VIDEO_BUYER), Place(How.VIDEO_BUYER)),
        ("phone", Place(How.PHONE), Place(How.PHONE)),
        ("Phone: +49 30 123456", Place(How.PHONE, "+49 30 123456"), Place(How.PHONE, "+49 30 123456")),
        ("+49 (30) 123-456", Place(How.PHONE, "+49 (30) 123-456"), Place(How.PHONE, "+49 (30) 123-456")),
        ("030 123456", Place(How.PHONE, "030 123456"), Place(How.PHONE, "030 123456")),
        ("tel:+4930123456", Place(How.PHONE, "+4930123456"), Place(How.PHONE, "+4930123456")),
        ("room_vendor: Lab", Place(How.ROOM_VENDOR, "Lab"), Place(How.ROOM_VENDOR, "Lab")),
        ("4.12.007", Place(How.ROOM_BUYER, "4.12.007"), Place(How.ROOM_VENDOR, "4.12.007")),
        ("Haus 3: Saal", Place(How.ROOM_BUYER, "Haus 3: Saal"), Place(How.ROOM_VENDOR, "Haus 3: Saal")),
        (
            f"Teams {LINK} passcode 7",
            Place(How.ROOM_BUYER, f"Teams {LINK} passcode 7"),
            Place(How.ROOM_VENDOR, f"Teams {LINK} passcode 7"),
        ),
    ],
)
def test_free_text_means_the_writers_own(value: str, buyers: Place, vendors: Place):
    assert parse(value) == parse(value, by=Side.BUYER) == buyers
    assert parse(value, by=Side.VENDOR) == parse(value, by=Side.VAR) == vendors


def test_free_text_that_is_no_place_is_refused():
    assert problem_of(parse, "") == "empty"
    assert problem_of(parse, "Room 4\r\nX") == "line_break"
    assert problem_of(parse, "http://meet.example.com/x") == "not_https"
    assert problem_of(parse, "video_buyer: Room 4") == "not_https"


@given(st.text(st.characters(codec="utf-8"), max_size=220))
def test_free_text_gives_a_place_or_a_sentence(value: str):
    try:
        meant = parse(value)
    except TextRefused:
        return
    assert place(meant.how, meant.detail) == meant
    assert len(location(meant, buyer_name="Acme AG", company_name="Northwind").splitlines()) == 1


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (Place(How.VIDEO_BUYER, LINK), LINK),
        (Place(How.VIDEO_VENDOR, LINK), LINK),
        (Place(How.VIDEO_BUYER), "Video; Acme AG sends the link"),
        (Place(How.VIDEO_VENDOR), "Video; Northwind sends the link"),
        (Place(How.ROOM_BUYER, "Room 4, Main Street 1"), "Room 4, Main Street 1"),
        (Place(How.ROOM_BUYER), "In a room of Acme AG"),
        (Place(How.ROOM_VENDOR), "In a room of Northwind"),
        (Place(How.PHONE, "+49 30 123456"), "Phone +49 30 123456"),
        (Place(How.PHONE), "Phone; the number follows"),
    ],
)
def test_a_place_is_said_in_one_line(where: Place, said: str):
    assert location(where, buyer_name="Acme AG", company_name="Northwind") == said


def test_the_vendor_sets_what_is_the_vendors_or_open():
    theirs = {
        (str(how), bool(detail))
        for how, detail in product(How, ["", "x"])
        if may_set_detail(Place(how, detail), side=Side.VENDOR)
    }
    assert theirs == {
        ("video_vendor", False),
        ("video_vendor", True),
        ("room_vendor", False),
        ("room_vendor", True),
        ("phone", False),
    }
    for how, detail in product(How, ["", "x"]):
        where = Place(how, detail)
        assert may_set_detail(where, side=Side.BUYER)
        assert may_set_detail(where, side=Side.VAR) == may_set_detail(where, side=Side.VENDOR)


def test_only_the_buyer_changes_how_it_is_held():
    every = [Place(how, detail) for how, detail in product(How, ["", "x", "y"])]
    for before, after in product(every, every):
        assert may_change(before, after, side=Side.BUYER)
        allowed = before == after or (before.how == after.how and may_set_detail(before, side=Side.VENDOR))
        assert may_change(before, after, side=Side.VENDOR) is allowed
    assert not may_change(Place(How.VIDEO_VENDOR), Place(How.ROOM_VENDOR, "Lab"), side=Side.VENDOR)
    assert may_change(Place(How.VIDEO_VENDOR), Place(How.VIDEO_VENDOR, LINK), side=Side.VAR)
