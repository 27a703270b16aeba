"""Prints what was measured as a table, beside what was wanted, and keeps it as JSON."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Figure:
    """One number: of what, where it was measured, and the most (or least) that was wanted, if anything was."""

    what: str
    where: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def wanted(self) -> str:
        """The target in words."""
        if self.at_most is not None:
            return f"<= {self.at_most:g}"
        return f">= {self.at_least:g}" if self.at_least is not None else ""

    @property
    def reached(self) -> bool | None:
        """Whether the target was reached; None where there was none."""
        if self.at_most is not None:
            return self.value <= self.at_most
        return self.value >= self.at_least if self.at_least is not None else None


def tell(name: str, figures: Sequence[Figure]) -> None:
    """Prints the figures and writes benchmarks/results/NAME.json."""
    verdicts = {True: "reached", False: "NOT REACHED", None: ""}
    rows = [("what", "where", "measured", "unit", "wanted", "")]
    rows += [(one.what, one.where, f"{one.value:.4g}", one.unit, one.wanted, verdicts[one.reached]) for one in figures]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print(f"\n{name}")
    for row in rows:
        cells = [
            cell.rjust(width) if at == 2 else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  " + "  ".join(cells).rstrip())
    RESULTS.mkdir(exist_ok=True)
    told = {
        "benchmark": name,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "figures": [asdict(one) | {"reached": one.reached} for one in figures],
    }
    (RESULTS / f"{name}.json").write_text(json.dumps(told, indent=2) + "\n")
