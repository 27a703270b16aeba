"""Answers operators about who is here: organisations, their people, and the tokens of people's programs."""

from datetime import datetime

import click

from vendorhub.cli.house import as_json, house, print_json, say
from vendorhub.queries import tokens
from vendorhub.usecases import people


@click.group()
def organization() -> None:
    """Organisations: buyers, vendors and VARs."""


@organization.command("add")
@click.option("--kind", required=True, help="buyer, vendor or var.")
@click.option("--name", required=True, help="As people call it.")
@click.option("--slug", required=True, help="Its name in addresses: small letters, digits, hyphens.")
@click.option("--domain", "domains", multiple=True, help="A mail domain of its own; may be given several times.")
@click.option("--timezone", default="UTC", show_default=True, help="Where its working day is, as in Europe/Berlin.")
@click.option("--fiscal-year-start", default=1, show_default=True, help="The month in which its year begins, 1 to 12.")
def add_organization(
    kind: str, name: str, slug: str, domains: tuple[str, ...], timezone: str, fiscal_year_start: int
) -> None:
    """Add an organisation."""
    with house():
        people.add_organisation(
            kind=kind, name=name, slug=slug, domains=domains, zone=timezone, fiscal_year_start=fiscal_year_start
        )
    say(f"Added {name} as {slug}.")


@click.group()
def person() -> None:
    """People and their place in an organisation."""


@person.command("add")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--organization", help="The slug of the organisation; an operator needs none.")
@click.option(
    "--role",
    required=True,
    help="Buyers: decider, assistant, colleague or admin; vendors and VARs: member or admin; or operator.",
)
@click.option("--reports-to", help="The address of the person they report to; an assistant's decider.")
def add_person(email: str, name: str, organization: str | None, role: str, reports_to: str | None) -> None:
    """Give a person a place in an organisation."""
    with house():
        people.add_person(email=email, name=name, role=role, organisation=organization, reports_to=reports_to)
    say(f"Added {name}.")


@click.group()
def token() -> None:
    """Tokens by which people's programs use the API."""


@token.command("create")
@click.option("--email", required=True, help="Whose token it is; it may do what they may.")
@click.option("--scope", default="write", show_default=True, help="read, or write, which includes read.")
@as_json
def create_token(email: str, scope: str, as_json: bool) -> None:
    """Make a token and print it, this once."""
    with house():
        secret = people.create_token(email=email, scope=scope)
    if as_json:
        print_json({"token": secret})
    else:
        click.echo(secret)


@token.command("list")
@as_json
def list_tokens(as_json: bool) -> None:
    """List the tokens, newest first; never the secrets."""
    with house():
        found = tokens.listing()
    if as_json:
        print_json(
            {
                "items": [
                    {
                        "id": line.id,
                        "email": line.email,
                        "scope": line.scope,
                        "created_at": line.created_at.isoformat(),
                        "revoked_at": line.revoked_at.isoformat() if line.revoked_at else None,
                    }
                    for line in found
                ]
            }
        )
        return
    for line in found:
        ended = f"revoked {_day(line.revoked_at)}" if line.revoked_at else "good"
        click.echo(f"{line.id:>6}  {line.scope:<5}  {_day(line.created_at)}  {ended:<18}  {line.email}")


@token.command("revoke")
@click.argument("token_id", type=int, metavar="ID")
def revoke_token(token_id: int) -> None:
    """End a token at once."""
    with house():
        people.revoke_token(token_id)
    say(f"Token {token_id} opens nothing any more.")


def _day(instant: datetime) -> str:
    return instant.date().isoformat()
