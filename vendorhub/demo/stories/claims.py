"""Hagelwerk, whose claims system of 2009 stays until 2029; and Loamline, who would like to have its data."""

from typing import Final

from vendorhub.demo.cast import APPLICATIONS, CIO
from vendorhub.demo.front_doors import COSTS, HAIL, RESTORE
from vendorhub.demo.places import MULDE, ORANGERY, TOBIAS_VIDEO
from vendorhub.demo.steps import Agenda, Ask, CalledOff, Chosen, Move, Refusal, TakenBack, Times, Yes
from vendorhub.demo.vendors import BEAT, CHIARA, DUARTE, INES, JOST

CLAIMS: Final = (
    Ask(
        *(BEAT, 305, "9:30"),
        topic="Release 14.2: how hail claims are sorted",
        outcome="Whether dented cars and broken greenhouses stay in one pile.",
        learned="After the last storm your people sorted 6,300 claims by hand, by the colour of the roof.",
        minutes=60,
        to=APPLICATIONS,
        goal=HAIL,
        kind="governance",
        coming=(BEAT, CHIARA),
        then=(
            Yes(APPLICATIONS, 1, "14:30", "Two piles, I think, but convince me.", MULDE),
            Times(APPLICATIONS, 1, "9:10", ((6, "13:00"), (7, "9:00"))),
            Chosen(BEAT, 1, "10:00", 0),
            Agenda(BEAT, 1, "11:00", (("Six thousand roofs", 25),)),
            Agenda(APPLICATIONS, 1, "9:00", (("What the adjusters want", 25), ("What they need", 10))),
            Move(
                APPLICATIONS,
                1,
                "10:45",
                to=(3, "14:00"),
                note="A storm warning; until noon everybody is on the road.",
            ),
        ),
    ),
    Ask(
        *(BEAT, 244, "10:00"),
        topic="Release 14.3, and a bug that is older than our apprentices",
        outcome="If we may repair it although three of your reports have learned to live with it.",
        learned="It rounds to five cents, as was right in the country in which it was written.",
        minutes=45,
        to=APPLICATIONS,
        kind="governance",
        coming=(BEAT, CHIARA),
        then=(
            Yes(APPLICATIONS, 2, "9:30", "", TOBIAS_VIDEO),
            Times(APPLICATIONS, 1, "9:15", ((5, "10:00"), (6, "13:30"))),
            Chosen(CHIARA, 1, "11:10", 1),
            Agenda(BEAT, 1, "14:20", (("Five cents since 2009", 20),)),
            Agenda(APPLICATIONS, 1, "9:50", (("Three reports that will notice", 20),)),
        ),
    ),
    Ask(
        *(BEAT, 175, "9:45"),
        topic="Restoring the claims system: our part of the four hours",
        outcome="Which of our services must be up in the first hour, and which may sleep in.",
        learned="Of nine hours in your last test, 40 minutes were ours. We would like them to be 15.",
        minutes=60,
        to=APPLICATIONS,
        goal=RESTORE,
        kind="governance",
        coming=(BEAT, CHIARA),
        then=(
            Yes(APPLICATIONS, 1, "15:50", "Honest figures. Yes.", MULDE),
            Times(APPLICATIONS, 1, "10:05", ((6, "9:00"), (8, "9:00"))),
            Chosen(BEAT, 1, "9:20", 0),
            Agenda(CHIARA, 2, "13:15", (("Forty minutes, taken apart", 30),)),
            Agenda(APPLICATIONS, 1, "11:30", (("What an adjuster needs first", 25),)),
        ),
    ),
    Ask(
        *(BEAT, 112, "9:40"),
        topic="Photographs of damage, sent by customers",
        outcome="How large a picture of a greenhouse may be.",
        learned="The largest so far has 212 megabytes. It is a very good picture.",
        minutes=45,
        to=APPLICATIONS,
        goal=HAIL,
        coming=(BEAT,),
        then=(
            Yes(APPLICATIONS, 1, "10:25", "Please bring it.", TOBIAS_VIDEO),
            Times(APPLICATIONS, 1, "9:00", ((4, "13:00"), (5, "13:00"))),
            Chosen(BEAT, 1, "9:30", 0),
            CalledOff(
                *(APPLICATIONS, 2, "8:05"),
                note="Hail since yesterday evening, as large as plums. Everybody is on a roof; let us talk after it.",
            ),
        ),
    ),
    Ask(
        *(BEAT, 104, "10:10"),
        topic="After the hail: what held and what did not",
        outcome="What we change before the next one, with the adjusters in the room.",
        learned="4,100 claims in three days. The system was slow for two hours, your canteen for three.",
        minutes=60,
        to=APPLICATIONS,
        goal=HAIL,
        kind="governance",
        coming=(BEAT, CHIARA),
        then=(
            Yes(APPLICATIONS, 1, "9:05", "Thank you for staying up with us.", ORANGERY),
            Times(APPLICATIONS, 1, "9:30", ((7, "13:00"), (8, "9:30"))),
            Chosen(BEAT, 1, "10:40", 0),
            Agenda(BEAT, 2, "11:10", (("Two slow hours", 20), ("Pictures, 212 megabytes and less", 10))),
            Agenda(APPLICATIONS, 1, "9:35", (("The adjusters speak", 30),)),
        ),
    ),
    Ask(
        *(CHIARA, 48, "9:50"),
        topic="Release 15: what we would take out",
        outcome="Which eleven of the forty screens nobody would miss.",
        learned="Eleven screens were opened by one person each last year, nine of them by mistake.",
        minutes=45,
        to=APPLICATIONS,
        goal=HAIL,
        kind="governance",
        coming=(BEAT, CHIARA),
        then=(
            Yes(APPLICATIONS, 1, "13:30", "My favourite kind of release.", MULDE),
            Times(APPLICATIONS, 1, "9:20", ((7, "10:00"), (9, "14:00"))),
            Chosen(CHIARA, 1, "10:15", 1),
            Agenda(CHIARA, 2, "14:40", (("Eleven screens, one farewell each", 22),)),
            Agenda(APPLICATIONS, 2, "9:10", (("Two that must stay, and why", 20),)),
        ),
    ),
    Ask(
        *(CHIARA, 5, "10:05"),
        topic="Release 15: the trial in one branch",
        outcome="Which branch tries it first, and what makes us stop.",
        learned="Your branch in the north asked for it by postcard.",
        minutes=45,
        to=APPLICATIONS,
        goal=HAIL,
        kind="governance",
        coming=(BEAT, CHIARA, JOST),
        then=(
            Yes(
                *(APPLICATIONS, 1, "11:20", "The postcard hangs here. Katrin wants to hear of it.", TOBIAS_VIDEO),
                coming=(BEAT, CHIARA, JOST, CIO),
            ),
            Times(APPLICATIONS, 1, "13:15", ((10, "8:15"), (11, "14:00"))),
            Chosen(BEAT, 1, "9:35", 0),
            Agenda(CHIARA, 1, "10:50", (("Two weeks, day by day", 20),)),
            Agenda(APPLICATIONS, 0, "14:05", (("When we stop", 10), ("Who writes back to the branch", 5))),
        ),
    ),
)

DATA: Final = (
    Ask(
        *(INES, 215, "10:20"),
        topic="One place for everything you know about roofs",
        outcome="Whether your roof data is worth keeping in one place.",
        learned="You are quoted in a trade paper: three systems know a house, and no two agree on its roof.",
        minutes=30,
        to=APPLICATIONS,
        goal=HAIL,
        kind="intro",
        coming=(INES,),
        then=(TakenBack(INES, 2, "11:00"),),
    ),
    Ask(
        *(DUARTE, 88, "10:30"),
        topic="A lake for Havelmark",
        outcome="How large your lake should be.",
        learned="Insurers have data, and data wants to be together.",
        minutes=60,
        to=CIO,
        coming=(DUARTE, INES),
        then=(
            Refusal(
                *(CIO, 1, "17:30", "no"),
                note=(
                    "We have enough water between the Elbe and the Oder. Inês's question about roofs was better; come "
                    "back with that one in half a year."
                ),
            ),
        ),
    ),
    Ask(
        *(DUARTE, 30, "11:15"),
        topic="A smaller lake",
        outcome="How small it may be.",
        learned="You have told us that the first one was too large.",
        minutes=30,
        to=APPLICATIONS,
        goal=COSTS,
        coming=(DUARTE,),
    ),
)

ALL: Final = (*CLAIMS, *DATA)
