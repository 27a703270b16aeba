"""`vendorhub mail receive` tells a mail server by its exit code what to do with the mail."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.conftest import Shell
from vendorhub.cli import commands
from vendorhub.config import environment

MAILS = Path(__file__).parent.parent / "itip" / "mails"
FORWARDED = (MAILS / "gmail.eml").read_bytes().replace(b"hub.example", b"localhost")
US = "mx.norden.example"


def receive(shell: Shell, raw: bytes, *line: str, **environ: str) -> Result:
    env = {**shell.environ, "VENDORHUB_AUTHSERV_ID": US, **environ}
    return CliRunner(env=env).invoke(commands, ("mail", "receive", *line), input=raw)


@pytest.mark.usefixtures("asked")
def test_a_mail_is_taken_refused_or_to_be_sent_again(vendorhub: Shell, tmp_path: Path) -> None:
    given = environment(**vendorhub.environ, VENDORHUB_AUTHSERV_ID=US)
    pipe = subprocess.run(  # as a mail server does
        [sys.executable, "-m", "vendorhub", "mail", "receive"],
        input=FORWARDED,
        env=given,
        capture_output=True,
        check=False,
    )
    assert (pipe.returncode, pipe.stdout, pipe.stderr) == (0, b"taken: Forwarded by one of your people.\n", b"")
    again = receive(vendorhub, FORWARDED)  # the same mail twice is one
    assert (again.exit_code, again.output) == (0, "taken: Forwarded by one of your people.\n")
    note = receive(vendorhub, FORWARDED, "--to", "norden@localhost", VENDORHUB_AUTHSERV_ID="")
    assert note.exit_code == 0  # known: it was taken
    stranger = receive(vendorhub, b"From: x@y.example\n\nHello", "--to", "norden@localhost")
    assert stranger.output.startswith("ignored: Sent straight from outside.")
    for raw, to, why in (
        (FORWARDED, "nobody@localhost", "There is no such mailbox here: nobody@localhost."),
        (b"nothing of the kind", "ask@localhost", "This is no mail."),
        (b"From: x@y.example\nTo: x@y.example\n\n", None, "This mail is for no mailbox here."),
    ):
        refused = receive(vendorhub, raw, *(("--to", to) if to else ()))
        assert (refused.exit_code, refused.stdout, refused.stderr) == (65, "", f"vendorhub: {why}\n")
    for broken in ({"VENDORHUB_DATABASE_URL": f"sqlite:///{tmp_path}/none/none.sqlite"}, {"VENDORHUB_BASE_URL": "?"}):
        waits = receive(vendorhub, FORWARDED, **broken)
        assert (waits.exit_code, waits.stdout) == (75, "")
        assert waits.stderr.startswith("vendorhub: ")
