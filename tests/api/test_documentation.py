import re
from pathlib import Path

from vendorhub.api.calls import CALLS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def test_the_page_names_every_call_and_no_other() -> None:
    named = re.findall(r"^\| `([A-Z]+) (/\S+)` \|", PAGE.read_text(), re.MULTILINE)
    served = [(call.method, call.rule.replace("<", "{").replace(">", "}")) for call in CALLS]
    assert sorted(named) == sorted(served)
