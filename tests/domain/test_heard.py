from hypothesis import given
from hypothesis import strategies as st

from vendorhub.domain import texts
from vendorhub.domain.heard import Channel, Heard, clean_line, clean_text


def test_what_was_heard_is_cleaned_and_cut_at_a_word() -> None:
    heard = Heard.guessed(
        Channel.MAIL,
        topic="  Backup\r\n\tcosts \u202e" + "and more " * 20,
        sender_name="Vera\x00 Vendor",
        sender_email=" Vera@Acme.Example ",
        company="",
        words="One\r\n\r\n\r\n\r\nTwo\u200b  words",
        unreadable=["winmail.dat", "winmail.dat", "\x01"],
    )
    assert heard == Heard(
        Channel.MAIL,
        topic="Backup costs and more and more and more and more and more and more and more and more and more and more "
        "and more and…",
        sender_name="Vera Vendor",
        sender_email="vera@acme.example",
        words="One\n\nTwo words",
        unreadable=("winmail.dat",),
    )
    assert len(heard.topic) <= 120


def test_a_calendar_entry_among_the_words_is_left_out_whole() -> None:
    assert clean_text("Hello\nBEGIN:VCALENDAR\nBEGIN:VEVENT", at_most=1000) == ""
    assert Heard.guessed(Channel.OTHER, sender_email="not an address").sender_email == ""


@given(st.text(alphabet=st.characters(), max_size=200), st.integers(2, 40))
def test_whatever_comes_is_fit_to_be_shown_afterwards(value: str, at_most: int) -> None:
    line = clean_line(value, at_most=at_most)
    assert line == "" or texts.line(line, at_most=at_most, what="it") == line
    several = clean_text(value, at_most=at_most)
    assert several == texts.text(several, at_most=at_most, what="it")
