"""Who wants to be met in the demo world: a dozen vendors and their people, none of whom exists."""

from typing import Final

from vendorhub.demo.cast import Company, Member

KEELSAFE: Final = Company("vendor", "Keelsafe", "keelsafe", "Europe/London")  # backup
QUILLMARE: Final = Company("vendor", "Quillmare", "quillmare", "Asia/Kolkata")  # letters, with or without paper
TERNWICK: Final = Company("vendor", "Ternwick Networks", "ternwick", "Europe/Dublin")
OWLGATE: Final = Company("vendor", "Owlgate", "owlgate", "Europe/Helsinki")  # security operations
HAGELWERK: Final = Company("vendor", "Hagelwerk", "hagelwerk", "Europe/Zurich")  # the claims system of 2009
FROSTAISLE: Final = Company("vendor", "Frostaisle", "frostaisle", "Europe/Oslo")  # the rented data centre
NAMEWARD: Final = Company("vendor", "Nameward", "nameward", "Europe/Tallinn")  # who may do what
INKERBY: Final = Company("vendor", "Inkerby", "inkerby", "Europe/Warsaw")  # printers
PENNYFOLD: Final = Company("vendor", "Pennyfold", "pennyfold", "Europe/Amsterdam")  # what the cloud costs
LOAMLINE: Final = Company("vendor", "Loamline", "loamline", "Europe/Lisbon")  # data platform
PARLANDE: Final = Company("vendor", "Parlande", "parlande", "Europe/Paris")  # telephony
SEATWISE: Final = Company("vendor", "Seatwise", "seatwise", "Europe/Madrid")  # licence counting
PEBBLEDESK: Final = Company("vendor", "Pebbledesk", "pebbledesk", "Europe/Vienna")  # an agent for every desktop
VANTORO: Final = Company("vendor", "Vantoro", "vantoro", "Europe/Brussels")  # advice
BLITZFUNNEL: Final = Company("vendor", "Blitzfunnel", "blitzfunnel", "America/New_York")  # hard to say

COMPANIES: Final = (
    KEELSAFE,
    QUILLMARE,
    TERNWICK,
    OWLGATE,
    HAGELWERK,
    FROSTAISLE,
    NAMEWARD,
    INKERBY,
    PENNYFOLD,
    LOAMLINE,
    PARLANDE,
    SEATWISE,
    PEBBLEDESK,
    VANTORO,
    BLITZFUNNEL,
)


def _of(company: Company, name: str, mailbox: str, title: str, role: str = "member") -> Member:
    return Member("vendor" if role == "member" else f"vendor, {role}", name, mailbox, company, role, title=title)


MAYA: Final = _of(KEELSAFE, "Maya Adeyemi-Cole", "maya", "Regional manager")
TOM: Final = _of(KEELSAFE, "Tom Hallam", "tom", "Restores things for a living", "admin")
ARJUN: Final = _of(QUILLMARE, "Arjun Deshmane", "arjun", "Account lead")
LEELA: Final = _of(QUILLMARE, "Leela Varier", "leela", "Product owner, letters", "admin")
NIAMH: Final = _of(TERNWICK, "Niamh Carrowley", "niamh", "Service manager", "admin")
PIOTR: Final = _of(TERNWICK, "Piotr Zawilski", "piotr", "Network engineer")
AINO: Final = _of(OWLGATE, "Aino Kettula", "aino", "Head of watch", "admin")
FARID: Final = _of(OWLGATE, "Farid Nazemian", "farid", "Analyst, night shift")
BEAT: Final = _of(HAGELWERK, "Beat Ammerling", "beat", "Customer care since version 1")
CHIARA: Final = _of(HAGELWERK, "Chiara Follettini", "chiara", "Product manager", "admin")
SIGURD: Final = _of(FROSTAISLE, "Sigurd Bjarkevik", "sigurd", "Keeper of two halls", "admin")
KADRI: Final = _of(NAMEWARD, "Kadri Tammsoo", "kadri", "Solution engineer")
WOLE: Final = _of(NAMEWARD, "Oluwole Fapohunda", "wole", "Managing director", "admin")
HALINA: Final = _of(INKERBY, "Halina Brzozkowa", "halina", "Fleet manager", "admin")
SANNE: Final = _of(PENNYFOLD, "Sanne de Wilgenaar", "sanne", "Founder; reads invoices for fun", "admin")
INES: Final = _of(LOAMLINE, "Inês Carvalhosa", "ines", "Sales engineer")
DUARTE: Final = _of(LOAMLINE, "Duarte Mourinhal", "duarte", "Country lead", "admin")
THIERRY: Final = _of(PARLANDE, "Thierry Vaubrun", "thierry", "Key account director", "admin")
NOEMI: Final = _of(SEATWISE, "Noemí Arrizaba", "noemi", "Compliance engagement", "admin")
VALENTIN: Final = _of(PEBBLEDESK, "Valentin Obermoser", "valentin", "Growth", "admin")
ELKE: Final = _of(VANTORO, "Elke Vandermaelen", "elke", "Partner", "admin")
KIP: Final = _of(BLITZFUNNEL, "Kip Haverstock", "kip", "Chief hustle officer", "admin")
TEAGAN: Final = _of(BLITZFUNNEL, "Teagan Moy", "teagan", "Pipeline")
# Invited, and without an account.
JOST: Final = _of(HAGELWERK, "Jost Wiederkehr", "jost", "Runs the trial")

PEOPLE: Final = (
    MAYA,
    TOM,
    ARJUN,
    LEELA,
    NIAMH,
    PIOTR,
    AINO,
    FARID,
    BEAT,
    CHIARA,
    SIGURD,
    KADRI,
    WOLE,
    HALINA,
    SANNE,
    INES,
    DUARTE,
    THIERRY,
    NOEMI,
    VALENTIN,
    ELKE,
    KIP,
    TEAGAN,
)
