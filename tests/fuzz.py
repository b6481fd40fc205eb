"""Hostile catalogs, made at random, and built: no page may have what the honest page has not.

    python -m tests.fuzz [--seconds 60] [--seed 0]

A catalog of one language is damaged or forged, and the tiny site is built whole, in this process. Whatever the bytes
are, the other languages keep every byte, and the pages of this one get no tag, attribute, address, script or hidden
character that they do not have with an honest catalog. Exit status: 0 if nothing was found, 1 with the catalog that
broke the rule, made as small as Hypothesis can.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import os
import re
import sys
import tempfile
import time
import unicodedata
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import hypothesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.project import Project, add_guide, add_macro, lay_out, without_shares

SPOILED, OTHERS = "fr", ("en", "ar")
BATCH = 50
"""Examples that Hypothesis makes of one seed."""

UPDATES = """---
title: What changed
summary: The changes.
audience: [reader]
reviewed: 2026-11-22
recheck: 2027-02-22
---
# What changed

## Numbers are newer { #newer }

{{ changed("2026-11-22", "help") }}

Two pages have *newer* numbers. See [Help](help.md).
"""

CANARIES = ("evil.example", "90210")
"""A host and a number that no honest page has, however they are dressed."""

_FRAGMENTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '</p></details><meta http-equiv="refresh" content="0;url=/">',
    '<form action="https://evil.example"><input></form>',
    '</p></details><h2 id="forged">Forged</h2><p><time datetime="2027-01-01"></time>',
    '<time datetime="bogus">',
    "[words](javascript:alert(1))",
    "[words](1)",
    "[words](https://evil.example/)",
    '[words](https://evil.example/){ rel="noreferrer" }',
    "![x](https://evil.example/x.png)",
    "<https://evil.example/>",
    "<me@evil.example>",
    "https://evil.example",
    "www.evil.example",
    "evil。example",
    "evil﹒example",
    "evil．example",
    "me﹫evil.example",
    "tel:90210",
    "90210",
    "９０２１０",
    "٩٠٢١٠",
    "{ onclick=alert(1) }",
    "{: .x onclick=alert(1) }",
    "{{ cite('S02') }}",
    "{{ cycler.__init__ }}",
    "{% raw %}",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u0007",
    "\x02wzxhzdk:0\x03",
    "\x02klzzwxh:0001\x03",
    "\x02" + "wzxhzdk:0" + "\x03" * 2,
    "\ufdd0",
    "\U000e0041",
    "&lt;script&gt;",
    "&#x202e;",
    "# ",
    "\n\n# A title\n\n",
    "\n\n- x\n\n",
    "\n    code",
    "*[HTML]: x",
    "[^1]",
    "[x]: https://evil.example",
    "**",
    "`",
    "%(num)s",
    "%s",
    "%",
    "{",
    "]",
    "|",
    "\\",
)

_MSGIDS = (
    ("", "Help"),
    ("", "What to do first."),
    ("", "Read this first"),
    ("", "Do not drink tap water."),
    ("", "Call a neighbour."),
    ("", 'Ask for safe water {{ cite("S02", "2.1") }}.'),
    ("", 'A person needs {{ fact("litres") }} litres of water a day.'),
    ("", "If water comes in, read [Help](1)."),
    ("", "Two pages have *newer* numbers. See [Help](1)."),
    ("", "Numbers are newer"),
    ("", "What changed"),
    ("site", "After a flood"),
    ("nav", "Start"),
    ("page", "Leave this page"),
    ("page", "Show the earlier translation"),
    ("warning", "Red warning: leave now."),
    ("cite", "%(source)s, part %(place)s"),
    ("supply", "People: %(people)s. Water for %(days)s, in litres: %(amount)s."),
    ("changed", "%(day)s. These pages have changed:"),
)

_HEADERS = (
    "nplurals=2; plural=(n > 1);",
    "nplurals=1; plural=0;",
    "nplurals=2; plural=n==0?0:1/(n-n);",
    "nplurals=9; plural=n%0;",
    "nplurals=2; plural=__import__('os');",
    "",
)


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


@st.composite
def _msgstr(draw: st.DrawFn, english: str) -> str:
    """The English or other words, with hostile pieces put into it."""
    words = draw(st.sampled_from([english, "Ne buvez pas l’eau du robinet.", "", english * 3]))
    for piece in draw(st.lists(st.sampled_from(_FRAGMENTS) | st.characters(codec="utf-8"), max_size=4)):
        place = draw(st.integers(0, len(words)))
        words = words[:place] + piece + words[place:]
    return words * draw(st.sampled_from([1, 1, 1, 1, 2000]))


@st.composite
def _message(draw: st.DrawFn) -> str:
    context, english = draw(st.sampled_from(_MSGIDS))
    words = draw(_msgstr(english))
    lines = []
    if draw(st.booleans()):
        # What stands in both passed once for the past of the sentence.
        earlier = draw(st.sampled_from([words, english, draw(_msgstr(english))]))
        lines += ["#, fuzzy", f"#| msgid {_quoted(earlier)}"]
    if context or draw(st.integers(0, 9)) == 0:
        lines.append(f"msgctxt {_quoted(context or 'x')}")
    lines += [f"msgid {_quoted(english)}", f"msgstr {_quoted(words)}"]
    return "\n".join(lines)


@st.composite
def _forged(draw: st.DrawFn) -> bytes:
    """A catalog that is well-formed, and lies."""
    header = "\n".join(
        [
            'msgid ""',
            'msgstr ""',
            '"Language: fr\\n"',
            '"Content-Type: text/plain; charset=UTF-8\\n"',
            _quoted(f"Plural-Forms: {draw(st.sampled_from(_HEADERS))}\n"),
            _quoted(f"X-Translation-Status: {draw(st.sampled_from(['human', 'reviewed', *_FRAGMENTS]))}\n"),
        ]
    )
    return "\n\n".join([header, *draw(st.lists(_message(), min_size=1, max_size=8))]).encode() + b"\n"


@st.composite
def _damaged(draw: st.DrawFn, honest: bytes) -> bytes:
    """The honest catalog with bytes lost, doubled, changed or put in."""
    content = honest
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 200)))
        piece = draw(
            st.sampled_from([b"", content[start:end] * 2, *(each.encode() for each in _FRAGMENTS)])
            | st.binary(max_size=20)
        )
        content = content[:start] + piece + content[end:]
    return content


class _Reader(HTMLParser):
    """Gathers what a page can do to its reader."""

    WITH_VALUE = frozenset({"href", "src", "action", "formaction", "style", "http-equiv", "datetime", "srcset", "rel"})
    MARKS = frozenset({"lang", "dir", "class"})
    """Of what is in which language: it depends on what is translated."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[str] = set()
        self._script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag if tag in ("script", "style") else ""
        self.found.add(f"<{tag}>")
        for name, value in attrs:
            if name not in self.MARKS:
                self.found.add(f"<{tag} {name}>")
            if name in self.WITH_VALUE or name.startswith("on"):
                self.found.add(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        if self._script:
            self.found.add(f"{self._script}: {data.strip()}")

    def handle_endtag(self, tag: str) -> None:
        self._script = ""


_HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs"}


def surface(text: str) -> set[str]:
    """The tags, attributes, targets, scripts, hidden characters and canaries of a page or feed."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    hidden = {f"U+{ord(c):04X}" for c in set(text) if unicodedata.category(c) in _HIDDEN and c != "\n"}
    plain = re.sub(r"[\s\u00ad\u200b-\u200f]", "", unicodedata.normalize("NFKC", text)).replace("。", ".").lower()
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
    return reader.found | hidden | {canary for canary in CANARIES if canary in plain or canary in digits}


STALE = {
    "Call the neighbour.": "Call a neighbour.",
    "If the water comes in, read [Help](1).": "If water comes in, read [Help](1).",
}


class Site:
    """The tiny site in a folder, built in this process."""

    def __init__(self, project: Project) -> None:
        self.project = project
        add_macro(project.root, "changed")
        add_guide(project, "updates", UPDATES, "feed")
        self.honest = {name: project.catalog(SPOILED, name).read_bytes() for name in ("help", "index", "site")}
        self.others = {locale: self.built(locale) for locale in OTHERS}
        english = self.others["en"]
        # Honest pages of the spoiled language: whole, with sentences that are stale, and without any translation.
        honest = [self.built(SPOILED)]
        for name, catalog in self.honest.items():
            for old, new in STALE.items():
                catalog = catalog.replace(
                    f'msgid "{new}"'.encode(), f'#, fuzzy\n#| msgid "{old}"\nmsgid "{new}"'.encode()
                )
            self.put(name, catalog)
        honest.append(self.built(SPOILED))
        for name in self.honest:
            self.put(name, b"")
        honest.append(self.built(SPOILED))
        self.restore()
        self.allowed = {
            name: set().union(*(surface(files[name].decode()) for files in [english, *honest]))
            for name in english
            if name.endswith((".html", ".xml"))
        }

    def put(self, name: str, content: bytes) -> None:
        self.project.catalog(SPOILED, name).write_bytes(content)

    def restore(self) -> None:
        for name in ("help", "index", "updates", "site"):
            if name in self.honest:
                self.put(name, self.honest[name])
            else:
                self.project.catalog(SPOILED, name).unlink(missing_ok=True)

    def built(self, locale: str) -> dict[str, bytes]:
        """Build a locale and return its files. Fails if the language was not built."""
        import publish
        from i18n.locales import Locale

        with contextlib.redirect_stderr(io.StringIO()):
            built = publish.build(Locale.of(locale), self.project.root / "site" / "making", publish.now(publish.ROOT))
        assert built.manifest, f"{locale} was not built: {built.faults}"
        folder = self.project.root / "site" / locale
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def attack(self, name: str, content: bytes) -> None:
        """Build with a hostile catalog. Raises AssertionError when it reached a page or another language."""
        self.restore()
        self.put(name, content)
        try:
            for path, page in self.built(SPOILED).items():
                text = page.decode()
                if path.endswith(".xml"):
                    ET.fromstring(text)
                if path in self.allowed:
                    added = surface(text) - self.allowed[path]
                    assert not added, f"{path} has {sorted(added)[:5]}"
                else:
                    assert not any(canary in text for canary in CANARIES), f"{path} has a canary"
            # It costs three times the build, and one catalog in eight is as good a sample as all; which, its bytes say.
            for locale in OTHERS if zlib.crc32(content) % 8 == 0 else ():
                same = without_shares(self.built(locale)) == without_shares(self.others[locale])
                assert same, f"{locale} has other bytes"
        finally:
            self.restore()


@contextlib.contextmanager
def site() -> Iterator[Site]:
    """The tiny site in a folder of its own, which is this process's folder from now on."""
    with tempfile.TemporaryDirectory() as folder:
        project = lay_out(Path(folder).resolve())
        os.environ |= {"SITE_URL": "https://example.org/", "SOURCE_DATE_EPOCH": "1"}
        os.chdir(project.root)
        # The code of that folder: what it names is found from there.
        sys.path.insert(0, str(project.root))
        yield Site(project)


def attacks(hostile: Site, seed: int, examples: int) -> None:
    """Build with as many hostile catalogs, made of one seed."""

    @hypothesis.seed(seed)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def attack(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(["help", "index", "updates", "site"]))
        honest = hostile.honest.get(name, hostile.honest["help"])
        content = data.draw(_forged() | _damaged(honest) | st.binary(max_size=300))
        hostile.attack(name, content)

    attack()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seconds", type=float, default=60, help="how long to go on")
    parser.add_argument("--seed", type=int, default=0, help="where to begin; a failure names the seed that repeats it")
    given_ = parser.parse_args(arguments)
    end = time.monotonic() + given_.seconds
    with site() as hostile:
        for seed in itertools.count(given_.seed):
            try:
                attacks(hostile, seed, BATCH)
            except Exception as error:
                print(f"Seed {seed}: {type(error).__name__}: {error}\n{''.join(getattr(error, '__notes__', []))}")
                return 1
            if time.monotonic() > end:
                print(f"Built with {BATCH * (seed + 1 - given_.seed)} hostile catalogs; nothing was found.")
                return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
