"""Translations are spelled as the dictionary of their language says.

hunspell or aspell look, with the dictionary that data/languages.yml names. Words that are in the English too, and
those of `locales/<locale>/spelling.txt`, are right. Where the program or its dictionary is missing, a note says that
nothing was looked at; in CI that is a finding.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from checks import Note, Project
from i18n import handwritten
from i18n.handwritten import Unreadable
from i18n.locales import Locale
from i18n.unit import plain

LIST = "spelling.txt"
"""The file in the folder of a locale with words that its dictionary does not have, one on each line."""

_MARKS = "\u064b-\u0652\u0670"
"""The vowel signs of Arabic, which are part of a word."""

# A word ends at an apostrophe (l’avocat, CCF’nin) and at a joiner of Persian: the dictionaries have the parts.
_WORD = re.compile(rf"[^\W\d_](?:[\w{_MARKS}-]*[\w{_MARKS}])?")


def check(project: Project) -> Iterator[str]:
    known = project.values.get("languages", {})
    for locale in project.locales:
        if not (dictionary := known.get(locale.name, {}).get("dictionary")):
            continue
        places = _words(project, locale)
        try:
            listed = _listed(project.root / "locales" / locale.name / LIST)
            wrong = unknown(dictionary, sorted(places.keys() - listed))
        except Unreadable as error:
            yield f"{project.root / 'locales' / locale.name / LIST}{error}"
        except OSError:
            said = (
                f"locales/{locale.name}: nothing looked at the spelling, because {' with '.join(dictionary.split())} "
                "is missing. tests/system.txt names the packages."
            )
            yield said if os.environ.get("CI") else Note(said)
        else:
            for word in wrong:
                yield (
                    f'{places[word]}: "{word}" is not in the dictionary. Correct it, or add it to '
                    f"locales/{locale.name}/{LIST} if it is right."
                )


def _words(project: Project, locale: Locale) -> dict[str, str]:
    """Return each word of the translations into a language that is not in their English, with its first place."""
    places: dict[str, str] = {}
    for of, place, unit, words in project.translated():
        if of == locale:
            english = set(_WORD.findall(unit.msgid))
            for word in _WORD.findall(plain(words)):
                if word not in english:
                    places.setdefault(word, place)
    return places


def _listed(path: Path) -> set[str]:
    """Return the words of a list. Raises Unreadable. A line that begins with "#" is a comment."""
    if not path.exists():
        return set()
    lines = handwritten.read(path).splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def unknown(dictionary: str, words: Sequence[str]) -> list[str]:
    """Return the words that a dictionary does not have. Raises OSError if it is missing.

    dictionary: the program and the name of its dictionary, "hunspell fr_FR" or "aspell fa".
    """
    program, name = dictionary.split()
    options = ["-l", "-i", "utf-8", "-d", name] if program == "hunspell" else ["list", f"--lang={name}"]
    done = subprocess.run([program, *options], input="\n".join(words), capture_output=True, text=True, check=False)
    if done.returncode or "Can't open" in done.stderr:
        raise OSError(done.stderr)
    return sorted(set(done.stdout.split()) & set(words))
