"""x."""

import click


@click.group()
def demo() -> None:
    """x"""
