"""Find the languages of the site. The folder `pt_BR` in `locales/` is `pt-BR` on the web."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import babel
from babel.core import get_global
from babel.messages.plurals import get_plural

from i18n import pseudo
from i18n.markdown import SOURCE_LANGUAGE
from machine.cached import cached_property

MESSAGES = "LC_MESSAGES"
"""Name of the folder, inside a locale's folder, that holds its catalogs."""


@dataclass(frozen=True)
class Locale:
    """A language of the site.

    name: the name of its folder in `locales/`, in Babel's spelling, `zh_Hans`.
    cldr: Babel's data of the language.
    """

    name: str
    cldr: babel.Locale = field(compare=False, repr=False)

    @classmethod
    def of(cls, name: str) -> Locale:
        """Return the locale called `name`. Raises ValueError with a sentence if no language has this name."""
        try:
            cldr = babel.Locale.parse(pseudo.LOCALES.get(name, name))
            if not cldr.get_language_name("en"):
                # This is CLDR's root, the parent of all languages.
                raise ValueError
        except (babel.UnknownLocaleError, ValueError):
            raise ValueError(
                f'"{name}" is not a locale. '
                'Use a language code such as "fr", "pt_BR" or "zh_Hans" (with an underscore).'
            ) from None
        if name not in pseudo.LOCALES and str(cldr) != name:
            raise ValueError(f'"{name}" is not a locale. Did you mean "{cldr}"?')
        return cls(name, cldr)

    @property
    def is_pseudo(self) -> bool:
        """Whether this is a pseudo-locale, whose translations are made on the fly."""
        return self.name in pseudo.LOCALES

    @property
    def tag(self) -> str:
        """The name as the web spells it, in `lang`, `hreflang` and addresses: `zh-Hans`."""
        return self.name.replace("_", "-")

    @cached_property
    def direction(self) -> str:
        """The value of the attribute `dir`, "ltr" or "rtl"."""
        return self.cldr.text_direction

    @cached_property
    def script(self) -> str:
        """The script that the language is written in, as CLDR spells it: "Arab", "Hans". Empty if CLDR has none."""
        likely = get_global("likely_subtags")
        in_territory = f"{self.cldr.language}_{self.cldr.territory}"
        subtags = likely.get(in_territory) or likely.get(self.cldr.language) or ""
        return self.cldr.script or next((part for part in subtags.split("_") if len(part) == 4), "")

    @cached_property
    def own_name(self) -> str:
        """The name of the language in the language itself."""
        if self.is_pseudo:
            return pseudo.pseudo(self.tag)
        name = self.cldr.get_display_name(self.cldr) or self.name
        return name[:1].title() + name[1:]

    @property
    def plural_forms(self) -> str:
        """The value of the Plural-Forms header."""
        count, rule, *_ = get_plural(self.cldr)
        return without_brackets(f"nplurals={count}; plural={rule};")


@cache
def lang_and_dir(tag: str) -> str:
    """Return the attributes of an element with words in another language than the page: ` lang="fa" dir="rtl"`.

    tag: the tag of the language; an empty one, for the language of the page, gives no attributes.
    Raises ValueError if it is not a language.
    """
    return f' lang="{tag}" dir="{Locale.of(tag.replace("-", "_")).direction}"' if tag else ""


def in_folder(folder: Path) -> tuple[list[Locale], list[str]]:
    """Return the locales in `locales/`, sorted by name, and a sentence for each entry that cannot be a locale."""
    found: list[Locale] = []
    faults: list[str] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name.startswith(".") or (path.is_file() and not is_locale(path.name)):
            continue
        try:
            found.append(_of_folder(path))
        except ValueError as error:
            faults.append(f"{path}: {error}")
    return found, faults


def broken(folder: Path) -> list[Locale]:
    """Return the locales that `locales/` has an entry for but whose folder has a fault."""
    found = {locale.name for locale in in_folder(folder)[0]}
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    missed = [Locale.of(name) for name in names if name not in found and is_locale(name)]
    return [locale for locale in missed if not locale.is_pseudo and locale.name != SOURCE_LANGUAGE]


def is_locale(name: str) -> bool:
    """Return whether a name is that of a locale, such as "fr" or "pt_BR"."""
    try:
        Locale.of(name)
    except ValueError:
        return False
    return True


def _of_folder(path: Path) -> Locale:
    """Return the locale of a folder of `locales/`. Raises ValueError with a sentence."""
    messages = path / MESSAGES
    for below in (path, messages):
        place = "" if below is path else f"{MESSAGES}: "
        if below.is_symlink() and not below.exists():
            raise ValueError(f"{place}this link leads nowhere. Repair it, or remove it.")
        if below.is_symlink():
            # Catalogs written through a link would end up in another place.
            raise ValueError(f"{place}this is a link. Put the folder itself here.")
        if below.exists() and not below.is_dir():
            raise ValueError(f"{place}this is not a folder. Remove it, or put a folder in its place.")
    locale = Locale.of(path.name)
    if locale.is_pseudo:
        raise ValueError(f"the build makes the translations of {locale.name} by itself. Remove this folder.")
    if locale.name == SOURCE_LANGUAGE:
        raise ValueError("English is the language of the guides. Remove this folder, and edit guides/ instead.")
    return locale


def without_brackets(plural_forms: str) -> str:
    """Return `plural=(n > 1);` as `plural=n > 1;`, which is how Weblate writes it."""
    found = re.fullmatch(r"(.*plural=)\((.*)\);", plural_forms)
    if found is None:
        return plural_forms
    depth = 0
    for character in found[2]:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            # The first bracket ends before the last one begins: "(a) ? 0 : (b)".
            return plural_forms
    return f"{found[1]}{found[2]};"
