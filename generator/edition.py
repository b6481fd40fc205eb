"""An edition: the site in one language."""

from __future__ import annotations

import difflib
import html
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from generator import feed, index, page, search, short
from generator.index import Landmark
from generator.inputs import GUIDES, LOCALES
from generator.kept import Kept, Mark, Told
from generator.links import Link, lost
from generator.macros import PHRASE, MacroError, Macros, Uses
from generator.page import Page, Voice
from generator.short import Short
from generator.site import ENGLISH, Site
from generator.values import ValuesError
from i18n import catalogs, coverage, unread
from i18n.catalogs import SITE, CatalogError
from i18n.coverage import Coverage, State, Translation, least
from i18n.fallback import fallback_of
from i18n.guides import SEARCH, SUFFIX, Guide
from i18n.language import language_of
from i18n.locales import MESSAGES, Locale
from i18n.markdown import SOURCE_LANGUAGE
from i18n.readings import Readings
from i18n.unit import Unit, plain
from i18n.verdicts import Verdicts
from i18n.words import PseudoWords, Words
from machine.cached import cached_property
from machine.kept import digest


class Edition:
    """The site as readers of one language see it.

    site: what all editions have in common.
    locale: the language.
    faults: sentences about the catalogs of this language.
    language: how the language writes numbers and negations, from data/languages.yml.
    fallback: the site in the language that readers see before English where theirs lacks a translation; None without.
    kept: what earlier builds kept of this language; None if this is not part of a build.
    is_counting: whether other processes are counting the other languages now. Pages that show them all cannot be made.
    coverage: how much of each guide is translated, by its slug.
    """

    def __init__(self, site: Site, locale: Locale) -> None:
        self.site = site
        self.locale = locale
        self.faults: list[str] = []
        self.language = language_of(locale.name, site.values.get("languages"), self.faults)
        fallback = fallback_of(locale, site.values.get("languages"), site.locales, self.faults)
        self.fallback = Edition(site, fallback) if fallback else None
        self.is_counting = False
        self.kept = self._kept()
        self.coverage: dict[str, Coverage] = {}
        self._told: dict[str, Told] = {}
        self._translations: dict[str, Translation] = {}
        self._spoken: dict[str, Macros] = {}
        self._uses = Uses()
        self._digests: dict[str, bytes] = {}
        self._others: dict[Locale, Kept] = {}
        self._pages: dict[str, Page] = {}
        self._texts: dict[str, str] = {}
        self._marked: dict[str, list[Mark]] = {}
        self._index: list[Landmark] = []
        for guide in site.guides:
            if self.kept and (told := self.kept.told(guide.slug)):
                self._told[guide.slug], self.coverage[guide.slug] = told, told.coverage
                self.faults += told.faults
        left = [guide for guide in site.guides if guide.slug not in self._told]
        for guide in left:
            self._count(guide)
        if left and not self.is_english and not locale.is_pseudo:
            self._verdicts.keep(is_whole=not self._told)
        if site.guides:
            self.faults += self._faults_of_readings()
        if self.kept:
            shares = [(page.guide, sorted(page.counts.items()), page.status) for page in self.coverage.values()]
            self.kept.tell_shares(digest(sorted(shares)))

    def _kept(self) -> Kept | None:
        """Return what earlier builds kept; None if this edition is not part of a build."""
        if self.site.inputs is None or self.locale.is_pseudo:
            return None
        return Kept(self.site.inputs, self.locale, self.fallback.locale if self.fallback else None, self.site.common)

    def _kept_of(self, locale: Locale) -> Kept | None:
        """Return what earlier builds kept of another language."""
        if self.site.inputs is None or locale.is_pseudo:
            return None
        if locale not in self._others:
            fallback = fallback_of(locale, self.site.values.get("languages"), self.site.locales, [])
            self._others[locale] = Kept(self.site.inputs, locale, fallback, self.site.common)
        return self._others[locale]

    def is_sound(self, locale: Locale, guide: Guide) -> bool:
        """Return whether it is known that the translation of a guide into another language has no faults."""
        told = kept.told(guide.slug) if (kept := self._kept_of(locale)) else None
        return told is not None and not told.faults

    def _count(self, guide: Guide) -> None:
        """Judge the translation of a guide, and count how much of it is translated."""
        faults: list[str] = []
        if not self.is_english:
            self._translations[guide.slug], faults = self._translation(guide)
        self.coverage[guide.slug] = self._counted(guide)
        self.faults += faults
        if self.kept:
            words = {unit.msgid: self.wording(guide, unit) for unit in guide.meta_units.values()}
            typed = guide.meta_units.get(SEARCH)
            searched = self._typed(guide, typed) if typed else ""
            self.kept.tell(guide.slug, Told(self.coverage[guide.slug], words, searched, tuple(faults)))

    def _faults_of_readings(self) -> list[str]:
        """Return a sentence for each line of the readings that is not one."""
        if self.is_english:
            return []
        return self.kept.faults_of_readings(lambda: self._read[1]) if self.kept else self._read[1]

    def _counted(self, guide: Guide) -> Coverage:
        if not self.is_english:
            return coverage.measure(guide, self.locale, self.translation(guide))
        total = Counter({State.TRANSLATED: len(guide.shown)})
        return Coverage(guide.slug, self.locale.name, total, 0, "")

    @cached_property
    def _read(self) -> tuple[Readings, list[str]]:
        """The readings, and a sentence for each line of their file that is not one."""
        read, faults = unread.load(unread.path_of(self.site.locales, self.locale))
        return Readings(read), faults

    @cached_property
    def _verdicts(self) -> Verdicts:
        return Verdicts(self.language)

    @property
    def is_english(self) -> bool:
        return self.locale == ENGLISH

    @cached_property
    def words(self) -> Words:
        """The translated words of macros, nav and theme. Faults of their catalog are added to `faults`."""
        words = self._own_words()
        return words.falling_back(self.fallback.locale.tag, self.fallback.words) if self.fallback else words

    def _own_words(self) -> Words:
        if self.locale.is_pseudo:
            return PseudoWords()
        path = catalogs.path_of(self.site.locales, self.locale, SITE)
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

    @property
    def marking(self) -> Words:
        """The words of templates. Those in another language than the page are marked."""
        return self.words if self.is_english else self.words.marking()

    def translation(self, guide: Guide) -> Translation:
        """Return the translation of a guide."""
        if guide.slug not in self._translations:
            # The faults of its catalog are known already.
            self._translations[guide.slug], _ = self._translation(guide)
        return self._translations[guide.slug]

    def _translation(self, guide: Guide) -> tuple[Translation, list[str]]:
        """Return the translation of a guide, and the faults of its catalog."""
        told = self._told.get(guide.slug)
        is_sound = told is not None and not told.faults
        translation, faults = coverage.translation_of(
            guide, self.locale, self.site.locales, self.language, self._verdicts, self._read[0], is_sound
        )
        if self.fallback:
            translation.fallback = self.fallback.locale, self.fallback.translation(guide)
        return translation, faults

    # ── pages ──

    def page(self, guide: Guide) -> Page:
        """Return a guide as readers of this language see it. It is rendered once, or kept by an earlier build."""
        if guide.slug not in self._pages:
            self._pages[guide.slug] = self._kept_page(guide) or self._rendered(guide)
        return self._pages[guide.slug]

    def text(self, guide: Guide) -> str:
        """Return the HTML of a page for another edition, which needs nothing else of it and so remembers only this."""
        if guide.slug in self._pages:
            return self._pages[guide.slug].html
        if guide.slug not in self._texts:
            self._texts[guide.slug] = (self._kept_page(guide) or self._rendered(guide)).html
        return self._texts[guide.slug]

    def _kept_page(self, guide: Guide) -> Page | None:
        # What the macros of another language use is not noted here.
        return self.kept.page(guide.slug, self._now) if self.kept and not self.fallback else None

    def _rendered(self, guide: Guide) -> Page:
        if not self._index:
            # An index lists the headings of other guides. Find them all now, because guides share a Markdown instance,
            # and nothing else may use it while a page is rendered.
            self._index = self.landmarks
            if self.fallback:
                self.fallback._index = self.fallback.landmarks
        with self._uses.collected() as used:
            made = page.render(guide, self._voice(guide), self.site.addresses)
        if self.kept and not self.fallback and not made.faults:
            self.kept.keep_page(guide.slug, made, {use: self._now(use) for use in sorted(used)})
        return made

    def _now(self, use: str) -> bytes:
        """Return a digest of something that calls use of the rest of the site, as it is now (`macros.Uses`)."""
        if use not in self._digests:
            self._digests[use] = digest(self._used(use))
        return self._digests[use]

    def _used(self, use: str) -> object:
        assert self.kept
        assert self.site.inputs
        if use.startswith(PHRASE):
            return self.kept.words_of(use.removeprefix(PHRASE))
        match use:
            case "calls":
                return self.site.inputs.of(GUIDES)
            case "translations":
                return [
                    (locale, [(page.counts, page.status) for page in pages.values()])
                    for locale, pages in self._covered.items()
                ]
            case "sections":
                return self.sections
            case "landmarks":
                return self.landmarks
            case "shorts":
                return self._shorts
        raise AssertionError(use)

    def _voice(self, guide: Guide) -> Voice:
        is_short = guide.slug in self.site.roles.alone
        if self.is_english:
            return Voice(self.locale.tag, self.speak, is_short=is_short)
        earlier = html.unescape(self.words.pgettext("page", "Show the earlier translation"))
        translation, counted = self.translation(guide), self.coverage[guide.slug]
        choose = translation.marking(counted.level) if counted.is_marked else translation.choose
        return Voice(self.locale.tag, self.speak, choose, self.locale.direction, earlier, is_short)

    def speak(self, tag: str) -> Macros:
        """Return the macros for blocks in a language: of this edition, of its fallback, English, or named by a writer.

        Raises MacroError if `tag` is not a language.
        """
        if self.fallback and tag == self.fallback.locale.tag:
            return self.fallback.speak(tag)
        if tag not in self._spoken:
            try:
                locale = Locale.of(tag.replace("-", "_"))
            except ValueError:
                raise MacroError(
                    f"the block around this call has lang: {tag}, which is not a language. "
                    'Write one, such as "fr" or "zh-Hans".'
                ) from None
            self._spoken[tag] = Macros(
                self.site.values,
                self.marking if locale == self.locale else Words(),
                locale.name,
                all_calls=lambda: self.site.calls,
                translations=lambda: self.standings,
                cldr=str(locale.cldr),
                sections=lambda: self.sections,
                landmarks=self._known_landmarks,
                shorts=lambda: self._shorts,
                phrase=partial(self.phrase, locale),
                roles=self.site.roles,
                folder=self.site.macros,
                uses=self._uses,
            )
        return self._spoken[tag]

    def page_faults(self) -> list[str]:
        """Return a sentence for each call that cannot be rendered and each link that leads nowhere, on all pages."""
        pages = [(guide, self.page(guide)) for guide in self.site.guides]
        return [fault for _, made in pages for fault in made.faults] + lost_anchors(pages)

    def others(self) -> list[str]:
        """Return the names of the files of other languages that the pages depend on, relative to the project.

        What all pages show of other languages is not among them: how much of each guide is translated.
        """
        folders = [f"{LOCALES}/{self.fallback.locale.name}"] if self.fallback else []
        guides = [self.site.by_slug[slug] for slug in self.site.roles.alone if slug in self.site.by_slug]
        names = [(str(name), guide.slug) for guide in guides for name in guide.meta.get("official") or []]
        return folders + [f"{LOCALES}/{name}/{MESSAGES}/{slug}.po" for name, slug in names]

    # ── the words of a guide ──

    def meta(self, guide: Guide) -> dict[str, str]:
        """Return the front matter that readers see, in their language."""
        return {name: self.wording(guide, unit)[0] for name, unit in guide.meta_units.items() if name != SEARCH}

    def front_matter(self, guide: Guide) -> dict[str, Any]:
        """Return the front matter for templates: words as HTML, and dates. Any other fields are left out."""
        words = {name: html.escape(words, quote=False) for name, words in self.meta(guide).items()}
        days: dict[str, Any] = {name: guide.meta[name] for name in ("reviewed", "recheck") if name in guide.meta}
        return {**days, **words, "description": words.get("summary", "").replace('"', "&quot;")}

    def has_facing(self, slug: str) -> bool:
        """Return whether a guide has a page on which its English is beside it. The tools of the site have none."""
        return not self.is_english and slug not in (*self.site.roles.alone, self.site.roles.search)

    def title(self, guide: Guide) -> str:
        return self.meta(guide).get("title", guide.slug)

    def title_lang(self, guide: Guide) -> str:
        """Return the tag of the language of a title; empty if it is that of this edition."""
        unit = guide.meta_units.get("title")
        return self.wording(guide, unit)[1] if unit else ""

    def heading_langs(self, slug: str) -> dict[str, str]:
        """Return the tag of the language of each heading of a guide that is in another one than its page, by anchor."""
        guide = self.site.by_slug.get(slug)
        marks = self._marks(guide) if guide else []
        return {mark.anchor: mark.lang for mark in marks if mark.tag != "dt" and mark.lang}

    def wording(self, guide: Guide, unit: Unit) -> tuple[str, str]:
        """Return the words of a unit in this edition, and the tag of their language; empty if it is the edition's own.

        Whatever repeats words of a guide somewhere else asks this, so that they are marked everywhere in the same way.
        """
        if self.is_english:
            return unit.msgid, ""
        if (told := self._told.get(guide.slug)) and unit.msgid in told.words:
            return told.words[unit.msgid]
        choice = self.translation(guide).choose(unit)
        return (unit.msgid, SOURCE_LANGUAGE) if choice.words is None else (choice.words, choice.lang)

    def _known_landmarks(self) -> list[Landmark]:
        if not self._index:
            # A heading that lists all headings is asked for its anchor. Nothing is kept of a call that fails.
            raise ValuesError("the headings are not known yet")
        return self._index

    def phrase(self, locale: Locale, slug: str, anchor: str) -> tuple[str, str]:
        """Return the plain words that a guide has at an anchor, and the tag of their language if it is not `locale`.

        locale: the language of this edition, or English.
        Raises ValuesError if the words are missing or contain a call.
        """
        place = f"guides/{slug}.md"
        guide = self.site.by_slug.get(slug)
        if guide is None:
            raise ValuesError(
                f'{place}, which has the words "{anchor}", is missing or cannot be read. Write that guide.'
            )
        units = guide.source.phrases
        if anchor not in units:
            guess = difflib.get_close_matches(anchor, units, 1)
            hint = f'Did you mean "{guess[0]}"?' if guess else f"Write them there, with {{ #{anchor} }} below them."
            raise ValuesError(f'{place} has no words with the anchor "{anchor}". {hint}')
        unit = units[anchor]
        if "{{" in unit.msgid:
            raise ValuesError(f'{place}: the words "{anchor}" contain a call. Write it outside of them.')
        if locale == ENGLISH:
            return plain(unit.msgid), ""
        words, lang = self.wording(guide, unit)
        return plain(words), lang

    # ── the other languages ──

    @cached_property
    def _covered(self) -> dict[Locale, Mapping[str, Coverage]]:
        """How much of each guide is translated into each language of the site."""
        return {locale: self._covered_in(locale) for locale in self.site.languages}

    def _covered_in(self, locale: Locale) -> Mapping[str, Coverage]:
        for known_already in (self, self.fallback):
            if known_already and locale == known_already.locale:
                return known_already.coverage
        if (kept := self._kept_of(locale)) and (known := kept.coverage(self.site.by_slug)):
            return known
        other = Edition(self.site, locale)
        if other.kept:
            other.kept.finish(self.site.by_slug)
        return other.coverage

    def share(self, locale: Locale, slug: str) -> int | None:
        """Return how much of a guide is translated into a language, in percent, or None if that is not known.

        The share is rounded down, so that only a guide that is translated as a whole has 100.
        """
        page = self._covered.get(locale, {}).get(slug)
        return page.counts[State.TRANSLATED] * 100 // max(1, page.total) if page else None

    @property
    def standings(self) -> list[Standing]:
        """How much of the whole site is translated into each language, in their order.

        Raises ValuesError if the languages are not all counted.
        """
        if self.is_counting:
            raise ValuesError("the languages are being counted")
        return [_standing(locale, pages.values()) for locale, pages in self._covered.items()]

    # ── the whole site ──

    @cached_property
    def sections(self) -> list[dict[str, Any]]:
        """The nav, for macros: each section with its guides. Words are not escaped, because templates escape them."""
        known = self.site.by_slug
        return [
            {
                "title": title and html.unescape(self.marking.pgettext("nav", title)),
                "pages": [self._listed(known[slug]) for slug in slugs],
            }
            for title, slugs in self.site.sections
        ]

    def _listed(self, guide: Guide) -> dict[str, Any]:
        """Return a guide for a macro that lists guides."""
        return {"guide": guide.slug, "title": self.title(guide), "lang": self.title_lang(guide)}

    @cached_property
    def landmarks(self) -> list[Landmark]:
        """The lines of an index from A to Z."""
        titled = [guide for guide in self.site.guides if "title" in guide.meta_units]
        titles = {guide.slug: self.wording(guide, guide.meta_units["title"]) for guide in titled}
        return index.landmarks(titles, {guide.slug: self._marks(guide) for guide in self.site.guides})

    def _marks(self, guide: Guide) -> list[Mark]:
        """Return the headings and terms of a guide that have an anchor."""
        if guide.slug not in self._marked:
            if (found := self.kept.marks(guide.slug) if self.kept else None) is None:
                with self._uses.collected() as used:
                    found = [
                        Mark(tag, anchor, unit.msgid, *self.wording(guide, unit))
                        for tag, anchor, unit in page.landmarks(guide, self.speak)
                    ]
                # An anchor may be made of what a call in a heading repeats of other guides.
                if self.kept and not used:
                    self.kept.keep_marks(guide.slug, found)
            self._marked[guide.slug] = found
        return self._marked[guide.slug]

    def short_versions(self) -> dict[str, Short]:
        """Return the short versions, by the slug of their guide."""
        found = {guide.slug: short.of_page(self.page(guide).html) for guide in self._short_guides}
        return {slug: made for slug, made in found.items() if made}

    @property
    def _shorts(self) -> list[dict[str, Any]]:
        """The guides that have a short version, for macros."""
        return [{**self._listed(guide), "file": short.file_of(guide.slug)} for guide in self._short_guides]

    @cached_property
    def _short_guides(self) -> list[Guide]:
        """The guides that have a short version: first those that readers need first."""
        order = dict.fromkeys([*self.site.roles.emergency, *self.site.by_slug])
        guides = [self.site.by_slug[slug] for slug in order if slug in self.site.by_slug]
        return [guide for guide in guides if short.is_in(guide.text)]

    def search_script(self) -> str:
        """Return the file that the search page loads."""
        # The page of changes repeats what other pages say.
        left_out = (self.site.roles.search, self.site.roles.feed)
        searched = (guide for guide in self.site.guides if guide.slug not in left_out)
        return search.script(map(self._searched, searched), self.locale.tag)

    def _searched(self, guide: Guide) -> search.Entry:
        title = guide.meta_units.get("title")
        words, lang = self.wording(guide, title) if title else (guide.slug, SOURCE_LANGUAGE)
        address = self.site.addresses[f"{guide.slug}{SUFFIX}"].removeprefix("./")
        typed = guide.meta_units.get(SEARCH)
        parts = self.page(guide).parts
        if guide.meta.get("search_in") == "headings":
            parts = tuple(replace(part, blocks=()) for part in parts)
        told = self._told.get(guide.slug)
        searched = told.typed if told else self._typed(guide, typed) if typed else ""
        return search.Entry(address, search.Words(words, lang), searched, parts)

    def feed(self, name: str, url: str) -> str:
        """Return the page of changes as an Atom feed; empty if the site has no such page.

        name: the name of the site in this language, as HTML.
        url: the address of the root of this language.
        """
        guide = self.site.by_slug.get(self.site.roles.feed)
        if guide is None:
            return ""
        address = f"{url}{self.site.addresses[f'{guide.slug}{SUFFIX}']}"
        entries = feed.entries(self.page(guide).html, address)
        title, name = self.title(guide), html.unescape(name)
        return feed.atom(feed.Feed(self.locale.tag, name, title, address, f"{url}{guide.slug}.xml", entries))

    def _typed(self, guide: Guide, unit: Unit) -> str:
        """Return the words that people who need the guide type, also in other languages: many know the English word.

        Nobody sees these words. So those of a stale translation still serve: they find the page, and say nothing.
        """
        if self.is_english or self.locale.is_pseudo:
            return self.wording(guide, unit)[0]
        editions = [self, self.fallback] if self.fallback else [self]
        judged = [each.translation(guide).judge(unit) for each in editions]
        typed = [each.entry.msgstr for each in judged if each.entry and each.state in (State.TRANSLATED, State.STALE)]
        return ", ".join([*typed, unit.msgid])


def lost_anchors(pages: Sequence[tuple[Guide, Page]]) -> list[str]:
    """Return a sentence for each link to an anchor that does not exist on the target page."""
    anchors = {f"{guide.slug}{SUFFIX}": made.anchors for guide, made in pages}
    return [
        f"{guide.path}:{_line(guide, link)}: {sentence}"
        for guide, made in pages
        for link in dict.fromkeys(made.links)
        if (sentence := lost(link, anchors))
    ]


def _line(guide: Guide, link: Link) -> int:
    return guide.line_of(f"[^{link.footnote}]:") if link.footnote else guide.line_of_link(link.written)


@dataclass(frozen=True)
class Standing:
    """How much of the whole site is translated into a language.

    tag: its tag, "zh-Hans".
    direction: "ltr" or "rtl".
    name: its name in the language itself.
    is_english: whether it is English.
    done: the number of translated units.
    total: the number of units.
    status: the lowest status that any of its catalogs has.
    """

    tag: str
    direction: str
    name: str
    is_english: bool
    done: int
    total: int
    status: str


def _standing(locale: Locale, pages: Collection[Coverage]) -> Standing:
    return Standing(
        locale.tag,
        locale.direction,
        locale.own_name,
        locale == ENGLISH,
        sum(page.counts[State.TRANSLATED] for page in pages),
        sum(page.total for page in pages),
        least(page.status for page in pages if page.counts[State.TRANSLATED]),
    )


_last_english: tuple[bytes, Edition] | None = None


def english_of(site: Site) -> Edition:
    """Return the English edition of a site. A process keeps the last one, because it builds several languages."""
    global _last_english
    if site.inputs is None:
        return Edition(site, ENGLISH)
    key = digest(site.inputs.code, site.common, site.inputs.of(GUIDES, "data", "macros"))
    if _last_english is None or _last_english[0] != key:
        _last_english = key, Edition(site, ENGLISH)
    return _last_english[1]
