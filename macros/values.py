"""Values that guides share, from data/*.yml. A key that is not there is an error with a guess, never an empty place."""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


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


# libyaml where there is one: ten times as fast on the same text.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=64)
def _parsed(path: Path, changed: int, size: int) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # safe, either of them


def _version(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def load(folder: Path) -> dict[str, Entries]:
    """Every file of `folder`, by its name without `.yml`. Raises ValuesError with file and line."""
    values: dict[str, Entries] = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            loaded = _parsed(path, *_version(path))
        except UnicodeDecodeError as error:
            row = path.read_bytes()[: error.start].count(b"\n") + 1
            raise ValuesError(f"{path}:{row}: this file is not UTF-8. Save it again with the encoding UTF-8.") from None
        except yaml.YAMLError as error:
            at = getattr(error, "problem_mark", None)
            what = getattr(error, "problem", None) or "it is not valid YAML"
            line = f":{at.line + 1}" if at else ""
            raise ValuesError(
                f"{path}{line}: {what}. Look at the indentation and the quotes in this line and above."
            ) from None
        if not isinstance(loaded, dict):
            raise ValuesError(
                f'{path}: this is no list of names and values. Write entries like "key:" with fields below.'
            )
        values[path.stem] = Entries(str(path), loaded)
    return values
