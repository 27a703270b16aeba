"""Answers who wants to try VendorHub out: makes the demo world, and runs everything at once."""

import fcntl
import http.client
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import IO

import click

from vendorhub import clock
from vendorhub.cli.house import as_json, house, print_json, say
from vendorhub.cli.running import instant, refuse_busy
from vendorhub.config import Settings, environment
from vendorhub.demo import world
from vendorhub.domain.refusals import WrongState
from vendorhub.links import Links
from vendorhub.store import backup, migrate
from vendorhub.worker import transport

_HOST = "127.0.0.1"
_STARTS_WITHIN = 30.0  # seconds
_STOPS_WITHIN = 10.0

fresh = click.option("--fresh", is_flag=True, help="Throw away everything there is and begin anew; not in production.")


@click.group()
def demo() -> None:
    """A small world to try things out in."""


@demo.command()
@fresh
@as_json
def load(fresh: bool, as_json: bool) -> None:
    """Make the demo world where there is none; --json prints its people, with a fresh token each."""
    settings = Settings.load()
    _load(settings, fresh=fresh)
    if not as_json:
        return
    with house(settings):
        print_json({"people": world.everybody()})


@demo.command()
@click.option("--port", type=click.IntRange(1, 65535), default=5000, show_default=True)
@click.option("--at", "at", metavar="ISO-8601", help="From then on (UTC unless it says otherwise), to see a later day.")
@fresh
def run(port: int, at: str | None, fresh: bool) -> None:
    """Make the demo world where there is none, run web and worker, and say where to look; ends with Ctrl-C.

    With --at their clocks go from that instant on; the world stays as it was made, and what time alone causes happens.
    """
    settings = replace(Settings.load(), base_url=f"http://{_HOST}:{port}")
    if settings.mode == "production":
        raise WrongState("The demo is not for production: set VENDORHUB_MODE=demo, or use bin/demo.")
    refuse_busy(_HOST, port)
    with _alone(settings.instance), _told_to_stop() as told:
        _load(settings, fresh=fresh)
        settings = replace(settings, ahead_seconds=_until(at) if at else settings.ahead_seconds)
        with (settings.instance / "demo.log").open("ab") as log, _running(settings, port, log) as children:
            _wait_until_up(port, children, told)
            _welcome(settings)
            while not told and all(child.poll() is None for child in children):
                time.sleep(0.2)
        if not told:
            raise WrongState(
                "A part of the demo ended by itself; %(log)s says why.", log=settings.instance / "demo.log"
            )


def _until(at: str) -> int:
    """The seconds from now to an instant that is named. Raises BadParameter for one that is past."""
    ahead = int((instant(at, "--at") - clock.now()).total_seconds())
    if ahead < 0:
        raise click.BadParameter("the clock goes ahead only: a later date and time, please", param_hint="--at")
    return ahead


def _load(settings: Settings, *, fresh: bool) -> None:
    """Brings the database to the newest schema and makes the world in it, unless it is there."""
    if fresh:
        if settings.mode == "production":
            raise WrongState("In production nothing is thrown away: --fresh is for trying things out.")
        say("Throwing the old demo away ...")
        backup.empty(settings.owner_url)
        for letter in (settings.instance / "mail").glob("*.eml"):
            letter.unlink()
    migrate.upgrade(settings.owner_url, settings.database_url)
    with house(settings):
        standing = world.standing()
        if standing is world.Standing.HALF:
            raise WrongState("The demo world was left half made; make it anew with --fresh.")
        if standing is world.Standing.NONE:
            say("Making the demo world; it takes some seconds ...")
            mailbox = transport(None, settings.instance / "mail")
            world.make(
                post=lambda letter, sender, reader: mailbox.deliver(letter, sender=sender, to=reader),
                tell=lambda quarter: say(f"  {quarter}"),
            )
            say("  today")


@contextmanager
def _alone(instance: Path) -> Iterator[None]:
    """Keeps two demos off the same folder. Raises WrongState if one is there already."""
    with (instance / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise WrongState("A demo is already running in %(folder)s.", folder=instance) from None
        yield


@contextmanager
def _told_to_stop() -> Iterator[list[int]]:
    """Gathers Ctrl-C, SIGTERM and the closing of the terminal instead of dying of them."""
    told: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _running(settings: Settings, port: int, log: IO[bytes]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Web and worker, in this process group. They also end when this process is gone: their standard input closes."""
    surroundings = environment(
        VENDORHUB_BASE_URL=settings.base_url, VENDORHUB_AHEAD_SECONDS=str(settings.ahead_seconds)
    )
    commands = (["serve", f"--host={_HOST}", f"--port={port}", "--workers=1"], ["worker"])
    children: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            line = [sys.executable, "-m", "vendorhub", *command, "--until-closed"]
            child = subprocess.Popen(line, env=surroundings, stdin=subprocess.PIPE, stdout=log, stderr=log)
            children.append(child)
        yield children
    finally:
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(_STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _wait_until_up(port: int, children: list[subprocess.Popen[bytes]], told: list[int]) -> None:
    """Returns when people can be served, or there is no use in waiting."""
    web = http.client.HTTPConnection(_HOST, port, timeout=1)
    until = time.monotonic() + _STARTS_WITHIN
    while not told and time.monotonic() < until and all(child.poll() is None for child in children):
        try:
            web.request("GET", "/readyz")
            if web.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            pass
        web.close()
        time.sleep(0.1)


def _welcome(settings: Settings) -> None:
    with house(settings):
        people = world.links()
    lines = [f"\nVendorHub is at {settings.base_url}", "\nSign in with one click (each link once, within 12 hours):\n"]
    lines += [f"  {who}\n    {link}" for who, link in people]
    lines.append(f"\nRead everybody's mail: {Links(settings.base_url).mailbox()}")
    lines.append("Ctrl-C stops it. bin/demo starts it again as it was; bin/demo --fresh begins anew.\n")
    click.echo("\n".join(lines))
