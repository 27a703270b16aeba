"""Measurements of what a VendorHub costs: `python -m benchmarks`, or bin/bench."""
