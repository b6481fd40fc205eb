"""Find the pages that would become what an earlier build has made of them, and put the earlier files in their place."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable
from pathlib import Path
from typing import Any

from generator import alone, facing, style, templates
from generator.edition import Edition, english_of
from generator.inputs import CONFIG, LOCALES, Inputs
from generator.kept import Final, Kept
from generator.modules import ModuleError
from i18n.catalogs import SITE
from i18n.guides import SUFFIX, Guide
from i18n.locales import MESSAGES
from machine.files import state
from machine.kept import digest


class Unchanged(Container[str]):
    """The pages of an edition that an earlier build has made, by the slug of their guide.

    edition: the site in one language.
    pages: the folder of the language.
    said: what templates read besides the edition and the page: the name and the address of the site.
    is_used: whether the earlier files are used. If not, they are only replaced by what is made now.
    only: the only guide whose files are made; None for all. Those of the others are in their place.
    before: the folder of the language as the last build left it.
    """

    def __init__(
        self,
        edition: Edition,
        pages: Path,
        said: tuple[Any, ...],
        is_used: bool,
        only: str | None = None,
        before: Path | None = None,
    ) -> None:
        self._edition, self._pages, self._only, self._before = edition, pages, only, before
        self._keys: dict[str, bytes] = {}
        self._found: dict[str, Final] = {}
        kept, inputs = edition.kept, edition.site.inputs
        if kept is None or inputs is None or edition.fallback or only:
            return
        frame = self._frame(inputs, said)
        english = english_of(edition.site)
        for guide in edition.site.guides:
            if key := self._key(guide, frame, english, kept, inputs):
                self._keys[guide.slug] = key
                if is_used and (final := kept.final(guide.slug, key)):
                    self._found[guide.slug] = final

    def __contains__(self, slug: object) -> bool:
        return slug in self._found or self._only not in (None, slug)

    def _frame(self, inputs: Inputs, said: tuple[Any, ...]) -> bytes:
        """Return a digest of what all pages have around the text of their guide."""
        edition = self._edition
        words = f"{LOCALES}/{edition.locale.name}/{MESSAGES}/{SITE}.po"
        titles = [(guide.slug, edition.title(guide), edition.title_lang(guide)) for guide in edition.site.guides]
        # The nav shows the first heading of a guide that has no title.
        untitled = [guide for guide in edition.site.guides if "title" not in guide.meta_units]
        headings = [[heading.title for heading in edition.page(guide).contents[:1]] for guide in untitled]
        read = inputs.of("theme", "data", CONFIG, words)
        return digest(inputs.code, inputs.environment, read, edition.site.common, said, titles, headings)

    def _key(self, guide: Guide, frame: bytes, english: Edition, kept: Kept, inputs: Inputs) -> bytes:
        """Return a digest of all that the files of a guide depend on; empty if its page has a fault."""
        edition, slug = self._edition, guide.slug
        edition.page(guide)
        parts: list[Any] = [frame, kept.digest_of_page(slug)]
        if edition.has_facing(slug):
            english.text(guide)
            parts.append(english.kept.digest_of_page(slug) if english.kept else b"")
        if slug in edition.site.roles.alone:
            try:
                names = [locale.name for locale in alone.official_languages(guide)]
            except ModuleError:
                return b""
            parts.append(inputs.of(*(f"{LOCALES}/{name}/{MESSAGES}/{slug}.po" for name in names)))
        if b"" in parts:
            return b""
        context = templates.context(edition, slug, self._address(slug))
        return digest(*parts, context, edition.front_matter(guide))

    def _address(self, slug: str) -> str:
        return self._edition.site.addresses[f"{slug}{SUFFIX}"].removeprefix("./")

    def _paths(self, slug: str) -> tuple[Path, Path]:
        """Return the files of a guide: its page, and the page on which its English is beside it."""
        folder = self._pages / self._address(slug)
        return folder / "index.html", folder / facing.FOLDER / "index.html"

    def forget(self, slugs: Iterable[str]) -> None:
        """Keep nothing of what is made of these guides, because it has a fault, which the next build has to report."""
        for slug in slugs:
            self._keys.pop(slug, None)

    def put(self) -> None:
        """Write the earlier files. Raises OSError."""
        for slug, final in self._found.items():
            for path, text, before in zip(self._paths(slug), (final.page, final.facing), final.states, strict=True):
                if text:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    self._put(path, text, before)
            if slug in self._edition.site.roles.alone:
                (self._pages / alone.path_of(slug)).write_bytes(final.page)

    def _put(self, path: Path, text: bytes, before: tuple[int, int]) -> None:
        """Write an earlier file with the time that it had.

        If it is still in the site, it only gets another name until the folder of the language is replaced, which takes
        a third of the time.

        before: its state when it was made.
        """
        if self._before:
            try:
                os.link(self._before / path.relative_to(self._pages), path)
            except OSError:
                pass  # It is gone, or the file system has no second names.
            else:
                if state(path, follow=False) == before:
                    return
                path.unlink()
        path.write_bytes(text)
        os.utime(path, ns=(before[0], before[0]))

    def sheets(self, theme: Path, macros: Path) -> dict[str, str]:
        """Keep the files that are new, and return the style sheets of all pages, by the name of their file.

        theme: the folder of the theme.
        macros: the folder of macros.
        Call it when the files of the language are complete. Raises OSError.
        """
        words, beside = self._vocabulary()
        roles = self._edition.site.roles

        def of_site() -> str:
            return style.of_site(words, theme / "site.css", macros, roles.alone)

        def of_facing() -> str:
            return style.of_facing(beside, theme / "facing.css", theme / "site.css")

        kept, inputs = self._edition.kept, self._edition.site.inputs
        if kept is None or inputs is None:
            return {"style.css": of_site()} | ({"facing.css": of_facing()} if beside else {})
        given = inputs.of("theme", "macros"), roles
        made = {"style.css": kept.value("style", digest(*given, sorted(words)), of_site)}
        if beside:
            made["facing.css"] = kept.value("facing", digest(*given, sorted(beside)), of_facing)
        return made

    def _vocabulary(self) -> tuple[set[str], set[str]]:
        """Keep the files that are new, and return the vocabulary of all pages, and of those with their English beside.

        Pages that are complete alone have their style inside.
        """
        words: set[str] = set()
        beside: set[str] = set()
        seen = {self._pages / alone.path_of(slug) for slug in self._edition.site.roles.alone}
        for guide in self._edition.site.guides:
            paths = self._paths(guide.slug)
            seen.update(paths)
            if (final := self._found.get(guide.slug)) is None:
                final = _final(*paths)
                if key := self._keys.get(guide.slug):
                    assert self._edition.kept
                    self._edition.kept.keep_final(guide.slug, key, final)
            if guide.slug not in self._edition.site.roles.alone:
                words |= final.words
                beside |= final.facing_words
        for path in set(self._pages.rglob("*.html")) - seen:
            words |= style.vocabulary(path.read_text(encoding="utf-8"))
        return words, beside


def _final(page: Path, beside: Path) -> Final:
    texts = [path.read_bytes() if path.is_file() else b"" for path in (page, beside)]
    words = [frozenset(style.vocabulary(text.decode())) for text in texts]
    return Final(texts[0], texts[1], words[0], words[1], (state(page, follow=False), state(beside, follow=False)))
