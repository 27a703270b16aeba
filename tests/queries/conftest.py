from tests.stage import app, stage

__all__ = ["app", "stage"]
