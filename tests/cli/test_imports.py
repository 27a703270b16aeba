"""`vendorhub import vendors`, as an operator types it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Shell

TABLE = "company,met_on\nAcme,2026-01-05\nNil,soon\n"


@pytest.mark.shared
@pytest.mark.usefixtures("asked")
def test_a_table_is_tried_and_taken(vendorhub: Shell, tmp_path: Path) -> None:
    file = tmp_path / "vendors.csv"
    file.write_text(TABLE)
    several = vendorhub.refused("import", "vendors", str(file))
    assert several == "Please say for which buyer, with --organization."
    line = ("import", "vendors", str(file), "--organization", "norden")
    bad = "line 3, met_on: Please write the date like this: 2027-01-13.\n1 rows are good, 1 are not.\n"
    assert vendorhub.ok(*line, "--dry-run").stdout == f"{bad}Nothing was changed.\n"
    assert vendorhub.ok(*line).stdout == f"{bad}Taken. New are 1 companies, 1 relationships, 1 meetings.\n"
    assert vendorhub.json(*line)["new"] == {"companies": 0, "relationships": 0, "meetings": 0}
    assert vendorhub.run(*line, "--as", "charlie@harbour.example").exit_code == 2
    file.write_text("company,colour\nA,red\n")
    assert vendorhub.run(*line).exit_code == 2
