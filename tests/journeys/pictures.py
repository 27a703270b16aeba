"""Takes the pictures of the documents from the demo world, by day and by night: `bin/pictures`."""

import tempfile
from pathlib import Path
from typing import Any, cast

from tests.journeys.hall import ARJUN, KATRIN, MAYA, chromium, opened
from tests.processes import ROOT

FOLDER = ROOT / "docs" / "pictures"
AT_MOST = 150_000  # bytes each

SHRUNK = 0.72

# The name, who looks, the address, and how wide and high what they see is, before it is shrunk.
PICTURES = (
    ("waiting", KATRIN, "/", 1280, 960),
    ("front-door", None, "/b/havelmark", 1280, 960),
    ("ask", MAYA, "/b/havelmark/ask", 1280, 960),
    ("times", ARJUN, "/meeting-requests/{theirs}/times", 1280, 960),
    ("meeting", ARJUN, "/meetings/{meeting}", 1280, 960),
    ("letter", None, "/dev/letters/times_offered/html", 840, 900),
)


def take(folder: Path) -> None:
    """Takes all of them. Raises ValueError for one that is too big for a document."""
    with tempfile.TemporaryDirectory() as instance, chromium() as browser, opened(Path(instance), browser) as hall:
        for name, who, path, width, height in PICTURES:
            size: Any = {"width": width, "height": height}
            context = browser.new_context(viewport=size, device_scale_factor=SHRUNK)
            context.add_cookies(cast("Any", hall.eyes(who).page.context.cookies()))
            page = context.new_page()
            page.goto(hall.address + path.format_map(hall.things(who)))
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=cast("Any", scheme))
                octets = page.screenshot(path=folder / f"{name}-{scheme}.png")
                if len(octets) > AT_MOST:
                    raise ValueError(f"{name}-{scheme}.png has {len(octets)} bytes")


if __name__ == "__main__":
    take(FOLDER)
