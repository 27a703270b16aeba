"""Answers how pages and API are served: gunicorn, told everything here."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from vendorhub import create_app
from vendorhub.config import Settings


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn on these settings, whatever its own files and variables say."""

    def __init__(self, settings: Settings, **options: Any) -> None:
        self._settings = settings
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn is told."""
        told = {
            "worker_class": "gthread",
            "threads": 4,
            "preload_app": False,  # each process opens its own connections
            "graceful_timeout": 20,
            "loglevel": "warning",
            "control_socket_disable": True,  # it would lie in the home folder, outside the instance
            **self._options,
        }
        for name, value in told.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The app, made in each process."""
        return create_app(self._settings)
