"""Remember what `faithful.fault` said of translations, so that a build judges only what has changed.

A verdict depends on the rules, on what is known of the language, on the unit and on its translation. It is kept under a
hash of exactly these, in a file for each locale, which is safe to delete.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import icu  # type: ignore[import-untyped]  # it has no types
import markdown

from i18n.faithful import fault
from i18n.language import Language
from i18n.unit import Unit
from machine import files
from machine.cached import cached_property

MEMORY = Path(__file__).resolve().parent.parent / ".cache" / "verdicts"
"""The folder of the cache."""

_MOST = 50_000_000
"""Size in bytes from which a file of the cache is ignored."""


@cache
def rules() -> bytes:
    """Return a digest of everything that a verdict depends on, besides the language, the unit and the translation."""
    versions = sys.version, unicodedata.unidata_version, icu.ICU_VERSION, markdown.__version__
    digest = hashlib.sha256(" ".join(versions).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()


class Verdicts:
    """The verdicts on the translations into one language.

    language: what the judge knows of the language. Without a name, nothing is kept.
    folder: the folder of the cache.
    """

    def __init__(self, language: Language, folder: Path = MEMORY) -> None:
        self._language = language
        self._path = folder / f"{language.name}.json" if language.name else None
        self._start = hashlib.sha256(rules() + repr(language).encode())
        self._asked: dict[str, str | None] = {}

    def fault(self, unit: Unit, msgstr: str) -> str | None:
        """Return what `faithful.fault` returns."""
        key = self._key(unit, msgstr)
        if key not in self._asked:
            self._asked[key] = self._known[key] if key in self._known else fault(unit, msgstr, self._language)
        return self._asked[key]

    def keep(self, is_whole: bool = True) -> None:
        """Write the verdicts that were asked for, if any of them is new.

        is_whole: whether all translations were judged. Then other verdicts are of no use any more.
        """
        if self._path is None or self._asked.keys() <= self._known.keys():
            return
        kept = self._asked if is_whole else {**self._known, **self._asked}
        # If the cache cannot be written, the next build only takes longer.
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            made = json.dumps({"start": self._start.hexdigest(), "verdicts": kept}, ensure_ascii=False)
            files.write(self._path, made.encode(), wait=False)

    def _key(self, unit: Unit, msgstr: str) -> str:
        digest = self._start.copy()
        # A zero cannot be in any of them, so that different ones cannot be joined to the same.
        digest.update("\0".join((unit.msgid, msgstr, *unit.links)).encode(errors="surrogatepass"))
        return digest.hexdigest()

    @cached_property
    def _known(self) -> Mapping[str, str | None]:
        """The verdicts of earlier builds, read when the first one is asked for: often, none has to be."""
        if self._path is None:
            return {}
        try:
            held = json.loads(files.content(self._path, _MOST))
            verdicts = held["verdicts"] if held["start"] == self._start.hexdigest() else {}
            right = all(isinstance(each, (str, type(None))) for each in verdicts.values())
        except Exception:  # A damaged file may raise anything. Everything is judged again then.
            return {}
        return verdicts if right else {}
