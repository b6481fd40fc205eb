"""python -m checks.outside: open every outside link of the built site with lychee, and report which are broken.

This needs other hosts, so it is part of the weekly run and not of the checks of every change.
"""

from __future__ import annotations

import datetime
import html
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from checks import Project

LIST = Path(".cache") / "external-links.txt"
"""The file that tells lychee what to open: one address in each line, in alphabetical order."""

SHOWN = 3
"""How many of the pages with a link are named. The others usually have it from the same template."""

_LINK = re.compile(r"<a\b[^>]*?\shref=\"(https?:[^\"]+)\"")


@dataclass(frozen=True)
class Link:
    """An outside link.

    url: its address.
    places: the lines in data/ and guides/ that have it, or else some of the built pages that have it.
    """

    url: str
    places: tuple[str, ...]

    @property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


@dataclass(frozen=True)
class Answer:
    """The answer to a request.

    code: the HTTP status after redirects; None if there was no answer.
    words: lychee's description of the answer.
    """

    code: int | None
    words: str


@dataclass(frozen=True)
class ByHand:
    """A page that a person has to open.

    url: its address.
    checked: the day somebody last opened it; None if no entry in data/ says.
    due: the day by which to open it again; None if no entry in data/ says.
    """

    url: str
    checked: datetime.date | None
    due: datetime.date | None


class ToolError(Exception):
    """An external tool failed. The text is a sentence."""


def collect(site: Path, root: Path) -> list[Link]:
    """Return every outside link of the pages in `site`, sorted by address. Raises ToolError without any page."""
    pages: dict[str, list[str]] = defaultdict(list)
    files = sorted(site.rglob("*.html"))
    if not files:
        raise ToolError(f"{site}: this folder has no built page. Run: make build")
    for file in files:
        for url in dict.fromkeys(_LINK.findall(file.read_text(encoding="utf-8"))):
            pages[html.unescape(url)].append(file.as_posix())
    sources = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8").split("\n")
        for folder, kind in (("data", "*.yml"), ("guides", "*.md"))
        for path in sorted((root / folder).glob(kind))
    }
    return [Link(url, tuple(_typed(url, sources)) or tuple(pages[url][:SHOWN])) for url in sorted(pages)]


def _typed(url: str, sources: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the places where an address is written: "data/contacts.yml:12"."""
    whole = re.compile(rf"{re.escape(url)}(?![\w/%?#&=.-]*[\w/])")
    for name, lines in sources.items():
        for number, line in enumerate(lines, 1):
            if whole.search(line):
                yield f"{name}:{number}"


def ask(links: Sequence[Link], *options: str, listed: Path = LIST) -> list[Answer]:
    """Return the answer to each link, from lychee. Raises ToolError if lychee cannot be run or leaves a link out."""
    listed.parent.mkdir(parents=True, exist_ok=True)
    listed.write_text("".join(f"{link.url}\n" for link in links), encoding="utf-8")
    if not links:
        return []
    lychee = Path(sys.executable).with_name("lychee")
    command = [str(lychee), "--format", "json", "--no-progress", "--verbose", *options, str(listed)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        report = json.loads(done.stdout)
    except OSError as error:
        raise ToolError(f"lychee cannot be run: {error.strerror}. Run: make weekly") from None
    except ValueError:
        raise ToolError(f"lychee gave no report: {done.stderr.strip()[-300:]}") from None
    answers: dict[int, Answer] = {}
    for found in ("success_map", "error_map", "timeout_map", "excluded_map"):
        for each in (row for rows in report.get(found, {}).values() for row in rows):
            status = each["status"]
            answers[each["span"]["line"]] = Answer(status.get("code"), status.get("details") or status["text"])
    if left := [link.url for line, link in enumerate(links, 1) if line not in answers]:
        raise ToolError(f"lychee did not report on {', '.join(left)}. Correct the address, or open it by hand.")
    return [answers[line] for line in range(1, len(links) + 1)]


def findings(links: Sequence[Link], answers: Sequence[Answer], hosts: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each link that is broken, as far as a program can tell."""
    return [
        f"{', '.join(link.places)}: {link.url} {what}"
        for link, answer in zip(links, answers, strict=True)
        if (what := _judged(answer, link.host, refused(link.host, hosts)))
    ]


def _judged(answer: Answer, host: str, expected: Sequence[int]) -> str:
    if answer.code in expected or (answer.code is not None and 200 <= answer.code < 300):
        return ""
    if answer.code in (404, 410):
        return f"is gone ({answer.code}). Find its new address, or remove it."
    if answer.code is not None and 400 <= answer.code < 500:
        return f"refuses programs ({answer.code}). Open it by hand. If it opens, add {host} to data/hosts.yml."
    return f"did not answer ({answer.code or answer.words}). Open it by hand. If it fails again, replace it."


def refused(host: str, hosts: Mapping[str, Any]) -> list[int]:
    """Return the HTTP statuses with which a host or its parent domain refuses programs, by data/hosts.yml."""
    return [code for name, entry in hosts.items() if f".{host}".endswith(f".{name}") for code in entry["answers"]]


def by_hand(links: Iterable[Link], values: Mapping[str, Any]) -> list[ByHand]:
    """Return the pages on hosts that refuse programs, sorted by the day they are due."""
    dated: dict[str, list[tuple[datetime.date, datetime.date]]] = defaultdict(list)
    for name in ("sources", "contacts"):
        for entry in values.get(name, {}).values():
            # The check guides/data.py reports invalid dates.
            if isinstance(entry, dict) and type(entry.get("recheck")) is type(entry.get("checked")) is datetime.date:
                dated[entry.get("url") or ""].append((entry["recheck"], entry["checked"]))
    found = []
    for link in links:
        if refused(link.host, values.get("hosts", {})):
            due, checked = min(dated[link.url], default=(None, None))
            found.append(ByHand(link.url, checked, due))
    return sorted(found, key=lambda page: (page.due or datetime.date.min, page.url))


def main() -> int:
    project = Project()
    try:
        links = collect(Path("site"), project.root)
        found = findings(links, ask(links), project.values.get("hosts", {}))
    except ToolError as error:
        found = [str(error)]
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
