"""The command line: one command, one file. Commands call the public functions and print; nothing else prints."""

import gc

gc.set_threshold(100_000)  # what a start makes stays: to look through it again and again is a tenth of a short run
