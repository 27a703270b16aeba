"""Ternwick and the network of forty branches, quarter by quarter; a data centre that is rented; and the printers."""

from typing import Final

from vendorhub.demo.cast import INFRASTRUCTURE, RECOVERY
from vendorhub.demo.front_doors import FEWER, RESTORE
from vendorhub.demo.outcome_steps import FoundWrong, HowItWas
from vendorhub.demo.places import ELBE, MIRELAS_VIDEO, MULDE
from vendorhub.demo.relationship_steps import Holds, Writes
from vendorhub.demo.steps import Agenda, Ask, Chosen, Move, Place, Refusal, Times, Wish, WishGranted, WishRefused, Yes
from vendorhub.demo.vendors import HALINA, NIAMH, PIOTR, SIGURD
from vendorhub.domain.outcomes import Held

NETWORK: Final = (
    Ask(
        *(NIAMH, 322, "9:40"),
        topic="Forty branches, branch by branch",
        outcome="Which six branches get the new lines first, and who tells the other thirty-four.",
        learned="Eleven branches still share one line with the bakery or the parish next door.",
        minutes=60,
        to=INFRASTRUCTURE,
        goal=FEWER,
        kind="governance",
        coming=(NIAMH, PIOTR),
        then=(
            Yes(INFRASTRUCTURE, 1, "14:20", "Please bring the map, not the list.", ELBE),
            Times(INFRASTRUCTURE, 1, "9:05", ((6, "10:00"), (7, "14:00"), (8, "9:30"))),
            Chosen(NIAMH, 1, "10:10", 1),
            Agenda(NIAMH, 2, "11:30", (("The map", 20), ("What a line costs per desk", 15))),
            Agenda(INFRASTRUCTURE, 1, "8:50", (("Six branches, chosen together", 20),)),
        ),
    ),
    Ask(
        *(NIAMH, 256, "10:15"),
        topic="Six new lines, and the one that hums",
        outcome="Whether we go on to the next ten branches, although one of the six is not quite done.",
        learned="Five of six went live on the day. In the sixth the modem hangs above the tea kitchen.",
        minutes=45,
        to=INFRASTRUCTURE,
        goal=FEWER,
        kind="governance",
        coming=(NIAMH, PIOTR),
        then=(
            Yes(INFRASTRUCTURE, 2, "11:45", "Yes. Tell us about the kettle first.", MIRELAS_VIDEO),
            Times(INFRASTRUCTURE, 1, "10:00", ((5, "9:00"), (6, "13:30"))),
            Chosen(NIAMH, 1, "9:15", 0),
            Agenda(PIOTR, 1, "16:00", (("The kettle, measured", 10), ("The next ten", 15))),
            Agenda(INFRASTRUCTURE, 1, "9:30", (("What our branch managers said", 15),)),
        ),
    ),
    Ask(
        *(NIAMH, 190, "9:20"),
        topic="A second way out of the house",
        outcome="If the second line should leave by the back of the building, and what the digging may cost.",
        learned="Both of your lines cross the same bridge. So did the excavator.",
        minutes=45,
        to=INFRASTRUCTURE,
        goal=RESTORE,
        kind="governance",
        coming=(NIAMH, PIOTR),
        then=(
            Yes(INFRASTRUCTURE, 1, "15:10", "", ELBE),
            Times(INFRASTRUCTURE, 2, "9:00", ((5, "10:30"), (6, "10:30"), (7, "15:00"))),
            Chosen(PIOTR, 1, "11:20", 0),
            Agenda(PIOTR, 1, "10:00", (("Where the bridge is weak", 15), ("Three ways to dig", 15))),
            Move(INFRASTRUCTURE, 1, "8:40", to=(4, "10:30"), note="Our building manager is back a day later."),
        ),
    ),
    Ask(
        *(NIAMH, 126, "10:05"),
        topic="What the second line has taught us",
        outcome="Whether the test with the pulled plug may happen on a working day this time.",
        learned="On the Sunday test nobody noticed, which proves little: nobody was there.",
        minutes=60,
        to=INFRASTRUCTURE,
        goal=RESTORE,
        kind="governance",
        coming=(NIAMH, PIOTR),
        then=(
            Yes(
                INFRASTRUCTURE,
                1,
                "13:15",
                "Wanda joins us; she would pull the plug.",
                ELBE,
                coming=(NIAMH, PIOTR, RECOVERY),
            ),
            Times(INFRASTRUCTURE, 1, "9:10", ((6, "9:00"), (7, "9:00"), (8, "14:30"))),
            Chosen(NIAMH, 2, "9:50", 2),
            Agenda(NIAMH, 1, "14:00", (("What Sunday showed", 15), ("What a Tuesday would show", 15))),
            Agenda(INFRASTRUCTURE, 1, "10:30", (("Who must know beforehand", 15), ("Who must not", 10))),
        ),
    ),
    Ask(
        *(NIAMH, 62, "9:35"),
        topic="Thirty branches done, ten that are listed buildings",
        outcome="Whether a radio link is good enough where nobody may drill.",
        learned="In four of the ten the attic belongs to bats, who have a better lease than you.",
        minutes=45,
        to=INFRASTRUCTURE,
        goal=FEWER,
        kind="governance",
        coming=(NIAMH, PIOTR),
        then=(
            Yes(INFRASTRUCTURE, 1, "10:50", "Gladly, bats included.", MIRELAS_VIDEO),
            Times(INFRASTRUCTURE, 1, "11:15", ((7, "10:00"), (8, "10:00"), (9, "13:00"))),
            Chosen(NIAMH, 1, "9:40", 1),
            Wish(NIAMH, 2, "15:20", to=(6, "10:00"), note="Piotr's daughter starts school that morning."),
            WishGranted(INFRASTRUCTURE, 1, "8:45"),
            Agenda(PIOTR, 1, "10:00", (("Radio over ten roofs", 20),)),
            Agenda(INFRASTRUCTURE, 1, "9:00", (("What the monument office said", 15),)),
            HowItWas(
                *(INFRASTRUCTURE, 4, "14:00"),
                worth=5,
                note="They brought the bats' own roof plan.",
                moved=True,
                decided=("Radio on six of the ten roofs, no drilling.",),
                thanks="You asked the monument office before we had to.",
            ),
            Holds(INFRASTRUCTURE, 0, "14:10", (FEWER,), ("Network", "Branches"), ends=150, notice=85, spend=412_000),
            Writes(INFRASTRUCTURE, 0, "14:20", "Climbs every roof himself. His daughter has started school.", PIOTR),
            Writes(INFRASTRUCTURE, 0, "14:25", "The monument office wants **pictures** before anybody says *drill*."),
        ),
    ),
    Ask(
        *(NIAMH, 14, "9:45"),
        topic="The last ten branches and the end of the old contract",
        outcome="In which order the old lines end, so that no branch is paid for twice.",
        learned="Four cancellation dates lie before the new lines are due. Two of them can be moved by asking nicely.",
        minutes=45,
        to=INFRASTRUCTURE,
        goal=FEWER,
        kind="governance",
        coming=(NIAMH, PIOTR),
        then=(
            Yes(INFRASTRUCTURE, 1, "14:05", "Good. Please send the dates beforehand.", ELBE),
            Times(INFRASTRUCTURE, 1, "9:25", ((13, "10:00"), (15, "10:00"), (17, "14:00"))),
            Chosen(NIAMH, 1, "10:20", 0),
            Agenda(NIAMH, 2, "13:30", (("Ten branches, ten dates", 20),)),
            Agenda(INFRASTRUCTURE, 3, "9:10", (("What we can still cancel", 10), ("Who signs", 10))),
            Wish(
                *(NIAMH, 5, "11:05"),
                to=(6, "10:00"),
                note="The answer of the old provider is due the day before; then we would know instead of guess.",
            ),
        ),
    ),
)

HALLS: Final = (
    Ask(
        *(SIGURD, 284, "10:30"),
        topic="How warm the second hall may get",
        outcome="Whether 25 degrees in the cold aisle is fine with you, which would lower your bill by a tenth.",
        learned="Your machines are allowed 27. The sticker on the door says 21 and is from the tenant before you.",
        minutes=30,
        to=INFRASTRUCTURE,
        goal=FEWER,
        coming=(SIGURD,),
        then=(
            Yes(INFRASTRUCTURE, 2, "9:15", "A tenth is an argument.", MIRELAS_VIDEO),
            Times(INFRASTRUCTURE, 1, "13:00", ((4, "11:00"), (5, "11:00"))),
            Chosen(SIGURD, 1, "9:00", 0),
            Agenda(SIGURD, 1, "9:30", (("One degree at a time", 15),)),
        ),
    ),
    Ask(
        *(SIGURD, 145, "11:00"),
        topic="A quarter of a year at 25 degrees",
        outcome="Whether we keep it, and where the fan in row C should go, because people talk about it.",
        learned="No disk minded. Two colleagues did, and have been given the warmer desk they wanted.",
        minutes=30,
        to=INFRASTRUCTURE,
        goal=FEWER,
        coming=(SIGURD,),
        then=(
            Yes(INFRASTRUCTURE, 1, "10:10", "", MIRELAS_VIDEO),
            Times(INFRASTRUCTURE, 1, "9:30", ((5, "13:00"), (6, "9:00"))),
            Chosen(SIGURD, 2, "10:00", 1),
            Agenda(SIGURD, 1, "9:20", (("Figures", 10), ("The fan", 5))),
            Wish(SIGURD, 1, "13:00", to=(3, "16:30"), note="Would the late afternoon do? The ferry has a timetable."),
            WishRefused(INFRASTRUCTURE, 0, "15:30"),
            HowItWas(INFRASTRUCTURE, 2, "11:00", held=Held.THEY, note="Half an hour with a cold coffee."),
            Holds(INFRASTRUCTURE, 0, "11:10", (FEWER,), ("Data centre",), ends=210, notice=150, spend=96_000),
            FoundWrong(
                SIGURD, 1, "9:10", "The ferry stood still for fog from seven to eleven. I rang the desk at eight."
            ),
        ),
    ),
    Ask(
        *(SIGURD, 36, "9:50"),
        topic="Would you like a window into the hall?",
        outcome="Whether a camera on your racks is of use to anybody.",
        learned="You drove out three times last year to look at a green light.",
        minutes=15,
        coming=(SIGURD,),
    ),
    Ask(
        *(SIGURD, 9, "10:40"),
        topic="Moving eight racks without anybody noticing",
        outcome="Which weekend, and who of yours holds the other end of the cable.",
        learned="Your lease for row B ends with the year; row D is free, cooler and nearer to the coffee.",
        minutes=30,
        to=INFRASTRUCTURE,
        goal=RESTORE,
        coming=(SIGURD,),
        then=(
            Yes(INFRASTRUCTURE, 2, "11:30", "Yes. Nearer to the coffee matters.", MULDE),
            Times(INFRASTRUCTURE, 1, "14:15", ((8, "9:00"), (9, "9:00"))),
            Times(SIGURD, 2, "9:10", ((7, "13:00"), (8, "14:30"), (10, "10:00")), "I am at sea until then, literally."),
        ),
    ),
)

PRINTERS: Final = (
    Ask(
        *(HALINA, 270, "9:25"),
        topic="Three hundred printers, of which a hundred are asleep",
        outcome="Whether the hundred may stay asleep for good.",
        learned="We look after a third of your printers already. Frau Lehnert on floor two looks after the rest.",
        minutes=30,
        to=INFRASTRUCTURE,
        goal=FEWER,
        coming=(HALINA,),
        then=(
            Refusal(
                *(INFRASTRUCTURE, 2, "16:20", "not_now"),
                note="A fair question, after the move to the new floors. Greetings from Frau Lehnert.",
                again=100,
            ),
        ),
    ),
    Ask(
        *(HALINA, 160, "9:30"),
        topic="The printers after the move",
        outcome="Which forty stay. We would collect the others, and plant something in their place.",
        learned="Since the move eighty-one printers have not printed a page. One prints a crossword every Friday.",
        minutes=30,
        to=INFRASTRUCTURE,
        goal=FEWER,
        coming=(HALINA,),
        then=(
            Yes(INFRASTRUCTURE, 1, "11:10", "Now is the time. The crossword printer stays.", ("video_vendor", "")),
            Times(INFRASTRUCTURE, 1, "9:45", ((5, "14:00"), (6, "14:00"))),
            Chosen(HALINA, 1, "10:15", 0),
            Place(HALINA, 1, "10:20", "video_vendor", "https://room.inkerby.example/halina"),
            Agenda(HALINA, 0, "10:40", (("Forty printers on one page", 15),)),
            Agenda(INFRASTRUCTURE, 1, "13:10", (("Who will miss which", 10),)),
        ),
    ),
    Ask(
        *(HALINA, 40, "9:40"),
        topic="Forty printers, and what they drink",
        outcome="Whether toner may be ordered by the printers themselves.",
        learned="Somebody buys toner on the last working day of each month, for all, by guess.",
        minutes=15,
        to=INFRASTRUCTURE,
        coming=(HALINA,),
        then=(
            Refusal(
                *(INFRASTRUCTURE, 3, "15:00", "not_now"),
                note="The guesses are good. Let us look again when the guesser retires.",
                again=90,
            ),
        ),
    ),
)

ALL: Final = (*NETWORK, *HALLS, *PRINTERS)
