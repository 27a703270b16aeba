"""Answers what is told of an account: the link that signs in, and letters about a password."""

from sqlalchemy import select

from vendorhub.domain.letters import LetterKind
from vendorhub.outbox.letters import post
from vendorhub.outbox.readers import Recipient
from vendorhub.outbox.signatures import OURS
from vendorhub.store import Person
from vendorhub.store.write import Work


def sign_in(work: Work, person: Person, link: str, code: str, minutes_valid: int) -> None:
    """Sends a person the link and the code by which they sign in."""
    to = Recipient(person.id, person.email, person.name, person.zone or "UTC", person.language)
    context = {"link": link, "code": code, "minutes": minutes_valid}
    post(work, LetterKind.SIGN_IN, to, signed=OURS, context=context)


def password(work: Work, recipient_email: str, subject: str, body_text: str, body_html: str) -> None:
    """Sends a letter about a password, worded by the sign-in library, whose HTML has been escaped already."""
    person = work.session.scalar(select(Person).where(Person.email == recipient_email.lower()))
    name, language = (person.name, person.language) if person else ("", "en")
    to = Recipient(person.id if person else None, recipient_email.lower(), name, "UTC", language)
    context = {"subject": subject, "text": body_text, "html": body_html}
    post(work, LetterKind.PASSWORD, to, signed=OURS, context=context)
