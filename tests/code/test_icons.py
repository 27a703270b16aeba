"""Only icons that a page uses are drawn: each is on every page."""

import re

from tests.processes import ROOT


def test_each_icon_has_a_use() -> None:
    templates = {path: path.read_text() for path in (ROOT / "templates").rglob("*.html")}
    drawn = set(re.findall(r'^  "(\w+)": "M', templates[ROOT / "templates/_parts/icons.html"], re.MULTILINE))
    used = {name for text in templates.values() for name in re.findall(r"""(?:icon\(|sign=)["'](\w+)["']""", text)}
    assert drawn == used
    assert len(drawn) > 5
