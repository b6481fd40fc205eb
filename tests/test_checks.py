"""Every check finds what it is for, and finds nothing in the tiny site. Cases are in tests/cases/checks/."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from checks import GROUPS, WEEKLY, Note, Project, checks, reading
from checks.__main__ import annotation, main
from checks.guides.decision_tree import MAP, drawn
from checks.reading import AIM, Ease, measure, syllables
from tests import system
from tests.project import ROOT, add_macro, edit, lay_out

CASES = ROOT / "tests/cases/checks"
TODAY = datetime.date(2026, 11, 22)
"""When the tiny site was written."""

PROGRAMS = {"catalogs/syntax": ["msgfmt"], "catalogs/spelling": ["hunspell", "fr_FR.dic", "ar.dic"]}
"""The programs and dictionaries that a check of the tiny site needs."""

CHECKS = {f"{group}/{name}": check for group in (*GROUPS, WEEKLY) for name, check in checks(group).items()}


def cases() -> list[Any]:
    return [
        pytest.param(f"{path.parent.name}/{path.stem}", case, id=f"{path.parent.name}/{path.stem}-{number}")
        for path in sorted(CASES.glob("*/*.yml"))
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    ]


def found(name: str, today: datetime.date = TODAY) -> list[str]:
    """What a check finds in the project of the current folder, with what could not be read."""
    check = CHECKS[name]
    project = Project()
    weekly = name.startswith(f"{WEEKLY}/")
    findings = list(check(project, today)) if weekly else list(check(project))  # type: ignore[call-arg]
    return [*project.faults, *findings]


def spoil(change: list[dict[str, str]]) -> None:
    """Edit files of the current folder, write or remove them."""
    for each in change:
        path = Path(each.get("file", ""))
        if "macro" in each:
            add_macro(Path(), each["macro"])
        elif "old" in each:
            edit(path, each["old"], each["new"])
        elif "write" in each:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(each["write"], encoding="utf-8")
        else:
            path.unlink()


def need(name: str) -> None:
    """Skip the test where the programs that a check runs are missing."""
    for program in PROGRAMS.get(name, ()):
        system.needed(program)


def matches(finding: str, expected: str) -> bool:
    """Whether it is the finding; "…" at the beginning stands for a place that floats, "note: " for a Note."""
    if isinstance(finding, Note) != expected.startswith("note: "):
        return False
    expected = expected.removeprefix("note: ")
    return finding.endswith(expected[1:]) if expected.startswith("…") else finding == expected


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny site with catalogs that are up to date, built, only looked at."""
    project = lay_out(tmp_path_factory.mktemp("tiny"))
    for done in (project.run("-m", "i18n", "update"), project.publish()):
        assert done.returncode == 0, done.stderr
    return project.root


@pytest.fixture
def untouched(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder is the tiny site."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("SITE_DIR", raising=False)
    monkeypatch.chdir(tiny)


@pytest.fixture
def copied(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder is the tiny site, to be spoiled."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("SITE_DIR", raising=False)
    folder = shutil.copytree(tiny, tmp_path / "tiny", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(folder)


# ── each check ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_has_a_case_that_it_finds(name: str) -> None:
    """Every check has a case in which it finds something; otherwise it might not be able to."""
    path = CASES / f"{name}.yml"
    assert path.exists(), f"Add {path.relative_to(ROOT)} with a case in which {name} finds something."
    assert any(case["finds"] for case in yaml.safe_load(path.read_text(encoding="utf-8")))


def test_every_case_is_of_a_check() -> None:
    """A case whose check is gone would prove nothing."""
    assert {f"{path.parent.name}/{path.stem}" for path in CASES.glob("*/*.yml")} <= set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.usefixtures("untouched")
def test_tiny_site_has_no_findings(name: str) -> None:
    """No check finds anything, not even a note, in a correct site."""
    need(name)
    assert found(name) == []


@pytest.mark.parametrize(("name", "case"), cases())
@pytest.mark.usefixtures("copied")
def test_spoiled_site(name: str, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each case states its fact: a change of the tiny site, and all that its check finds then, in order."""
    need(name)
    # In CI, what could not be looked at is a finding instead of a note.
    monkeypatch.delenv("CI", raising=False)
    spoil(case["change"])
    findings = found(name, case.get("today", TODAY))
    assert len(findings) == len(case["finds"]), (case["fact"], findings)
    for finding, expected in zip(findings, case["finds"], strict=True):
        assert matches(finding, expected), (case["fact"], finding, expected)


# ── python -m checks ─────────────────────────────────────────────────────────────────────────────────────────────────


def forget_negations() -> None:
    """Take the list of French negations away: then every "not" is noted."""
    edit(Path("data/languages.yml"), '  negations: ["\\\\b(?:ne', '  before: ["\\\\b(?:ne')


def type_a_number() -> None:
    edit(Path("guides/help.md"), '{{ fact("litres") }} litres', "15 litres")
    for locale in ("ar", "fr"):
        edit(Path(f"locales/{locale}/LC_MESSAGES/help.po"), '{{ fact(\\"litres\\") }} litres', "15 litres")


TYPED = 'the number 15 is typed here. Put it in data/ and call a macro such as {{ fact("…") }}.'
NOTED = 'the English says "not". Check that the translation negates the same thing.'


@pytest.mark.usefixtures("untouched")
def test_site_in_order_passes(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a finding the status is 0, and the only line says how many checks there were."""
    need("catalogs/spelling")
    assert main([]) == 0
    assert capsys.readouterr().out == f"Checks: {len(CHECKS) - len(checks(WEEKLY))}. Findings: 0. Notes: 0.\n"


@pytest.mark.usefixtures("copied")
def test_notes_do_not_fail(capsys: pytest.CaptureFixture[str]) -> None:
    """A note is counted, printed only when asked for, and never an error."""
    need("catalogs/spelling")
    forget_negations()
    assert main(["catalogs"]) == 0
    count = len(checks("catalogs"))
    assert capsys.readouterr().out == f"Checks: {count}. Findings: 0. Notes: 1 (--notes prints them).\n"
    assert main(["catalogs", "--notes"]) == 0
    assert capsys.readouterr().out == (
        f"note: locales/fr/LC_MESSAGES/help.po:36: {NOTED}\nChecks: {count}. Findings: 0. Notes: 1.\n"
    )


@pytest.mark.usefixtures("copied")
def test_findings_fail(capsys: pytest.CaptureFixture[str]) -> None:
    """Findings of all groups are printed, each once, and the status is 1."""
    need("catalogs/spelling")
    type_a_number()
    edit(Path("locales/fr/LC_MESSAGES/index.po"), "Last-Translator: ", "Last-Translator: Ada")
    assert main([]) == 1
    first, second, last = capsys.readouterr().out.splitlines()
    assert first == f"guides/help.md:18: {TYPED}"
    assert second.startswith("locales/fr/LC_MESSAGES/index.po:1: the header Last-Translator names somebody.")
    assert last.endswith("Findings: 2. Notes: 0.")


@pytest.mark.usefixtures("copied")
def test_several_processes_find_the_same(capfd: pytest.CaptureFixture[str]) -> None:
    """As a command, which looks at several groups together, the same is found, in the same order."""
    forget_negations()
    type_a_number()
    Path("locales/fr/LC_MESSAGES/index.po").write_bytes(b"\xff")
    Path("data/facts.yml").write_text("litres: [\n", encoding="utf-8")
    edit(Path("site/fr/index.html"), '<html lang="fr"', '<html lang="de"')
    assert main(["--notes"]) == 1
    alone = capfd.readouterr().out
    assert main(["--notes"], processes=2) == 1
    assert capfd.readouterr().out == alone
    assert len({line.partition("/")[0] for line in alone.splitlines()} & {"guides", "locales", "data", "site"}) > 2


@pytest.mark.usefixtures("copied")
def test_only_the_groups_that_were_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """The group that reads catalogs does not report findings in guides/."""
    type_a_number()
    assert main(["catalogs"]) == 0
    assert main(["catalogs", "guides"]) == 1
    assert capsys.readouterr().out.count(TYPED) == 1


@pytest.mark.usefixtures("copied")
def test_annotations(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """On GitHub a finding stands beside the line that it is about; a note stays a line of text."""
    monkeypatch.setenv("GITHUB_ACTIONS", "1")
    type_a_number()
    forget_negations()
    assert main(["--notes"]) == 1
    assert capsys.readouterr().out.splitlines()[:2] == [
        f"::error file=guides/help.md,line=18::{TYPED}",
        f"note: locales/fr/LC_MESSAGES/help.po:36: {NOTED}",
    ]


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ("guides/help.md:18: wrong.", "::error file=guides/help.md,line=18::wrong."),
        ("fr/site.po:103:8: syntax error", "::error file=fr/site.po,line=103::syntax error"),
        ("data/facts.yml: members: wrong.", "::error file=data/facts.yml,line=1::members: wrong."),
        ("a.md:1: 5%\nof it", "::error file=a.md,line=1::5%25%0Aof it"),
        ("Nothing is anywhere", "::error::Nothing is anywhere"),
    ],
)
def test_annotation(finding: str, expected: str) -> None:
    """Whatever a finding begins with, GitHub gets a line that it understands."""
    assert annotation(finding) == expected


def test_unknown_group_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown group is an error, so that a misspelled name does not seem to pass."""
    with pytest.raises(SystemExit) as raised:
        main(["guide"])
    assert raised.value.code == 2
    assert "unknown group guide. Use guides, catalogs, site or weekly." in capsys.readouterr().err


@pytest.mark.usefixtures("copied")
def test_unreadable_configuration_is_one_finding(capsys: pytest.CaptureFixture[str]) -> None:
    """Without mkdocs.yml nothing is checked, and only this fault is reported, not its consequences."""
    Path("mkdocs.yml").write_text("nav: [\n", encoding="utf-8")
    assert main([]) == 1
    assert capsys.readouterr().out.startswith("mkdocs.yml:2: did not find expected node content.")


@pytest.mark.usefixtures("copied")
def test_folder_that_is_no_locale_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read at all is a finding, although no check is about it."""
    Path("locales/klingonish").mkdir()
    assert main(["catalogs"]) == 1
    assert 'locales/klingonish: "klingonish" is not a locale.' in capsys.readouterr().out


@pytest.mark.usefixtures("copied")
def test_the_calendar_is_asked_by_name_only(capsys: pytest.CaptureFixture[str]) -> None:
    """A guide that is past its recheck date fails only `weekly`, so it does not block unrelated changes."""
    edit(Path("guides/help.md"), "2026-11-22", "2019-11-22")
    edit(Path("guides/help.md"), "2027-02-22", "2020-01-01")
    assert main([]) == 0
    assert main(["weekly"]) == 1
    assert "guides/help.md:1: this guide was due for checking on 2020-01-01." in capsys.readouterr().out


@pytest.mark.usefixtures("copied")
def test_drawn_tree_is_current() -> None:
    """What `python -m checks.guides.decision_tree` writes is what the check asks for."""
    edit(Path("mkdocs.yml"), "    sources: about", "    sources: about\n    questions: check")
    answer = '??? question "{}"\n    [Help](help.md)\n\n'
    Path("guides/check.md").write_text(
        f"# Check\n\n{answer.format('Yes, “now”.')}{answer.format('I do not know.')}", encoding="utf-8"
    )
    assert [finding.partition(":")[0] for finding in found("guides/decision_tree")] == [str(MAP)]
    project = Project()
    check = next(guide for guide in project.guides if guide.slug == "check")
    MAP.parent.mkdir(exist_ok=True)
    MAP.write_text(drawn("check", project.edition.page(check).ways), encoding="utf-8")
    assert found("guides/decision_tree") == []


# ── python -m checks.reading ─────────────────────────────────────────────────────────────────────────────────────────


def ease(slug: str, text: str) -> Ease:
    Path(f"guides/{slug}.md").write_text(f"# Page\n\n{text}\n", encoding="utf-8")
    return next(measure(guide) for guide in Project().guides if guide.slug == slug)


@pytest.mark.usefixtures("copied")
def test_long_words_are_harder(capsys: pytest.CaptureFixture[str]) -> None:
    """Of two pages with equally long sentences, the one with long words ranks higher, and above the aim."""
    hard = ease("hard", "International organizations occasionally reconsider information.")
    easy = ease("easy", "It may get wet. Go up now.")
    assert hard.grade > AIM > easy.grade
    reading.main()
    ranks = [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]]
    assert ranks[0] == "hard"
    assert ranks.index("hard") < ranks.index("help") < ranks.index("easy")


@pytest.mark.usefixtures("copied")
def test_long_sentences_are_harder() -> None:
    """The same words in one sentence are harder than in two."""
    one = ease("one", "They may hold you for a day and then they have to let you go.")
    two = ease("two", "They may hold you for a day. And then they have to let you go.")
    assert one.words == two.words == 15
    assert (one.longest, two.longest) == (15, 8)
    assert one.grade > two.grade


@pytest.mark.parametrize(("word", "count"), [("go", 1), ("notice", 2), ("asked", 1), ("wanted", 2), ("police", 2)])
def test_syllables(word: str, count: int) -> None:
    """A silent e is not counted as a syllable."""
    assert syllables(word) == count
