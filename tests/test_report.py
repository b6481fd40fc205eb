"""The report of what readers see: the same rows as a table, for a pull request and for programs."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from i18n.__main__ import main
from i18n.coverage import Coverage, State
from i18n.report import Row, as_json, as_markdown, as_table, row
from tests.project import edit, lay_out


def made(locale: str, guide: str, translated: int, missing: int = 0, words: int = 0, status: str = "human") -> Row:
    counts = Counter({State.TRANSLATED: translated, State.MISSING: missing})
    return row(Coverage(guide, locale, counts, words, status))


ROWS = [made("ar", "help", 6, 3, 19, "machine-draft"), made("fr", "help", 9), made("fr", "index", 6)]
SUMS = """\
| locale | translated | stale | missing | refused | words left |
| --- | --- | --- | --- | --- | --- |
"""
HEAD = """\

| locale | guide | translated | stale | missing | refused | words left | status |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


def test_table() -> None:
    """Columns are as wide as their widest cell, and no line ends in spaces."""
    assert as_table(ROWS) == (
        "locale  guide  translated  stale  missing  refused  words left  status\n"
        "ar      help   6           0      3        0        19          machine-draft\n"
        "fr      help   9           0      0        0        0           human\n"
        "fr      index  6           0      0        0        0           human"
    )


def test_table_of_nothing() -> None:
    """Without a locale there is the line of names."""
    assert as_table([]) == "locale  guide  translated  stale  missing  refused  words left  status"


def test_json_is_what_a_base_is_read_from() -> None:
    """Read again, the rows are the same, and nothing differs from them."""
    base = json.loads(as_json(ROWS))
    assert base == ROWS
    assert as_markdown(ROWS, base) == as_markdown(ROWS)


def test_markdown_without_base() -> None:
    """Each language has one line with the sums of its guides; no guide is listed."""
    assert as_markdown(ROWS) == f"{SUMS}| ar | 6 | 0 | 3 | 0 | 19 |\n| fr | 15 | 0 | 0 | 0 | 0 |"


def test_markdown_with_base() -> None:
    """Changes stand in brackets behind the numbers, and only the guides that differ are listed."""
    base = [made("ar", "help", 4, 5, 31, "machine-draft"), *ROWS[1:]]
    assert as_markdown(ROWS, base) == (
        f"{SUMS}| ar | 6 (+2) | 0 | 3 (-2) | 0 | 19 (-12) |\n| fr | 15 | 0 | 0 | 0 | 0 |\n{HEAD}"
        "| ar | help | 6 (+2) | 0 | 3 (-2) | 0 | 19 (-12) | machine-draft |"
    )


def test_markdown_with_an_empty_base() -> None:
    """What was not there before is all new."""
    assert as_markdown(ROWS[2:], []) == (
        f"{SUMS}| fr | 6 (+6) | 0 | 0 | 0 | 0 |\n{HEAD}| fr | index | 6 (+6) | 0 | 0 | 0 | 0 | human |"
    )


def test_another_status_is_a_difference() -> None:
    """A catalog that was reviewed is listed, though no number changed."""
    assert as_markdown(ROWS[2:], [made("fr", "index", 6, status="machine-draft")]).endswith(
        "\n| fr | index | 6 | 0 | 0 | 0 | 0 | human |"
    )


# ── python -m i18n report ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder is the tiny site, with one unit of each kind in French."""
    project = lay_out(tmp_path)
    catalog = project.catalog("fr", "help")
    edit(catalog, "Appelez un voisin.", "")
    edit(catalog, 'Il faut {{ fact(\\"litres\\") }}', "Il faut")
    edit(catalog, 'msgid "First steps"', '#, fuzzy\nmsgid "First steps"')
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("site")
def test_report_counts_what_readers_see(capsys: pytest.CaptureFixture[str]) -> None:
    """A unit is translated, stale, missing or refused; refused units are reported, and lead to status 1."""
    assert main(["report", "fr"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[2].split() == ["fr", "help", "6", "1", "1", "1", "16", "human"]
    assert out.splitlines()[3].split() == ["fr", "index", "6", "0", "0", "0", "0", "human"]
    assert "locales/fr/LC_MESSAGES/help.po:" in err
    assert "The translation lost {{ fact(" in err


@pytest.mark.usefixtures("site")
def test_report_of_a_language_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    """A missing translation is not a fault; a missing language is."""
    assert main(["report", "ar", "--json"]) == 0
    assert [each["guide"] for each in json.loads(capsys.readouterr().out)] == ["about", "help", "index", "water"]
    assert main(["report", "uk"]) == 1
    assert "Create it with: python -m i18n new uk" in capsys.readouterr().err


@pytest.mark.usefixtures("site")
def test_report_compares_with_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """A base is a report that was made before; an invalid one is reported, and the report has no changes."""
    main(["report", "--json"])
    Path("base.json").write_text(capsys.readouterr().out, encoding="utf-8")
    edit(Path("locales/fr/LC_MESSAGES/help.po"), "#, fuzzy\n", "")
    main(["report", "--markdown", "--base", "base.json"])
    assert "| fr | 21 (+1) | 1 (-1) | 2 | 1 | 27 (-2) |" in capsys.readouterr().out
    for other in ('[{"locale": "fr"}]', '{"rows": []}', "nothing"):
        Path("base.json").write_text(other, encoding="utf-8")
        main(["report", "--markdown", "--base", "base.json"])
    out, err = capsys.readouterr()
    assert "| fr | 21 | 1 | 2 | 1 | 27 |" in out
    assert err.count("base.json: this is not a report of this program (") == 3
