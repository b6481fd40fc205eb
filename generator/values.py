"""Read the values that guides share, from data/*.yml. A missing key is an error that suggests one, never empty text."""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path
from typing import Any

from i18n import handwritten
from i18n.handwritten import Unreadable


class ValuesError(Exception):
    """A missing or invalid value. The message names the file, and says what is wrong and what to do."""


class Entries(dict[str, Any]):
    """The entries of one file, or the fields of one entry. place: the file, and the keys of the entry."""

    def __init__(self, place: str, values: dict[str, Any]) -> None:
        super().__init__(
            (str(key), Entries(f"{place}: {key}", value) if isinstance(value, dict) else value)
            for key, value in values.items()
        )
        self.place = place

    def __missing__(self, key: str) -> Any:
        guess = difflib.get_close_matches(str(key), self, 1)
        hint = f'Did you mean "{guess[0]}"?' if guess else "Add it there."
        raise ValuesError(f'{self.place} has no "{key}". {hint}')


_parsed = lru_cache(maxsize=64)(handwritten.entries)


def load(folder: Path) -> dict[str, Entries]:
    """Read every file of `folder`, by its name without `.yml`. Raises ValuesError with file and line."""
    values: dict[str, Entries] = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            values[path.stem] = Entries(str(path), _parsed(handwritten.read(path)))
        except Unreadable as error:
            raise ValuesError(f"{path}{error}") from None
    return values
