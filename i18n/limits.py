"""How large the files of writers may be: far above what any of them needs, and low enough that none stops a build."""

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
