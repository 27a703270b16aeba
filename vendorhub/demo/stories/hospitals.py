"""Aldersund's hospitals: a second buyer with a little of its own, of which the insurer sees nothing."""

from typing import Final

from vendorhub.demo.cast import ALDERSUND, MIKKEL, SIGNE, TIDE, VAR
from vendorhub.demo.front_doors import HEAT, NIGHTS, WARDS
from vendorhub.demo.places import SIGNES_VIDEO
from vendorhub.demo.steps import Agenda, Ask, Begun, Chosen, Refusal, Times, Yes
from vendorhub.demo.vendors import KIP, LEELA, SIGURD, TOM, WOLE

ALL: Final = (
    Ask(
        *(SIGURD, 150, "10:10"),
        topic="Warm air for the children's ward",
        outcome="Whether 400 metres of insulated pipe are a matter for you or for the building department.",
        learned="Your server room heats the car park, and the car park has not complained of cold for years.",
        minutes=45,
        to=SIGNE,
        goal=HEAT,
        kind="intro",
        coming=(SIGURD,),
        buyer=ALDERSUND,
        then=(
            Yes(SIGNE, 3, "12:20", "For both of us; I bring the building department.", SIGNES_VIDEO),
            Times(MIKKEL, 1, "9:30", ((7, "13:00"), (8, "10:00"))),
            Chosen(SIGURD, 1, "10:20", 0),
            Agenda(SIGURD, 2, "9:40", (("Four hundred metres", 20),)),
            Agenda(MIKKEL, 1, "10:50", (("Who owns a pipe", 20),)),
        ),
    ),
    Ask(
        *(LEELA, 66, "9:15"),
        topic="Letters to patients, without paper",
        outcome="If patients could choose.",
        learned="You publish what you pay for stamps. It is a great deal.",
        minutes=30,
        to=SIGNE,
        kind="intro",
        buyer=ALDERSUND,
        then=(Refusal(SIGNE, 4, "11:30", note="By law all regions share one. Thank you for reading our figures."),),
    ),
    Ask(
        *(WOLE, 12, "10:05"),
        topic="Five seconds at the bed",
        outcome="Which ward would try a badge instead of a password for two weeks.",
        learned="A nurse of yours logs in 70 times a shift. We counted, with her permission and her coffee.",
        minutes=45,
        to=SIGNE,
        goal=WARDS,
        coming=(WOLE,),
        buyer=ALDERSUND,
        then=(
            Yes(SIGNE, 2, "9:10", "Ward 4 has volunteered before I asked.", SIGNES_VIDEO),
            Times(MIKKEL, 1, "10:40", ((13, "9:00"), (14, "13:30"))),
            Chosen(WOLE, 1, "11:15", 1),
            Agenda(WOLE, 2, "10:30", (("Seventy log-ins", 15),)),
            Agenda(MIKKEL, 1, "9:50", (("What Ward 4 wants to know", 15), ("Gloves and badges", 10))),
        ),
    ),
    Ask(
        *(VAR, 8, "9:20"),
        topic="Two servers across the water",
        outcome="What happens to the backup when the ferry does not run.",
        learned="The ferry was cancelled on nineteen days last year, twice with your tapes on board.",
        minutes=45,
        to=SIGNE,
        goal=NIGHTS,
        coming=(VAR,),
        buyer=ALDERSUND,
        then=(Yes(SIGNE, 4, "12:45", "Come across and see. Mikkel sends the timetable of the ferry."),),
    ),
    Ask(
        *(TOM, 6, "10:00"),
        topic="Tapes that do not like the sea",
        outcome="If you would trust a copy that never travels by ship.",
        learned="Salt on a tape is nothing that one tells the board. You did, in public; that is why I ask.",
        minutes=30,
        to=SIGNE,
        goal=NIGHTS,
        kind="intro",
        buyer=ALDERSUND,
    ),
    Ask(
        *(TIDE, 5, "10:30"),
        topic="Repairs by rubber boat",
        outcome="Whether our second mechanic may practise at yours. The first one gets seasick.",
        learned="You are open to equipment that one person can mend in a boat. We own the boat.",
        minutes=30,
        to=SIGNE,
        goal=NIGHTS,
        coming=(TIDE,),
        buyer=ALDERSUND,
    ),
    Begun(
        *(VAR, 1, "17:20"),
        topic="What the ferry costs your backup in a year",
        outcome="Whether a line across the water would cost less than the nineteen days on which",
        learned="",
        minutes=30,
        to=SIGNE,
        goal=NIGHTS,
        buyer=ALDERSUND,
    ),
    Ask(
        *(KIP, 4, "15:45"),
        topic="QUICK SYNC!!! 10x your pipeline (hospitals LOVE this)",
        outcome="You, me, 60 minutes, 84 slides.",
        learned="I saw your name on the internet and thought: WOW.",
        minutes=60,
        kind="governance",
        buyer=ALDERSUND,
    ),
)
