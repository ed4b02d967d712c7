"""Measurements of speed and quality, run by hand: `python -m bench.NAME --help`."""
