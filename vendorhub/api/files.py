"""Answers which file a call was sent, as a form, and what was said with it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Final

from flask import request
from flask_babel import gettext as _

from vendorhub.api.bodies import unfit
from vendorhub.api.problems import Trouble

FORM: Final = "multipart/form-data"
FILE: Final = "file"
SAID: Final = frozenset({"replaces"})

_PIECE: Final = 1 << 20


@dataclass(frozen=True)
class Sent:
    """A file that was sent: where it lies for now, its name as the sender has it, and the form's other fields."""

    stream: IO[bytes]
    name: str
    digest: bytes
    said: Mapping[str, str]


def read_form() -> Sent:
    """The form that was sent. A large file lies on the disk meanwhile, and nothing is read of one that is too large.

    Raises Trouble: 415 for what is no form, 422 for fields that are missing, there twice or none of ours.
    """
    if request.mimetype != FORM:
        raise Trouble(415, _("Please send the file as a form: multipart/form-data."))
    sent = [*request.files.items(multi=True), *request.form.items(multi=True)]
    names = [name for name, _value in sent]
    errors = {name: [_("There is no such field here.")] for name in names if name not in SAID | {FILE}}
    errors |= {name: [_("Please give this once.")] for name in names if names.count(name) > 1}
    file = request.files.get(FILE)
    if file is None or FILE in request.form:
        errors.setdefault(FILE, [_("Please choose a file.")])
    if errors or file is None:
        raise unfit(errors)
    digest = hashlib.sha256()
    while piece := file.stream.read(_PIECE):
        digest.update(piece)
    file.stream.seek(0)
    return Sent(file.stream, file.filename or "", digest.hexdigest().encode(), request.form.to_dict())
