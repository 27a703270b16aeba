"""A buyer whom everybody asks, and names as they come: what a page must also bear."""

from datetime import timedelta

from vendorhub import clock
from vendorhub.domain.people import Door, DoorName
from vendorhub.queries import people as seen
from vendorhub.usecases import meeting_requests, people

BUYER = (
    "Vereinigte Hinterpommersche und Märkische Wetterschadenversicherungsgesellschaft auf Gegenseitigkeit von 1874"
).ljust(120, "x")
ZONE = "Asia/Kathmandu"
OMAR = "omar@crowded.example"
VENDORS = (
    ("שיבולת מערכות מידע", "shibolet.example", "נועה בן־שחר"),
    ("شركة نخيل الساحل لأنظمة التخزين", "nakhil.example", "ليلى الحمداني"),
    ("🧯 Löschwerk & Töchter 🚒", "loeschwerk.example", "Zoë 🦜 van der Ster"),
    ("W" * 120, "wide.example", "Ng"),
)
TOPICS = (
    "Was nach dem Brand im Rechenzentrum geblieben ist",
    "كيف تستعيدون الأرشيف في ساعة واحدة؟",
    "🔥🔥🔥 One weird trick 🔥🔥🔥",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" + "e" * 40,
)


def gather(asks: int) -> None:
    """Makes the buyer and its vendors, and lets so many asks wait. Needs an app context on the demo world."""
    people.add_organisation(
        kind="buyer", name=BUYER, slug="crowded", domains=["crowded.example"], zone="Asia/Kathmandu"
    )
    people.describe("crowded", brief="B" * 2000, open_to="—", not_open_to="", goals=["G" * 120], response_days=5)
    people.add_person(email=OMAR, name="عمر " + "X" * 116, role="decider", organisation="crowded")
    for number, (name, domain, person) in enumerate(VENDORS):
        people.add_organisation(kind="vendor", name=name, slug=f"crowd{number}", domains=[domain], zone="Europe/Berlin")
        people.add_person(email=f"a@{domain}", name=person, role="member", organisation=f"crowd{number}")
    actors = [seen.actor(seen.known(f"a@{domain}") or 0, Door(DoorName.PAGE)) for _, domain, _ in VENDORS]
    for number in range(asks):
        vendor = number % len(VENDORS)
        actor = actors[vendor]
        assert actor is not None
        _, domain, person = VENDORS[vendor]
        with clock.at(clock.now() - timedelta(hours=2, seconds=-number)):
            meeting_requests.ask(
                actor,
                buyer="crowded",
                topic=TOPICS[vendor],
                outcome="o" * 1000 if number == 0 else "Whether to go on.",
                learned="You\n\n\nwrote\n\n\nin\n\n\nlines.",
                minutes=15,
                attendees=[(person, f"a@{domain}", "R" * 60)],
                goal="G" * 120,
            )
