"""What tests about the code itself look at: the modules of vendorhub/ and the files in git."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "vendorhub").rglob("*.py"))


def name(module: Path) -> str:
    """A module's path below the checkout, as in vendorhub/store/write.py."""
    return module.relative_to(ROOT).as_posix()


def room(module: Path) -> str:
    """The room that a module is in or is: store, clock; "" for vendorhub/__init__.py."""
    first = module.relative_to(ROOT / "vendorhub").parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def dotted(module: Path) -> Iterator[tuple[int, str]]:
    """Every line and dotted name in a module's code, imported names spelled out: datetime.datetime.now."""
    tree = ast.parse(module.read_text())
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                known[one.asname or one.name.split(".")[0]] = one.name if one.asname else one.name.split(".")[0]
                yield node.lineno, one.name
        elif isinstance(node, ast.ImportFrom):
            for one in node.names:
                known[one.asname or one.name] = f"{node.module}.{one.name}"
                yield node.lineno, f"{node.module}.{one.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            head, *rest = ast.unparse(node).split(".")
            yield node.lineno, ".".join([known.get(head, head), *rest])


def tracked() -> list[Path]:
    """The files that git tracks, or would with the next commit, without those deleted."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return [ROOT / line for line in listing.stdout.split("\0") if line and (ROOT / line).is_file()]
