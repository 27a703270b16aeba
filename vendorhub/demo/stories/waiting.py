"""Eight asks that wait for the insurer today, the best first and the worst last; and one that has only knocked."""

from datetime import timedelta
from typing import Final

from vendorhub.demo.answers import Sorted
from vendorhub.demo.cast import ASSISTANT, CIO, TIDE_CLOUD, VAR, VAR_ADMIN
from vendorhub.demo.front_doors import COSTS, FEWER, LEAVERS, PAPERLESS, RESTORE
from vendorhub.demo.steps import Ask, Knock
from vendorhub.demo.vendors import KADRI, KIP, MAYA, NOEMI, SANNE, TEAGAN, THIERRY, WOLE

ALL: Final = (
    Ask(
        *(VAR, 4, "10:10"),
        topic="What the last restore test left open",
        outcome=(
            "Which of the three causes of the nine-hour restore you want to tackle this fiscal year, and which you "
            "live with. We bring the cost of each."
        ),
        learned=(
            "The claims database came back in 2 h 10 min; the rest were the file shares, because their "
            "index is rebuilt in one thread. Your auditors want four hours by the end of your fiscal year."
        ),
        minutes=60,
        to=CIO,
        goal=RESTORE,
        kind="governance",
        coming=(VAR, VAR_ADMIN),
        then=(
            Sorted(
                *(ASSISTANT, 0, "11:05"),
                pile="for_you",
                line="They have read the auditors’ letter. Henrik will ask you about the four hours.",
                suggested="yes",
            ),
        ),
    ),
    Ask(
        *(KADRI, 3, "9:35"),
        topic="The eleven people whom no list knows",
        outcome="Who may decide about accounts that belong to nobody. We can't, and Wanda says that she can't either.",
        learned=(
            "Our trial left eleven accounts without a person. Two sign contracts; one waters the plants on the fourth "
            "floor, by a pump. All are older than your list of people."
        ),
        minutes=30,
        to=CIO,
        goal=LEAVERS,
        coming=(KADRI, WOLE),
    ),
    Ask(
        *(MAYA, 2, "15:20"),
        topic="One copy of everything instead of three backup products",
        outcome="If two of your three backup contracts could end with their term, and what would be lost by it.",
        learned=(
            "Two of your job adverts name three different backup products. Your brief says that you would rather run "
            "fewer."
        ),
        minutes=30,
        goal=FEWER,
        kind="intro",
        coming=(MAYA,),
    ),
    Ask(
        *(SANNE, 3, "14:15"),
        topic="Your cloud invoice, read aloud, as you suggested",
        outcome="Which of its lines you would like to understand. I bring coffee for 900 of them and hope for nine.",
        learned="You said: after the budget. The budget is through, and your provider has changed all prices twice.",
        minutes=30,
        to=CIO,
        goal=COSTS,
        kind="intro",
    ),
    Ask(
        *(TIDE_CLOUD, 2, "11:25"),
        topic="Hosting for letters, should you send fewer of them",
        outcome="Where the letters without paper would live. We do not know yet whether you have asked yourselves.",
        learned="One of your goals is about paper. We host two portals, neither of them for an insurer.",
        minutes=45,
        to=CIO,
        goal=PAPERLESS,
        kind="intro",
        coming=(TIDE_CLOUD,),
    ),
    Ask(
        *(THIERRY, 2, "9:40"),
        topic="Telephony: being early for 2028",
        outcome="A first exchange of calendars.",
        learned="Nothing has changed at yours. At ours the logo has.",
        minutes=45,
        to=CIO,
        kind="intro",
    ),
    Ask(
        *(NOEMI, 1, "11:00"),
        topic="Your licence position, final friendly notice",
        outcome="To avoid a less friendly conversation.",
        learned="Our records show irregularities, which we can't name in writing.",
        minutes=60,
        to=CIO,
        kind="topic",
    ),
    Ask(
        *(KIP, 1, "16:30"),
        topic="QUICK SYNC!!! 10x your pipeline (insurers LOVE this)",
        outcome="You, me, 60 minutes, zero slides (just kidding, 84 slides).",
        learned="I saw your name on the internet and thought: WOW.",
        minutes=60,
        to=CIO,
        kind="governance",
        coming=(KIP, TEAGAN),
    ),
)

KNOCKS: Final = (
    Knock(
        before=timedelta(minutes=40),
        name="Fenna Okonjo-Brandt",
        email="fenna@cloudberry.example",
        company="Cloudberry Survey",
        topic="Roofs, measured from a balloon",
        outcome="Whether a picture from above, an hour after the hail, would spare your adjusters the ladder.",
        learned="Your adjusters climbed 4,100 roofs in three days. Two of them wrote about it, and about their knees.",
        minutes=30,
    ),
)
