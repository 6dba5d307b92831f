"""The command line: one command, one file. Commands call the public functions and print; nothing else prints."""
