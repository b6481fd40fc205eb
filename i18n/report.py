"""Report what readers see, per language and guide: for a terminal, for a pull request, or for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from i18n.coverage import Coverage, State

Row = Mapping[str, str | int]

COUNTED = (*(state.value for state in State), "words left")
COLUMNS = ("locale", "guide", *COUNTED, "status")


def row(measured: Coverage) -> Row:
    counts = {state.value: measured.counts[state] for state in State}
    return (
        {"locale": measured.locale, "guide": measured.guide}
        | counts
        | {
            "words left": measured.words,
            "status": measured.status,
        }
    )


def as_table(rows: Sequence[Row]) -> str:
    """Return the rows as a table for a terminal."""
    table = [list(COLUMNS), *([str(row[column]) for column in COLUMNS] for row in rows)]
    widths = [max(len(cells[column]) for cells in table) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip() for cells in table
    )


def as_json(rows: Sequence[Row]) -> str:
    """Return the rows as JSON, for other programs and for later comparison."""
    return json.dumps(list(rows), indent=2, ensure_ascii=False)


def of_json(text: str) -> list[Row]:
    """Return the rows that `as_json` wrote. Raises ValueError for anything else, such as rows of another version."""
    rows = json.loads(text)
    if not isinstance(rows, list) or any(not isinstance(row, dict) or not {*COLUMNS} <= {*row} for row in rows):
        raise ValueError(f"it lacks some of the columns {', '.join(COLUMNS)}")
    return rows


def as_markdown(rows: Sequence[Row], base: Sequence[Row] | None = None) -> str:
    """Return Markdown for the summary of a pull request: each language, and each guide that differs from the base.

    base: the rows of an earlier report; changes from it are shown as "683 (+12)".
    """
    before = {(row["locale"], row["guide"]): row for row in base or []}
    lines = [_line(("locale", *COUNTED)), _line(["---"] * (len(COUNTED) + 1))]
    for locale in dict.fromkeys(row["locale"] for row in rows):
        now = [row for row in rows if row["locale"] == locale]
        then = [row for (name, _), row in before.items() if name == locale]
        lines.append(_line([str(locale), *_cells(_sum(now), _sum(then) if base is not None else None)]))
    changed = [row for row in rows if base is not None and before.get((row["locale"], row["guide"])) != row]
    if changed:
        lines += ["", _line(COLUMNS), _line(["---"] * len(COLUMNS))]
        for row in changed:
            old = before.get((row["locale"], row["guide"]), dict.fromkeys(COUNTED, 0))
            lines.append(_line([str(row["locale"]), str(row["guide"]), *_cells(row, old), str(row["status"])]))
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _sum(rows: Sequence[Row]) -> Row:
    return {name: sum(int(row[name]) for row in rows) for name in COUNTED}


def _cells(row: Row, base: Row | None) -> list[str]:
    cells = []
    for name in COUNTED:
        change = int(row[name]) - int(base[name]) if base is not None else 0
        cells.append(f"{row[name]} ({change:+})" if change else str(row[name]))
    return cells
