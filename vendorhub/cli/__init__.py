"""Answers operators: every command of `vendorhub`, and in which words and with which exit code one fails."""

import sys
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from vendorhub import __version__
from vendorhub.cli import db, demo, doctor, imports, mail, outbox, people, running
from vendorhub.config import SettingError
from vendorhub.domain.refusals import NotThere, Refusal


class Commands(click.Group):
    """The commands; whatever the house refuses is one line on stderr and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command that was asked for."""
        try:
            return super().invoke(ctx)
        except NotThere:
            told = "There is none of that name or number."
        except (SettingError, Refusal) as refusal:
            told = str(refusal)
        except OperationalError as trouble:
            told = f"The database can't be used: {' '.join(str(trouble.orig).split())}"
        click.echo(f"vendorhub: {told}", err=True)
        sys.exit(2)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="vendorhub")
def commands() -> None:
    """VendorHub: meetings by consent. Settings are VENDORHUB_... in the environment (docs/operators.md)."""


for command in (
    db.db,
    demo.demo,
    people.organization,
    people.person,
    people.token,
    running.serve,
    running.worker,
    running.sweep,
    mail.mail,
    outbox.outbox,
    imports.import_,
    doctor.doctor,
):
    commands.add_command(command)


def main() -> None:
    """The entry of `vendorhub` and `python -m vendorhub`."""
    commands(prog_name="vendorhub")
