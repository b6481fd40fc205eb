"""An edition: the site in one language. Guides are parsed once for a process; each edition translates them."""

from __future__ import annotations

import difflib
import html
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from markdown import Markdown

from generator.values import ValuesError
from i18n import catalogs, coverage, guides, locales
from i18n.catalogs import SITE, CatalogError
from i18n.coverage import Coverage, State, Translation, least
from i18n.guides import SEARCH, Guide
from i18n.language import language_of
from i18n.locales import Locale
from i18n.markdown import SOURCE_LANGUAGE, Choice
from i18n.unit import Unit, plain
from i18n.words import PseudoWords, Words

ENGLISH = Locale.of(SOURCE_LANGUAGE)


class Library:
    """All guides that a process has met, by path; read again only when its text has changed."""

    def __init__(self, md: Markdown) -> None:
        self.md = md
        self._guides: dict[Path, tuple[str, Guide]] = {}

    def guide(self, path: Path) -> Guide:
        """Raises GuideError."""
        text = guides.text(path)
        if path not in self._guides or self._guides[path][0] != text:
            self._guides[path] = text, guides.parse(path, text, self.md)
        return self._guides[path][1]


class Edition:
    """What the reader of one language sees.

    folder: `locales/`. languages: data/languages.yml, by locale.
    faults: sentences about catalogs and guides, gathered while pages are made.
    """

    def __init__(self, locale: Locale, folder: Path, languages: Mapping[str, Any] | None = None) -> None:
        self.locale = locale
        self.folder = folder
        self.faults: list[str] = []
        self.language = language_of(locale.name, languages, self.faults)
        self.coverage: dict[str, Coverage] = {}
        self.guides: list[Guide] = []
        self._translations: dict[str, Translation] = {}

    @property
    def is_english(self) -> bool:
        return self.locale == ENGLISH

    @cached_property
    def words(self) -> Words:
        """The words of macros, nav and theme."""
        if self.locale.is_pseudo:
            return PseudoWords()
        path = catalogs.path_of(self.folder, self.locale, SITE)
        if self.is_english or not catalogs.is_there(path):
            return Words()
        try:
            catalog = catalogs.load(path)
        except CatalogError as error:
            self.faults.append(str(error))
            return Words()
        words = Words(catalog, self.language, path)
        self.faults += [*catalogs.emptiness(catalog, path), *words.faults]
        return words

    def add(self, guide: Guide) -> None:
        """Make a guide ready to be asked for, and count what its readers see."""
        self.guides.append(guide)
        if self.is_english:
            total = Counter({State.TRANSLATED: len(guide.shown)})
            self.coverage[guide.slug] = Coverage(guide.slug, self.locale.name, total, 0, "")
            return
        translation, faults = coverage.translation_of(guide, self.locale, self.folder, self.language)
        self.faults += faults
        self._translations[guide.slug] = translation
        self.coverage[guide.slug] = coverage.measure(guide, self.locale, translation)

    def translation(self, guide: Guide) -> Translation:
        """The catalog of a guide that was added."""
        return self._translations[guide.slug]

    def render(self, guide: Guide) -> str:
        """The HTML of a guide in this language."""
        if self.is_english:
            return guide.source.render()
        label = html.unescape(self.words.pgettext("page", "Show the earlier translation"))
        choose = self._translations[guide.slug].choose
        return guide.source.render(choose, self.locale.tag, self.locale.direction, label)

    def meta(self, guide: Guide) -> dict[str, str]:
        """The front matter that readers see, in their language."""
        return {name: self.wording(guide, unit)[0] for name, unit in guide.meta_units.items() if name != SEARCH}

    def is_english_in(self, guide: Guide, name: str) -> bool:
        """Whether a part of the front matter is in English on a page of another language."""
        unit = guide.meta_units.get(name)
        return unit is not None and not self.is_english and not self.wording(guide, unit)[1]

    def english_anchors(self, guide: Guide) -> set[str]:
        """The anchors of the headings that are in English on a page of another language."""
        return {
            anchor
            for tag, anchor, unit in guide.source.landmarks
            if tag != "dt" and not self.is_english and not self.wording(guide, unit)[1]
        }

    def searched(self, guide: Guide) -> str:
        """What people type who need the guide, in their language and in English: many know the English word."""
        unit = guide.meta_units.get(SEARCH)
        if unit is None:
            return ""
        words, is_translated = self.wording(guide, unit)
        return f"{words}, {unit.msgid}" if is_translated else unit.msgid

    @cached_property
    def by_slug(self) -> dict[str, Guide]:
        """The guides, once all were added."""
        return {guide.slug: guide for guide in self.guides}

    def wording(self, guide: Guide, unit: Unit) -> tuple[str, bool]:
        """A unit of a guide as this edition has it, and whether that is a translation."""
        choice = Choice() if self.is_english else self._translations[guide.slug].choose(unit)
        return (unit.msgid, False) if choice.words is None else (choice.words, True)


@dataclass(frozen=True)
class Landmark:
    """A guide, a part of one, or a term: what an index lists. Words are plain.

    anchor: empty for the guide itself. within: the title of the guide, for a part of it.
    lang, within_lang: their language, where it is not that of the edition.
    """

    guide: str
    anchor: str
    words: str
    lang: str
    within: str = ""
    within_lang: str = ""


def landmarks(edition: Edition) -> list[Landmark]:
    """Every guide, the terms that guides explain, and the headings that say something of their own.

    A heading that stands on more than one page ("What can go wrong") is not what anybody looks for.
    """
    marked = {guide.slug: [mark for mark in guide.source.landmarks if mark[0] in _LISTED] for guide in edition.guides}
    often = Counter(unit.msgid for marks in marked.values() for _, _, unit in marks)
    found = []
    for guide in edition.guides:
        if "title" not in guide.meta_units:
            continue
        title, title_lang = _plain(edition, guide, guide.meta_units["title"])
        found.append(Landmark(guide.slug, "", title, title_lang))
        for tag, anchor, unit in marked[guide.slug]:
            if often[unit.msgid] > 1 or "{{" in unit.msgid:
                continue
            words, lang = _plain(edition, guide, unit)
            is_term = tag == "dt"
            within = ("", "") if is_term else (title, title_lang)
            found.append(Landmark(guide.slug, anchor, words, lang, *within))
    return found


_LISTED = frozenset({"h2", "dt"})


def _plain(edition: Edition, guide: Guide, unit: Unit) -> tuple[str, str]:
    words, is_translated = edition.wording(guide, unit)
    return plain(words), "" if is_translated or edition.is_english else SOURCE_LANGUAGE


def phrase(edition: Edition, locale: Locale, slug: str, anchor: str) -> tuple[str, str]:
    """The words of a guide that stand at an anchor, for a macro that speaks `locale`: that of the edition or English.

    Plain words, and their language where it is not `locale`. Raises ValuesError for words that are not there.
    """
    place = f"guides/{slug}.md"
    guide = edition.by_slug.get(slug)
    if guide is None:
        raise ValuesError(f'{place}, which has the words "{anchor}", is missing or cannot be read. Write that guide.')
    units = guide.source.phrases
    if anchor not in units:
        guess = difflib.get_close_matches(anchor, units, 1)
        hint = f'Did you mean "{guess[0]}"?' if guess else f"Write them there, with {{ #{anchor} }} below them."
        raise ValuesError(f'{place} has no words with the anchor "{anchor}". {hint}')
    unit = units[anchor]
    if "{{" in unit.msgid:
        raise ValuesError(f'{place}: the words "{anchor}" hold a call. Write it outside of them.')
    return (plain(unit.msgid), "") if locale == ENGLISH else _plain(edition, guide, unit)


@dataclass(frozen=True)
class Standing:
    """How a language stands on the whole site. status: the least that any of its catalogs claims."""

    tag: str
    direction: str
    name: str
    is_english: bool
    done: int
    total: int
    status: str


def standings(
    found: Iterable[Guide], locales: Iterable[Locale], folder: Path, languages: Mapping[str, Any] | None = None
) -> list[Standing]:
    """One for each language, in the order given."""
    guides_ = list(found)
    rows = []
    for locale in locales:
        edition = Edition(locale, folder, languages)
        for guide in guides_:
            edition.add(guide)
        pages = edition.coverage.values()
        claimed = [page.status for page in pages if page.counts[State.TRANSLATED]]
        rows.append(
            Standing(
                locale.tag,
                locale.direction,
                locale.own_name,
                edition.is_english,
                sum(page.counts[State.TRANSLATED] for page in pages),
                sum(page.total for page in pages),
                least(claimed),
            )
        )
    return rows


def editions(folder: Path) -> tuple[list[Locale], list[str]]:
    """English and every locale there is, and a sentence for each folder that is none."""
    found, faults = locales.in_folder(folder)
    return [ENGLISH, *found], faults


def summary(locale: Locale, rows: Sequence[Coverage]) -> str:
    """One line on what the readers of a language see."""
    if locale == ENGLISH:
        return f"{locale.tag:8} {locale.own_name}: {len(rows)} guides"
    total: Counter[State] = sum((row.counts for row in rows), Counter())
    parts = ", ".join(f"{total[state]} {state}" for state in State if total[state] or state is State.TRANSLATED)
    return f"{locale.tag:8} {locale.own_name}: {parts}"
