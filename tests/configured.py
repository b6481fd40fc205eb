"""What the tests of the generator take for granted: the Markdown of tests/other/, and what languages are like."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from i18n import guides
from i18n.language import Language, read_languages

HERE = Path(__file__).parent
CONFIG = HERE / "other" / "mkdocs.yml"
EXTENSIONS = guides.configuration(CONFIG)["markdown_extensions"]
LANGUAGES = HERE.parent / "data/languages.yml"
"""The one file of data/ that speaks of languages and not of a topic: cases show what it makes of translations."""


@cache
def language(name: str) -> Language:
    """What the judge knows of a language; `name` is spelled as the folder of its locale."""
    return Language.of(name, read_languages(LANGUAGES, []).get(name))
