"""The term base compiled into something that applies.

Start at `matcher.py`: Matcher is the compiled TermBase. `compiler.py` makes it, `cache.py` keeps it between runs,
`automaton.py` hides the engine, `overlaps.py` holds the policy where matches overlap.
"""
