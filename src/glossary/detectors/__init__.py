"""Detectors: one file per kind of garble, with its rule. `rules.py` is the table."""
