"""Runs the benchmarks, or those named: bin/bench [NAME ...] [--full]."""

import argparse
import signal
import sys

from benchmarks import briefings, cadence, letters, memory, pages, planner, report, start, writers

ALL = {
    "pages": pages.measure,
    "briefings": briefings.measure,
    "cadence": cadence.measure,
    "memory": memory.measure,
    "planner": planner.measure,
    "letters": letters.measure,
    "writers": writers.measure,
    "start": start.measure,
}
REQUESTS = 10_000  # a fifth of them with a meeting
FULL = 100_000


def main() -> None:
    """Measures, prints a table for each benchmark, and keeps the figures in benchmarks/results/."""
    given = argparse.ArgumentParser(prog="bin/bench", description="Measures what VendorHub costs.")
    given.add_argument("names", nargs="*", choices=[[], *ALL], metavar="NAME", help=f"one of {', '.join(ALL)}")
    given.add_argument("--full", action="store_true", help=f"{FULL} meeting requests instead of {REQUESTS}")
    given.add_argument("--requests", type=int, help="so many of them, for a quick look")
    chosen = given.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # or the servers would be left running
    requests = chosen.requests or (FULL if chosen.full else REQUESTS)
    for name in chosen.names or ALL:
        report.tell(name, list(ALL[name](requests=requests)))


if __name__ == "__main__":
    main()
