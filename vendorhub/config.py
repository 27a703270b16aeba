"""Answers how this VendorHub is set up: every setting once, with its name, default and meaning."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

MODES: Final = ("production", "demo", "development", "test")

_PREFIX: Final = "VENDORHUB_"
_CHECKOUT: Final = Path(__file__).resolve().parent.parent
_LABEL: Final = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST: Final = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*", re.IGNORECASE | re.ASCII)
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_MAILBOX: Final = re.compile(rf"(?=.{{1,64}}\Z){_ATOM}(\.{_ATOM})*")
_SHORTEST_KEY: Final = 16
_WRONG: Final = (ValueError, OSError, ArgumentError)
_DRIVERS: Final = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
_A_DATABASE: Final = "an SQLite file (sqlite:///FILE) or a PostgreSQL database (postgresql+psycopg://...)"
_A_HOST: Final = "a host name such as meet.example.com"


class SettingError(Exception):
    """A setting that stops the start; str() is one line: its name, what was given, what is allowed."""


# -- readers: the text of a setting -> its value, or one of _WRONG


def _mode(text: str) -> str:
    if text not in MODES:
        raise ValueError
    return text


def _folder(text: str) -> Path:
    folder = Path(text).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _database(text: str) -> str:
    url = make_url(text)
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None or url.drivername not in (url.get_backend_name(), driver):
        raise ValueError
    # Web and worker are processes of their own: a database in one's memory is none.
    if not url.database or ":memory:" in url.database:
        raise ValueError
    return url.set(drivername=driver).render_as_string(hide_password=False)


def _key(text: str) -> bytes:
    if len(text.encode()) < _SHORTEST_KEY:
        raise ValueError
    return text.encode()


def _origin(text: str) -> str:
    parts = urlsplit(_server("http", "https")(text))
    if "@" in parts.netloc or parts.path not in ("", "/"):
        raise ValueError
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _server(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not parts.hostname or parts.port == 0 or set("?#") & set(text):
            raise ValueError
        (ip_address if ":" in parts.hostname else _host)(parts.hostname)
        return text

    return read


def _host(text: str) -> str:
    if not _HOST.fullmatch(text):
        raise ValueError
    return text.lower()


def _address(text: str) -> str:
    mailbox, _, host = text.rpartition("@")
    if not _MAILBOX.fullmatch(mailbox):
        raise ValueError
    return f"{mailbox}@{_host(host)}"


def _pem(text: str) -> bytes:
    pem = text.encode() if text.startswith("-----BEGIN ") else Path(text).read_bytes()
    if not pem.startswith(b"-----BEGIN ") or b"PRIVATE KEY-----" not in pem:
        raise ValueError
    return pem


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not lowest <= int(text) <= highest:
            raise ValueError
        return int(text)

    return read


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


@dataclass(frozen=True)
class Setting:
    """What there is to know about one setting.

    `read` turns its text, or else `default`, into the value; `otherwise` says what none means. A secret is never shown.
    """

    read: Callable[[str], object]
    meaning: str
    allowed: str
    otherwise: str
    default: str | None
    secret: bool


def _setting(
    read: Callable[[str], object],
    meaning: str,
    allowed: str,
    *,
    default: str | None = None,
    otherwise: str | None = None,
    secret: bool = False,
) -> Any:
    setting = Setting(read, meaning, allowed, otherwise or default or "none", default, secret)
    return field(repr=not secret, metadata={"setting": setting})


def _seconds(lowest: int, highest: int, meaning: str, default: str) -> Any:
    return _setting(_whole(lowest, highest), meaning, f"a whole number from {lowest} to {highest}", default=default)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The value of every setting, as `Settings.load` reads them."""

    mode: str = _setting(_mode, "what this VendorHub is for", ", ".join(MODES), default="production")
    instance: Path = _setting(
        _folder,
        "folder of the embedded database (`vendorhub.sqlite`), keys and delivered .eml files",
        "a folder, or a path where one can be made",
        default=str(_CHECKOUT / "instance"),
        otherwise="`instance/` of the checkout",
    )
    database_url: str = _setting(
        _database,
        "where everything is kept",
        _A_DATABASE,
        otherwise="SQLite in the instance folder",
        secret=True,
    )
    owner_url: str = _setting(
        _database,
        "PostgreSQL: the role that owns the tables, used by `db upgrade` and `db check` only",
        f"{_A_DATABASE}, of the same kind as VENDORHUB_DATABASE_URL",
        otherwise="the same as `VENDORHUB_DATABASE_URL`",
        secret=True,
    )
    secret_key: bytes = _setting(
        _key,
        "all other secrets derive from it; required on PostgreSQL in production",
        f"at least {_SHORTEST_KEY} characters that nobody can guess",
        otherwise="made once in the instance folder",
        secret=True,
    )
    base_url: str = _setting(
        _origin,
        "the only source of absolute links",
        "http:// or https:// with a host, a port where needed, and no path",
        default="http://127.0.0.1:5000",
    )
    smtp_url: str | None = _setting(
        _server("smtp", "smtps"),
        "the server that takes our letters; STARTTLS is required off loopback",
        "smtp://USER:PASSWORD@HOST:PORT or smtps://..., with user, password and port where needed",
        otherwise="none: letters go to `mail/*.eml` in the instance folder",
        secret=True,
    )
    mail_from: str = _setting(_address, "sender of our letters", "one mail address", default="vendorhub@localhost")
    mail_domain: str = _setting(_host, "domain of the reply addresses", _A_HOST, default="localhost")
    authserv_id: str | None = _setting(_host, "whose Authentication-Results (RFC 8601) are believed", _A_HOST)
    dkim_key: bytes | None = _setting(
        _pem,
        "private key that signs our letters",
        "a PEM file or its text, together with VENDORHUB_DKIM_SELECTOR",
        secret=True,
    )
    dkim_selector: str | None = _setting(
        _host,
        "name under which the signing key's public half is published",
        "a DNS name, together with VENDORHUB_DKIM_KEY",
    )
    hold_seconds: int = _seconds(0, 86_400, "how long an answer waits so that it can be undone; 0: not at all", "60")
    redis_url: str | None = _setting(
        _server("redis", "rediss"), "shared rate limits", "redis://HOST:PORT or rediss://...", secret=True
    )
    fetch_allow: tuple[IPv4Network | IPv6Network, ...] = _setting(
        _networks,
        "networks that fetching may reach although not public (an intranet's CalDAV)",
        "networks such as 10.1.0.0/16, with commas between them",
        default="",
    )
    lease_seconds: int = _seconds(1, 3_600, "how long a worker has for a letter before another may take it over", "60")
    ahead_seconds: int = _seconds(
        0, 999_999_999, "how far our clock goes ahead of the machine's (`bin/demo --at`); in production 0", "0"
    )

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> Self:
        """The settings that `environ`, else the process's environment, gives; an empty text is none.

        Makes the instance folder and, where it may, the secret key in it. Raises SettingError for the first
        setting that cannot be used.
        """
        given = os.environ if environ is None else environ
        read: dict[str, Any] = {one.name: _value(_PREFIX + one.name.upper(), given) for one in fields(cls)}
        read["database_url"] = read["database_url"] or f"sqlite:///{read['instance'] / 'vendorhub.sqlite'}"
        read["owner_url"] = read["owner_url"] or read["database_url"]
        _check_together(read)
        read["secret_key"] = read["secret_key"] or _kept_key(read["instance"] / "secret.key")
        return cls(**read)


def table() -> dict[str, Setting]:
    """Every setting by its environment variable's name, in the documentation's order."""
    return {_PREFIX + one.name.upper(): one.metadata["setting"] for one in fields(Settings)}


def environment(**given: str) -> dict[str, str]:
    """What a program that we start finds in its environment: the process's own, and what is given here."""
    return {**os.environ, **given}


def _value(name: str, given: Mapping[str, str]) -> object:
    setting = table()[name]
    text = given.get(name) or setting.default
    if text is None:
        return None
    try:
        return setting.read(text)
    except _WRONG:
        shown = f"a value of {len(text)} characters" if setting.secret else repr(text)
        raise _refusal(name, shown) from None


def _check_together(read: Mapping[str, Any]) -> None:
    on_postgresql = read["database_url"].startswith("postgresql")
    if read["owner_url"].startswith("postgresql") != on_postgresql:
        raise _refusal("VENDORHUB_OWNER_URL", "another kind of database")
    if on_postgresql and read["mode"] == "production" and not read["secret_key"]:
        raise _refusal("VENDORHUB_SECRET_KEY", "nothing")
    if read["ahead_seconds"] and read["mode"] == "production":
        raise _refusal("VENDORHUB_AHEAD_SECONDS", repr(str(read["ahead_seconds"])))
    missing = [name for name in ("dkim_key", "dkim_selector") if read[name] is None]
    if len(missing) == 1:
        raise _refusal(_PREFIX + missing[0].upper(), "nothing")


def _kept_key(file: Path) -> bytes:
    try:
        if not file.exists():
            _write_once(file, secrets.token_hex(32))
        return _key(file.read_text().strip())
    except (ValueError, OSError):
        raise _refusal("VENDORHUB_SECRET_KEY", "nothing, and instance/secret.key is unusable") from None


def _write_once(file: Path, text: str) -> None:
    # Two processes that start at once end with one key: a whole draft takes the name, or finds it taken.
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    with suppress(FileExistsError):
        file.hardlink_to(draft)
    draft.unlink()


def _refusal(name: str, given: str) -> SettingError:
    return SettingError(f"{name}: given: {given}; allowed: {table()[name].allowed}")
