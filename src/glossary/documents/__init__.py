"""Documents: a file read into segments of prose with a map back to the file, and edits written back.

Start at `document.py`; `formats.py` is the table of formats, one file each.
"""
