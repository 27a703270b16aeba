"""Answers operators about the database: make it, check it, copy it, put it back."""

import sys
from pathlib import Path

import click

from vendorhub.cli.house import as_json, print_json, say
from vendorhub.config import Settings, environment
from vendorhub.store import backup as copies
from vendorhub.store import check as state
from vendorhub.store import migrate, revisions


@click.group()
def db() -> None:
    """The database: make it, check it, copy it, put it back."""


@db.command()
def upgrade() -> None:
    """Bring the database to the newest schema; makes it where there is none."""
    settings = Settings.load()
    migrate.upgrade(settings.owner_url, settings.database_url)
    say(f"The database is at revision {revisions.newest()}.")


@db.command()
@as_json
def check(as_json: bool) -> None:
    """Check schema, triggers, settings and ledger, and try to break the laws; exit code 1 if something is wrong."""
    settings = Settings.load()
    engine = state.connect(settings.database_url)
    try:
        problems = state.problems(engine, settings.owner_url)
        notes = [] if problems else state.notes(engine)
    finally:
        engine.dispose()
    for note in notes:
        say(f"Note: {note}")
    if as_json:
        print_json({"ok": not problems, "ledger": list(state.LEDGER), "problems": problems})
    else:
        for problem in problems:
            click.echo(problem)
        click.echo(f"{len(problems)} found." if problems else "All is well.")
    sys.exit(1 if problems else 0)


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy everything into FILE while VendorHub runs on."""
    settings = Settings.load()
    copies.backup(settings.owner_url, file, environ=environment())
    say(f"Everything is in {file}. Keep the secret key with it, in another safe place: nothing reads letters without.")


@db.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put back what FILE holds. All letters stay stopped until `vendorhub outbox release`.

    Stop web and worker first. What is in the database now is kept beside it.
    """
    settings = Settings.load()
    kept = copies.restore(settings.owner_url, file, kept_in=settings.instance, environ=environment())
    migrate.upgrade(settings.owner_url, settings.database_url)
    if kept:
        say(f"What was there before is in {kept}.")
    say("Restored. Letters that waited are stopped: some may have left after the backup was made. Look at them with")
    say("vendorhub outbox list, then let them go with vendorhub outbox release. Links in old letters open nothing now;")
    say("API tokens are as they were then: revoke again what was revoked since.")
