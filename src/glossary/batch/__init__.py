"""Batch runs: tables of any size, part by part, each part once.

Start at `run.py`. `tables.py` is the table of file formats: each cuts its files into parts and writes a part back. `work.py`
is what is done with a part, the same on every machine; `workers.py` and `cluster.py` are where it is done; `ledger.py` is
what is kept in the output folder so that a run that was killed goes on where its finished parts end.
"""
