"""Reports: one file per output format. `formats.py` is the table; `result.py` holds what is reported."""
