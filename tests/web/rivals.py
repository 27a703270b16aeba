"""All that a vendor is told in a world, byte for byte, so that two worlds can be laid side by side (law 10)."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event

from tests.conftest import Database
from tests.kept import keep
from tests.people import address
from tests.stage import Stage, opened
from tests.web.conftest import World
from vendorhub import clock
from vendorhub.store import db
from vendorhub.usecases.people import create_token

NO_SUCH = "N0SVCHTH1N"
# What is made anew at each look, whoever looks: secrets of forms, the code of an empty one, what holds a mail together.
MADE_ANEW = re.compile(
    r'(?<=name="csrf_token" value=")[^"]+|(?<=name="ticket" value=")[^"]+|(?<=name="once" value=")[^"]+'
    r"|(?<=/items/)[0-9A-Z]{12}(?=[\"/])|=_[0-9a-f]{32}|(?<=Message-ID: )<[^>]+>"
)
NOT_OF_IT = re.compile(
    r"static|secret>|token>|openapi|assistants|companies|front-door|wordings|logged|/meeting-requests/<code>/"
    r"|^/(sign-in|password|verify|b/|healthz|readyz|metrics)"
)
NOBODYS = {"Set-Cookie", "X-Request-Id", "Date", "Content-Security-Policy"}

Told = dict[str, tuple[object, ...]]


class Rival:
    """Carl of Cloudio, with whatever somebody of a vendor has: a browser and a token. What he is told, he keeps."""

    def __init__(self, world: World, database: Database, folder: Path) -> None:
        self.world, self.database, self.folder = world, database, folder
        self.client: FlaskClient = world.at("Carl").client
        with world.app.app_context():
            self.token = create_token(email=address("Carl"))

    def in_both(self, unseen: Callable[[Stage], None], goes_on: Callable[[Stage], None], **things: str) -> list[Told]:
        """All that he is told where only what `goes_on` happens, and where `unseen` has happened before it."""
        stage, now = self.world.stage, clock.now()
        with self.world.app.app_context():
            back = keep(self.database, self.folder)
            already = len(stage.letters())
        found = []
        for happens in (lambda _: None, unseen):
            with self.world.app.app_context():
                back()
                stage.go(now)
                happens(stage)
                stage.go(now)
                goes_on(stage)
                db.session.rollback()
            found.append({**self.read(**things), **self.letters(already)})
        return found

    def read(self, **things: str) -> Told:
        """Every address that can be opened, by page and by call: what is answered, and how many statements it took."""
        found: Told = {}
        for path in self.addresses(things):
            proof = {"Authorization": f"Bearer {self.token}"} if path.startswith("/api/") else {}
            with self._counted() as statements:
                answer = self.client.get(path, headers=proof)
            assert answer.status_code < 500, path
            head = [f"{name}: {value}" for name, value in answer.headers if name not in NOBODYS]
            told = MADE_ANEW.sub("", answer.get_data().decode("latin-1"))
            found[path] = (answer.status_code, *head, len(statements), *told.splitlines())
        return found

    def addresses(self, things: Mapping[str, str]) -> Iterator[str]:
        """Of each rule of the house, with what there is for him and with what there is not."""
        known = {"slug": "norden", "number": "1", **things}
        for rule in sorted(self.world.app.url_map.iter_rules(), key=lambda rule: rule.rule):
            if "GET" not in (rule.methods or ()) or NOT_OF_IT.search(rule.rule):
                continue
            yield re.sub(r"<(?:\w+:)?(\w+)>", lambda name: known.get(name[1], NO_SUCH), rule.rule)
        for code in (known["code"], NO_SUCH):
            yield f"/api/v1/history?about={code}"
            yield f"/history?about={code}"
        yield from ("/api/v1/history?limit=1", "/api/v1/briefings?limit=1", "/api/v1/meetings?limit=1")

    def tried(self, code: str, **things: str) -> Told:
        """Every call, and every page, about one thing of a briefing: what is answered, but for what it was called."""
        found: Told = {}
        for rule in self.world.app.url_map.iter_rules():
            if not rule.arguments & {"item", "material", "overlap"} and not rule.rule.startswith("/materials/"):
                continue
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: {"code": code, **things}.get(name[1], NO_SUCH), rule.rule)
            for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
                proof = {"Authorization": f"Bearer {self.token}"} if path.startswith("/api/") else {}
                answer = self.client.open(path, method=method, headers=proof)
                told = MADE_ANEW.sub("", answer.get_data(as_text=True))
                for thing in (*things.values(), NO_SUCH):
                    told = told.replace(thing, "")
                found[f"{method} {rule.rule}"] = (answer.status_code, answer.headers.get("ETag"), told)
        return found

    def letters(self, already: int) -> Told:
        """Every letter to his company since there were so many in all, whole."""
        with self.world.app.app_context():
            since = self.world.stage.letters()[already:]
            mine = [letter for letter in since if letter.recipient.endswith("@cloudio.example")]
            return {
                f"letter {number}, {letter.kind}": tuple(MADE_ANEW.sub("", opened(letter).as_string()).splitlines())
                for number, letter in enumerate(mine)
            }

    @contextmanager
    def _counted(self) -> Iterator[list[str]]:
        said: list[str] = []

        def heard(*args: Any) -> None:
            said.append(args[2])

        with self.world.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", heard)
        yield said
        event.remove(engine, "before_cursor_execute", heard)


def differs(told: list[Told]) -> dict[str, list[tuple[object, object]]]:
    """Where the two worlds tell something else; nothing else of them is worth reading."""
    one, other = told
    assert one.keys() == other.keys()
    return {
        path: [(here, there) for here, there in zip_longest(one[path], other[path]) if here != there]
        for path in one
        if one[path] != other[path]
    }
