"""Answers mail servers: one mail in, by a pipe, and what they are to do with it (sysexits.h)."""

import sys

import click
from sqlalchemy.exc import SQLAlchemyError

from vendorhub import inbound
from vendorhub.cli.house import house, say
from vendorhub.config import SettingError, Settings
from vendorhub.domain.mails import LARGEST, SENTENCES, STATE_OF
from vendorhub.domain.refusals import Refusal

REFUSED = 65  # EX_DATAERR: send it back
TRY_AGAIN = 75  # EX_TEMPFAIL: keep it, and come again


@click.group()
def mail() -> None:
    """Mail that comes in."""


@mail.command()
@click.option("--to", metavar="ADDRESS", help="The address it came to; else its head says.")
def receive(to: str | None) -> None:
    """Take in one mail from standard input, as a mail server's pipe.

    Exit code 0: kept, also where there was nothing to do; 65: refused, with the reason on stderr; 75: try again later.
    """
    raw = sys.stdin.buffer.read(LARGEST + 1)
    try:
        settings = Settings.load()
        with house(settings):
            why = inbound.receive(raw, to=to, domain=settings.mail_domain, authserv_id=settings.authserv_id)
    except inbound.Refused as refusal:
        _end(REFUSED, str(refusal))
    except (SettingError, Refusal) as trouble:
        _end(TRY_AGAIN, str(trouble))
    except SQLAlchemyError as trouble:
        _end(TRY_AGAIN, f"The database can't be used: {' '.join(str(getattr(trouble, 'orig', trouble)).split())}")
    except Exception as trouble:
        _end(TRY_AGAIN, f"It can't be taken in now: {type(trouble).__name__}")
    else:
        click.echo(f"{STATE_OF[why]}: {SENTENCES[why]}")


def _end(code: int, told: str) -> None:
    say(f"vendorhub: {told}")
    sys.exit(code)
