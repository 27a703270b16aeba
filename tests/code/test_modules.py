"""Each module keeps the habits of the house."""

import ast
import re
from pathlib import Path

from tests.code.house import MODULES, dotted, name, room

DOORS = {"web", "api", "cli", "inbound", "worker"}

# What only some rooms may name: a pattern of the dotted name -> the rooms.
RESERVED = {
    r"datetime\.(datetime|date)\.(now|utcnow|today)|time\.(time|time_ns|localtime|gmtime)": {"clock"},
    r"os\.(environ|environb|getenv|getenvb|putenv)(\..*)?": {"config"},
    r"smtplib(\..*)?": {"transports"},
    r"icalendar(\..*)?": {"itip", "calendars"},
}
# What a door never names: it asks use-cases and queries, and a transaction ends in the store. Flask's session is
# the visitor's cookie.
NOT_IN_A_DOOR = r"(?!flask\.session)((.+\.)?(commit|rollback|flush)|(.+\.)?(db\.session|session\.\w+)(\..*)?)"


def test_there_are_modules_to_look_at() -> None:
    assert {"", "clock", "config", "domain", "itip", "store"} <= {room(module) for module in MODULES}


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {name(module): len(module.read_text().splitlines()) for module in MODULES}
    assert {one: length for one, length in lengths.items() if length > 300} == {}


def test_every_module_begins_with_one_sentence() -> None:
    first = {name(module): ast.get_docstring(ast.parse(module.read_text())) or "" for module in MODULES}
    assert [one for one, text in first.items() if not text.partition("\n\n")[0].endswith((".", "?"))] == []


def test_what_is_reserved_is_named_in_its_room_only() -> None:
    found = [
        f"{name(module)}:{line} {what}"
        for module in MODULES
        for line, what in dotted(module)
        for pattern, rooms in RESERVED.items()
        if re.fullmatch(pattern, what) and room(module) not in rooms
    ]
    assert found == []


def test_no_door_touches_a_session_or_commits() -> None:
    found = [
        f"{name(module)}:{line} {what}"
        for module in MODULES
        if room(module) in DOORS
        for line, what in dotted(module)
        if re.fullmatch(NOT_IN_A_DOOR, what)
    ]
    assert found == []


def test_a_name_is_recognised_however_it_is_imported(tmp_path: Path) -> None:
    module = tmp_path / "sample.py"
    module.write_text(
        "import os, smtplib as post\n"
        "from datetime import datetime as dt\n"
        "from flask import session\n"
        "from icalendar import Calendar\n"
        "from vendorhub.store import db\n"
        "dt.now()\n"
        "os.environ.get('X')\n"
        "post.SMTP()\n"
        "session.pop('x')\n"
        "db.session.commit()\n"
    )
    seen = {what for _, what in dotted(module)}
    assert {what for what in seen for pattern in RESERVED if re.fullmatch(pattern, what)} == {
        "datetime.datetime.now",
        "os.environ",
        "os.environ.get",
        "smtplib",
        "smtplib.SMTP",
        "icalendar.Calendar",
    }
    assert {what for what in seen if re.fullmatch(NOT_IN_A_DOOR, what)} == {
        "vendorhub.store.db.session",
        "vendorhub.store.db.session.commit",
    }
