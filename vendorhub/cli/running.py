"""Answers operators who run VendorHub: the web server, the worker, and a look at what time would cause."""

import os
import signal
import socket
import sys
import threading
from datetime import UTC, datetime

import click

from vendorhub.cli.house import house, refuse_unfit, say
from vendorhub.config import Settings
from vendorhub.domain.refusals import WrongState

until_closed = click.option(
    "--until-closed", is_flag=True, hidden=True, help="Stop when standard input closes: when who started us is gone."
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=5000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 128), default=2, show_default=True, help="Processes; each 4 threads.")
@until_closed
def serve(host: str, port: int, workers: int, until_closed: bool) -> None:
    """Serve pages and API with gunicorn. Put a proxy that speaks TLS in front of it."""
    from vendorhub.cli.server import Server

    settings = Settings.load()
    refuse_unfit(settings)
    refuse_busy(host, port)
    if until_closed:
        stop_when_closed()
    Server(settings, bind=f"[{host}]:{port}" if ":" in host else f"{host}:{port}", workers=workers).run()


@click.command()
@click.option("--once", is_flag=True, help="One round of everything due, then end.")
@click.option("--until-empty", is_flag=True, help="Rounds until nothing is due now, then end.")
@until_closed
def worker(once: bool, until_empty: bool, until_closed: bool) -> None:
    """Send letters and do what time alone causes, until stopped. Any number may run at once."""
    from vendorhub import worker as clock_door

    settings = Settings.load()
    if until_closed:
        stop_when_closed()
    with house(settings), clock_door.stopped_by_signals() as stop:
        clock_door.run(
            transport=clock_door.transport(settings.smtp_url, settings.instance / "mail"),
            lease_seconds=settings.lease_seconds,
            stop=stop,
            once=once,
            until_empty=until_empty,
        )


@click.command()
@click.option("--now", metavar="ISO-8601", help="As if it were then (UTC unless it says otherwise); not in production.")
def sweep(now: str | None) -> None:
    """Do what time alone causes: close asks that nobody answered in time, carry out what was held."""
    from vendorhub.usecases import sweep as deeds

    settings = Settings.load()
    if now and settings.mode == "production":
        raise WrongState("In production it is as late as it is: --now is for trying things out.")
    as_of = instant(now, "--now") if now else None
    done = 0
    with house(settings):
        while found := deeds.sweep_as_of(as_of) if as_of else deeds.sweep():
            done += found
    say(f"{done} done.")


def refuse_busy(host: str, port: int) -> None:
    """Raises WrongState if somebody else listens there; gunicorn would try again and again."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as trouble:
        raise WrongState(
            "Port %(port)s of %(host)s can't be used (%(why)s); choose another with --port.",
            port=port,
            host=host,
            why=os.strerror(trouble.errno or 0) if trouble.errno else trouble,
        ) from None


def stop_when_closed() -> None:
    """Lets this process end as by SIGTERM once its standard input closes, whatever killed who holds the other end."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def instant(text: str, option: str) -> datetime:
    """The instant that an option names, in UTC unless it says otherwise. Raises BadParameter."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("a date and time such as 2027-01-13T14:00:00+01:00", param_hint=option) from None
    return read if read.utcoffset() is not None else read.replace(tzinfo=UTC)
