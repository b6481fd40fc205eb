"""A site that several machines build, some languages each: how they share the work, and what one tells the last.

Each part leaves a note beside its languages, `.parts/fr.json`: what the root of the site has to know of a language
that was built elsewhere. The notes are not published.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from i18n.coverage import Coverage, State
from i18n.locales import Locale

NOTES = ".parts"

Inputs = Mapping[str, str]
"""What all parts of one site have in common: its address, and the time of the commit."""


def shares(locales: Sequence[Locale], size: int) -> list[list[Locale]]:
    """The locales in their order, `size` to a machine. Raises ValueError for a size below 1."""
    if size < 1:
        raise ValueError(f"{size} is not a number of languages for one machine. Ask for one or more.")
    return [list(locales[start : start + size]) for start in range(0, len(locales), size)]


def write(site: Path, locale: Locale, rows: Sequence[Coverage], inputs: Inputs) -> None:
    """Leave the note of a language that is whole."""
    pages = [{"guide": row.guide, "counts": {**row.counts}, "words": row.words, "status": row.status} for row in rows]
    path = _note(site, locale)
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"inputs": dict(inputs), "pages": pages}), encoding="utf-8")


def forget(site: Path, locale: Locale) -> None:
    """Take the note of a language away: what is built now is not what it told of."""
    _note(site, locale).unlink(missing_ok=True)


def read(site: Path, locale: Locale, inputs: Inputs) -> list[Coverage]:
    """The note of a language. Raises ValueError when its part is missing, or is not of the same site."""
    path = _note(site, locale)
    again = f'Build it again: make part LOCALE="{locale.name}"'
    if not path.exists() or not (site / locale.tag).is_dir():
        raise ValueError(f"{path.parent.parent}: the part {locale.name} is missing. {again}")
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        found, pages = note["inputs"], note["pages"]
        rows = [
            Coverage(
                page["guide"],
                locale.name,
                Counter({State(state): count for state, count in page["counts"].items()}),
                page["words"],
                page["status"],
            )
            for page in pages
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path}: this is not the note of a part ({error!r}). {again}") from None
    for name, value in inputs.items():
        if found.get(name) != value:
            raise ValueError(f"{path}: this part has another {name}, {found.get(name)} instead of {value}. {again}")
    return rows


def _note(site: Path, locale: Locale) -> Path:
    return site / NOTES / f"{locale.tag}.json"
