"""Make copies of a built site to take along (a folder to unpack, one file, PDF) and mirrors. No MkDocs.

Everything is made of `site/`, in which `make build` left the site, without building it a second time.
"""
