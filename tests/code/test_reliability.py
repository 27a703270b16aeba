"""docs/reliability.md names tests that are there, and all the cases that were promised."""

import ast
import re

from tests.code.house import ROOT

PROMISED = {"C01", "C02", "C05", "C07", "C09", "L01", "L03", "L05", "T06", "O06", "X02", "I04", "K01", "U01"}


def test_the_cases_and_their_tests_are_there() -> None:
    text = (ROOT / "docs" / "reliability.md").read_text()
    rows = re.findall(r"^\| (\w*) ?\| .+? \| `([\w/]+\.py)::(\w+)` \| .+? \| (.*?) ?\|$", text, re.MULTILINE)
    assert len(rows) == text.count("::")  # every line of the table can be read
    assert {case for case, *_ in rows} - {""} == PROMISED
    for _, path, name, whole in rows:
        module = ast.parse((ROOT / "tests" / path).read_text())
        assert name in {node.name for node in module.body if isinstance(node, ast.FunctionDef)}, (path, name)
        for part in re.findall(r"bin/test (tests/[\w/.]+)", whole):
            assert (ROOT / part).exists(), part
