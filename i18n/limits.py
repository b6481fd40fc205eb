"""Limits on the size of what is read. Anything larger is refused with a sentence before any work on it.

Each limit is far above what honest work needs, and low enough for reading to take seconds.
"""

from __future__ import annotations

CATALOG_BYTES = 5_000_000
"""Bytes of one catalog. The largest catalog of a long guide has a hundredth of that."""

CATALOG_MESSAGES = 10_000
"""Messages of one catalog, obsolete ones included."""

MESSAGE_LINES = 1_000
"""Lines of one message of a catalog, its comments included."""

HEADER_CHARACTERS = 20_000
"""Characters of a catalog's header."""

FILE = 1_000_000
"""Bytes of a file of data/ or of mkdocs.yml."""

GUIDE = 100_000
"""Bytes of a guide. The longest guide has a tenth of that."""

PARAGRAPH = 10_000
"""Characters of a guide between two empty lines. The longest such paragraph has four thousand."""

MARKS = 500
"""Opening brackets in a paragraph. Python-Markdown searches for the end of each one."""

BLOCKS = 50
"""Depth of the element tree of a guide. Each list inside another one adds two levels."""

VALUES = 20
"""Depth of nested lists and mappings in YAML."""

CALL = 1_000
"""Characters of one macro call."""

READINGS = 20_000_000
"""Bytes of the readings of a language. Two readings of each sentence of a large site have a tenth of that."""

READING = 20_000
"""Characters of one reading. One with a back-translation and some findings has a twentieth of that."""
