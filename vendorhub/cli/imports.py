"""Answers operators who bring in what a buyer has: a table of vendors, people, relationships and past meetings."""

from typing import IO

import click

from vendorhub.cli.house import as_json, house, print_json
from vendorhub.domain.imports import Counts
from vendorhub.domain.people import Actor, Door, DoorName
from vendorhub.domain.refusals import NotThere, Unfit
from vendorhub.queries import people
from vendorhub.usecases import imports


@click.group("import")
def import_() -> None:
    """Bring in what exists."""


@import_.command("vendors")
@click.argument("file", type=click.File("rb"))
@click.option("--organization", help="The slug of the buyer; needed where there are several.")
@click.option("--as", "email", help="The address of the buyer's person for whom it is done; else its first decider.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be taken, and what would not.")
@as_json
def vendors(file: IO[bytes], organization: str | None, email: str | None, dry_run: bool, as_json: bool) -> None:
    """Take the good rows of a CSV, and list the bad ones with line and reason (docs/buyers.md)."""
    raw = file.read()
    with house():
        actor = _actor(organization, email)
        tried, counts = (imports.try_(actor, raw), Counts()) if dry_run else imports.take(actor, raw)
        bad = [{"line": each.line, "column": each.column, "why": str(each.why)} for each in tried.bad]
    if as_json:
        print_json({"good": tried.good, "bad": bad, "dry_run": dry_run, "new": vars(counts)})
        return
    for each in bad:
        click.echo(f"line {each['line']}, {each['column']}: {each['why']}")
    click.echo(f"{tried.good} rows are good, {len(bad)} are not.")
    if dry_run:
        click.echo("Nothing was changed.")
    else:
        new = f"{counts.companies} companies, {counts.relationships} relationships, {counts.meetings} meetings"
        click.echo(f"Taken. New are {new}.")


def _actor(organization: str | None, email: str | None) -> Actor:
    if organization is None:
        there = [slug for slug, _name in people.buyers()]
        if len(there) != 1:
            raise Unfit("organization", "Please say for which buyer, with --organization.")
        (organization,) = there
    buyer = people.buyer(organization)
    if email is None and not buyer.deciders:
        raise Unfit("as", "There is nobody who decides there yet; please add a person first.")
    number = people.known(email or buyer.deciders[0][0])
    actor = people.actor(number, Door(DoorName.COMMAND)) if number else None
    if actor is None or people.me(actor).slug != buyer.slug:
        raise NotThere
    return actor
