"""Keep what builds make of one language, so that the next build makes only what has changed.

Everything is kept under a digest of all that it depends on: files by their content, and what a page repeats of the rest
of the site by its value. Nothing is kept of a page with a fault, so that each build reports it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.current import are_counted, folder_of, shares_key, shares_of
from generator.inputs import CONFIG, GUIDES, LANGUAGES, LOCALES, Inputs
from i18n.catalogs import SITE
from i18n.guides import SUFFIX
from i18n.locales import MESSAGES, Locale
from i18n.unread import FILE
from machine import kept
from machine.cached import cached_property
from machine.kept import digest

if TYPE_CHECKING:
    from generator.page import Page
    from i18n.coverage import Coverage


@dataclass(frozen=True)
class Told:
    """What the rest of the site tells of a guide in one language.

    coverage: how much of it is translated.
    words: the words of its front matter, each with the tag of their language, by the English.
    typed: what people type who need it.
    faults: a sentence for each fault of its catalog.
    """

    coverage: Coverage
    words: Mapping[str, tuple[str, str]]
    typed: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """A heading or term with an anchor.

    tag: its HTML tag.
    anchor: its anchor.
    msgid: its words in English.
    words: its words.
    lang: the tag of their language; empty if it is that of the page.
    """

    tag: str
    anchor: str
    msgid: str
    words: str
    lang: str


@dataclass(frozen=True)
class Final:
    """The files of a guide as they are published.

    page: its page.
    facing: the page on which its English is beside it; empty without one.
    words: the vocabulary of the page (`style.vocabulary`).
    facing_words: the vocabulary of `facing`.
    states: the time (in nanoseconds) and the size (in bytes) of the files of `page` and `facing`.
    """

    page: bytes
    facing: bytes
    words: frozenset[str]
    facing_words: frozenset[str]
    states: tuple[tuple[int, int], tuple[int, int]]


class Kept:
    """What is kept of one language.

    inputs: the files that the build reads.
    locale: the language.
    fallback: the language that its readers see before English; None without one.
    common: what pages depend on besides files: the extensions of Markdown, the addresses, the nav, the roles.
    """

    def __init__(self, inputs: Inputs, locale: Locale, fallback: Locale | None, common: bytes) -> None:
        self._inputs = inputs
        self._folder = folder_of(locale.name)
        self._locale, self._fallback = locale, fallback
        self._common = common
        self._waiting: dict[Path, tuple[bytes, Any]] = {}
        self._pages = kept.Later()
        self._digests: dict[str, bytes] = {}

    @cached_property
    def _told(self) -> dict[str, tuple[bytes, Told]]:
        return kept.get(self._folder / "told", self._inputs.code) or {}

    @cached_property
    def _marks(self) -> dict[str, tuple[bytes, list[Mark]]]:
        return kept.get(self._folder / "marks", self._inputs.code) or {}

    # ── keys ──

    def words_of(self, slug: str) -> bytes:
        """Return a digest of the words of a guide: its English and its translation."""
        return self._inputs.of(f"{GUIDES}/{slug}{SUFFIX}", *self._catalogs(slug))

    def _catalogs(self, name: str) -> list[str]:
        locales = [self._locale, *([self._fallback] if self._fallback else [])]
        return [f"{LOCALES}/{locale.name}/{MESSAGES}/{name}.po" for locale in locales]

    def _told_key(self, slug: str) -> bytes:
        # The extensions of Markdown decide what the units of a guide are. Faults name a file as the command would.
        read = self._inputs.of(f"{LOCALES}/{self._locale.name}/{FILE}", LANGUAGES, CONFIG)
        return digest(self._inputs.code, self.words_of(slug), read, self._inputs.environment, str(self._inputs.root))

    def _marks_key(self, slug: str) -> bytes:
        # A heading may contain a call of a macro.
        return digest(self._told_key(slug), self._common, self._inputs.of("data", "macros"))

    def _page_key(self, slug: str) -> bytes:
        return digest(self._marks_key(slug), self._inputs.of(*self._catalogs(SITE)))

    # ── how far, and where ──

    def told(self, slug: str) -> Told | None:
        key, told = self._told.get(slug, (b"", None))
        return told if key == self._told_key(slug) else None

    def coverage(self, slugs: Collection[str]) -> dict[str, Coverage] | None:
        """Return how much of each guide is translated, by slug; None unless all of it is kept."""
        if not are_counted(self._inputs, self._locale.name) or not self._told.keys() >= {*slugs}:
            return None
        # Both are written together, so what is told is as new as the count.
        return {slug: self._told[slug][1].coverage for slug in slugs}

    def tell(self, slug: str, told: Told) -> None:
        self._told[slug] = self._told_key(slug), told
        self._waiting[self._folder / "told"] = self._inputs.code, self._told

    def tell_shares(self, shares: bytes) -> None:
        """Keep a digest of how much of each guide is translated, which the pages of all languages show."""
        if not are_counted(self._inputs, self._locale.name):
            self._waiting[shares_of(self._locale.name)] = shares_key(self._inputs, self._locale.name), shares

    def faults_of_readings(self, find: Callable[[], list[str]]) -> list[str]:
        """Return the faults of the file of readings, as `find` returns them."""
        read = self._inputs.of(f"{LOCALES}/{self._locale.name}/{FILE}")
        faults: list[str] = self.value("readings", digest(read, str(self._inputs.root)), find)
        return faults

    def marks(self, slug: str) -> list[Mark] | None:
        key, marks = self._marks.get(slug, (b"", None))
        return marks if key == self._marks_key(slug) else None

    def keep_marks(self, slug: str, marks: list[Mark]) -> None:
        self._marks[slug] = self._marks_key(slug), marks
        self._waiting[self._folder / "marks"] = self._inputs.code, self._marks

    # ── pages ──

    def page(self, slug: str, now: Callable[[str], bytes]) -> Page | None:
        """Return the page of a guide.

        now: returns a digest of what a page has used of the rest of the site, as it is now.
        """
        found = kept.get(self._folder / f"{slug}.page", self._page_key(slug))
        if found is None or any(now(use) != then for use, then in found[0].items()):
            return None
        self._digests[slug] = digest(self._page_key(slug), found[0])
        page: Page = found[1]
        return page

    def keep_page(self, slug: str, page: Page, used: Mapping[str, bytes]) -> None:
        """Keep the page of a guide, which has no fault.

        used: a digest of each thing that it has used of the rest of the site.
        """
        self._digests[slug] = digest(self._page_key(slug), dict(used))
        self._pages.put(self._folder / f"{slug}.page", self._page_key(slug), (dict(used), page))

    def digest_of_page(self, slug: str) -> bytes:
        """Return a digest of all that the page of a guide depends on; empty if nothing is kept of it."""
        return self._digests.get(slug, b"")

    # ── files ──

    def final(self, slug: str, key: bytes) -> Final | None:
        found: Final | None = kept.get(self._folder / f"{slug}.final", key)
        return found

    def keep_final(self, slug: str, key: bytes, final: Final) -> None:
        self._pages.put(self._folder / f"{slug}.final", key, final)

    def value(self, name: str, key: bytes, make: Callable[[], Any]) -> Any:
        """Return what `make` returns, which depends on nothing but what `key` is a digest of."""
        path, key = self._folder / name, digest(self._inputs.code, key)
        if (found := kept.get(path, key)) is None:
            found = make()
            self._waiting[path] = key, found
        return found

    def finish(self, slugs: Collection[str]) -> None:
        """Write what is new, unless a file has changed since it was read: then something else may have been made.

        slugs: the guides that there are. What is kept of others is removed.
        """
        gone = self._told.keys() - slugs
        if (self._waiting or self._pages or gone) and self._inputs.are_unchanged():
            for each in (self._told, self._marks):
                for slug in gone:
                    each.pop(slug, None)
            for path, (key, value) in self._waiting.items():
                kept.put(path, key, value)
            self._pages.keep()
            for slug in gone:
                for kind in ("page", "final"):
                    kept.remove(self._folder / f"{slug}.{kind}")
        self._waiting.clear()
        self._pages.forget()
