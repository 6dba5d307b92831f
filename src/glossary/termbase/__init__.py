"""The term base: concepts, the files they are read from, and the notation of garbled renderings.

Start at `concept.py`; `files.py` reads them, `notation.py` and `forms.py` spell out what they match.
"""
