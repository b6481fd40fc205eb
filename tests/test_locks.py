"""Each requirements*.txt is made of its requirements*.in: `make lock`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.project import ROOT

SOURCES = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("**/requirements*.in") if ".venv" not in path.parts)
RUN = "Run: make lock"


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(text: str) -> dict[str, str]:
    """For each package of a requirements*.in its version, "" where it is not pinned."""
    lines = [line.split("#")[0].split(";")[0].strip() for line in text.splitlines()]
    pairs = [line.partition("==") for line in lines if line]
    return {canonical(name.strip()): version.strip() for name, _, version in pairs}


def locked(text: str) -> dict[str, str]:
    """For each package of a requirements*.txt its version, hashes and the comments that say what needs it."""
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    return {canonical(entry.partition("==")[0]): entry.partition("==")[2] for entry in entries}


def faults(source: str, lock: str, name: str) -> list[str]:
    """Sentences about a lock that is not made of its source. name: that of the source."""
    pinned, entries = wanted(source), locked(lock)
    found = [f"{each} is not pinned. Write: {each}==VERSION" for each, version in pinned.items() if not version]
    for each, version in pinned.items():
        if each not in entries:
            found.append(f"{each} is missing in the lock. {RUN}")
        elif entries[each].split()[0] != version:
            found.append(f"{each} is {version} here and {entries[each].split()[0]} in the lock. {RUN}")
    for each, entry in entries.items():
        if "--hash=sha256:" not in entry:
            found.append(f"{each} has no hash in the lock. {RUN}")
        if f"-r {name}\n" in entry:
            if each not in pinned:
                found.append(f"{each} is in the lock only. {RUN}")
        elif "# via" not in entry:
            found.append(f"{each} is in the lock, and nothing needs it. {RUN}")
    return found


@pytest.mark.parametrize("name", SOURCES)
def test_lock_is_made_of_its_source(name: str) -> None:
    """The same packages and versions are in both, and each file that pip may fetch has a hash."""
    source = ROOT / name
    text = source.with_suffix(".txt").read_text(encoding="utf-8")
    assert faults(source.read_text(encoding="utf-8"), text, name) == []


def test_locks_agree() -> None:
    """A package that is in several locks has the same version in each: they are installed into one folder."""
    versions: dict[str, set[str]] = {}
    for name in SOURCES:
        for package, entry in locked((ROOT / name).with_suffix(".txt").read_text(encoding="utf-8")).items():
            versions.setdefault(package, set()).add(entry.split()[0])
    assert {package: found for package, found in versions.items() if len(found) > 1} == {}


def test_there_are_sources() -> None:
    """Every lock that the Makefile installs is made of a source, never written by hand."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installed = set(re.findall(r"-r (\S*requirements\S*\.txt)", makefile))
    assert installed == {str(Path(name).with_suffix(".txt")) for name in SOURCES}


HASH = " \\\n    --hash=sha256:00"
LOCK = (
    f"one-two==1.0{HASH}\n    # via -r requirements.in\nthree==3 ; sys_platform == 'win32'{HASH}\n    # via one-two\n"
)


@pytest.mark.parametrize(
    ("source", "lock", "sentences"),
    [
        ("One_Two==1.0  # why\n", LOCK, []),
        ("One_Two==1.1  # why\n", LOCK, ["one-two is 1.1 here and 1.0 in the lock. Run: make lock"]),
        ("One_Two==1.0\nfour==4\n", LOCK, ["four is missing in the lock. Run: make lock"]),
        ("# nothing\n", LOCK, ["one-two is in the lock only. Run: make lock"]),
        ("One_Two==1.0\n", f"{LOCK}five==5{HASH}\n", ["five is in the lock, and nothing needs it. Run: make lock"]),
        ("One_Two==1.0\n", f"{LOCK}five==5\n    # via three\n", ["five has no hash in the lock. Run: make lock"]),
    ],
)
def test_lock_that_does_not_fit_is_found(source: str, lock: str, sentences: list[str]) -> None:
    """A change of one file without the other is reported."""
    assert faults(source, lock, "requirements.in") == sentences
