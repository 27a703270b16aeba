"""Several vendors in one room: what Lindholt and Tidesmith bring together, and one that Havelmark calls itself."""

from typing import Final

from vendorhub.demo.briefing_steps import (
    Begins,
    Brought,
    CallsOff,
    Joins,
    Marks,
    Publishes,
    PutsUp,
    Says,
    Sends,
    Settles,
    StaysOut,
)
from vendorhub.demo.cast import ALDERSUND, ASSISTANT, CIO, INFRASTRUCTURE, MIKKEL, SIGNE, TIDE, VAR, VAR_ADMIN
from vendorhub.demo.front_doors import COSTS, FEWER, LEAVERS, NIGHTS, PAPERLESS, RESTORE
from vendorhub.demo.places import ELBE
from vendorhub.demo.steps import Refusal, Yes
from vendorhub.demo.stories.minutes import ON_PAPER
from vendorhub.demo.vendors import (
    AINO,
    ARJUN,
    BEAT,
    CHIARA,
    DUARTE,
    FARID,
    FROSTAISLE,
    HAGELWERK,
    HALINA,
    INKERBY,
    KADRI,
    KEELSAFE,
    LEELA,
    LOAMLINE,
    MAYA,
    NAMEWARD,
    NIAMH,
    NOEMI,
    OWLGATE,
    PARLANDE,
    PENNYFOLD,
    PIOTR,
    QUILLMARE,
    SANNE,
    SEATWISE,
    SIGURD,
    TERNWICK,
    THIERRY,
    TOM,
    WOLE,
)

# Everybody comes, the time is agreed, and the agenda is published.
RESTORING: Final = Brought(
    *(VAR, 16, "9:15"),
    topic="Four hours, from the alarm to the first claim",
    outcome="Who of the three starts the clock, who stops it, and which hour in between nobody owns.",
    learned="",
    minutes=120,
    to=CIO,
    goal=RESTORE,
    vendors=(KEELSAFE, FROSTAISLE, TERNWICK),
    due=12,
    then=(
        Yes(CIO, 1, "8:40", "All three at one table: gladly. I bring the nine hours of last spring.", ELBE),
        Joins(TOM, 1, "9:10"),
        Joins(SIGURD, 0, "9:50"),
        Joins(NIAMH, 1, "11:15"),
        PutsUp(ASSISTANT, 0, "13:30", ((20, "13:30"), (21, "14:00"), (22, "13:30"))),
        Says(TOM, 1, "9:20", ("yes", "yes", "no")),
        Says(SIGURD, 0, "10:20", ("yes", "if_need_be", "yes")),
        Says(NIAMH, 0, "15:40", ("yes", "no", "yes")),
        Settles(ASSISTANT, 1, "9:05", 0),
        Sends(
            *(TOM, 1, "9:30"),
            title="From copy to running system: what we restore, in which order",
            minutes=15,
            text=(
                "We restore from the **second copy**, so the rented hall has to give us its network first. The order "
                "of systems is yours; last spring two hours went into finding it.\n\n- directory and names\n- the "
                "claims database\n- letters, last"
            ),
            topics=("Restore", "Second copy", "Order of systems"),
            with_=(TOM, MAYA),
        ),
        Sends(
            *(SIGURD, 1, "10:10"),
            title="The rented hall at three in the morning",
            minutes=10,
            text=(
                "Power and racks are there in minutes. The network between the halls is Ternwick's; the second copy "
                "lies with us, and Keelsafe restores from it. We show the list of who may enter at night."
            ),
            topics=("Second copy", "Network between the halls", "Restore"),
            with_=(SIGURD,),
        ),
        Sends(
            *(NIAMH, 1, "14:00"),
            title="Two lines between two halls",
            minutes=15,
            text=(
                "Both lines cross the same bridge. We would show what a restore from the second copy does to them, and "
                "what moving one of them costs."
            ),
            topics=("Network between the halls", "Second copy"),
            with_=(NIAMH, PIOTR),
        ),
        Sends(
            *(INFRASTRUCTURE, 0, "16:00"),
            title="Nine hours, as they were",
            minutes=25,
            text="What happened in each hour, from the log. Nobody is blamed; the password is named.",
            topics=("Restore",),
        ),
        Sends(
            *(CIO, 0, "16:30"),
            title="Which hour does nobody own?",
            minutes=25,
            text="We would like each of you to say which hour is yours, before the others do.",
            topics=("Restore", "Order of systems"),
        ),
        Begins(VAR, 1, "9:40"),
        Marks(
            *(VAR, 0, "10:10"),
            two=(KEELSAFE, FROSTAISLE),
            why="The restore reads from a copy that lies in the other's hall: one needs the other's door open.",
        ),
        Marks(
            *(VAR, 0, "10:15"),
            two=(FROSTAISLE, TERNWICK),
            why="The hall is ready before its lines are.",
        ),
        Publishes(VAR, 0, "11:30", "The buyer's own log opens the day, so the shares are as they are."),
    ),
)

# The buyer has said yes; some have joined, one item is missing, and the times lie on the table.
WATCHING: Final = Brought(
    *(VAR, 7, "10:05"),
    topic="Who may do what, and who sees it when they do",
    outcome="Whether taking back an access and noticing its misuse can be one list instead of two.",
    learned="",
    minutes=90,
    to=CIO,
    goal=LEAVERS,
    vendors=(NAMEWARD, OWLGATE, HAGELWERK),
    due=14,
    then=(
        Yes(CIO, 1, "8:50", "Bring the people who run it, please, not those who sell it."),
        Joins(WOLE, 1, "9:30"),
        Joins(AINO, 1, "9:45"),
        PutsUp(ASSISTANT, 0, "11:00", ((16, "13:30"), (17, "13:30"), (18, "14:00"))),
        Says(AINO, 1, "10:00", ("no", "yes", "yes")),
        Sends(
            *(KADRI, 0, "14:20"),
            title="A leaver's last day, minute by minute",
            minutes=15,
            text="What we switch off by ourselves, what waits for a person, and what the **watch** should hear of it.",
            topics=("Leavers", "Rights", "Alarms"),
            with_=(KADRI,),
        ),
        Sends(
            *(FARID, 1, "9:00"),
            title="What misuse of an old access looks like from here",
            minutes=15,
            text="Three alarms of last year, all of them from people who had left. What we would need from the list of "
            "rights to see them on the day.",
            topics=("Leavers", "Alarms"),
            with_=(AINO, FARID),
        ),
    ),
)

# It waits for the CIO's word.
COUNTING: Final = Brought(
    *(VAR, 2, "9:50"),
    topic="What a policy costs in computing, from two ends",
    outcome="Whether the bill and the data platform can agree on one number.",
    learned="",
    minutes=90,
    to=CIO,
    goal=COSTS,
    vendors=(PENNYFOLD, LOAMLINE),
    due=15,
)

# A time is agreed, but one vendor has not said whether it comes, and another stays away.
SETTLED: Final = Brought(
    *(CIO, 6, "16:20"),
    topic="One old system, one new platform, no second truth",
    outcome="Where a claim is true while both systems know it.",
    learned="",
    minutes=60,
    vendors=(HAGELWERK, LOAMLINE, QUILLMARE),
    due=12,
    then=(
        Joins(CHIARA, 2, "9:40"),
        StaysOut(LEELA, 0, "12:10", "Letters come after this; ask us again when there is one truth to print."),
        PutsUp(CIO, 0, "17:05", ((15, "14:00"), (16, "15:00"))),
        Says(BEAT, 1, "8:30", ("yes", "no")),
        Says(DUARTE, 0, "9:15", ("if_need_be", "yes")),
    ),
)

# It was held: its agenda and what came of it can be read.
PAPER: Final = Brought(
    *(VAR, 48, "10:00"),
    topic="Every second letter: printers that print less",
    outcome="Whether the printers go when the letters do, or before.",
    learned="",
    minutes=90,
    to=CIO,
    goal=PAPERLESS,
    vendors=(QUILLMARE, INKERBY),
    due=8,
    then=(
        Yes(CIO, 1, "9:30", "Two who live from opposite ends of the same page. I look forward to it.", ELBE),
        Joins(LEELA, 1, "9:20"),
        Joins(HALINA, 0, "9:55"),
        PutsUp(ASSISTANT, 0, "10:30", ((14, "13:30"), (15, "13:30"))),
        Says(ARJUN, 1, "9:40", ("yes", "yes")),
        Says(HALINA, 0, "10:05", ("if_need_be", "yes")),
        Settles(ASSISTANT, 0, "15:20", 1),
        Sends(
            *(LEELA, 1, "9:05"),
            title="Letters that were never printed",
            minutes=20,
            text="Which letters customers open, which they ring about, and how many pages that saves a month.",
            topics=("Letters", "Pages a month"),
            with_=(LEELA, ARJUN),
        ),
        Sends(
            *(HALINA, 0, "11:25"),
            title="A fleet that shrinks",
            minutes=20,
            text="Forty devices print most of your letters. Which of them can go when pages a month fall by half.",
            topics=("Pages a month", "Fleet"),
            with_=(HALINA,),
        ),
        Sends(
            *(CIO, 0, "17:00"),
            title="What our customers say about paper",
            minutes=40,
            text="Twelve letters to the board, read aloud.",
            topics=("Letters",),
        ),
        *ON_PAPER,
    ),
)

# The others ended before anybody met.
TELEPHONES: Final = Brought(
    *(VAR_ADMIN, 34, "11:00"),
    topic="Telephones and the licences they eat",
    outcome="Whether to look at it before 2028 at all.",
    learned="",
    minutes=60,
    to=CIO,
    goal=FEWER,
    vendors=(PARLANDE, SEATWISE),
    then=(
        Yes(CIO, 1, "17:40", "Only because you ask so nicely."),
        Joins(THIERRY, 1, "9:00"),
        Joins(NOEMI, 1, "10:30"),
        CallsOff(CIO, 2, "8:20", "The board signed telephony until 2029 yesterday. Nothing is left to decide."),
    ),
)
NIGHTS_OUT: Final = Brought(
    *(TIDE, 20, "9:40"),
    topic="Nights without an outage, by three who cause them",
    outcome="Which of the three changes may wait until morning.",
    learned="",
    minutes=90,
    goal=NIGHTS,
    buyer=ALDERSUND,
    vendors=(TERNWICK, FROSTAISLE),
    then=(Refusal(SIGNE, 3, "12:00", "not_now", "After the ferry is back in service, please.", 60),),
)
HEATING: Final = Brought(
    *(TIDE, 4, "9:20"),
    topic="Heat from the hall, warmth for the ward",
    outcome="If the numbers of the two fit on one page.",
    learned="",
    minutes=60,
    buyer=ALDERSUND,
    vendors=(FROSTAISLE, PENNYFOLD),
    due=20,
    then=(Yes(MIKKEL, 1, "10:00", "Signe says yes, and that she brings the bill for gas."), Joins(SANNE, 1, "9:25")),
)

BRIEFINGS: Final = (RESTORING, WATCHING, COUNTING, SETTLED, PAPER, TELEPHONES, NIGHTS_OUT, HEATING)
