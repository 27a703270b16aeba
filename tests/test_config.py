import os
import re
import subprocess
import sys
from dataclasses import fields
from ipaddress import ip_network
from pathlib import Path

import pytest

from vendorhub.config import Setting, SettingError, Settings, table

PEM = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
POSTGRESQL = "postgresql+psycopg://app:s3cr3t-word@db.example.com/hub"


def load(instance: Path, **given: str) -> Settings:
    return Settings.load({"VENDORHUB_INSTANCE": str(instance)} | {f"VENDORHUB_{k}": v for k, v in given.items()})


def test_what_is_not_given_has_the_documented_default(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings(
        mode="production",
        instance=tmp_path,
        database_url=f"sqlite:///{tmp_path}/vendorhub.sqlite",
        owner_url=f"sqlite:///{tmp_path}/vendorhub.sqlite",
        secret_key=(tmp_path / "secret.key").read_bytes(),
        base_url="http://127.0.0.1:5000",
        smtp_url=None,
        mail_from="vendorhub@localhost",
        mail_domain="localhost",
        authserv_id=None,
        dkim_key=None,
        dkim_selector=None,
        hold_seconds=60,
        redis_url=None,
        fetch_allow=(),
        lease_seconds=60,
        ahead_seconds=0,
    )


def test_an_empty_text_counts_as_not_given(tmp_path: Path) -> None:
    empty = {name.removeprefix("VENDORHUB_"): "" for name in table() if name != "VENDORHUB_INSTANCE"}
    assert load(tmp_path, **empty) == load(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("MODE", "development", "development"),
        ("DATABASE_URL", "sqlite:////data/hub.sqlite", "sqlite:////data/hub.sqlite"),
        ("SECRET_KEY", "sixteen letters!", b"sixteen letters!"),
        ("BASE_URL", "https://Meet.Example.com/", "https://meet.example.com"),
        ("BASE_URL", "http://[::1]:8080", "http://[::1]:8080"),
        ("SMTP_URL", "smtp://me:p%40ss@mail.example.com:587", "smtp://me:p%40ss@mail.example.com:587"),
        ("SMTP_URL", "smtps://mail.example.com", "smtps://mail.example.com"),
        ("MAIL_FROM", "Meetings+x@Example.com", "Meetings+x@example.com"),
        ("MAIL_DOMAIN", "Meet.Example.com", "meet.example.com"),
        ("AUTHSERV_ID", "mx.example.com", "mx.example.com"),
        ("HOLD_SECONDS", "0", 0),
        ("HOLD_SECONDS", "86400", 86_400),
        ("LEASE_SECONDS", "1", 1),
        ("REDIS_URL", "rediss://cache.example.com:6380/2", "rediss://cache.example.com:6380/2"),
        ("FETCH_ALLOW", "10.1.0.0/16, fd00::/8", (ip_network("10.1.0.0/16"), ip_network("fd00::/8"))),
    ],
)
def test_a_given_value_is_read(tmp_path: Path, name: str, text: str, value: object) -> None:
    assert getattr(load(tmp_path, **{name: text}), name.lower()) == value


@pytest.mark.parametrize("given", ["postgresql://app@db/hub", "postgresql+psycopg://app@db/hub"])
def test_postgresql_is_reached_by_psycopg(tmp_path: Path, given: str) -> None:
    settings = load(tmp_path, MODE="test", DATABASE_URL=given)
    assert settings.database_url == settings.owner_url == "postgresql+psycopg://app@db/hub"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("MODE", "prod"),
        ("MODE", "test\nVENDORHUB_MODE"),
        ("INSTANCE", "/dev/null"),
        ("INSTANCE", "/dev/null/below"),
        ("DATABASE_URL", "mysql://db/hub"),
        ("DATABASE_URL", "postgresql+asyncpg://db/hub"),
        ("DATABASE_URL", "sqlite+aiosqlite:///hub.sqlite"),
        ("DATABASE_URL", "postgresql://db"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "hub.sqlite"),
        ("OWNER_URL", "mysql://db/hub"),
        ("SECRET_KEY", "fifteen letters"),
        ("BASE_URL", "meet.example.com"),
        ("BASE_URL", "ftp://meet.example.com"),
        ("BASE_URL", "https://meet.example.com/hub"),
        ("BASE_URL", "https://meet.example.com/?"),
        ("BASE_URL", "https://meet.example.com/#"),
        ("BASE_URL", "https://me@meet.example.com"),
        ("BASE_URL", "https://meet.example.com:99999"),
        ("BASE_URL", "https://meet example.com"),
        ("BASE_URL", "https://"),
        ("SMTP_URL", "mail.example.com:25"),
        ("SMTP_URL", "smtp://"),
        ("SMTP_URL", "smtp://mail.example.com:0"),
        ("MAIL_FROM", "vendorhub"),
        ("MAIL_FROM", "a@b, c@d"),
        ("MAIL_FROM", "Hub <hub@example.com>"),
        ("MAIL_DOMAIN", "-example.com"),
        ("MAIL_DOMAIN", "example.com."),
        ("MAIL_DOMAIN", "example.com\n"),
        ("MAIL_DOMAIN", "a" * 64 + ".com"),
        ("AUTHSERV_ID", "mx example"),
        ("HOLD_SECONDS", "-1"),
        ("HOLD_SECONDS", "86401"),
        ("HOLD_SECONDS", "1.5"),
        ("HOLD_SECONDS", "１"),
        ("LEASE_SECONDS", "0"),
        ("AHEAD_SECONDS", "60"),  # in production
        ("REDIS_URL", "http://cache"),
        ("FETCH_ALLOW", "10.1.2.3/16"),
        ("FETCH_ALLOW", "intranet"),
    ],
)
def test_a_wrong_value_is_refused_in_one_line(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(SettingError) as refused:
        load(tmp_path, **{name: text})
    setting = table()[f"VENDORHUB_{name}"]
    shown = f"a value of {len(text)} characters" if setting.secret else repr(text)
    assert str(refused.value) == f"VENDORHUB_{name}: given: {shown}; allowed: {setting.allowed}"


def test_a_secret_is_never_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as refused:
        load(tmp_path, DATABASE_URL="mysql://app:s3cr3t-word@db/hub")
    assert "given: a value of 30 characters;" in str(refused.value)
    shown = repr(load(tmp_path, MODE="test", DATABASE_URL=POSTGRESQL, SECRET_KEY="s3cr3t-word-for-all"))
    assert "s3cr3t" not in shown
    assert "hold_seconds=60" in shown


def test_the_signing_key_is_a_file_or_its_text_and_comes_with_its_selector(tmp_path: Path) -> None:
    file = tmp_path / "dkim.pem"
    file.write_text(PEM)
    assert load(tmp_path, DKIM_KEY=str(file), DKIM_SELECTOR="hub").dkim_key == PEM.encode()
    assert load(tmp_path, DKIM_KEY=PEM, DKIM_SELECTOR="hub").dkim_key == PEM.encode()
    for wrong in (str(tmp_path / "absent.pem"), str(tmp_path), "-----BEGIN PUBLIC KEY-----"):
        with pytest.raises(SettingError, match="^VENDORHUB_DKIM_KEY: given: a value of"):
            load(tmp_path, DKIM_KEY=wrong, DKIM_SELECTOR="hub")
    with pytest.raises(SettingError, match="^VENDORHUB_DKIM_SELECTOR: given: nothing;"):
        load(tmp_path, DKIM_KEY=PEM)
    with pytest.raises(SettingError, match="^VENDORHUB_DKIM_KEY: given: nothing;"):
        load(tmp_path, DKIM_SELECTOR="hub")


def test_the_owner_may_differ_from_the_app_only_on_the_same_kind_of_database(tmp_path: Path) -> None:
    owner = "postgresql+psycopg://owner@db.example.com/hub"
    settings = load(tmp_path, MODE="test", DATABASE_URL=POSTGRESQL, OWNER_URL=owner)
    assert (settings.database_url, settings.owner_url) == (POSTGRESQL, owner)
    with pytest.raises(SettingError, match="^VENDORHUB_OWNER_URL: given: another kind of database;"):
        load(tmp_path, MODE="test", DATABASE_URL=POSTGRESQL, OWNER_URL="sqlite:///hub.sqlite")


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    instance = tmp_path / "new" / "instance"
    first = load(instance)
    assert re.fullmatch(b"[0-9a-f]{64}", first.secret_key)
    assert load(instance).secret_key == first.secret_key
    assert (instance / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in instance.iterdir()] == ["secret.key"]


def test_a_given_secret_key_is_used_and_none_is_made(tmp_path: Path) -> None:
    assert load(tmp_path, SECRET_KEY="given by the operator").secret_key == b"given by the operator"
    assert list(tmp_path.iterdir()) == []


def test_processes_that_start_at_once_end_with_one_key(tmp_path: Path) -> None:
    script = "from vendorhub.config import Settings; print(Settings.load().secret_key.decode())"
    environ = os.environ | {"VENDORHUB_INSTANCE": str(tmp_path), "VENDORHUB_MODE": "test"}
    racers = [
        subprocess.Popen([sys.executable, "-c", script], env=environ, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    keys = {racer.communicate()[0].strip() for racer in racers}
    assert keys == {(tmp_path / "secret.key").read_text()}
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


def test_an_empty_key_file_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "secret.key").touch()
    with pytest.raises(SettingError, match=r"^VENDORHUB_SECRET_KEY: given: nothing, and instance/secret.key is unus"):
        load(tmp_path)


def test_postgresql_in_production_needs_a_given_key_even_beside_a_kept_one(tmp_path: Path) -> None:
    load(tmp_path)
    with pytest.raises(SettingError, match="^VENDORHUB_SECRET_KEY: given: nothing; allowed: at least 16 "):
        load(tmp_path, DATABASE_URL=POSTGRESQL)
    assert load(tmp_path, DATABASE_URL=POSTGRESQL, SECRET_KEY="k" * 16).secret_key == b"k" * 16


def test_the_process_environment_is_read_when_none_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VENDORHUB_INSTANCE", str(tmp_path))
    monkeypatch.setenv("VENDORHUB_HOLD_SECONDS", "7")
    assert Settings.load().hold_seconds == 7


def test_the_table_says_all_there_is_to_know_of_every_setting() -> None:
    assert list(table()) == [f"VENDORHUB_{one.name.upper()}" for one in fields(Settings)]
    assert all(isinstance(setting, Setting) for setting in table().values())
    assert table()["VENDORHUB_MODE"].otherwise == "production"
    assert table()["VENDORHUB_INSTANCE"].otherwise == "`instance/` of the checkout"
    assert table()["VENDORHUB_FETCH_ALLOW"].otherwise == table()["VENDORHUB_REDIS_URL"].otherwise == "none"
    secret = [name.removeprefix("VENDORHUB_") for name, setting in table().items() if setting.secret]
    assert secret == ["DATABASE_URL", "OWNER_URL", "SECRET_KEY", "SMTP_URL", "DKIM_KEY", "REDIS_URL"]
