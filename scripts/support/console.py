"""What a command says to the person who typed it."""

import sys


class CommandError(Exception):
    """A failure the person can act on; its text says how."""


def say(text: str) -> None:
    """Print one line at once, also when the output is a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Print one line to standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
