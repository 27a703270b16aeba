"""Lets `python -m vendorhub` be the same as `vendorhub`."""

from vendorhub.cli import main

main()
