"""What is wrong with a term base. `linter.py` is the front; each other file looks at one kind of thing.

`sources.py` reads the files without stopping at the first mistake; `rules.py` names what can be wrong.
"""
