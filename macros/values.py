"""Values that guides share, from data/*.yml. A key that is not there is an error with a guess, never an empty place."""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path
from typing import Any

from i18n import handwritten
from i18n.handwritten import Unreadable


class ValuesError(Exception):
    """A sentence with the file, what is wrong and what to do."""


class Entries(dict[str, Any]):
    """The entries of one file, or the fields of one entry; `place` says which."""

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


@lru_cache(maxsize=64)
def _parsed(text: str) -> Any:
    return handwritten.values(text)


def load(folder: Path) -> dict[str, Entries]:
    """Every file of `folder`, by its name without `.yml`. Raises ValuesError with file and line."""
    values: dict[str, Entries] = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            loaded = _parsed(handwritten.read(path))
        except Unreadable as error:
            raise ValuesError(f"{path}{error}") from None
        if not isinstance(loaded, dict):
            raise ValuesError(
                f'{path}: this is not a list of names and values. Write entries like "key:" with fields below.'
            )
        for key, entry in loaded.items():
            if not isinstance(entry, dict):
                raise ValuesError(f"{path}: {key} has no fields. Write them below it, indented.")
        values[path.stem] = Entries(str(path), loaded)
    return values
