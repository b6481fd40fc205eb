"""What a command says to the person who runs it, beside what it prints for other programs."""

from __future__ import annotations

import sys


def say(*sentences: str) -> None:
    """Print each sentence as a line of standard error."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)
