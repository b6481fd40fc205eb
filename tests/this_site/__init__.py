"""Proof about this site: its guides, catalogs, values, macros and built pages. The generator is tested without them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
