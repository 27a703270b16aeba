"""One of several processes that write as fast as they can, from the same moment on: says "ready", waits for a line, and
prints how many commits it made and its slowest."""

import sys
import time

from flask import Flask

from vendorhub.store import db
from vendorhub.store.engine import prepare
from vendorhub.usecases import people


def main(url: str, name: str, seconds: float) -> None:
    """Adds organisations until the time is over."""
    app = Flask("writer")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
        people.add_organisation(kind="vendor", name=name, slug=f"{name}-first")  # what is compiled once
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        commits, slowest, end = 1, 0.0, time.monotonic() + seconds
        while (begun := time.monotonic()) < end:
            people.add_organisation(kind="vendor", name=name, slug=f"{name}-{commits}")
            commits, slowest = commits + 1, max(slowest, time.monotonic() - begun)
    sys.stdout.write(f"{commits} {slowest:.3f}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
