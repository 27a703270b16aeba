"""Answers operators whether VendorHub is set up well, and what to do where it isn't."""

import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import click

from vendorhub import clock
from vendorhub.cli.house import as_json, house, print_json
from vendorhub.config import Settings, table
from vendorhub.domain.letters import LetterState
from vendorhub.store import check
from vendorhub.usecases import letters

_LATE = timedelta(minutes=10)
_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is well, what was found, and what to do if it isn't."""

    about: str
    well: bool
    found: str
    advice: str = ""


@click.command()
@as_json
def doctor(as_json: bool) -> None:
    """Look at settings, database, addresses and mail, and say what to do; exit code 1 if something needs a hand."""
    settings = Settings.load()
    findings = list(_findings(settings))
    shown = _shown(settings)
    if as_json:
        print_json(
            {
                "ok": all(finding.well for finding in findings),
                "settings": shown,
                "findings": [vars(finding) for finding in findings],
            }
        )
    else:
        for name, value in shown.items():
            click.echo(f"{name:<26}{value}")
        click.echo()
        for finding in findings:
            click.echo(f"{'well' if finding.well else 'LOOK':<6}{finding.about:<10}{finding.found}")
            if finding.advice:
                click.echo(f"{'':<16}{finding.advice}")
    sys.exit(0 if all(finding.well for finding in findings) else 1)


def _shown(settings: Settings) -> dict[str, str]:
    """Every setting's value, but for secrets, of which is said only whether there is one."""
    values = {}
    for name, setting in table().items():
        value = getattr(settings, name.removeprefix("VENDORHUB_").lower())
        if value is None or value in ((), ""):
            values[name] = "(none)"
        elif setting.secret:
            values[name] = "(set)"
        else:
            values[name] = str(value)
    return values


def _findings(settings: Settings) -> Iterator[Finding]:
    yield _address(settings)
    yield _mail(settings)
    yield _mail_in(settings)
    engine = check.connect(settings.database_url)
    try:
        if refusal := check.refusal(engine):
            yield Finding("database", False, refusal, "Nothing is served until this is done.")
            return
        problems = check.problems(engine, settings.owner_url)
        notes = check.notes(engine)
    finally:
        engine.dispose()
    if problems:
        yield Finding("database", False, " ".join(problems), "Restore a backup, or ask whoever changed it.")
    else:
        yield Finding("database", True, "schema, triggers, settings and ledger are as they should be", " ".join(notes))
    with house(settings):
        yield _letters()


def _address(settings: Settings) -> Finding:
    parts = urlsplit(settings.base_url)
    if settings.mode == "production" and parts.scheme != "https":
        advice = "Set VENDORHUB_BASE_URL to the https:// address people use; every link is made from it."
        return Finding("address", False, f"{settings.base_url} is not encrypted", advice)
    return Finding("address", True, settings.base_url)


def _mail(settings: Settings) -> Finding:
    if settings.smtp_url is None:
        folder = settings.instance / "mail"
        if settings.mode == "production":
            advice = "Set VENDORHUB_SMTP_URL, or nobody gets a letter."
            return Finding("mail", False, f"letters go to files in {folder}", advice)
        return Finding("mail", True, f"letters go to files in {folder}")
    parts = urlsplit(settings.smtp_url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        socket.create_connection((host, port), timeout=5).close()
    except OSError as trouble:
        advice = "Check VENDORHUB_SMTP_URL, the server and what lies between."
        return Finding("mail", False, f"{host} port {port} does not answer: {trouble}", advice)
    return Finding("mail", True, f"{host} port {port} answers")


def _mail_in(settings: Settings) -> Finding:
    if settings.authserv_id is None:
        advice = "Set VENDORHUB_AUTHSERV_ID to your mail server's, so that people need not confirm what they forward."
        return Finding("mail in", True, "no server's word about a sender is believed", advice)
    return Finding("mail in", True, f"{settings.authserv_id} is believed about who sent a mail")


def _letters() -> Finding:
    number = letters.counts()
    waiting, failed, stopped = (number[each] for each in (LetterState.WAITING, LetterState.FAILED, LetterState.STOPPED))
    found = f"{waiting} waiting, {failed} failed, {stopped} stopped"
    oldest = letters.oldest_due()
    if oldest is not None and clock.now() - oldest > _LATE:
        return Finding("letters", False, found, "Some are more than ten minutes late: is vendorhub worker running?")
    if failed:
        return Finding("letters", False, found, "See why with vendorhub outbox list --state failed.")
    return Finding("letters", True, found)
