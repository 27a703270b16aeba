"""What the documents say of the code is so."""

import re

from tests.code.house import ROOT
from vendorhub.config import table


def test_operators_read_of_every_setting_and_its_default() -> None:
    text = (ROOT / "docs" / "operators.md").read_text()
    rows = re.findall(r"^\| `(VENDORHUB_\w+)` +\| (.+?) +\| .+ \|$", text, re.MULTILINE)
    documented = {name: default.replace("`", "") for name, default in rows}
    assert documented == {name: setting.otherwise.replace("`", "") for name, setting in table().items()}
