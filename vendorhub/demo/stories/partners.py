"""The VARs: Lindholt, who has been here for years, and Tidesmith, who is new; Keelsafe and Quillmare, who begin."""

from typing import Final

from vendorhub.demo.cast import APPLICATIONS, ASSISTANT, CIO, INFRASTRUCTURE, RECOVERY, TIDE, TIDE_CLOUD, VAR, VAR_ADMIN
from vendorhub.demo.front_doors import COSTS, FEWER, HAIL, PAPERLESS, RESTORE
from vendorhub.demo.places import ELBE, KATRINS_VIDEO, MIRELAS_VIDEO, ORANGERY
from vendorhub.demo.steps import Agenda, Ask, Chosen, Place, Refusal, TakenBack, Times, Wish, WishRefused, Yes
from vendorhub.demo.vendors import ARJUN, LEELA, MAYA, TOM

LINDHOLT: Final = (
    Ask(
        *(VAR, 312, "9:35"),
        topic="Everything you buy through us, on two pages",
        outcome="Which five contracts you would not sign again.",
        learned="You have 61 contracts with 44 suppliers through us. For eleven of them nobody knows who asked.",
        minutes=60,
        to=CIO,
        goal=FEWER,
        kind="quarterly",
        coming=(VAR,),
        then=(
            Yes(CIO, 1, "16:50", "Two pages is the right number.", ELBE),
            Times(ASSISTANT, 1, "9:25", ((6, "10:00"), (7, "9:00"))),
            Chosen(VAR, 1, "10:05", 1),
            Agenda(VAR, 2, "13:20", (("Sixty-one contracts", 25),)),
            Agenda(ASSISTANT, 1, "9:55", (("Five we would not sign again", 25), ("The eleven orphans", 10))),
        ),
    ),
    Ask(
        *(VAR, 246, "9:45"),
        topic="Five contracts fewer",
        outcome="Whether we give notice in your name, and what the people who use them will do.",
        learned="Two of the five may be cancelled this quarter. One supplier has sent flowers.",
        minutes=45,
        to=CIO,
        goal=FEWER,
        kind="quarterly",
        coming=(VAR,),
        then=(
            Yes(ASSISTANT, 1, "10:35", "Katrin says yes, and that the flowers went to reception.", KATRINS_VIDEO),
            Times(ASSISTANT, 0, "10:45", ((5, "10:00"), (6, "11:00"), (7, "9:30"))),
            Chosen(VAR, 1, "9:15", 0),
            Agenda(VAR, 1, "14:10", (("Two notices to sign", 15),)),
            Agenda(CIO, 2, "8:35", (("Who will be angry", 20),)),
        ),
    ),
    Ask(
        *(VAR, 180, "10:00"),
        topic="A restore test, properly",
        outcome="Which day you can spare for it, all of it.",
        learned="Your last full restore was before the lift was renewed. Nobody remembers how long it took.",
        minutes=60,
        to=CIO,
        goal=RESTORE,
        kind="governance",
        coming=(VAR, VAR_ADMIN),
        then=(
            Yes(
                CIO,
                1,
                "12:30",
                "A Saturday, then. Mirela and Wanda help to choose it.",
                ELBE,
                None,
                (VAR, VAR_ADMIN, INFRASTRUCTURE, RECOVERY),
            ),
            Times(ASSISTANT, 1, "9:15", ((7, "13:00"), (8, "10:30"))),
            Chosen(VAR_ADMIN, 1, "9:40", 1),
            Agenda(VAR_ADMIN, 1, "11:20", (("What we pull out, in which order", 30),)),
            Agenda(RECOVERY, 2, "15:10", (("What I want to measure", 15),)),
        ),
    ),
    Ask(
        *(VAR, 118, "9:30"),
        topic="The restore test: nine hours",
        outcome="Whether we try again in half a year, and what has to be different by then.",
        learned="We stood beside it. The first four hours were good. Then somebody went to look for a password.",
        minutes=60,
        to=CIO,
        goal=RESTORE,
        kind="quarterly",
        coming=(VAR, VAR_ADMIN),
        then=(
            Yes(CIO, 1, "17:10", "I would like to hear about the password while seated.", ORANGERY),
            Times(ASSISTANT, 1, "10:00", ((6, "9:00"), (8, "13:00"))),
            Chosen(VAR, 1, "9:20", 0),
            Agenda(VAR_ADMIN, 2, "10:30", (("Nine hours on one page", 25),)),
            Agenda(ASSISTANT, 1, "9:45", (("Where passwords live", 15), ("The next try", 15))),
        ),
    ),
    Ask(
        *(VAR, 52, "9:55"),
        topic="Thirty-eight suppliers: where we are, and one we would add",
        outcome="If adding one is allowed when it lets you end three.",
        learned="You are six suppliers down on last year. Purchasing has begun to hum.",
        minutes=45,
        to=CIO,
        goal=FEWER,
        kind="quarterly",
        coming=(VAR,),
        then=(
            Yes(CIO, 2, "16:20", "One for three is a good exchange.", KATRINS_VIDEO),
            Times(ASSISTANT, 1, "9:40", ((6, "10:00"), (7, "15:30"))),
            Chosen(VAR, 1, "10:30", 1),
            Agenda(VAR, 2, "9:10", (("Three out, one in", 20),)),
            Agenda(ASSISTANT, 1, "9:20", (("What Purchasing hums", 10), ("The next six", 10))),
        ),
    ),
    Ask(
        *(VAR_ADMIN, 10, "10:25"),
        topic="The file shares' index, rebuilt in four threads",
        outcome="Whether the change goes in before the next restore test.",
        learned="In our workshop the index took 50 minutes instead of four hours, on a copy of last month.",
        minutes=30,
        to=INFRASTRUCTURE,
        goal=RESTORE,
        coming=(VAR_ADMIN,),
        then=(
            Yes(
                INFRASTRUCTURE,
                1,
                "9:20",
                "Show us. Katrin wants to see it; Wanda brings doubts.",
                MIRELAS_VIDEO,
                None,
                (VAR_ADMIN, RECOVERY, CIO),
            ),
            Times(INFRASTRUCTURE, 1, "11:50", ((13, "8:15"), (14, "16:45"))),
            Chosen(VAR_ADMIN, 1, "10:10", 1),
            Agenda(VAR_ADMIN, 2, "13:45", (("Fifty minutes, live", 10),)),
            Agenda(RECOVERY, 1, "16:15", (("Doubts", 10),)),
        ),
    ),
    Ask(
        *(VAR, 9, "9:40"),
        topic="Thirty-seven suppliers: the quarter in one hour",
        outcome="Which two contracts end next, and who of yours will miss them.",
        learned="The three that ended have left a hole in nobody's day but one accountant's, who liked the flowers.",
        minutes=45,
        to=CIO,
        goal=FEWER,
        kind="quarterly",
        coming=(VAR,),
        then=(
            Yes(CIO, 2, "17:05", "Gladly. I owe the accountant a word, too.", KATRINS_VIDEO),
            Times(ASSISTANT, 1, "9:55", ((10, "8:15"), (12, "17:00"))),
            Times(
                *(VAR, 2, "10:30", ((9, "17:00"), (11, "17:00"), (13, "8:00"))),
                note="I am with a customer in the mornings of that week; the evenings are all yours.",
            ),
        ),
    ),
)

TIDESMITH: Final = (
    Ask(
        *(TIDE, 136, "10:15"),
        topic="A small VAR introduces itself",
        outcome="If there is room for a second one.",
        learned="You buy nearly everything through one house. We are nine people and answer the telephone ourselves.",
        minutes=30,
        to=CIO,
        kind="intro",
        coming=(TIDE,),
        then=(TakenBack(TIDE, 3, "9:30"),),
    ),
    Ask(
        *(TIDE_CLOUD, 74, "10:40"),
        topic="Test systems that sleep at night",
        outcome="Which of your test systems may be switched off from eight to six.",
        learned="Your job adverts promise regular hours. Your test systems work all night.",
        minutes=30,
        to=APPLICATIONS,
        goal=COSTS,
        kind="intro",
        coming=(TIDE_CLOUD,),
        then=(
            Refusal(
                *(APPLICATIONS, 3, "14:25", "not_now"),
                note="Release 15 comes first; afterwards they may sleep, and so may we.",
                again=65,
            ),
        ),
    ),
    Ask(
        *(TIDE, 6, "9:50"),
        topic="Who mends the adjusters' tablets",
        outcome="Whether a van that comes to the adjuster is cheaper than an adjuster who comes to the van.",
        learned="An adjuster told us at a farm show that hers has been held together by tape since the last storm.",
        minutes=30,
        to=APPLICATIONS,
        goal=HAIL,
        kind="intro",
        coming=(TIDE,),
        then=(Yes(APPLICATIONS, 3, "15:35", "I know the tape. Half an hour, and bring the van."),),
    ),
)

BEGINNERS: Final = (
    Ask(
        *(TOM, 168, "10:20"),
        topic="How long a restore takes when nobody is looking",
        outcome="Whether you measure it, and if a tool that does it each night is of any use to you.",
        learned="You say openly that you want four hours. Most say nothing, and take two days.",
        minutes=30,
        to=INFRASTRUCTURE,
        goal=RESTORE,
        kind="intro",
        coming=(TOM, MAYA),
        then=(
            Yes(INFRASTRUCTURE, 2, "10:15", "We do not measure it. Come and be rude about it.", ("video_vendor", "")),
            Times(INFRASTRUCTURE, 1, "9:35", ((5, "11:00"), (6, "10:30"))),
            Chosen(TOM, 1, "10:40", 0),
            Place(TOM, 0, "10:50", "video_vendor", "https://call.keelsafe.example/tom"),
            Agenda(TOM, 1, "11:30", (("A restore a night", 15),)),
            Wish(MAYA, 1, "10:00", to=(4, "16:00"), note="Would an afternoon suit as well?"),
            WishRefused(INFRASTRUCTURE, 1, "9:00"),
        ),
    ),
    Ask(
        *(ARJUN, 5, "9:20"),
        topic="Letters your customers can choose to get without paper",
        outcome="Whether a pilot with the motor renewals of one branch is worth three months of two people.",
        learned=(
            "Your annual report says 6.1 million letters a year, four in five of them renewals and reminders. We "
            "have not found out what prints them today, and would ask that first."
        ),
        minutes=45,
        to=CIO,
        goal=PAPERLESS,
        kind="intro",
        coming=(ARJUN, LEELA),
        then=(
            Yes(
                *(CIO, 1, "16:05", "Gladly. Please leave the slides at home and bring one customer's real figures."),
                place=KATRINS_VIDEO,
            ),
            Times(
                *(ASSISTANT, 3, "11:40", ((4, "10:00"), (5, "11:30"), (6, "9:15"))),
                note="Mornings here, so that it is not night at yours.",
            ),
        ),
    ),
)

ALL: Final = (*LINDHOLT, *TIDESMITH, *BEGINNERS)
