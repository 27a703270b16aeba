"""A CIO's Monday: fourteen asks that came elsewhere, as her mail program forwards them to VendorHub."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from enum import Enum
from typing import Final

from vendorhub.demo.cast import CIO, Member


class Shape(Enum):
    """How a mail program writes down what it forwards."""

    WINDOWS = "windows"
    WEB = "web"
    PHONE = "phone"
    FREE = "free"
    ATTACHED = "attached"
    GERMAN = "german"


@dataclass(frozen=True)
class Pitch:
    """One ask by mail: who wrote, what, and how it was forwarded; `invites` makes it a grey invitation."""

    name: str
    email: str
    subject: str
    words: str
    shape: Shape = Shape.WEB
    invites: bool = False
    unreadable: bool = False


MONDAY: Final = (
    Pitch(
        "Oda Fennimore",
        "oda@cellarlight.example",
        "Your archive, at a third of the price",
        "Dear Ms Vogtländer,\n\nwe keep archives for eleven insurers in a salt mine. It is dry, it is cheap, and "
        "nobody goes there. Could we have half an hour to show what yours would cost?\n\nOda Fennimore\nCellarlight",
    ),
    Pitch(
        "Maya Adeyemi-Cole",
        "maya@keelsafe.example",
        "Before your restore test in spring",
        "Hello Katrin,\n\nbefore the test in spring we would like half an hour about the file shares, since their "
        "index cost you seven hours last time. Tom would come along.\n\nMaya",
        Shape.PHONE,
    ),
    Pitch(
        "Sanne de Wilgenaar",
        "sanne@pennyfold.example",
        "Re: Your cloud invoice",
        "Katrin, your provider has changed prices a third time. Nine lines would do. Shall we?\n\nSanne",
        Shape.WINDOWS,
    ),
    Pitch(
        "Kip Haverstock",
        "kip.haverstock@hotmail.example",
        "just floating this to the top of your inbox!!!",
        "Katrin! Did you see my last 6 mails? Insurers LOVE what Blitzfunnel does. 15 min? 10? 5?\n\nKip, Blitzfunnel",
        Shape.GERMAN,
    ),
    Pitch(
        "Georg Pappelheim",
        "g.pappelheim@rosterwind.example",
        "On-call rosters without tears",
        "Guten Tag,\n\nyour night shift plans itself in a spreadsheet that is older than one of its members. We make "
        "the software that replaces it. Who at yours would I ask?\n\nGeorg Pappelheim, Rosterwind",
        Shape.GERMAN,
    ),
    Pitch(
        "Prisca Odermatt",
        "prisca@events.gildedpanel.example",
        "You are nominated! (CIO of the Alpine Region, table of eight)",
        "Dear CIO,\n\nyour peers have nominated you. A dinner, eight CIOs, two sponsors and no pitch whatsoever. "
        "Your seat is held until Friday.\n\nPrisca Odermatt",
        Shape.WEB,
    ),
    Pitch(
        "Halina Brzozkowa",
        "halina@inkerby.example",
        "Four printers that nobody uses",
        "Good morning,\n\nfour of your printers have not printed since August. Before their contract renews itself in "
        "January we should talk for a quarter of an hour.\n\nHalina Brzozkowa, Inkerby",
        Shape.ATTACHED,
    ),
    Pitch(
        "Ruben Castellvi",
        "ruben@tallykeep.example",
        "Intro: Tallykeep x Havelmark",
        "Hi Katrin,\n\nquick one. Are you the right person for reconciliation of premiums? If not, who is?\n\nRuben",
        Shape.FREE,
    ),
    Pitch(
        "Valentin Obermoser",
        "valentin@mail.pebbledesk.example",
        "An agent for every desktop, third try",
        "Dear Katrin,\n\nthird try! The agent now weighs only 900 MB.\n\nValentin",
        Shape.WINDOWS,
    ),
    Pitch(
        "Birthe Kallesen",
        "birthe.kallesen@gmx.example",
        "Vorschlag: Beratung Rückversicherung",
        "Sehr geehrte Frau Vogtländer,\n\nfür Vantoro berate ich zu Rückversicherung und IT. Hätten Sie im Dezember "
        "eine Stunde?\n\nBirthe Kallesen",
        Shape.GERMAN,
    ),
    Pitch(
        "Amadou Lisse",
        "amadou@quietcable.example",
        "Fibre between your two halls",
        "Hello,\n\nthe drawing is attached. One fibre, two routes, no digger.\n\nAmadou Lisse, Quietcable",
        Shape.WEB,
        unreadable=True,
    ),
    Pitch(
        "Jolanda Wirth via Linkwise",
        "messages-noreply@linkwise.example",
        "Jolanda Wirth just sent you a message",
        "Jolanda Wirth\nPartner at Steepmeadow Advisory\n\nKatrin, we both know somebody who knows Henrik. Coffee?\n\n"
        "View message\n\nYou receive this because you have an account at Linkwise.",
        Shape.WEB,
    ),
    Pitch(
        "Linkwise",
        "invitations@linkwise.example",
        "Desmond Achterberg wants to connect",
        "Desmond Achterberg\nEnterprise Sales at Cobblecloud\n\nHi Katrin, I would love to show you our roadmap.\n\n"
        "Accept   Ignore\n\nYou receive this because you have an account at Linkwise.",
        Shape.PHONE,
    ),
    Pitch(
        "Teagan Moy",
        "teagan@blitzfunnel.example",
        "Sync: Havelmark <> Blitzfunnel",
        "You have been invited to the following event.",
        Shape.ATTACHED,
        invites=True,
    ),
)


def post(at: datetime, *, to: str, authserv_id: str, forwarder: Member = CIO) -> list[bytes]:
    """The fourteen as they arrive at `to` from `at` on, three minutes apart, their forwarder's name proven."""
    return [
        forwarded(pitch, at + timedelta(minutes=3 * number), to=to, authserv_id=authserv_id, by=forwarder)
        for number, pitch in enumerate(MONDAY)
    ]


def forwarded(pitch: Pitch, at: datetime, *, to: str, authserv_id: str, by: Member) -> bytes:
    """One of them as it arrives at `to`, forwarded by one of the buyer's people, whose name is proven."""
    mail = _mail(by.name, by.email, to, f"{_PREFIX.get(pitch.shape, 'Fwd')}: {pitch.subject}", at)
    domain = by.email.partition("@")[2]
    mail["Authentication-Results"] = f"{authserv_id}; dmarc=pass header.from={domain}"
    written = at - timedelta(hours=14)
    if pitch.shape is Shape.ATTACHED:
        mail.set_content("")
        mail.add_attachment(_original(pitch, written, to=by))
        return mail.as_bytes()
    mail.set_content(_inline(pitch, written, to=by))
    if pitch.unreadable:
        mail.add_attachment(b"\x78\x9f\x3e\x22 drawing", "application", "ms-tnef", filename="winmail.dat")
    return mail.as_bytes()


_PREFIX: Final = {Shape.WINDOWS: "FW", Shape.GERMAN: "WG"}
_FRAMES: Final = {
    Shape.WEB: "---------- Forwarded message ---------\nFrom: {name} <{email}>\nDate: {day}\nSubject: {subject}\n"
    "To: {to} <{to_email}>\n\n\n{words}\n",
    Shape.PHONE: "\n\nSent from my phone\n\nBegin forwarded message:\n\n> From: {name} <{email}>\n> Date: {day}\n"
    "> To: {to} <{to_email}>\n> Subject: {subject}\n> \n{quoted}\n",
    Shape.FREE: "\n\n-------- Forwarded Message --------\nSubject: \t{subject}\nDate: \t{day}\n"
    "From: \t{name} <{email}>\nTo: \t{to} <{to_email}>\n\n\n{words}\n",
    Shape.WINDOWS: "\n________________________________\nFrom: {name} <{email}>\nSent: {day}\nTo: {to} <{to_email}>\n"
    "Subject: {subject}\n\n{words}\n",
    Shape.GERMAN: "\n-----Ursprüngliche Nachricht-----\nVon: {name} <{email}>\nGesendet: {day}\nAn: {to} <{to_email}>\n"
    "Betreff: {subject}\n\n{words}\n",
}


def _inline(pitch: Pitch, written: datetime, *, to: Member) -> str:
    return _FRAMES[pitch.shape].format(
        name=pitch.name,
        email=pitch.email,
        subject=pitch.subject,
        day=f"{written:%d.%m.%Y %H:%M}",
        to=to.name,
        to_email=to.email,
        words=pitch.words,
        quoted="\n".join(f"> {line}" for line in pitch.words.splitlines()),
    )


def _original(pitch: Pitch, written: datetime, *, to: Member) -> EmailMessage:
    mail = _mail(pitch.name, pitch.email, to.email, pitch.subject, written)
    mail.set_content(pitch.words)
    if pitch.invites:
        mail.add_alternative(_invitation(pitch, written, to), subtype="calendar", params={"method": "REQUEST"})
    return mail


def _invitation(pitch: Pitch, written: datetime, to: Member) -> str:
    # Nobody has agreed to this time; whoever reads the mail must throw it away.
    start = written + timedelta(days=2)
    return "\r\n".join(
        (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Blitzfunnel//Sync//EN",
            "METHOD:REQUEST",
            "BEGIN:VEVENT",
            "UID:sync-84-slides",
            f"DTSTAMP:{written:%Y%m%dT%H%M%SZ}",
            f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
            f"DTEND:{start + timedelta(hours=1):%Y%m%dT%H%M%SZ}",
            f"SUMMARY:{pitch.subject}",
            f"ORGANIZER;CN={pitch.name}:mailto:{pitch.email}",
            f"ATTENDEE;CN={to.name};RSVP=TRUE:mailto:{to.email}",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        )
    )


def _mail(name: str, email: str, to: str, subject: str, at: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f'"{name}" <{email}>'
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{at:%Y%m%d%H%M%S}.{len(subject)}@{email.partition('@')[2]}>"
    return mail
