"""How much of a file is read, said once. What is larger is refused with a sentence before anything works on it.

Each limit is far above what honest work needs, and low enough that reading stays a matter of seconds.
"""

from __future__ import annotations

CATALOG_BYTES = 5_000_000
"""Bytes of one catalog. The largest one of a long guide has a hundredth of that."""

CATALOG_MESSAGES = 10_000
"""Messages of one catalog, with those that no page uses any more."""

MESSAGE_LINES = 1_000
"""Lines of one message of a catalog, its comments included."""

HEADER_CHARACTERS = 20_000
"""Characters of a catalog's header."""

FILE = 1_000_000
"""Bytes in a file of data/ and in mkdocs.yml."""

GUIDE = 100_000
"""Bytes in a guide; the longest has a tenth of it."""

PARAGRAPH = 10_000
"""Characters in a guide between two empty lines; the longest has four thousand."""

MARKS = 500
"""Signs of one kind, such as an opening bracket, in a paragraph: Python-Markdown looks for the end of each."""

BLOCKS = 50
"""Elements inside one another in the tree of a guide. A list in a list is two of them."""

VALUES = 20
"""Lists and groups of fields inside one another, in YAML."""

CALL = 1_000
"""Characters in a call of a macro."""
