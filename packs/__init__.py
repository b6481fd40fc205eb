"""Copies of a built site that travel: a folder to unpack, one file, PDF; and mirrors. No MkDocs.

All is made of `site/` as `make build` left it, never by building a second time.
"""
