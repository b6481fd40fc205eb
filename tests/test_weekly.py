"""The weekly look: which links lead nowhere, what a person has to open, and the one issue that says so."""

from __future__ import annotations

import datetime
import http.server
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checks import Project, issue, week
from checks.outside import Answer, ByHand, Link, ToolError, ask, by_hand, collect, findings
from checks.week import MOST, issue_text, vulnerable

STATUSES = {"/there": 200, "/gone": 404, "/taken-down": 410, "/refuses": 403, "/broken": 500}
HOSTS = {"refuses.example": {"answers": [403]}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# ── links ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_links_are_collected_with_their_places(folder: Path) -> None:
    """Each outside link once, with the line where it is written; links in the site and other elements are left out."""
    write(Path("site/en/a/index.html"), '<link href="https://x.example/style"><a href="../b/">b</a>')
    write(
        Path("site/en/b/index.html"),
        '<a class="c" href="https://x.example/?a=1&amp;b=2">x</a> <a href="https://y.example/p">',
    )
    write(Path("site/fr/b/index.html"), '<a href="https://y.example/p">y</a>')
    write(Path("data/contacts.yml"), "one:\n  url: https://x.example/?a=1&b=2\ntwo:\n  url: https://y.example/p/more\n")
    assert collect(Path("site"), Path(".")) == [
        Link("https://x.example/?a=1&b=2", ("data/contacts.yml:2",)),
        Link("https://y.example/p", ("site/en/b/index.html", "site/fr/b/index.html")),
    ]


@pytest.mark.usefixtures("folder")
def test_without_a_site_nothing_is_taken_for_clean() -> None:
    """Without built pages, the message names the command that builds them."""
    with pytest.raises(ToolError, match="this folder has no built page"):
        collect(Path("site"), Path("."))


@pytest.fixture
def address() -> Iterator[str]:
    """A server on this machine that answers as STATUSES says."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/moved":
                self.send_response(301)
                self.send_header("Location", "/there")
            else:
                self.send_response(STATUSES[self.path])
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_GET

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_lychee_says_what_each_link_answers(folder: Path, address: str) -> None:
    """Each link gets its own answer, in the order asked, redirects followed; no server at all is no status."""
    silent = "http://127.0.0.1:9/"
    links = [Link(url, ()) for url in [*(f"{address}{path}" for path in STATUSES), f"{address}/moved", silent]]
    answers = ask(links, "--max-retries", "0", listed=folder / "links.txt")
    assert [answer.code for answer in answers] == [*STATUSES.values(), 200, None]
    assert answers[-1].words


def test_answers_become_findings() -> None:
    """Gone, refused, silent: each has its sentence and place. A host that is known to refuse programs is no finding."""
    asked = {
        "https://a.example/1": Answer(200, "OK"),
        "https://a.example/2": Answer(404, "Not Found"),
        "https://www.a.example/3": Answer(403, "Forbidden"),
        "https://a.example/4": Answer(503, "Unavailable"),
        "https://a.example/5": Answer(None, "Connection failed"),
        "https://www.refuses.example/6": Answer(403, "Forbidden"),
        "https://sub.refuses.example/7": Answer(404, "Not Found"),
        "https://norefuses.example/8": Answer(403, "Forbidden"),
    }
    links = [Link(url, (f"data/contacts.yml:{number}",)) for number, url in enumerate(asked, 1)]
    by_program = "refuses programs (403). Open it by hand. If it opens, add"
    assert findings(links, list(asked.values()), HOSTS) == [
        "data/contacts.yml:2: https://a.example/2 is gone (404). Find its new address, or remove it.",
        f"data/contacts.yml:3: https://www.a.example/3 {by_program} a.example to data/hosts.yml.",
        "data/contacts.yml:4: https://a.example/4 did not answer (503). "
        "Open it by hand. If it fails again, replace it.",
        "data/contacts.yml:5: https://a.example/5 did not answer (Connection failed). "
        "Open it by hand. If it fails again, replace it.",
        "data/contacts.yml:7: https://sub.refuses.example/7 is gone (404). Find its new address, or remove it.",
        f"data/contacts.yml:8: https://norefuses.example/8 {by_program} norefuses.example to data/hosts.yml.",
    ]


def test_pages_to_open_by_hand_are_listed_by_day() -> None:
    """The earliest day of its entries counts for a page; one without a day is first; others are not on the list."""
    early, late, later = (datetime.date(2026, 11, day) for day in (1, 20, 30))
    values = {
        "hosts": HOSTS,
        "sources": {"S1": {"url": "https://refuses.example/a", "checked": early, "recheck": later}},
        "contacts": {
            "a": {"url": "https://refuses.example/a", "checked": early, "recheck": late},
            "b": {"url": "https://refuses.example/b", "checked": early, "recheck": later},
        },
    }
    links = [Link(f"https://refuses.example/{name}", ()) for name in "abc"] + [Link("https://open.example/", ())]
    assert by_hand(links, values) == [
        ByHand("https://refuses.example/c", None, None),
        ByHand("https://refuses.example/a", early, late),
        ByHand("https://refuses.example/b", early, later),
    ]


# ── packages ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_vulnerable_packages_are_named_with_the_version_that_mends_them() -> None:
    """Packages without a fixed version and packages that could not be looked up are reported too; safe ones are not."""
    report = {
        "dependencies": [
            {"name": "sound", "version": "1.0", "vulns": []},
            {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1", "2.0"]}]},
            {"name": "new", "version": "3.0", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]},
            {"name": "unknown", "skip_reason": "not found"},
        ]
    }
    assert vulnerable(report) == [
        "new 3.0 has a known vulnerability, PYSEC-2. No version fixes it yet: read its description.",
        "old 1.0 has a known vulnerability, PYSEC-1. Pin 1.1 or 2.0.",
        "unknown could not be looked up: not found. Look it up by hand, at osv.dev.",
    ]


# ── the report ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_issue_text_has_findings_and_the_list_for_people() -> None:
    """Headings with nothing below them are left out; too many findings are counted."""
    pages = [ByHand("https://refuses.example/a", None, None)]
    text = issue_text({"Links": ["a: gone."], "Packages": []}, pages, datetime.date(2026, 11, 22))
    assert "## Links\n\n- a: gone.\n" in text
    assert "Packages" not in text
    assert "| https://refuses.example/a | never | now |" in text
    many = issue_text({"Links": [f"{number}" for number in range(MOST + 5)]}, [], datetime.date(2026, 11, 22))
    assert "- … and 5 more." in many


def test_what_cannot_be_looked_at_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool that fails does not look like a week without findings."""
    write(Path("mkdocs.yml"), "nav: []\n")

    def broken() -> list[str]:
        raise ToolError("pip-audit gave no report.")

    monkeypatch.setattr(week, "audited", broken)
    sections, pages = week.look(Project(), Path("site"))
    assert sections["Links"] == ["site: this folder has no built page. Run: make build"]
    assert sections["Packages"] == ["pip-audit gave no report."]
    assert pages == []


# ── the issue ────────────────────────────────────────────────────────────────────────────────────────────────────────

OURS = {"number": 7, "body": f"text\n{issue.MARK}\n", "author": {"login": "app/github-actions", "is_bot": True}}
OTHER = {"number": 3, "body": "text", "author": {"login": "app/other", "is_bot": True}}
PERSON = {"number": 2, "body": f"{issue.MARK}", "author": {"login": "somebody", "is_bot": False}}

FAKE_GH = f"""#!{sys.executable}
import json, os, sys
with open(os.environ["CALLS"], "a") as calls:
    calls.write(json.dumps([sys.argv[1:], sys.stdin.read()]) + "\\n")
if sys.argv[2] == "list":
    print(os.environ["OPEN"])
sys.exit(int(os.environ["STATUS"]))
"""


def called(
    folder: Path, findings: int, open_: list[Any], monkeypatch: pytest.MonkeyPatch, status: int = 0
) -> list[Any]:
    """What `gh`, which ends with `status`, was called with after its list of open issues: arguments and input."""
    gh = folder / "bin" / "gh"
    write(gh, FAKE_GH)
    gh.chmod(0o755)
    calls = folder / "calls"
    monkeypatch.setenv("PATH", f"{gh.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("CALLS", str(calls))
    monkeypatch.setenv("OPEN", json.dumps(open_))
    monkeypatch.setenv("STATUS", str(status))
    write(week.REPORT, json.dumps({"findings": findings, "text": "- something"}))
    assert issue.main() == status
    first, *others = (json.loads(line) for line in calls.read_text(encoding="utf-8").splitlines())
    assert first[0][:2] == ["issue", "list"]
    return others


@pytest.mark.parametrize(
    ("findings", "open_", "verb"),
    [
        (1, [], "create"),
        (1, [OTHER, PERSON], "create"),
        (2, [OTHER, OURS], "edit"),
        (0, [PERSON, OURS], "close"),
        (0, [OTHER, PERSON], None),
    ],
)
def test_there_is_one_issue(
    folder: Path, findings: int, open_: list[Any], verb: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is opened with the first finding, rewritten with later ones, closed without any; no other issue changes."""
    calls = called(folder, findings, open_, monkeypatch)
    if verb is None:
        assert calls == []
        return
    [(arguments, given)] = calls
    assert arguments[:2] == ["issue", verb]
    assert (str(OURS["number"]) in arguments) == (verb != "create")
    assert given == ("" if verb == "close" else f"- something\n{issue.MARK}\n")


@pytest.mark.usefixtures("folder")
def test_issue_without_a_report_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A missing report does not mean that all is well, so the issue is not closed."""
    assert issue.main() == 1
    assert capsys.readouterr().err == ".cache/weekly.json is missing. Run: make weekly\n"


def test_gh_that_fails_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A refusal of GitHub ends the run with its words and status 1."""
    assert called(folder, 1, [], monkeypatch, status=1) == []
    assert "gh issue list failed" in capsys.readouterr().err
