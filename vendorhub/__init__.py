"""VendorHub: consent-first meetings between companies that buy technology and those who sell to them."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apiflask import APIFlask

    from vendorhub.config import Settings

__version__ = "0.1.0"

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: "Settings | None" = None) -> "APIFlask":
    """The app, with all rooms joined. Raises SettingError on a wrong setting, RuntimeError on a route without policy.

    The only place where the rooms meet; whatever it needs it imports here, so that importing the package is free.
    """
    from apiflask import APIFlask

    from vendorhub import api, clock, signs, web
    from vendorhub.config import Settings
    from vendorhub.keys import Keys
    from vendorhub.links import Links
    from vendorhub.outbox.office import EXTENSION, Office
    from vendorhub.policy import undeclared
    from vendorhub.store import db
    from vendorhub.store.engine import prepare

    settings = settings or Settings.load()
    clock.go_ahead(timedelta(seconds=settings.ahead_seconds))
    keys = Keys(settings.secret_key)
    secure = settings.base_url.startswith("https://")
    app = APIFlask(
        "vendorhub",
        title="VendorHub",
        version=__version__,
        spec_path="/api/v1/openapi.json",
        docs_path=None,
        json_errors=False,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "vendorhub" / "static"),
        instance_path=str(settings.instance),
    )
    app.config.update(
        SECRET_KEY=keys.flask_key,
        MODE=settings.mode,
        HOLD_SECONDS=settings.hold_seconds,
        LEASE_SECONDS=settings.lease_seconds,
        REDIS_URL=settings.redis_url,
        BASE_URL=settings.base_url,
        MAIL_DOMAIN=settings.mail_domain,
        SECURE=secure,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={
            "pool_pre_ping": settings.database_url.startswith("postgresql"),
            "hide_parameters": True,  # an error that is logged must not quote what was to be stored
        },
        MAX_CONTENT_LENGTH=1024 * 1024,
    )
    app.extensions[EXTENSION] = Office(
        keys=keys, links=Links(settings.base_url), sender=settings.mail_from, domain=settings.mail_domain
    )
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    signs.init_app(app)
    web.init_app(app)
    api.init_app(app)
    if settings.mode in ("demo", "development"):
        from vendorhub import demo

        demo.init_app(app)
    if missing := undeclared(app, {**web.POLICIES, **api.POLICIES}):
        raise RuntimeError(f"these routes declare no policy: {', '.join(missing)}")
    return app
