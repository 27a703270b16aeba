"""Asks that met a no, a not now, a never or silence, most of them for a reason; and a yes that was regretted."""

from typing import Final

from vendorhub.demo.cast import ASSISTANT, CIO, INFRASTRUCTURE
from vendorhub.demo.front_doors import COSTS, FEWER
from vendorhub.demo.places import KATRINS_VIDEO
from vendorhub.demo.steps import Ask, Chosen, Refusal, ShutOut, Times, Yes
from vendorhub.demo.vendors import ELKE, NOEMI, SANNE, THIERRY, VALENTIN, VANTORO

ALL: Final = (
    Ask(
        *(THIERRY, 300, "9:45"),
        topic="Telephony, reimagined",
        outcome="How we can accompany you on your voice journey.",
        learned="Insurers telephone a great deal.",
        minutes=60,
        to=CIO,
        kind="intro",
        then=(
            Refusal(CIO, 1, "17:45", note="We do, on a contract until 2028. Please ask again when it is nearly over."),
        ),
    ),
    Ask(
        *(VALENTIN, 290, "10:30"),
        topic="A friendly helper on every desktop",
        outcome="How many desktops you have.",
        learned="You have desktops.",
        minutes=30,
        kind="intro",
    ),
    Ask(
        *(NOEMI, 275, "11:10"),
        topic="Your licence position",
        outcome="A frank conversation about exposure.",
        learned="Companies of your size are often surprised.",
        minutes=45,
        kind="intro",
    ),
    Ask(
        *(VALENTIN, 232, "9:50"),
        topic="The friendly helper, now for servers too",
        outcome="Whether you prefer the helper in blue or in green.",
        learned="Mirela is responsible for infrastructure, which has servers.",
        minutes=30,
        to=INFRASTRUCTURE,
        kind="intro",
        then=(
            Refusal(INFRASTRUCTURE, 1, "8:40", note="Neither. Our front door says why; thank you for asking politely."),
        ),
    ),
    Ask(
        *(VALENTIN, 222, "10:10"),
        topic="The friendly helper, a word with the head of the house",
        outcome="Whether blue would be possible after all.",
        learned="Mirela seemed busy.",
        minutes=15,
        to=CIO,
        kind="intro",
    ),
    Ask(
        *(SANNE, 205, "9:40"),
        topic="Your cloud invoice, read aloud",
        outcome="Which of the 900 lines you would like to understand.",
        learned="Your fiscal year begins when most invoices of your provider change. That is worth an hour by itself.",
        minutes=30,
        to=CIO,
        goal=COSTS,
        kind="intro",
        then=(
            Refusal(
                *(CIO, 2, "16:10", "not_now"),
                note="I like the idea. After the next budget, when there is something to read.",
                again=120,
            ),
        ),
    ),
    Ask(
        *(THIERRY, 139, "9:30"),
        topic="Telephony, still reimagined",
        outcome="A date in 2028 to which we may look forward together.",
        learned="Your contract runs until 2028, as you kindly told us.",
        minutes=45,
        to=CIO,
        kind="intro",
        then=(Refusal(CIO, 1, "17:30", note="You have listened, thank you. It is still not 2028."),),
    ),
    Ask(
        *(NOEMI, 128, "11:20"),
        topic="Your licence position, second notice",
        outcome="Your side of the story.",
        learned="We have not heard from you.",
        minutes=45,
        kind="intro",
    ),
    Ask(
        *(VALENTIN, 98, "10:20"),
        topic="The friendly helper is already on 40 of your desktops",
        outcome="How we make it all of them.",
        learned="Forty of your people have clicked on our free trial. They seemed to like the green one.",
        minutes=60,
        to=CIO,
        kind="intro",
        then=(
            Refusal(
                *(CIO, 0, "18:10", "never"),
                note="They were told that it came from us. Please take it off all forty by tomorrow.",
            ),
        ),
    ),
    Ask(
        *(ELKE, 56, "10:00"),
        topic="An outside view on your supplier landscape",
        outcome="If three days of interviews would tell you something that you do not know.",
        learned="You want half as many infrastructure suppliers. We have helped two mutual insurers to count theirs.",
        minutes=60,
        to=CIO,
        goal=FEWER,
        kind="intro",
        then=(
            Yes(CIO, 3, "17:15", "An hour, to see whether we could work together.", KATRINS_VIDEO),
            Times(ASSISTANT, 1, "11:05", ((19, "10:00"), (20, "14:00"))),
            Chosen(ELKE, 1, "9:30", 1),
            ShutOut(CIO, 7, "18:05", company=VANTORO),
        ),
    ),
)
