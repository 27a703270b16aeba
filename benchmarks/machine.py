"""Answers what processes cost: CPU time and resident memory, as the kernel counts them in /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")
MEGABYTE = 1024 * 1024
# Fields of /proc/PID/stat, counted from the one after the command's name: utime, stime, cutime, cstime.
_TIMES = slice(11, 15)


@dataclass(frozen=True)
class Tree:
    """A process and everything below it."""

    pid: int

    def cpu(self) -> float:
        """Seconds of CPU that the processes have used, with those that have come and gone."""
        return _ticks(self.pid) * TICK + sum(Tree(child).cpu() for child in self.children())

    def children(self) -> list[int]:
        """The processes right below."""
        return [int(child) for child in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def memory(self) -> list[float]:
        """Megabytes that are resident for each child."""
        return [_resident(child) for child in self.children()]


def _ticks(pid: int) -> int:
    # The command's name is in brackets and may hold anything.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[_TIMES])


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def postmaster(folder: Path) -> Tree:
    """The PostgreSQL server whose cluster is in `folder`."""
    return Tree(int((folder / "data" / "postmaster.pid").read_text().splitlines()[0]))
