"""Answers operators about letters: which there are, why one failed, and letting them go again."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from vendorhub.cli.house import as_json, house, print_json, say
from vendorhub.domain.letters import LetterState
from vendorhub.usecases import letters


@click.group()
def outbox() -> None:
    """Letters on their way: look, send again, release."""


@outbox.command("list")
@click.option("--state", type=click.Choice([str(each) for each in LetterState]), help="Those in this state only.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="At most so many.")
@click.option("--before", type=int, metavar="ID", help="Those older than this letter.")
@as_json
def list_letters(state: str | None, limit: int, before: int | None, as_json: bool) -> None:
    """List letters, the newest first: addresses and states, never contents."""
    with house():
        found = letters.listing(limit=limit, cursor=before, state=state or "")
        total = letters.counts()
    if as_json:
        print_json({"items": [_plain(line) for line in found], "counts": {str(s): n for s, n in total.items()}})
        return
    for line in found:
        tried = f", tried {line.attempts} times" if line.attempts > 1 else ""
        click.echo(f"{line.id:>6}  {line.state:<8}  {line.kind:<16}  {line.recipient}{tried}")
    click.echo(", ".join(f"{number} {state}" for state, number in total.items()))


@outbox.command("show")
@click.argument("letter_id", type=int, metavar="ID")
@as_json
def show_letter(letter_id: int, as_json: bool) -> None:
    """Show how one letter stands."""
    with house():
        line = _plain(letters.show(letter_id))
    if as_json:
        print_json(line)
        return
    for name, value in line.items():
        click.echo(f"{name:<12}{'-' if value in (None, '') else value}")


@outbox.command("retry")
@click.argument("letter_id", type=int, metavar="ID")
def retry_letter(letter_id: int) -> None:
    """Send a letter that failed again: the same bytes."""
    with house():
        letters.retry(letter_id)
    say(f"Letter {letter_id} goes out with the next round.")


@outbox.command("release")
def release_letters() -> None:
    """Let go of the letters that a restored backup keeps stopped."""
    with house():
        number = letters.release()
    say(f"{number} released.")


def _plain(line: letters.LetterLine) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(line).items()}
