"""Find the language in which readers see what is not translated into theirs, before they see it in English.

data/languages.yml names it as `fallback`, for a language that its readers understand. It is one step only.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from i18n import locales
from i18n.locales import Locale
from i18n.markdown import SOURCE_LANGUAGE


def fallback_of(locale: Locale, languages: Mapping[str, Any] | None, folder: Path, faults: list[str]) -> Locale | None:
    """Return the language that `locale` falls back to before English; None without one.

    languages: the entries of data/languages.yml.
    folder: the folder locales/.
    faults: gets a sentence if the entry names a language that `locale` cannot fall back to.
    """
    entries = languages or {}
    named = (entries.get(locale.name) or {}).get("fallback")
    if named is None or locale.is_pseudo or locale.name == SOURCE_LANGUAGE:
        return None
    start = f"data/languages.yml: {locale.name} falls back to {named}"
    if named == locale.name:
        faults.append(f"{start}, which is itself. Name another language, or remove its fallback.")
        return None
    found = {each.name: each for each in locales.in_folder(folder)[0]}.get(str(named))
    if found is None:
        faults.append(f"{start}, which this site does not have. Name a folder of {folder}, or remove its fallback.")
    elif (entries.get(found.name) or {}).get("fallback") is not None:
        faults.append(f"{start}, which has a fallback too. A language falls back once: remove one of the two.")
        return None
    return found
