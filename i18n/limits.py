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
