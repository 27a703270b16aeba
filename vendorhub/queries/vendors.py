"""Which vendors there are to name, for who brings several of them together."""

from sqlalchemy import exists, func, select

from vendorhub.domain.people import Side
from vendorhub.domain.refusals import Unfit
from vendorhub.store import Membership, Organisation, db

AT_MOST = 300


def known() -> tuple[tuple[str, str], ...]:
    """Slug and name of the vendors that have people here, by name."""
    rows = db.session.execute(
        select(Organisation.slug, Organisation.name)
        .where(
            Organisation.kind == Side.VENDOR,
            Organisation.noted_by.is_(None),
            exists().where(Membership.organisation_id == Organisation.id),
        )
        .order_by(func.lower(Organisation.name))
        .limit(AT_MOST)
    )
    return tuple((slug, name) for slug, name in rows)


def slugs(typed: list[str]) -> list[str]:
    """The slugs of vendors as people type them, by name or slug. Raises Unfit for one that nobody is called."""
    wanted = [name.strip() for name in typed if name.strip()]
    rows = db.session.execute(
        select(Organisation.slug, Organisation.name).where(
            Organisation.kind == Side.VENDOR,
            Organisation.noted_by.is_(None),
            func.lower(Organisation.name).in_([name.lower() for name in wanted])
            | Organisation.name.in_(wanted)  # SQLite's lower() knows ASCII alone
            | Organisation.slug.in_([name.lower() for name in wanted]),
        )
    ).all()
    called = {name.lower(): slug for slug, name in rows} | {slug: slug for slug, _ in rows}
    for name in wanted:
        if name.lower() not in called:
            raise Unfit("vendors", "There is no vendor called %(name)s here.", name=name)
    return [called[name.lower()] for name in wanted]
