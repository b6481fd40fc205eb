"""Copies of a built site that travel: a folder to unpack, one file, PDF; and mirrors. No MkDocs.

All is made of `site/` as `make build` left it, never by building a second time.
"""

EMERGENCY = ("arrested", "read-safely", "find-out", "using-the-portal", "refugees", "dates", "check")
"""The guides that a language needs first. It gets packs when they are translated; each is a PDF of its own."""

FOLDER = "packs"
"""Where they lie, below the folder of the site."""
