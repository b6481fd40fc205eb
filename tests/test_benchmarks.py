"""What `make bench` measures can be built, served and shown. The command takes many minutes, so it runs rarely."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import builds, content, results, scenarios, serving, sites
from benchmarks.chart import chart
from benchmarks.measure import Figures
from benchmarks.scenarios import MEMORY, SECONDS, Content
from tests.project import ROOT

SMALL, LARGE = map(Content, scenarios.SIZES)
FIGURES = {
    SMALL.figure(scenarios.COLD): {SECONDS: 3.0, MEMORY: 200.0},
    SMALL.figure(scenarios.WARM): {SECONDS: 1.0, MEMORY: 100.0},
    SMALL.figure(scenarios.THEIRS): {SECONDS: 6.0, MEMORY: 50.0},
    LARGE.figure(scenarios.COLD): {SECONDS: 20.0, MEMORY: 601.0},
    LARGE.figure(scenarios.THEIRS): {SECONDS: 100.0, MEMORY: 99.0},
    scenarios.SERVED.format("a guide"): {SECONDS: 0.25},
}
"""Made-up figures: each is half or a fifth of that of static-i18n, or the like."""
SVG = "{http://www.w3.org/2000/svg}"


def built(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


def test_made_up_site_is_built(tmp_path: Path) -> None:
    """The site of the benchmark is laid out with all the code that building needs, and every translation is shown."""
    languages = scenarios.FEW + 2
    command = sites.ours(tmp_path, Content(1, languages, has_macros=True))
    built(command, tmp_path)
    assert len(list((tmp_path / "site").glob("*/style.css"))) == languages
    for path in (tmp_path / "site").glob("*/guide-000/index.html"):
        page = path.read_text(encoding="utf-8")
        calls = content.CITES + content.DEADLINES, content.DEADLINES, content.TERMS
        assert tuple(page.count(f'class="macro-{name}"') for name in ("cite", "deadline", "term")) == calls
        assert page.count('class="macro-references"') == 1
        assert not re.search(r'<p[^>]* class="[^"]*\benglish\b', page)


def test_edit_changes_one_page_in_english(tmp_path: Path) -> None:
    """The edit that is measured is on the page afterwards, and the next round begins without it."""
    command = sites.ours(tmp_path, Content(1, 2))
    cold, warm, edited = builds.of_steps(str, tmp_path, command, scenarios.STEPS, sites.edit)
    page = tmp_path / "site" / "en" / "guide-000" / "index.html"
    for build, is_built, is_edited in ((cold, False, False), (warm, True, False), (edited, True, True)):
        build.prepare(tmp_path)
        assert page.exists() == is_built
        if build is not warm:
            built(build.command, tmp_path)
        assert ("One more sentence." in page.read_text(encoding="utf-8")) == is_edited
    cold.prepare(tmp_path)
    assert not page.exists()
    assert "One more sentence." not in (tmp_path / "guides" / "guide-000.md").read_text(encoding="utf-8")


def test_macros_are_the_only_difference(tmp_path: Path) -> None:
    """With and without macros, a guide has the same words, and the keys that it calls exist."""
    with_macros, without = (content.guide(0, 3, "fr", has_macros) for has_macros in (True, False))
    assert re.sub(r" \{\{.*?\}\}", "", with_macros) == without
    assert with_macros.count("{{") == content.CITES + content.DEADLINES + content.TERMS


def test_languages_of_the_made_up_site() -> None:
    """There are as many languages as are measured, and those added have no entry in data/languages.yml."""
    assert len(content.LANGUAGES) == scenarios.MANY
    known = set(re.findall(r"^(\w+):", (ROOT / "data" / "languages.yml").read_text(encoding="utf-8"), re.MULTILINE))
    assert known.isdisjoint(content.LANGUAGES[scenarios.FEW :])


def test_hugo_gets_the_same_guides(tmp_path: Path) -> None:
    """Hugo gets the text of each guide in each language. Where it is installed, it builds them, and resolves links."""
    command, wanted = sites.hugo(tmp_path, Content(3)), sites.pages(Content(3), "fr")
    given = {
        path.name.replace("_index.md", "index.md"): path.read_text(encoding="utf-8").split("---\n", 2)[2]
        for path in (tmp_path / "content" / "fr").iterdir()
    }
    assert given == wanted
    assert len(list((tmp_path / "content").iterdir())) == scenarios.FEW
    if sites.has_hugo():
        built(command, tmp_path)
        pages = list((tmp_path / "public").glob("*/guide-*/index.html"))
        assert len(pages) == 3 * scenarios.FEW
        assert not any('.md"' in page.read_text(encoding="utf-8") for page in pages)
        assert (tmp_path / "public" / "pagefind" / "pagefind.js").exists()


@pytest.mark.parametrize("what", scenarios.SAVES)
def test_what_is_saved_while_serving_has_its_place(what: str) -> None:
    """The files of this site that are saved have the places that are changed."""
    save = scenarios.SAVES[what]
    text = (ROOT / save.file).read_text(encoding="utf-8")
    assert sites.changed(text, save, "Word").replace(save.inserted.format("Word"), "", 1) == text


def test_words_that_are_saved_are_new() -> None:
    """No page has a word before it is saved, so none is a part of another, and there are enough for many runs."""
    words = list(serving.new_words())
    assert len(words) == len(set(words)) > 100
    assert len({len(word) for word in words}) == 1


def test_every_goal_is_compared() -> None:
    """Each goal is among the comparisons that the table shows."""
    assert set(scenarios.GOALS) <= set(scenarios.comparisons())
    assert len(scenarios.QUICK) == 2


def test_table_has_goals_beside_figures() -> None:
    """A row of the table has the time, the memory, the ratio and whether the goal was reached."""
    lines = results.table(FIGURES, scenarios.comparisons()).split("\n")
    theirs = "× mkdocs-static-i18n"
    assert lines[2] == f"| 25 guides × 8 languages: cold | 3.00 | 200 | 0.50 {theirs}, goal ≤ 0.30: **missed** |"
    assert (
        lines[3] == f"| 25 guides × 8 languages: nothing changed | 1.00 | 100 | 0.17 {theirs}, goal ≤ 0.20: reached |"
    )
    assert lines[5].endswith(f"| 0.20 {theirs}, goal ≤ 0.22: reached<br>goal ≤ 600 MB: **missed** |")
    assert lines[-1] == "| saved until served: a guide | 0.25 |  | goal ≤ 0.30 s: reached |"


def test_chart_has_each_figure_as_text() -> None:
    """The chart has a title, a description, and the figures of each build; an empty one can be drawn too."""
    root = ElementTree.fromstring(chart(FIGURES, "Measured on 2026-11-27"))
    assert {root.find(f"{SVG}{name}").get("id") for name in ("title", "desc")} == {"t", "d"}  # type: ignore[union-attr]
    words = [element.text for element in root.iter(f"{SVG}text")]
    assert {"0.50 (3.00 s)", "0.17 (1.00 s)", "1.00 (6.00 s)", "0.20 (20.00 s)"} <= set(words)
    bars = [rect.get("class") for rect in root.iter(f"{SVG}rect") if rect.get("class") != "ground"]
    assert sorted(bars) == 2 * ["other"] + 3 * ["ours"]
    assert ElementTree.fromstring(chart({}, "Nothing")).findall(f"{SVG}rect/[@class='ours']") == []


def slower(factor: float, step: str = scenarios.COLD, figures: Figures = FIGURES) -> Figures:
    name = SMALL.figure(step)
    return figures | {name: {SECONDS: factor * figures[name][SECONDS]}}


@pytest.mark.parametrize(("factor", "sentences"), [(0.5, 0), (1.19, 0), (1.3, 1)])
def test_a_slower_build_is_found(factor: float, sentences: int) -> None:
    """A ratio that is worse than the recorded one by more than a fifth is reported, with both ratios."""
    found = list(results.worse(slower(factor), FIGURES))
    assert len(found) == sentences
    assert all("cold took 0.65" in sentence and "it was 0.50" in sentence for sentence in found)


@pytest.mark.parametrize(("factor", "sentences"), [(1.9, 0), (2.1, 1)])
def test_a_tenth_of_a_second_is_no_difference(factor: float, sentences: int) -> None:
    """A build that took a fiftieth of the time is slower only if it takes another fiftieth more."""
    quick = slower(0.12, scenarios.WARM)
    assert len(list(results.worse(slower(factor, scenarios.WARM, quick), quick))) == sentences


def test_what_was_not_measured_is_not_passed() -> None:
    """A comparison without a figure to compare with fails too."""
    assert len(list(results.worse(FIGURES, {}))) == len(scenarios.QUICK)


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[Path, Path]]:
    """Record the made-up figures in a folder, and on a page."""
    # Only `make bench` installs the others.
    monkeypatch.setattr(results, "PACKAGES", ("mkdocs", "mkdocs-material", "markdown"))

    def record() -> tuple[Path, Path]:
        page = tmp_path / "page.md"
        if not page.exists():
            page.write_text(f"Before\n\n{results.BEGIN}\nearlier words\n{results.END}\n\nAfter\n", encoding="utf-8")
        results.record(results.here(FIGURES, 1, ["Hugo was not measured."]), scenarios.comparisons(), tmp_path, page)
        return tmp_path, page

    return record


def test_result_is_recorded_and_read(recorded: Callable[[], tuple[Path, Path]]) -> None:
    """The figures are read again unchanged, and table and page have the same words, also after a second time."""
    folder, page = recorded()
    first = page.read_text(encoding="utf-8")
    recorded()
    assert page.read_text(encoding="utf-8") == first
    last = results.recorded(folder)
    assert last
    assert last.figures == FIGURES
    assert first.startswith("Before\n\n")
    assert first.endswith("\n\nAfter\n")
    shown = first.partition(results.BEGIN)[2].partition(results.END)[0].strip()
    assert shown in (folder / "last.md").read_text(encoding="utf-8")
    assert "Hugo was not measured." in shown
    assert "earlier words" not in shown


def test_without_a_result_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    """A folder without a result has none."""
    assert results.recorded(tmp_path) is None


def test_page_shows_the_last_result() -> None:
    """docs/benchmarks.md has the same words as benchmarks/results/last.md."""
    shown = results.PAGE.read_text(encoding="utf-8").partition(results.BEGIN)[2].partition(results.END)[0].strip()
    assert shown in (results.FOLDER / "last.md").read_text(encoding="utf-8")
