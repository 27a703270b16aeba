"""Alembic scripts and the guards they install."""
