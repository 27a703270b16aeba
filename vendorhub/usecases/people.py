"""Setting up: organisations, their people, what a buyer says at its front door, and API tokens."""

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from vendorhub import clock, keys
from vendorhub.domain import front_doors, texts, wall_times
from vendorhub.domain.codes import plain
from vendorhub.domain.people import ROLES_OF, Role, Side, line_above
from vendorhub.domain.quarters import FiscalCalendar
from vendorhub.domain.refusals import NotThere, Unfit, WrongState
from vendorhub.domain.rights import GIVEN_AT_FIRST
from vendorhub.store import ApiToken, Domain, Membership, Organisation, Person
from vendorhub.store.goals import set_goals
from vendorhub.store.people import person_for
from vendorhub.store.write import write

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


def add_organisation(
    *,
    kind: str,
    name: str,
    slug: str,
    domains: Sequence[str] = (),
    zone: str = "UTC",
    fiscal_year_start: int = 1,
) -> None:
    """Adds a buyer, a vendor or a VAR. Raises Unfit on a value that won't do, WrongState if the slug is taken."""
    if kind not in (Side.BUYER, Side.VENDOR, Side.VAR):
        raise Unfit("kind", "The kind is buyer, vendor or var.")
    if not _SLUG.fullmatch(slug):
        raise Unfit("slug", "A slug has 1 to 60 small letters, digits and hyphens, and begins and ends with none.")
    if zone not in wall_times.zones():
        raise Unfit("timezone", "There is no time zone of that name; they read like Europe/Berlin.")
    FiscalCalendar(fiscal_year_start)
    with write(None) as work:
        if work.session.scalar(select(Organisation.id).where(Organisation.slug == slug)):
            raise WrongState("There is an organisation with the slug %(slug)s already.", slug=slug)
        row = Organisation(
            kind=kind,
            slug=slug,
            name=texts.line(name, at_most=120, what="name"),
            zone=zone,
            fiscal_year_start=fiscal_year_start,
            created_at=work.now,
        )
        work.session.add(row)
        work.session.flush()
        for domain in domains:
            work.session.add(Domain(name=_free_domain(work.session, domain), organisation_id=row.id))


def describe(
    slug: str, *, brief: str, open_to: str, not_open_to: str, goals: Sequence[str], response_days: int
) -> None:
    """Sets what a buyer says at its front door (M6): the brief, what it is open to, its goals, its window."""
    with write(None) as work:
        row = _organisation(work.session, slug)
        said = front_doors.said(
            name=row.name,
            zone=row.zone,
            brief=brief,
            open_to=open_to,
            not_open_to=not_open_to,
            goals=goals,
            response_days=response_days,
        )
        row.brief, row.open_to, row.not_open_to = said.brief, said.open_to, said.not_open_to
        row.response_days = said.response_days
        set_goals(work.session, row.id, said.goals)


def add_person(
    *, email: str, name: str, role: str, organisation: str | None = None, reports_to: str | None = None
) -> int:
    """Gives a person a place in an organisation and answers the person's id; known people keep their name.

    An assistant `reports_to` the decider they speak for. Raises Unfit for a role that this kind of organisation
    doesn't have, or a boss from elsewhere; WrongState if they have that place already.
    """
    address = texts.email(email)
    with write(None) as work:
        home = _organisation(work.session, organisation) if organisation else None
        side = Side(home.kind) if home else Side.OPERATOR
        if role not in [str(each) for each in ROLES_OF[side]]:
            raise Unfit("role", "In this kind of organisation the roles are: %(roles)s.", roles=_named(side))
        person = person_for(work.session, email=address, name=texts.line(name, at_most=120, what="name"), now=work.now)
        boss = _boss(work.session, home, person, reports_to) if reports_to else None
        if role == Role.ASSISTANT and boss is None:
            raise Unfit("reports_to", "An assistant reports to the decider they speak for.")
        taken = select(Membership.id).where(
            Membership.person_id == person.id,
            Membership.organisation_id == (home.id if home else None),
            Membership.role == role,
        )
        if work.session.scalar(taken):
            raise WrongState("%(email)s has this role there already.", email=address)
        work.session.add(
            Membership(
                person_id=person.id,
                organisation_id=home.id if home else None,
                role=role,
                reports_to=boss,
                given=" ".join(sorted(GIVEN_AT_FIRST)) if role == Role.ASSISTANT else "",
            )
        )
        return person.id


def create_token(*, email: str, scope: str = "write") -> str:
    """A new API token for a person: the secret, told this once. Raises NotThere for an unknown address."""
    if scope not in ("read", "write"):
        raise Unfit("scope", "The scope is read or write.")
    with write(None) as work:
        person = _person(work.session, email)
        secret = keys.new_secret()
        work.session.add(ApiToken(person_id=person.id, hash=keys.hash_secret(secret), scope=scope, created_at=work.now))
        return secret


def revoke_token(token_id: int) -> None:
    """Ends an API token at once. Raises NotThere if there is none of this number."""
    with write(None) as work:
        token = work.session.get(ApiToken, token_id)
        if token is None:
            raise NotThere
        token.revoked_at = token.revoked_at or clock.now()


def _organisation(session: Session, slug: str) -> Organisation:
    row = session.scalar(select(Organisation).where(Organisation.slug == plain(slug), Organisation.noted_by.is_(None)))
    if row is None:
        raise Unfit("organization", "There is no organisation with the slug %(slug)s.", slug=slug)
    return row


def _person(session: Session, email: str) -> Person:
    row = session.scalar(select(Person).where(Person.email == texts.email(email)))
    if row is None:
        raise Unfit("email", "There is nobody with the address %(email)s.", email=email)
    return row


def _boss(session: Session, home: Organisation | None, person: Person, email: str) -> int:
    boss = _person(session, email)
    places = {
        row.person_id: row.reports_to
        for row in session.execute(
            select(Membership.person_id, Membership.reports_to).where(
                Membership.organisation_id == (home.id if home else None)
            )
        )
    }
    if boss.id not in places:
        raise Unfit("reports_to", "%(email)s is not of this organisation.", email=email)
    if boss.id == person.id or person.id in line_above(boss.id, places):
        raise Unfit("reports_to", "Nobody can report to themselves, not by a detour either.")
    return boss.id


def _free_domain(session: Session, domain: str) -> str:
    name = texts.email(f"somebody@{domain}", what="domain").partition("@")[2]
    if session.get(Domain, name):
        raise WrongState("The domain %(domain)s belongs to another organisation.", domain=name)
    return name


def _named(side: Side) -> str:
    return ", ".join(sorted(ROLES_OF[side]))
