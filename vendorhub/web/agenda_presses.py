"""Answers what was pressed on the timeline of an agenda: one button, and every minute that was typed differently."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from vendorhub.domain.refusals import Unfit
from vendorhub.queries.agenda_building import Workbench

STEP = 5  # minutes that a press gives or takes


@dataclass(frozen=True)
class Press:
    """What somebody wanted: `act` as the button says it, `about` which entry or item, by name `title`, `typed` the
    minutes that were typed; and what follows of it for the deed. `revision` is the one that they saw."""

    act: str
    about: str
    title: str
    revision: int
    typed: Mapping[str, int] = field(default_factory=dict)
    minutes: Mapping[str, int] = field(default_factory=dict)
    move: tuple[str, int] | None = None
    place: tuple[str, int | None] | None = None
    remove: str = ""

    @property
    def verb(self) -> str:
        """Which of the buttons it was: "" for minutes alone."""
        return self.act.partition(":")[0]

    @property
    def anchor(self) -> str:
        """Where the page goes on afterwards."""
        return f"entry-{self.about}" if self.about and not self.remove and not self.place else "timeline"


def pressed_on(bench: Workbench, sent: Mapping[str, str]) -> Press:
    """The press that this form is, on what stands now. Raises Unfit for a form that is not ours."""
    revision = sent.get("revision", "")
    verb, _, rest = sent.get("act", "").partition(":")
    about, _, place = rest.partition(":")
    if not revision.isdecimal() or (verb and verb not in _VERBS):
        raise Unfit("act", "Please open the page anew; this form is not whole.")
    lines = dict(zip(bench.placed, bench.agenda.lines, strict=True))
    typed = _typed(sent, lines)
    minutes = dict(typed)
    titles = {code: line.entry.title for code, line in lines.items()}
    titles |= {line.id: line.entry.title for line in bench.waiting}
    title = titles.get(about, "")
    if verb in ("more", "less"):
        stands = minutes.get(about, lines[about].entry.minutes if about in lines else STEP)
        minutes[about] = max(1, stands + (STEP if verb == "more" else -STEP))
    order = list(bench.placed)
    to = order.index(about) if about in order else 0
    to = int(place[:4]) if place.isascii() and place.isdecimal() else to + {"up": -1, "down": 1}.get(verb, 0)
    return Press(
        act=sent.get("act", ""),
        about=about,
        title=title,
        revision=int(revision[:9]),
        typed=typed,
        minutes=minutes,
        move=(about, max(0, to)) if verb in ("up", "down", "to") else None,
        place=(about, to if place else None) if verb == "place" else None,
        remove=about if verb == "remove" else "",
    )


def _typed(sent: Mapping[str, str], stand: Container[str]) -> dict[str, int]:
    """The minutes that differ from those on the page, which stand in the field's name, by entry. Raises Unfit for what
    is no number of minutes."""
    found = {}
    for name, value in sent.items():
        kind, _, rest = name.partition("-")
        entry, _, seen = rest.partition("-")
        typed = value.strip()
        if kind != "m" or entry not in stand or typed == seen:
            continue
        if not (typed.isascii() and typed.isdecimal()):
            raise Unfit("entries", "Please give each entry between 1 and %(most)s minutes.", most=480)
        found[entry] = int(typed[:9])
    return found


_VERBS = frozenset({"up", "down", "to", "more", "less", "place", "remove"})
