"""O06: every kind of letter says that no person's mail program need answer it, and asks for no answer by itself."""

from email import message_from_bytes, policy

import pytest
from flask import Flask

from vendorhub.demo.samples import SAMPLES
from vendorhub.domain.letters import LetterKind
from vendorhub.domain.mails import Nature
from vendorhub.itip.asks import incoming

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

# They would make a letter a list's, ask a mail program for a receipt, or name more readers than one.
NEVER = {
    *("list-id", "list-unsubscribe", "precedence", "errors-to", "cc", "bcc", "resent-to", "return-path"),
    *("disposition-notification-to", "return-receipt-to", "x-confirm-reading-to", "x-priority", "importance"),
}


def test_every_kind_of_letter_says_that_it_is_automatic(app: Flask) -> None:
    seen = set()
    for sample in SAMPLES.values():
        mail = message_from_bytes(sample.message(), policy=policy.default)
        seen.add(sample.kind)
        assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-generated", "OOF, AutoReply")
        assert not NEVER & {name.lower() for name in mail}, sample.name
        assert len(mail["To"].addresses) == 1
        assert mail["Message-ID"].endswith("@hub.example>")
        read = incoming(sample.message())
        assert read is not None
        assert read.nature is Nature.AUTOMATIC, sample.name  # another place like this one knows it for one
    assert seen == set(LetterKind)
