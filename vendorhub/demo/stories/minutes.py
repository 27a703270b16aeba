"""The agenda of two vendors of paper at Havelmark, what was written down there, and what was said afterwards."""

from typing import Final

from vendorhub.demo.briefing_steps import Begins, Confirms, Marks, Notes, Promises, Publishes, Thanks
from vendorhub.demo.cast import CIO, VAR
from vendorhub.demo.vendors import HALINA, INKERBY, QUILLMARE

ON_PAPER: Final = (
    Begins(VAR, 1, "9:30"),
    Marks(
        *(VAR, 0, "9:45"),
        two=(QUILLMARE, INKERBY),
        kind="competition",
        why="One counts what is not printed, the other what is: they meet at the same page.",
    ),
    Publishes(VAR, 0, "10:15", "Small differences of a few minutes are fine today."),
    Notes(VAR, 12, "13:50", "Of every ten letters to customers, four are never opened.", 2),
    Notes(CIO, 0, "14:20", "The printers of the branches go first, in autumn.", 3, decided=True),
    Notes(VAR, 0, "14:35", "A page that is not sent saves more than one that is printed for less.", 4),
    Promises(VAR, 0, "14:50", owner=HALINA, text="Count the pages of the branches, month by month", due=15),
    Promises(VAR, 0, "14:52", owner=CIO, text="Ask the board which letters the law wants on paper", due=20),
    Notes(CIO, 0, "14:55", "We sit together again when the first branch is done.", decided=True),
    Confirms(CIO, 1, "9:10"),
    Thanks(
        *(CIO, 0, "9:20"),
        company=QUILLMARE,
        worth=5,
        text="You told us which of our letters nobody needs. Two of them were mine.",
        quotable=True,
    ),
)
