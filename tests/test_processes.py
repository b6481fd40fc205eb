"""A build and its processes: stopped, killed, two at once, without room. The site is whole whatever happens."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from machine.workplace import trouble
from tests.project import ENVIRONMENT, ROOT, Project, edit

STOPPED = "Stopped. What was not finished is unchanged.\n"


@pytest.fixture
def project(tiny_site: Project, tmp_path: Path) -> Project:
    """The tiny site, to be built again."""
    return tiny_site.copied(tmp_path / "project")


def begun(
    project: Project, event: str, words: str, action: str, script: str = "publish.py", *arguments: str
) -> subprocess.Popen[str]:
    """A build, or another command, that does something at one moment (tests/moment.py)."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "moment.py"), event, words, action, script, *arguments],
        cwd=project.root,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit status and all that was said. Each process of the build writes there: none is left when this returns."""
    _, said = process.communicate(timeout=60)
    return process.returncode, said


MOMENTS = {
    "while imports begin": ("import", "argparse"),
    "in the middle of imports": ("import", "mkdocs.config"),
    "at the end of imports": ("import", "machine.workers"),
    "while the folder is made": ("os.mkdir", ".making-"),
    "while workers are forked": ("os.fork", ""),
    "in a worker, at a file": ("open", "fr/style.css"),
    "in a worker, between the two names": ("os.rename", "/fr.old"),
    "while the root is written": ("open", "sitemap.xml', 'w'"),
    "while the work is cleared": ("shutil.rmtree", ".making-"),
    "while Python ends": ("exit", ""),
}


@pytest.mark.parametrize("action", ["SIGINT", "SIGINT twice", "SIGTERM to the parent"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_stopped_build_says_one_sentence(project: Project, moment: str, action: str) -> None:
    """Ctrl-C and SIGTERM, whenever they come: one sentence, status 130, no process left, the site whole."""
    before = project.files()
    assert ended(begun(project, *MOMENTS[moment], action)) == (130, STOPPED)
    assert project.files() == before


COMMANDS = {
    "i18n": (
        "i18n/__main__.py",
        ["update"],
        "Stopped. No catalog is half written: each one is either unchanged or up to date.\n",
    ),
    "checks": ("checks/__main__.py", ["guides"], "Stopped. Not everything was checked.\n"),
    "checks in several processes": ("checks/__main__.py", [], "Stopped. Not everything was checked.\n"),
}


@pytest.mark.parametrize("action", ["SIGINT twice", "SIGTERM"])
@pytest.mark.parametrize("moment", [("import", "argparse"), ("import", "polib"), ("open", "guides/help.md")])
@pytest.mark.parametrize("name", COMMANDS)
def test_stopped_command_says_one_sentence(project: Project, name: str, moment: tuple[str, str], action: str) -> None:
    """The commands of translators and of writers end as a build does."""
    before = project.files("locales")
    script, arguments, sentence = COMMANDS[name]
    assert ended(begun(project, *moment, action, script, *arguments)) == (130, sentence)
    assert project.files("locales") == before


@pytest.mark.parametrize("action", ["SIGINT twice", "SIGTERM"])
@pytest.mark.parametrize(
    ("script", "arguments", "moment", "sentence"),
    [
        ("checks/week.py", [], ("open", "guides/help.md"), "The report is not written. Run make weekly again."),
        ("checks/issue.py", [], ("open", "weekly.json"), "See on GitHub whether the issue was changed, or run"),
        ("checks/reading.py", [], ("open", "guides/help.md"), ""),
        (
            "packs/mirror.py",
            ["https://mirror.example/", "mirror"],
            ("os.rename", "mirror.making"),
            "The mirror is unchanged.",
        ),
    ],
)
def test_stopped_side_command_says_one_sentence(
    project: Project, script: str, arguments: list[str], moment: tuple[str, str], sentence: str, action: str
) -> None:
    """The weekly look, the report on reading and a mirror end as a build does; no half mirror is left."""
    before = project.files(".")
    status, said = ended(begun(project, *moment, action, script, *arguments))
    assert (status, said.count("\n")) == (130, 1)
    assert said.startswith(f"Stopped. {sentence}".rstrip())
    assert {name for name in project.files(".") if name not in before and "__pycache__" not in name} == set()


def test_stopped_update_leaves_no_half_file(project: Project) -> None:
    """What is being written when Ctrl-C comes is not left behind."""
    edit(project.guide("help"), "Call a neighbour.", "Call two neighbours.")
    before = set(project.files("locales"))
    status, said = ended(begun(project, "os.chmod", ".unfinished", "SIGINT", "i18n/__main__.py", "update"))
    assert (status, said) == (130, COMMANDS["i18n"][2])
    assert set(project.files("locales")) == before


def test_workers_end_with_a_parent_that_was_killed(project: Project) -> None:
    """After `kill -9` no process is left; the next build clears what lies there, and is whole."""
    before = project.files()
    status, said = ended(begun(project, "open", "fr/style.css", "SIGKILL to the parent"))
    assert (status, said) == (-9, "")
    assert list((project.root / "site").glob(".making-*"))
    done = project.publish()
    assert (done.returncode, done.stderr) == (0, "")
    assert project.files() == before


def test_worker_that_was_killed_is_said(project: Project) -> None:
    """If the system kills a process to free memory, one sentence says so; the site is whole, no process is left."""
    before = project.files()
    status, said = ended(begun(project, "open", "fr/style.css", "SIGKILL to itself"))
    assert status == 1
    assert said == ("A build process was killed, perhaps because memory ran out. What it was building is unchanged.\n")
    assert project.files() == before


def test_serving_ends_with_one_word(project: Project) -> None:
    """`make serve` answers until Ctrl-C, its normal end: status 0, no process left."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "publish.py", "--serve", "--port", str(port)],
        cwd=project.root,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    page = ""
    while not page and process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/fr/help/", timeout=10) as answer:
                page = answer.read().decode()
        except urllib.error.URLError:
            time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    assert ended(process) == (0, "Stopped.\n")
    assert "Appelez un voisin" in page


def test_language_killed_between_its_two_names_comes_back(project: Project) -> None:
    """A build that was killed when the old folder was away and the new one not yet there costs no page."""
    before = project.files()
    site = project.root / "site"
    (site / ".making-1").mkdir()
    (site / "fr").rename(site / ".making-1" / "fr.old")
    status, said = ended(begun(project, "open", "fr/style.css", "full disk"))
    assert status == 1
    assert said.startswith("fr was not built: site: No space left on device.")
    assert project.files() == before


def test_second_build_waits_for_the_first(project: Project) -> None:
    """Two builds in one checkout come one after the other; the second says what it waits for."""
    before = project.files()
    gate = project.root / "gate"
    first = begun(project, "open", "fr/style.css", f"wait for {gate}")
    deadline = time.monotonic() + 60
    while not list((project.root / "site").glob(".making-*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    second = begun(project, "open", "never", "")
    try:
        assert second.stderr
        assert (
            second.stderr.readline()
            == "site: another command is working there. Waiting until it ends (stop with Ctrl-C).\n"
        )
    finally:
        gate.touch()
    assert ended(first) == (0, "")
    assert ended(second) == (0, "")
    assert project.files() == before


def test_full_disk_costs_one_language_its_new_pages_only(project: Project) -> None:
    """A language that could not be built keeps its pages, and its place in the list of languages and in the sitemap."""
    before = project.files()
    edit(project.guide("index"), "# ", "# Now: ")
    status, said = ended(begun(project, "open", "fr/style.css", "full disk"))
    assert status == 1
    assert said == (
        "fr was not built: site: No space left on device. Make room on the disk, then run the command again.\n"
    )
    after = project.files()
    assert {name for name in before if before[name] != after.get(name)} >= {"en/index.html"}
    assert {name for name in before if before[name] != after.get(name) and name.startswith("fr/")} == set()
    assert after["index.html"] == before["index.html"]
    assert after["sitemap.xml"] == before["sitemap.xml"]


def test_full_disk_at_the_root_leaves_it_as_it_was(project: Project) -> None:
    """No file of the root is half written; the sentence says what to do."""
    before = project.files()
    status, said = ended(begun(project, "open", "sitemap.xml', 'w'", "full disk"))
    assert (status, said) == (1, "site: No space left on device. Make room on the disk, then run the command again.\n")
    assert project.files() == before


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("taken", "taken: File exists. Move what is there away."),
        ("taken/below", "taken/below: Not a directory. Move what is there away."),
    ],
)
def test_odd_place_for_the_site_is_said_with_a_way_out(project: Project, place: str, sentence: str) -> None:
    """A folder that cannot be written to is one sentence with what to do."""
    (project.root / "taken").touch()
    done = project.publish(SITE_DIR=place)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            OSError(errno.EROFS, "Read-only file system", "site/SHA256SUMS"),
            "site/SHA256SUMS: Read-only file system. Make it writable. Or use another folder: SITE_DIR=/path/to/it",
        ),
        (
            OSError(errno.EIO, "Input/output error", "site/fr"),
            "site/fr: Input/output error. Make sure that it exists and that you may read and write it.",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "site: No space left on device. Make room on the disk, then run the command again.",
        ),
    ],
)
def test_what_the_system_refuses_is_said_with_a_way_out(error: OSError, sentence: str) -> None:
    """The sentence names the place, what happened, and what to do."""
    assert trouble(error, Path("site")) == sentence


def test_what_is_not_ours_stays_and_what_goes_is_said(project: Project) -> None:
    """A build removes languages, packs and checksums of earlier builds, says so, and keeps everything else."""
    site = project.root / "site"
    for name in ("packs/fr.zip", "SHA256SUMS", "CNAME", ".well-known/security.txt", "blog/index.html", "it/index.html"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text("here before")
    done = project.publish("fr")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "site: removed what an earlier build made: ar/, packs/, SHA256SUMS."
    kept = {path.name for path in site.iterdir()}
    assert {"CNAME", ".well-known", "blog", "it", "en", "fr"} <= kept
    assert not {"ar", "packs", "SHA256SUMS"} & kept
    assert project.publish("fr").stdout.startswith("en ")
