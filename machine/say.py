"""Print sentences for the person who runs a command, apart from the output for other programs."""

from __future__ import annotations

import sys


def say(*sentences: str) -> None:
    """Print each sentence as a line of standard error."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)
