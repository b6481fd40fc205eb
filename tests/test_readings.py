"""Readings of translations: what a line says, what is asked for, what readers of a page and translators are told."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as some

from i18n import limits, readings, unread
from i18n.coverage import Coverage, State
from i18n.locales import Locale
from i18n.readings import (
    SEVERITIES,
    TYPES,
    Finding,
    Level,
    Reading,
    Readings,
    canonical,
    level,
    open_findings,
    parse,
    unit_of,
    write,
)
from tests.project import Project, edit, lay_out
from tests.test_laws import law

TEXT = some.text(some.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs", "M")), min_size=1, max_size=12)
WORDS = TEXT.filter(lambda words: bool(words.strip()))
FINDINGS = some.builds(
    Finding,
    some.sampled_from([*TYPES, "accuracy/omission", "fluency/word order"]),
    some.sampled_from([*SEVERITIES]),
    WORDS,
)
UNITS = [f"{number:016x}" for number in range(4)]
READINGS = some.builds(
    Reading,
    some.sampled_from(UNITS),
    some.sampled_from(["arrested", "site"]),
    some.sampled_from(readings.READERS),
    some.dates().map(lambda day: day.isoformat()),
    some.lists(FINDINGS, max_size=2).map(tuple),
    some.just("") | WORDS,
)
FILES = some.lists(READINGS, max_size=8)


@law(200)
@given(READINGS, some.sampled_from(("", " ", "\t", "x", '"', "\u0661")), some.integers(0, 120))
def test_the_short_way_reads_what_json_reads(reading: Reading, more: str, place: int) -> None:
    """A plain line is read without JSON, and gives the same reading or the same sentence."""
    line = readings.line(reading)
    line = line[:place] + more + line[place:]
    try:
        expected: tuple[list[Reading], list[tuple[int, str]]] = [readings.of_fields(readings.fields(line))], []
    except readings.ReadingError as error:
        expected = [], [(1, str(error))]
    assert parse(line) == expected


# ── the unit ─────────────────────────────────────────────────────────────────────────────────────────────────────────


PARTS = some.fixed_dictionaries(
    {"msgctxt": some.none() | TEXT, "msgid": TEXT, "msgstr": TEXT, "msgid_plural": some.just("")}
) | some.fixed_dictionaries(
    {
        "msgctxt": some.none() | TEXT,
        "msgid": TEXT,
        "msgid_plural": TEXT,
        "msgstr_plural": some.lists(TEXT, min_size=2, max_size=4).map(lambda forms: dict(enumerate(forms))),
    }
)


@given(PARTS, PARTS)
@law(300)
def test_other_words_are_another_unit(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Two messages have the same hash only if all their words are the same."""
    assert (unit_of(polib.POEntry(**one)) == unit_of(polib.POEntry(**other))) == (one == other)


@given(PARTS, some.data(), TEXT)
@law(200)
def test_each_edit_makes_another_unit(parts: dict[str, Any], data: some.DataObject, more: str) -> None:
    """Whatever word of the English, the context, the translation or one of its forms is edited, the hash is another."""
    entry = polib.POEntry(**parts)
    name = data.draw(some.sampled_from([name for name in parts if parts[name]]))
    if name == "msgstr_plural":
        form = data.draw(some.sampled_from([*parts[name]]))
        edited = parts | {name: parts[name] | {form: parts[name][form] + more}}
    else:
        edited = parts | {name: parts[name] + more}
    assert unit_of(polib.POEntry(**edited)) != unit_of(entry)


def test_unit_is_what_is_documented() -> None:
    """The hash does not change with the program: files of readings live longer."""
    one = polib.POEntry(msgid="Do not sign.", msgstr="Ne signez pas.")
    counted = polib.POEntry(
        msgctxt="x", msgid="%(num)s day", msgid_plural="%(num)s days", msgstr_plural={0: "un jour", 1: "%(num)s jours"}
    )
    assert (unit_of(one), unit_of(counted)) == ("de5c600edbb69147", "a71187e339cd41f9")


def test_hashing_a_large_site_is_quick() -> None:
    """25,000 units take well under a second."""
    entries = [polib.POEntry(msgid=f"{number} " + "word " * 20, msgstr="mot " * 25) for number in range(25_000)]
    start = time.process_time()
    assert len({*map(unit_of, entries)}) == len(entries)
    assert time.process_time() - start < 1


# ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(FILES)
@law(200)
def test_lines_are_what_was_written(known: list[Reading]) -> None:
    """Readings that are written and parsed are the same, and written again the same bytes."""
    text = write(known)
    assert parse(text) == (known, [])
    assert write(parse(text)[0]) == text


@given(FILES, some.randoms())
@law(200)
def test_canonical_order_is_stable(known: list[Reading], random: Any) -> None:
    """Putting readings in order twice changes nothing more; each unit comes in the order of the page."""
    order = {"arrested": {unit: place for place, unit in enumerate(UNITS[:3])}, "site": {UNITS[3]: 0}}
    once = canonical(known, order)
    assert canonical(once, order) == once
    assert [each.unit for each in once] == sorted(each.unit for each in once)
    random.shuffle(known)
    again = Readings(canonical(known, order))
    assert [again.level(unit) for unit in UNITS] == [Readings(once).level(unit) for unit in UNITS]


def test_readings_of_words_that_are_gone_are_dropped() -> None:
    """Only readings of a catalog that cannot be read stay without their unit; moved words take theirs along."""
    gone, kept, moved = (Reading(unit, "help", "person", "2026-11-22") for unit in UNITS[:3])
    broken = Reading(UNITS[3], "broken", "person", "2026-11-22")
    order = {"about": {UNITS[2]: 0}, "broken": None, "help": {UNITS[1]: 0}}
    assert canonical([gone, kept, moved, broken], order) == [
        Reading(UNITS[2], "about", "person", "2026-11-22"),
        broken,
        kept,
    ]


@pytest.mark.parametrize(
    "line",
    ["[" * 19_000, "1", "null", '"x"', "[]", "{}", "\x00", "{" * 100, f"{'9' * 5000}", "NaN", '{"unit": {}}'],
)
def test_whatever_a_line_has_is_a_sentence(line: str) -> None:
    """No line is a traceback; the lines around it are taken."""
    good = '{"unit":"0000000000000000","catalog":"site","reader":"machine","day":"2026-11-22"}'
    found, faults = parse(f"{good}\n{line}\n{good}\n")
    assert len(found) == 2
    assert [number for number, _ in faults] == [2]


@pytest.mark.parametrize("value", [1, None, [], {}, True, "", " ", "\u202e", ["x"], [{}], [None]])
@pytest.mark.parametrize("field", ["unit", "catalog", "reader", "day", "findings", "back", "type", "severity", "note"])
def test_whatever_a_field_has_is_a_sentence(field: str, value: Any) -> None:
    """A value of another kind is reported and stops nothing; an empty list of findings is none."""
    found = {"type": "style", "severity": "minor", "note": "Long."}
    line = {"unit": UNITS[0], "catalog": "site", "reader": "machine", "day": "2026-11-22", "back": "x"}
    line |= {"findings": [found | {field: value}]} if field in found else {field: value}
    good, faults = parse(json.dumps(line))
    assert (len(good), len(faults)) == ((1, 0) if (field, value) == ("findings", []) else (0, 1))


def test_file_too_large_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that no honest work makes is not read, and neither is one that is not text."""
    path = tmp_path / "readings.jsonl"
    monkeypatch.setattr(limits, "READINGS", 10_000_000)
    path.write_bytes(b"\n" * 10_000_001)
    assert unread.load(path) == (
        [],
        [f"{path}:1: this file is larger than 10 MB. Restore it: no language needs that much."],
    )
    path.write_bytes(b"\n\xff")
    assert unread.load(path)[1] == [f"{path}:2: this file is not UTF-8. Save it again with the encoding UTF-8."]
    path.unlink()
    path.mkdir()
    assert unread.load(path)[1] == [f"{path}: this is not a regular file. Put the readings themselves here."]


# ── what they say ────────────────────────────────────────────────────────────────────────────────────────────────────


@given(FILES, FILES)
@law(300)
def test_merged_lines_say_the_same_in_any_order(ours: list[Reading], theirs: list[Reading]) -> None:
    """Lines of two people, whichever come first and however often, give the same levels and the same open findings."""
    one, other, twice = Readings(ours + theirs), Readings(theirs + ours), Readings(ours + theirs + ours)
    for unit in UNITS:
        assert one.level(unit) == other.level(unit) == twice.level(unit)
        assert {*one.open(unit)} == {*other.open(unit)} == {*twice.open(unit)}


@given(FILES, READINGS)
@law(200)
def test_a_reading_never_lowers_a_level(known: list[Reading], more: Reading) -> None:
    """Whoever reads once more, no unit is lower than before."""
    assert all(Readings([*known, more]).level(unit) >= Readings(known).level(unit) for unit in UNITS)


def read(reader: str, day: str, *notes: str, back: str = "") -> Reading:
    return Reading(UNITS[0], "help", reader, day, tuple(Finding("style", "major", note) for note in notes), back)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([], Level.UNREAD),
        ([read("machine", "2026-11-22")], Level.MACHINE),
        ([read("machine", "2026-11-22"), read("machine", "2026-11-23")], Level.MACHINE),
        ([read("person", "2026-11-22")], Level.PERSON),
        ([read("person", "2026-11-22"), read("machine", "2026-11-23")], Level.PERSON),
        ([read("person", "2026-11-22"), read("person", "2026-11-23")], Level.PERSONS),
        ([read("person", "2026-11-22"), read("person", "2026-11-22")], Level.PERSON),
        ([read("person", "2026-11-22"), read("person", "2026-11-22", "Long.")], Level.PERSONS),
    ],
)
def test_level(known: list[Reading], expected: Level) -> None:
    """A machine counts once, two persons count more than one, and equal lines are one reading."""
    assert level(known) is expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([read("machine", "2026-11-22", "a")], ["a"]),
        ([read("machine", "2026-11-22", "a"), read("machine", "2026-11-23")], []),
        ([read("machine", "2026-11-22", "a", "b"), read("machine", "2026-11-23", "b")], ["b"]),
        ([read("machine", "2026-11-22", "a"), read("machine", "2026-11-22")], ["a"]),
        ([read("machine", "2026-11-22", "a"), read("machine", "2026-11-22", "b")], ["a", "b"]),
        ([read("machine", "2026-11-22", "a"), read("person", "2026-11-23")], []),
        ([read("person", "2026-11-22", "a"), read("machine", "2026-11-23")], ["a"]),
        ([read("person", "2026-11-22", "a"), read("person", "2026-11-23")], []),
    ],
)
def test_open_findings(known: list[Reading], expected: list[str]) -> None:
    """A finding is open until a reading of a later day does not have it; no machine closes what a person found."""
    assert [found.note for found in open_findings(known)] == expected


def test_points() -> None:
    """The points of MQM: 25 for a critical fault, 5 for a major, 1 for a minor one."""
    assert readings.points(Finding("style", severity, "x") for severity in SEVERITIES) == 31


# ── python -m i18n read ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def current(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny site with catalogs that are up to date, only looked at."""
    project = lay_out(tmp_path_factory.mktemp("current"))
    assert project.run("-m", "i18n", "update").returncode == 0
    return project


@pytest.fixture
def project(current: Project, tmp_path: Path) -> Project:
    """The same, to be spoiled."""
    return current.copied(tmp_path / "project")


@pytest.fixture(scope="module")
def unread_lines(current: Project) -> list[dict[str, Any]]:
    """A line for each translation of a guide, as it is taken when there was nothing to say."""
    return [{"unit": line["unit"]} for line in asked(current, "fr", "help")]


def asked(project: Project, *arguments: str) -> list[dict[str, Any]]:
    """What `python -m i18n read` prints."""
    done = project.run("-m", "i18n", "read", *arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def take(project: Project, lines: list[dict[str, Any]], reader: str = "machine", locale: str = "fr") -> str:
    """Record readings, and return what the command says."""
    path = project.root / "mine.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return project.run("-m", "i18n", "read", locale, "--take", "mine.jsonl", "--reader", reader).stderr


def kept(project: Project, locale: str = "fr") -> Path:
    return project.root / "locales" / locale / "readings.jsonl"


def days_later(project: Project, locale: str = "fr") -> None:
    """Make the readings some days older."""
    path = kept(project, locale)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    text = "".join(f"{json.dumps(line | {'day': '2026-11-01'}, separators=(',', ':'))}\n" for line in lines)
    path.write_text(text, encoding="utf-8")


def test_unread_units_are_printed(current: Project) -> None:
    """A line has the hash, the place, both texts, whether it is a safety instruction, and what is needed."""
    found = asked(current, "fr", "help")
    assert len(found) == 9
    assert found[3:5] == [
        {
            "unit": "4e0231e9608385b9",
            "catalog": "help",
            "place": "locales/fr/LC_MESSAGES/help.po:31",
            "kind": "title of a box",
            "english": "Read this first",
            "translation": "Lisez d’abord ceci",
            "safety": True,
            "level": "unread",
            "needs": ["a reading", "a second reading", "a back-translation"],
        },
        {
            "unit": "d689ebbf4b97f1a8",
            "catalog": "help",
            "place": "locales/fr/LC_MESSAGES/help.po:36",
            "kind": "paragraph",
            "english": "Do not drink tap water.",
            "translation": "Ne buvez pas l’eau du robinet.",
            "safety": True,
            "level": "unread",
            "needs": ["a reading", "a second reading", "a back-translation"],
        },
    ]
    assert {line["catalog"] for line in asked(current, "fr")} == {"about", "help", "index", "water", "site"}
    assert not kept(current).exists()


def test_summary(current: Project) -> None:
    """The sums are on standard error, so that standard output has nothing but lines of JSON."""
    assert current.run("-m", "i18n", "read", "ar", "help").stderr == (
        "ar: 6 units: 6 unread, 0 read by a machine, 0 read by one person, 0 read by two persons. "
        "Open findings: 0 critical, 0 major, 0 minor. 0.0 MQM points per 1,000 words, in 0 words read.\n"
    )


def test_readings_are_taken(project: Project) -> None:
    """Taken readings have their catalog and a day, in the order of pages; taking them again changes no byte."""
    found = asked(project, "fr")
    said = take(project, [{"unit": line["unit"], "back": line["english"]} for line in reversed(found)])
    assert said.startswith("locales/fr/readings.jsonl: 26 readings recorded.\nfr: 26 units: 0 unread, 26 read by a")
    text = kept(project).read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["unit"] for line in lines] == [
        line["unit"] for line in sorted(found, key=lambda line: str(line["catalog"]))
    ]
    assert {(line["reader"], line["catalog"]) for line in lines} == {
        ("machine", name) for name in ("about", "help", "index", "site", "water")
    }
    assert [line["needs"] for line in asked(project, "fr")] == [["a second reading"]] * 2
    assert "0 readings recorded, 26 were there already." in take(
        project, [{"unit": line["unit"]} | line for line in lines]
    )
    assert kept(project).read_text(encoding="utf-8") == text
    assert project.run("-m", "i18n", "update").returncode == 0
    assert kept(project).read_text(encoding="utf-8") == text


def test_readers_at_the_same_time_lose_nothing(project: Project) -> None:
    """Each of several commands that record at once finds what the others have recorded."""
    lines = [json.dumps({"unit": line["unit"]}) for line in asked(project, "fr")]
    running = []
    for number in range(4):
        path = project.root / f"{number}.jsonl"
        path.write_text("\n".join(lines[number::4]), encoding="utf-8")
        command = [sys.executable, "-m", "i18n", "read", "fr", "--take", path.name, "--reader", "machine"]
        running.append(subprocess.Popen(command, cwd=project.root, stderr=subprocess.DEVNULL))
    assert [process.wait(60) for process in running] == [0] * 4
    assert len(kept(project).read_text(encoding="utf-8").splitlines()) == len(lines)


def test_persons_are_asked_for_what_no_person_has_read(project: Project) -> None:
    """What a machine has read is not settled for a person, and `--all` shows everything."""
    take(project, [{"unit": line["unit"]} for line in asked(project, "fr", "index")])
    assert asked(project, "fr", "index") == []
    assert {line["needs"][0] for line in asked(project, "fr", "index", "--reader", "person")} == {
        "a reading by a person"
    }
    assert len(asked(project, "fr", "index", "--all")) == 6


def test_lines_that_cannot_be_taken_are_said(project: Project) -> None:
    """Each has its line and its reason, and all others are taken."""
    unit = asked(project, "fr", "help")[0]["unit"]
    said = take(
        project,
        [
            {"unit": "0" * 16},
            {"unit": unit, "who": "Ada"},
            {"unit": unit, "reader": "person"},
            {"unit": unit, "findings": [{"type": "accuracy", "severity": "huge", "note": "x"}]},
            {"unit": unit},
        ],
    )
    assert said.splitlines()[0] == "locales/fr/readings.jsonl: 1 readings recorded."
    assert said.splitlines()[2:] == [
        "mine.jsonl:1: no present unit is 0000000000000000: its English or its translation has changed. "
        "Read it again as it is now.",
        'mine.jsonl:2: "who" is not a field of a reading. Remove it: the fields are unit, catalog, reader, day, '
        "findings, back, and nobody is named.",
        'mine.jsonl:3: "reader" is not machine, which the command says. Take these lines in another run.',
        'mine.jsonl:4: "huge" is not a severity. Write "critical", "major" or "minor".',
    ]


def test_a_merge_that_is_not_finished_loses_nothing(project: Project) -> None:
    """While the file has marks of a merge, no command writes it, and each says where they are."""
    found = asked(project, "fr", "help")
    take(project, [{"unit": line["unit"]} for line in found])
    text = f"<<<<<<< HEAD\n{kept(project).read_text(encoding='utf-8')}"
    kept(project).write_text(text, encoding="utf-8")
    assert take(project, [{"unit": found[0]["unit"]}]).startswith("locales/fr/readings.jsonl:1: this is a mark of a m")
    assert "readings.jsonl:1: this is a mark of a merge" in project.run("-m", "i18n", "update").stderr
    assert kept(project).read_text(encoding="utf-8") == text
    assert len(asked_in_spite(project)) == 19


def asked_in_spite(project: Project) -> list[str]:
    done = project.run("-m", "i18n", "read", "fr")
    assert done.returncode == 1
    return done.stdout.splitlines()


def test_update_drops_readings_of_changed_words(project: Project) -> None:
    """A translation that was edited, and one whose English was, have to be read again."""
    take(project, [{"unit": line["unit"]} for line in asked(project, "fr")])
    edit(project.catalog("fr", "help"), "Appelez un voisin.", "Appelez une voisine.")
    edit(project.guide("help"), "## First steps", "## First small steps")
    done = project.run("-m", "i18n", "update", "fr")
    assert done.stdout == (
        "fr: 1 of 5 catalogs changed. 2 readings dropped: their words have changed, or they were there twice.\n"
    )
    assert [line["translation"] for line in asked(project, "fr", "help") if "a reading" in line["needs"]] == [
        "Appelez une voisine."
    ]


def test_report(project: Project) -> None:
    """The table has a line for each language."""
    found = asked(project, "fr", "help")
    fault = {"type": "accuracy/omission", "severity": "major", "note": "No number."}
    take(project, [{"unit": line["unit"], "findings": [fault]} for line in found[:1]])
    take(project, [{"unit": line["unit"]} for line in found[1:3]], "person")
    done = project.run("-m", "i18n", "read", "--report")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "| language | units | unread | read by a machine | by one person | by two persons | open critical | open major "
        "| open minor | words read | points per 1,000 words |",
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
        "| ar | 11 | 11 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0.0 |",
        "| fr | 26 | 23 | 1 | 2 | 0 | 0 | 1 | 0 | 8 | 625.0 |",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["read"], 2, "name the locale whose translations are read"),
        (["read", "fr", "--take", "x"], 2, "--take needs --reader machine or --reader person"),
        (["read", "de"], 1, "locales/de: this folder does not exist"),
        (["read", "fr", "nothing"], 1, "nothing.po: there is no such catalog. Write the name of a guide, or site."),
        (["read", "fr", "--take", "none", "--reader", "machine"], 1, "none: this file cannot be read (No such file"),
    ],
)
def test_wrong_arguments(current: Project, arguments: list[str], status: int, sentence: str) -> None:
    """Each wrong argument has its sentence, and nothing is written."""
    done = current.run("-m", "i18n", *arguments)
    assert (done.returncode, sentence in done.stderr) == (status, True), done.stderr
    assert "Traceback" not in done.stderr
    assert not kept(current).exists()


# ── what readers of a page are told ──────────────────────────────────────────────────────────────────────────────────


DRAFT = "A machine drafted this translation"


def counted(*levels: tuple[Level, int]) -> Coverage:
    parts = Counter(dict(levels))
    return Coverage("help", "fr", Counter({State.TRANSLATED: parts.total()}), 0, "machine-draft", parts)


@pytest.mark.parametrize(
    ("page", "lowest", "below", "is_marked"),
    [
        (counted(), Level.UNREAD, 0, False),
        (counted((Level.UNREAD, 9)), Level.UNREAD, 0, False),
        (counted((Level.MACHINE, 9)), Level.MACHINE, 0, False),
        (counted((Level.UNREAD, 2), (Level.MACHINE, 7)), Level.UNREAD, 2, True),
        (counted((Level.UNREAD, 7), (Level.MACHINE, 2)), Level.UNREAD, 7, False),
        (counted((Level.MACHINE, 1), (Level.PERSON, 2), (Level.PERSONS, 1)), Level.MACHINE, 1, True),
        (counted((Level.PERSON, 1), (Level.PERSONS, 8)), Level.PERSON, 1, False),
    ],
)
def test_level_of_a_page(page: Coverage, lowest: Level, below: int, is_marked: bool) -> None:
    """A page has the lowest level of its parts. Those are marked if they are few."""
    assert (page.level, page.below, page.is_marked) == (lowest, below, is_marked)


def of_help(line: dict[str, Any]) -> bool:
    return bool(line["catalog"] == "help")


def told(project: Project) -> str:
    """The notice of help in French, as plain words."""
    assert project.publish("fr").returncode == 0
    page = project.page("fr", "help")
    notice = page.partition('<div class="notice">')[2].partition("</div>")[0]
    words = re.sub(r"<[^<>]+>", "", notice)
    return " ".join(words.split()).partition(" Read it in English")[0]


def nobody(project: Project, lines: list[dict[str, Any]]) -> None:
    pass


def a_machine(project: Project, lines: list[dict[str, Any]]) -> None:
    take(project, lines)


def a_person(project: Project, lines: list[dict[str, Any]]) -> None:
    take(project, lines, "person")


def two_persons(project: Project, lines: list[dict[str, Any]]) -> None:
    a_person(project, lines)
    days_later(project)
    a_person(project, lines)


def a_machine_but_one_part(project: Project, lines: list[dict[str, Any]]) -> None:
    a_machine(project, lines[:-1])


def a_person_but_two_parts(project: Project, lines: list[dict[str, Any]]) -> None:
    a_machine(project, lines)
    a_person(project, lines[2:])


def a_machine_one_part(project: Project, lines: list[dict[str, Any]]) -> None:
    a_machine(project, lines[:1])


def somebody_who_found_a_fault(project: Project, lines: list[dict[str, Any]]) -> None:
    fault = {"type": "accuracy", "severity": "critical", "note": "It says ten."}
    a_person(project, [lines[0] | {"findings": [fault]}, *lines[1:]])


@pytest.mark.parametrize(
    ("status", "who", "expected"),
    [
        ("machine-draft", nobody, f"{DRAFT}. Nobody has checked it yet. It can be wrong."),
        (
            "machine-draft",
            a_machine,
            f"{DRAFT}, and a machine read it against the English. No person has checked it yet. It can be wrong.",
        ),
        (
            "machine-draft",
            a_person,
            f"{DRAFT}, and a person read it against the English. A second person has not checked all of it yet.",
        ),
        ("machine-draft", two_persons, f"{DRAFT}. Two persons read it against the English."),
        (
            "machine-draft",
            a_machine_but_one_part,
            f"{DRAFT}. Nobody has checked 1 of its 9 parts yet. It can be wrong. A dotted line shows where.",
        ),
        (
            "machine-draft",
            a_person_but_two_parts,
            f"{DRAFT}. No person has read 2 of its 9 parts against the English yet. They can be wrong. "
            "A dotted line shows where.",
        ),
        ("machine-draft", a_machine_one_part, f"{DRAFT}. Nobody has checked 8 of its 9 parts yet. They can be wrong."),
        ("human", nobody, "A person translated this page. A second person has not checked it yet."),
        ("human", a_machine, "A person translated this page. A second person has not checked it yet."),
        ("human", a_person, "A person translated this page. A second person read it against the English."),
        ("reviewed", nobody, ""),
        ("reviewed", a_machine_but_one_part, ""),
        (
            "reviewed",
            somebody_who_found_a_fault,
            "In 1 part, a reader found a fault that is not corrected yet.",
        ),
    ],
)
def test_notice(
    status: str,
    who: Callable[[Project, list[dict[str, Any]]], None],
    expected: str,
    project: Project,
    unread_lines: list[dict[str, Any]],
) -> None:
    """The top of the page says in words who translated it and who has read it."""
    edit(project.catalog("fr", "help"), "X-Translation-Status: human", f"X-Translation-Status: {status}")
    who(project, unread_lines)
    assert told(project) == expected


def test_parts_that_nobody_has_read_are_marked(project: Project) -> None:
    """A block, or the words of one that holds blocks, has a class; other pages have none."""
    project.guide("help").write_text(
        project.guide("help")
        .read_text(encoding="utf-8")
        .replace("1. Call a neighbour.\n", "1. Call a neighbour.\n    - Help\n"),
        encoding="utf-8",
    )
    found = asked(project, "fr", "help")
    assert project.publish("fr").returncode == 0
    before = project.page("fr", "help")
    take(project, [{"unit": line["unit"]} for line in found])
    assert project.publish("fr").returncode == 0
    assert project.page("fr", "help") == before
    assert "unread" not in before
    left = ("Appelez un voisin.", "Ne buvez pas l’eau du robinet.")
    kept(project).unlink()
    take(project, [{"unit": line["unit"]} for line in found if line["translation"] not in left])
    assert project.publish("fr").returncode == 0
    assert project.page("fr", "help") == before
    edit(project.catalog("fr", "help"), "X-Translation-Status: human", "X-Translation-Status: machine-draft")
    assert project.publish("fr").returncode == 0
    page = project.page("fr", "help")
    assert page.count("unread") == 2
    assert '<p class="unread">Ne buvez pas l’eau du robinet.</p>' in page
    assert '<li><span class="unread">Appelez un voisin.</span><ul>' in page


def test_build_reports_a_file_of_readings_with_a_fault(project: Project) -> None:
    """The site is built, and the exit status and a sentence say that a line is no reading."""
    kept(project).write_text("=======\n", encoding="utf-8")
    done = project.publish("fr")
    assert done.returncode == 1
    assert "locales/fr/readings.jsonl:1: this is a mark of a merge" in done.stderr
    assert "Aide" in project.page("fr", "help")


# ── what translators see ─────────────────────────────────────────────────────────────────────────────────────────────


def test_view_has_the_line_to_add(project: Project) -> None:
    """The view shows the level and the open findings of each unit, and the line that records a reading."""
    unit = asked(project, "fr", "help")[4]["unit"]
    take(project, [{"unit": unit, "findings": [{"type": "style", "severity": "minor", "note": "<b> & long"}]}])
    script = (
        "from pathlib import Path; import publish; from i18n.catalogs import Locale; "
        "print(publish.build(Locale.of('fr'), Path('site/making'), publish.now(publish.ROOT), True).faults)"
    )
    assert project.run("-c", script).stdout == "[]\n"
    page = (project.root / "site/fr/translate/help/index.html").read_text(encoding="utf-8")
    assert "minor, style: <bdi>&lt;b&gt; &amp; long</bdi>" in page
    assert "· read by a machine" in page
    assert page.count("· unread") == 8
    lines = re.findall(r'<input readonly value="([^"]+)">', page)
    assert len(lines) == 9
    kept(project).write_text("".join(f"{line.replace('&#34;', chr(34))}\n" for line in lines), encoding="utf-8")
    found, faults = unread.load(kept(project))
    assert ([reading.reader for reading in found], faults) == (["person"] * 9, [])
    assert "0 readings recorded, 9 were there already." in take(
        project, [json.loads(readings.line(reading)) for reading in found], "person"
    )


def test_readings_are_of_a_locale() -> None:
    """The file is beside the catalogs of its language."""
    assert unread.path_of(Path("locales"), Locale.of("zh_Hans")) == Path("locales/zh_Hans/readings.jsonl")
