import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorhub.domain.refusals import Unfit
from vendorhub.domain.typed_lines import TypedLine, parse


@pytest.mark.parametrize(
    ("typed", "channel", "name", "email", "company", "topic"),
    [
        ("phone: Joe Bloggs, Northwind, backup costs", "phone", "Joe Bloggs", "", "Northwind", "backup costs"),
        ("Called:Joe,Northwind,tape, disk, and cloud", "phone", "Joe", "", "Northwind", "tape, disk, and cloud"),
        ("voice mail: Joe, Northwind, ring back", "voicemail", "Joe", "", "Northwind", "ring back"),
        ("LinkedIn: Northwind, wants to connect", "site", "", "", "Northwind", "wants to connect"),
        ("mail: Joe Joe@N.example, Northwind, backups", "mail", "Joe", "joe@n.example", "Northwind", "backups"),
        ("mail: Joe <joe@n.example>, backups", "mail", "Joe", "joe@n.example", "", "backups"),
        ("mail: joe@n.example, Northwind, backups", "mail", "", "joe@n.example", "Northwind", "backups"),
        ("mail: joe@n.example, backups", "mail", "", "joe@n.example", "", "backups"),
        ("phone: Joe, Northwind, write to joe@n.example", "phone", "Joe", "joe@n.example", "Northwind", "write to"),
    ],
)
def test_a_whole_line(typed: str, channel: str, name: str, email: str, company: str, topic: str) -> None:
    said = parse(typed)
    assert said == TypedLine(channel, name, email, company, topic)
    assert said.whole


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Joe, Northwind, backups", TypedLine("", "Joe", "", "Northwind", "backups")),
        ("Northwind: backups", TypedLine("", "", "", "", "Northwind: backups")),
        ("phone: backups", TypedLine("phone", "", "", "", "backups")),
        ("phone: Joe, Northwind,", TypedLine("phone", "Joe", "", "Northwind", "")),
        ("phone:", TypedLine("phone", "", "", "", "")),
    ],
)
def test_what_is_missing_is_left_empty(typed: str, said: TypedLine) -> None:
    assert parse(typed) == said
    assert not said.whole


def test_what_is_no_line_is_refused() -> None:
    for typed in ("", "phone: a\nb", "x" * 401):
        with pytest.raises(Unfit) as refusal:
            parse(typed)
        assert refusal.value.field == "line"


@given(st.text(alphabet=st.sampled_from("phone: ,@.<>xé\u200b"), max_size=60))
def test_any_line_is_read_or_refused(typed: str) -> None:
    try:
        said = parse(typed)
    except Unfit:
        return
    assert all(part == part.strip() for part in vars(said).values())
