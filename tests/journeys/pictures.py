"""Takes the pictures of the documents from the demo world, by day and by night: `bin/pictures`."""

import tempfile
from pathlib import Path
from typing import Any, cast

from tests.journeys.hall import ARJUN, KATRIN, MAYA, chromium, opened
from tests.processes import ROOT

FOLDER = ROOT / "docs" / "pictures"
AT_MOST = 150_000  # bytes each

# The name, who looks, the address, and how wide and high what they see is.
PICTURES = (
    ("waiting", KATRIN, "/", 1040, 660),
    ("front-door", None, "/b/havelmark", 1040, 780),
    ("ask", MAYA, "/b/havelmark/ask", 1040, 780),
    ("times", ARJUN, "/meeting-requests/{theirs}/times", 1040, 780),
    ("meeting", ARJUN, "/meetings/{meeting}", 1040, 780),
    ("letter", None, "/dev/letters/times_offered/html", 700, 760),
)


def take(folder: Path) -> None:
    """Takes all of them. Raises ValueError for one that is too big for a document."""
    with tempfile.TemporaryDirectory() as instance, chromium() as browser, opened(Path(instance), browser) as hall:
        for name, who, path, width, height in PICTURES:
            page = hall.eyes(who).page
            page.set_viewport_size(cast("Any", {"width": width, "height": height}))
            page.goto(hall.address + path.format_map(hall.things(who)))
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=cast("Any", scheme))
                octets = page.screenshot(path=folder / f"{name}-{scheme}.png")
                if len(octets) > AT_MOST:
                    raise ValueError(f"{name}-{scheme}.png has {len(octets)} bytes")


if __name__ == "__main__":
    take(FOLDER)
