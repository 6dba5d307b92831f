"""Reports of scores. `formats.py` is the table of formats, `figures.py` the lines that most of them show."""
