"""Answers what troubles a reader of a page in a real browser: at every width, by day and night, by key, on paper."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Request

EYES = (Path(__file__).parent / "eyes.js").read_text()

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# WCAG 1.4.10: 1280 pixels at 400 %; and at 200 %.
NARROWEST = {"width": 320, "height": 640}
ZOOMED = {"width": 640, "height": 450}
WIDE = {"width": 1920, "height": 1080}
PAPER = {"width": 718, "height": 1047}  # A4 within margins of 1 cm, at 96 pixels an inch

FORMS = tuple((size, scheme) for size in ("desk", "phone") for scheme in ("light", "dark"))
_SIZES = {"desk": DESK, "phone": PHONE}

AT_MOST_AT_FIRST = 150_000  # bytes as they travel
AT_MOST_LATER = 100_000
AT_MOST_REQUESTS = 6

_AXE = """options => axe.run(document, options).then(found => found.violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\\s+/g, " ")}`)))"""


class Eyes:
    """Somebody who looks at pages in one tab, and notes what troubles them there."""

    def __init__(self, context: BrowserContext) -> None:
        context.add_init_script(AXE_SCRIPT + EYES)
        self.page = context.new_page()
        self._found: dict[str, list[str]] = {}  # where, by the sentence
        self._status = 200
        self._came: list[Request] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.note("scripts", [f"one fails: {error}"]))
        self.page.on("request", self._asked_for)
        self.page.on("requestfinished", self._arrived)

    @property
    def troubles(self) -> str:
        """What was noted since the page was opened, a line each; empty when all is well."""
        return "\n".join(f"{sentence} ({', '.join(where)})" for sentence, where in self._found.items())

    def note(self, where: str, found: Iterable[str]) -> None:
        """Writes down what is wrong, and in which form of the page."""
        for sentence in found:
            self._found.setdefault(sentence, []).append(where)

    def open(self, address: str, *, status: int = 200) -> None:
        """A page, which must answer with this status."""
        self._found = {}
        self.expect(status)
        self._came.clear()
        self.page.set_viewport_size(cast("Any", DESK))
        answer = self.page.goto(address)
        if (got := answer.status if answer else 0) != status:
            self.note("opened", [f"status {got}"])

    def expect(self, status: int) -> None:
        """With which status the next page will answer: a refusal is no trouble then."""
        self._status = status

    def weight(self) -> tuple[int, int]:
        """How many requests the page took since it was opened, and how many bytes came for them."""
        return len(self._came), sum(request.sizes()["responseBodySize"] for request in self._came)

    def look(self, *, whole: bool, by_night: bool = False) -> None:
        """Notes everything but photographs: of the page as it was opened and with all unfolded, by day and by night; or
        only the latter, and either by day or by night."""
        scheme = "dark" if by_night else "light"
        self.page.emulate_media(color_scheme=cast("Any", scheme), reduced_motion="reduce")
        self.note("head", self._see("head"))
        self.note("reduced motion", self._see("still"))
        folded = self.page.locator("details:not([open])").count() > 0
        if folded and whole:
            self._pass(whole=True)
        if folded:
            self.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        self._pass(f"{'unfolded, ' if folded else ''}{scheme}, ", whole=whole)
        if whole:
            self.page.emulate_media(color_scheme="light" if by_night else "dark", reduced_motion="reduce")
            self.note("axe, the other colours", self.axe("color-contrast"))

    def _pass(self, how: str = "", *, whole: bool) -> None:
        """One look: axe, the layout from the narrowest phone to a wide screen and with letters twice as big, focus."""
        self.note(f"{how}axe", self.axe())
        for size in (PHONE, ZOOMED, WIDE, NARROWEST, DESK) if whole else (NARROWEST, DESK):
            self.page.set_viewport_size(cast("Any", size))
            self.note(f"{how}{size['width']} wide", self._see("layout"))
        self.page.evaluate("document.documentElement.style.fontSize = '200%'")
        self.note(f"{how}letters twice as big", self._see("words"))
        self.page.evaluate("document.documentElement.style.fontSize = ''")
        self.page.keyboard.press("Tab")  # from here on the browser shows the focus
        self.note(f"{how}focus", self._see("focus"))

    def axe(self, *rules: str) -> list[str]:
        """What axe finds; by some rules only, if named."""
        chosen = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
        options = {"resultTypes": ["violations"], "iframes": False, **chosen}
        return cast("list[str]", self.page.evaluate(_AXE, options))

    def photograph(self, folder: Path, name: str, *, only: int | None = None) -> None:
        """The whole page: on a desk and on a phone, by day and by night; or `only` one of these, coarser."""
        ending = ".png" if only is None else ".jpg"
        for size, scheme in FORMS if only is None else [FORMS[only % len(FORMS)]]:
            self.page.set_viewport_size(cast("Any", _SIZES[size]))
            self.page.emulate_media(color_scheme=cast("Any", scheme))
            self._shoot(folder / f"{name}-{size}-{scheme}{ending}")
        self.page.set_viewport_size(cast("Any", DESK))

    def on_paper(self, folder: Path, name: str, *, at_most: int) -> None:
        """Prints the page, as a PDF and as a picture, and notes what is wrong with it; more sheets than these, too."""
        self.page.set_viewport_size(cast("Any", PAPER))
        self.page.emulate_media(media="print", color_scheme="light")
        self.note("on paper", self._see("words"))
        self._shoot(folder / f"{name}-paper.png")
        octets = self.page.pdf(path=folder / f"{name}.pdf", format="A4")
        self.page.emulate_media(media="screen")
        self.page.set_viewport_size(cast("Any", DESK))
        sheets = octets.count(b"/Type /Page\n")
        if not 1 <= sheets <= at_most:
            self.note("on paper", [f"{sheets} sheets"])

    def _shoot(self, file: Path) -> None:
        if file.suffix == ".jpg":
            self.page.screenshot(path=file, full_page=True, type="jpeg", quality=85)
        else:
            self.page.screenshot(path=file, full_page=True)

    def _see(self, what: str) -> list[str]:
        return cast("list[str]", self.page.evaluate(f"vendorhubEyes.{what}()"))

    def _hear(self, message: ConsoleMessage) -> None:
        its_own = "Failed to load resource" in message.text and f"status of {self._status} " in message.text
        if message.type == "error" and not its_own:
            self.note("the console", [message.text])

    def _arrived(self, request: Request) -> None:
        self._came.append(request)

    def _asked_for(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in ("127.0.0.1", None):
            self.note("requests", [f"another host: {request.url}"])
