"""Where the English uses a term of data/terms.yml, the translation uses its language's word for it, in any form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from checks import Note, Project
from i18n.calls import without_calls


def check(project: Project) -> Iterator[str]:
    slugs = {guide.slug for guide in project.guides}
    terms = {key: entry for key, entry in project.values.get("terms", {}).items() if not entry.get("everyday")}
    patterns = {
        key: re.compile(rf"\b{re.escape(bare(entry['en']))}s?\b", re.IGNORECASE) for key, entry in terms.items()
    }
    for (locale, name), (path, catalog) in project.catalogs.items():
        if name not in slugs:
            continue
        for entry in catalog:
            if entry.obsolete or entry.fuzzy or not entry.msgstr:
                continue
            english = without_calls(entry.msgid)
            for key, pattern in patterns.items():
                word = terms[key].get(locale.name)
                if word and pattern.search(english) and not any(uses(entry.msgstr, each) for each in wordings(word)):
                    yield Note(
                        f'{path}:{entry.linenum}: the English says "{bare(terms[key]["en"])}"; '
                        f'the word for it is "{word["word"]}". Use it, or make sure that your word is better here.'
                    )


def bare(term: str) -> str:
    """Return the term without the brackets after it."""
    return re.sub(r"\s*\(.*", "", term)


def wordings(word: dict[str, Any]) -> list[str]:
    return [word["word"], *(word.get("also") or [])]


def uses(text: str, term: str) -> bool:
    """Return whether the beginning of each word of `term` is in `text`. Endings and articles may differ."""
    text = _plain(text)
    return all(_stem(word) in text for word in re.findall(r"\w+", _plain(bare(term))))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("ё", "е")


def _stem(word: str) -> str:
    word = word.removeprefix("ال")
    return word[: max(3, len(word) - 3)]
