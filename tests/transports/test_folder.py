"""Is a letter in the folder whole, and there once?"""

from pathlib import Path

import pytest

from vendorhub.transports import Folder, Memory, Refused

LETTER = b"Subject: Hello\r\nMessage-ID:\r\n <1@hub.example>\r\n\r\nMessage-ID: <2@hub.example>\r\n"


def test_the_same_letter_sent_again_replaces_itself(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "instance" / "mail")
    for _ in range(2):
        folder.deliver(LETTER, sender="a@hub.example", to="b@muster.example")
    files = sorted((tmp_path / "instance" / "mail").iterdir())
    assert [file.read_bytes() for file in files] == [LETTER]
    assert files[0].suffix == ".eml"
    folder.close()


def test_letters_of_other_ids_are_other_files_and_one_without_id_is_named_by_its_bytes(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for message in (LETTER, LETTER.replace(b"<1@", b"<3@"), b"Subject: a\r\n\r\nx", b"Subject: a\r\n\r\ny"):
        folder.deliver(message, sender="a@hub.example", to="b@muster.example")
    assert len(list(tmp_path.glob("*.eml"))) == 4


def test_an_id_with_a_path_in_it_stays_in_the_folder(tmp_path: Path) -> None:
    message = b"Message-ID: <../../../evil@hub.example>\r\n\r\n"
    Folder(tmp_path / "mail").deliver(message, sender="a@hub.example", to="b@muster.example")
    assert [file.parent for file in tmp_path.rglob("*.eml")] == [tmp_path / "mail"]


def test_a_disk_that_does_not_take_it_is_a_temporary_refusal(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    with pytest.raises(Refused) as refused:
        Folder(tmp_path / "mail").deliver(LETTER, sender="a@hub.example", to="b@muster.example")
    assert refused.value.permanent is False


def test_memory_keeps_letters_in_order() -> None:
    memory = Memory()
    memory.deliver(b"1", sender="a@hub.example", to="b@muster.example")
    memory.deliver(b"2", sender="a@hub.example", to="c@muster.example")
    memory.close()
    assert memory.letters == [("b@muster.example", b"1"), ("c@muster.example", b"2")]
