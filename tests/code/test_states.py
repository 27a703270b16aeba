"""docs/states.md prints the tables of the domain as they are."""

from collections.abc import Mapping
from pathlib import Path

from vendorhub.domain import briefings, items, letters, meeting_requests, meetings, offers, papers, promises
from vendorhub.domain.rights import RIGHTS

DOCUMENT = Path(__file__).parents[2] / "docs" / "states.md"


def test_the_document_prints_the_tables() -> None:
    assert DOCUMENT.read_text() == printed()


def printed() -> str:
    """The whole document."""
    meeting = {state: {deed: step.to for deed, step in row.items()} for state, row in meetings.TRANSITIONS.items()}
    letter = {state: {f"→ {to}": to for to in sorted(row)} for state, row in letters.TRANSITIONS.items()}
    return "\n".join(
        [
            "# States and rights",
            "",
            "The tables in `vendorhub/domain/` are the rule: what is not in them can't be done. They draw the",
            "buttons; this page prints them.",
            "",
            *_table("Meeting request", meeting_requests.TRANSITIONS),
            "An *undo* only works while the answer is held, and so does a withdrawal against an answer. A yes with",
            "changes is refused only once the other side has heard of it.",
            "",
            *_table("A paper instead of a meeting", papers.TRANSITIONS),
            *_table("Offer of times", offers.TRANSITIONS),
            *_table("Meeting", meeting),
            *_table("A vendor's part in a briefing", briefings.TRANSITIONS),
            *_table("An item of a briefing", items.TRANSITIONS),
            *_table("A promise", promises.TRANSITIONS),
            *_table("Letter", letter),
            "## Who may do what",
            "",
            "| deed | side | role | standing to it |",
            "| --- | --- | --- | --- |",
            *(
                f"| {deed} | {grant.side} | {grant.role or 'any'} | {grant.relation} |"
                for deed, grants in RIGHTS.items()
                for grant in grants
            ),
            "",
        ]
    )


def _table(name: str, transitions: Mapping[str, Mapping[str, str]]) -> list[str]:
    rows = [f"| {state} | {deed} | {to} |" for state, row in transitions.items() for deed, to in row.items()]
    ends = [str(state) for state, row in transitions.items() if not row]
    said = f"Nothing leads on from: {', '.join(ends)}." if ends else ""
    return [f"## {name}", "", "| from | deed | to |", "| --- | --- | --- |", *rows, "", *([said, ""] if said else [])]
